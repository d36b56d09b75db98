"""The columns of risks, meetings and decisions, and the facts of their pages."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from common import past
from common.records import own_words
from common.tables import Column, sureness_of
from common.templatetags.display import (
    amount,
    dash,
    day,
    instead,
    late_days_short,
    light_badge,
    state_badge,
    tier_badge,
)
from tasks.choices import DecisionState, ScheduleLight
from tasks.domain_tables import choice, dated, itself, link_of, related
from tasks.models import Decision, Meeting, Risk
from tasks.tables import TITLE
from tasks.templatetags.figures import coded_link, sure


def _with_lateness(on: date | None, is_open: bool) -> SafeString:
    """A day; where it has gone by and something is still to be done, by how much."""
    if on is None or not is_open or on >= past.day():
        return day(on)
    return format_html("{} {}", day(on), late_days_short(on))


def _prose(text: str) -> Any:
    return dash(linebreaksbr(own_words(text), autoescape=True) if text else None)


def scored(risk: Risk) -> SafeString:
    """12 ▲ High: the number, and its level by shape and word."""
    return format_html('<span class="nowrap">{} {}</span>', amount(risk.score), light_badge(risk.level))


def _five(name: str, head: Any) -> Column:
    """A word of five with its number."""

    def words(risk: Risk) -> str:
        return f"{getattr(risk, name)} – {getattr(risk, f'get_{name}_display')()}"

    return Column(name, head, words, order=name)


SEVERITY, LIKELIHOOD = _five("severity", _("Severity")), _five("likelihood", _("Likelihood"))
NODE = Column(
    "node",
    _("Threatens"),
    itself,
    lambda risk: coded_link(risk.node),
    plain=lambda risk: str(risk.node),
    beside=(
        Column("node_code", _("Code of what it threatens"), "node.code"),
        sureness_of("node", _("Threatens"), lambda risk: risk.node),
    ),
)
SCORE = Column(
    "score",
    _("Score"),
    itself,
    scored,
    "num",
    order="scored",
    plain="score",
    beside=(Column("level", _("Level of the risk"), lambda risk: risk.level.label), SEVERITY, LIKELIHOOD),
)
RISK_STATE = Column(
    "state",
    _("State"),
    itself,
    lambda risk: state_badge(risk.state, risk.get_state_display()),
    order="state",
    plain="get_state_display",
)
OWNER = related("ministry", _("Owner ministry"), "ministry__name_ko")
OWNER_OFFICE = related("office", _("Owner office"), "office__name_ko")


def _decide_by(risk: Any) -> Any:
    if risk.decide_by is None:
        return instead(None, _("No decision is asked for"))
    shown = _with_lateness(risk.decide_by, risk.is_waiting)
    return shown if risk.is_waiting else format_html('{} <span class="small soft">{}</span>', shown, _("settled"))


DECIDE_BY = Column(
    "decide_by",
    _("Decision needed by"),
    itself,
    _decide_by,
    "num",
    order="decide_by",
    plain="decide_by",
    beside=(
        Column("waiting", _("Needs a decision"), lambda risk: _("Yes") if risk.is_waiting else _("No")),
        Column("decision_asked", _("What is to be decided"), lambda risk: own_words(risk.decision_asked)),
    ),
)
MITIGATION = Column("mitigation", _("Mitigation"), lambda risk: own_words(risk.mitigation))
RISKS = (
    replace(TITLE, head=pgettext_lazy("noun", "Risk")),
    NODE,
    replace(SCORE, beside=(*SCORE.beside, MITIGATION)),
    RISK_STATE,
    replace(OWNER, beside=(*OWNER.beside, Column("office", _("Owner office"), "office.name"))),
    DECIDE_BY,
    dated("raised_on", _("Raised on")),
)
# On the page of what they threaten, and of what stands above it.
RISKS_BELOW = tuple(column for column in RISKS if column.name != "raised_on")
RISKS_OF_ONE = tuple(column for column in RISKS_BELOW if column.name != "node")


def _asked(risk: Any) -> SafeString:
    """The question, with the risk that it comes from."""
    return format_html(
        '<a href="{}">{}</a> {} {} <div class="small soft">{}</div>',
        risk.get_absolute_url(),
        own_words(risk.decision_asked),
        tier_badge(risk.effective_tier),
        sure(risk),
        risk.title,
    )


NEEDS_DECISION = (
    Column("asked", _("What is to be decided"), itself, _asked, "wide", is_row_head=True),
    SCORE,
    OWNER,
    DECIDE_BY,
)
RISK_FACTS = (
    NODE,
    SCORE,
    SEVERITY,
    LIKELIHOOD,
    RISK_STATE,
    OWNER,
    OWNER_OFFICE,
    dated("raised_on", _("Raised on")),
    DECIDE_BY,
    Column(
        "decision_asked",
        _("What is to be decided"),
        show=lambda text: _prose(text) if text else instead(None, _("No decision is asked for")),
    ),
    Column("description", _("What may happen, and why"), show=_prose),
    Column("mitigation", _("Mitigation"), show=_prose),
)

STATUS = Column(
    "status",
    pgettext_lazy("meeting", "Status"),
    itself,
    lambda meeting: state_badge(meeting.status, meeting.get_status_display()),
    order="status",
    plain="get_status_display",
)
MEETS_ON = Column("meets_on", pgettext_lazy("meeting", "Date"), show=day, kind="num", order="meets_on")
CHAIR = related("chair", _("Ministry in the chair"), "chair__name_ko")
MEETING_KIND = choice("kind", pgettext_lazy("meeting", "Kind"))


def _decided(meeting: Any) -> Any:
    """How many decisions, and how many of them are still to be done."""
    if not meeting.decisions_all:
        return instead(None, _("None"))
    words = ngettext("%s to be done", "%s to be done", meeting.decisions_open) % amount(meeting.decisions_open)
    return format_html('{} <span class="small soft">({})</span>', amount(meeting.decisions_all), words)


MEETINGS = (
    MEETS_ON,
    replace(TITLE, head=_("Meeting")),
    MEETING_KIND,
    STATUS,
    CHAIR,
    Column("agenda", _("Agenda items"), "agenda_all", amount, "num"),
    Column(
        "decisions",
        _("Decisions"),
        itself,
        _decided,
        "num",
        plain="decisions_all",
        beside=(Column("decisions_open", _("Decisions to be done"), "decisions_open"),),
    ),
)


def _participants(meeting: Meeting) -> Any:
    found = meeting.participants.all()
    return dash(format_html_join(", ", '<a class="link" href="{}">{}</a>', ((m.get_absolute_url(), m) for m in found)))


MEETING_FACTS = (
    MEETS_ON,
    STATUS,
    MEETING_KIND,
    Column("place", pgettext_lazy("meeting", "Place"), lambda meeting: own_words(meeting.place)),
    CHAIR,
    Column("participants", _("Ministries taking part"), itself, _participants),
)


def _text(decision: Decision) -> SafeString:
    return format_html(
        '<a href="{}">{}</a> {} {}',
        decision.get_absolute_url(),
        decision,
        tier_badge(decision.effective_tier),
        sure(decision),
    )


def _due(decision: Decision) -> SafeString:
    if decision.due_on is None:
        return instead(None, _("No day set"))
    return _with_lateness(decision.due_on, decision.state == DecisionState.OPEN)


def late_ones(decision: Any) -> list[Any]:
    """The milestones of the follow-up that are overdue."""
    return [milestone for milestone in decision.follow_up if milestone.light == ScheduleLight.OVERDUE]


def _follow_up(decision: Any) -> Any:
    if not decision.follow_up:
        return instead(None, _("No milestone"))
    words = ngettext("%s milestone", "%s milestones", len(decision.follow_up)) % amount(len(decision.follow_up))
    late = len(late_ones(decision))
    if not late:
        return words
    told = ngettext("%s overdue", "%s overdue", late) % amount(late)
    return format_html('{} <span class="days days-late">{}</span>', words, told)


DUE = Column("due_on", _("To be done by"), itself, _due, "num", order="due_on", plain="due_on")
DECISION_STATE = replace(RISK_STATE, show=lambda decision: state_badge(decision.state, decision.get_state_display()))
RESPONSIBLE = related("ministry", _("Responsible ministry"), "ministry__name_ko")
MEETING = Column(
    "meeting", _("Meeting"), "meeting.title", order="meeting__title_ko", link=lambda row: link_of(row.meeting)
)
FOLLOW_UP = Column(
    "follow_up",
    _("Follow-up"),
    itself,
    _follow_up,
    plain=lambda row: [f"{milestone.code} {milestone.title}" for milestone in row.follow_up],
    beside=(Column("follow_up_late", _("Follow-up: overdue"), lambda row: len(late_ones(row))),),
)
DECIDED_ON = dated("decided_on", _("Decided on"))
DECISIONS = (
    Column("text", _("Decision"), itself, _text, "wide", order="text_ko", is_row_head=True, plain="text"),
    DECIDED_ON,
    MEETING,
    replace(RESPONSIBLE, beside=(*RESPONSIBLE.beside, Column("office", _("Responsible office"), "office.name"))),
    replace(DUE, beside=(Column("done_on", _("Done on")), Column("outcome", _("What was done")))),
    DECISION_STATE,
    FOLLOW_UP,
)
# On the page of the meeting itself.
DECISIONS_OF_MEETING = tuple(column for column in DECISIONS if column.name not in ("meeting", "decided_on"))
DECISION_FACTS = (
    replace(MEETING, value=lambda row: f"{row.meeting.title} ({row.meeting.get_kind_display()})"),
    Column("agenda_item", _("Agenda item")),
    DECIDED_ON,
    RESPONSIBLE,
    related("office", _("Responsible office")),
    DUE,
    DECISION_STATE,
    Column("done_on", _("Done on"), show=lambda on: day(on) if on else instead(None, _("Not done yet"))),
    Column("outcome", _("What was done"), show=lambda text: _prose(text) if text else instead(None, _("Not done yet"))),
)
