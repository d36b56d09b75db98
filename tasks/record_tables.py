"""The columns of what is recorded row by row: entries, observations, dependencies, plan versions; and of places."""

from dataclasses import replace
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from common import past
from common.records import local_source, own_words
from common.tables import Column, exactness, hundredth, known_day, sureness_of
from common.templatetags.display import (
    amount,
    bp_percent,
    dash,
    day,
    exact_day,
    instead,
    light_badge,
    state_badge,
    tier_badge,
)
from tasks.choices import ENDED, DatePrecision, ScheduleLight, method_label
from tasks.domain_tables import (
    VALIDITY,
    bounded,
    choice,
    dated,
    fiscal_year,
    itself,
    link_of,
    links,
    name_column,
    related,
)
from tasks.models import Assessment, BudgetEntry, Dependency, Evidence, IndicatorObservation, PlanVersion
from tasks.templatetags.figures import bounded_won, coded_link, divergence_flag, measured, slack, sure

SOURCE = Column("source", _("Source"), show=links, kind="source", plain=lambda row: local_source(row.source))
RECORDED = Column("recorded_at", _("Recorded"), show=day, kind="num", order="recorded_at")


def _milestone(name: str, head: Any, is_row_head: bool = False) -> Column:
    beside = (
        Column(f"{name}_code", format_lazy("{}: {}", head, _("Code")), f"{name}.code"),
        sureness_of(name, head, lambda row: getattr(row, name)),
    )
    return Column(name, head, name, coded_link, "wide", f"{name}__code", is_row_head=is_row_head, beside=beside)


def _state_of(name: str, head: Any) -> Column:
    def shown(row: Dependency) -> SafeString:
        milestone = getattr(row, name)
        badge = state_badge(milestone.state, milestone.get_state_display())
        return format_html("{} {}", badge, light_badge(milestone.light)) if is_overdue(row) else badge

    def is_overdue(row: Dependency) -> bool:
        return bool(getattr(row, name).light == ScheduleLight.OVERDUE)

    def late_word(row: Dependency) -> Any:
        return ScheduleLight.OVERDUE.label if is_overdue(row) else None

    words = format_lazy("{}: {}", head, _("State"))
    beside = (Column(f"{name}_late", format_lazy("{}: {}", head, _("Schedule light")), late_word),)
    return Column(f"{name}_state", words, itself, shown, plain=f"{name}.get_state_display", beside=beside)


def _end_of(name: str, head: Any) -> Column:
    """When it ended or is due."""

    def known(row: Dependency) -> tuple[Any, str]:
        m = getattr(row, name)
        return (m.completed_on, m.completed_precision) if m.completed_on else (m.current_due, m.due_precision)

    def shown(row: Dependency) -> SafeString:
        return exact_day(*known(row))

    def plain(row: Dependency) -> Any:
        return known_day(*known(row))

    words = format_lazy("{}: {}", head, _("completed or due"))
    return Column(f"{name}_end", words, itself, shown, "num", plain=plain)


def _marked_days(row: Dependency) -> SafeString:
    return format_html("<span>{} {}</span>", amount(row.lag_days), sure(row))


def _ended(row: Dependency) -> Any:
    """In words, why the one keeps the other no longer; None where it does, or where a date is not known."""
    if row.wait.until is not None:  # type: ignore[attr-defined]
        return None
    if row.predecessor.state in ENDED:
        return instead(None, _("Predecessor ended"))
    return instead(None, _("Successor ended")) if row.successor.state in ENDED else None


PREDECESSOR, SUCCESSOR = _("Predecessor"), _("Successor")
DEPENDENCIES = (
    _milestone("predecessor", PREDECESSOR, is_row_head=True),
    _state_of("predecessor", PREDECESSOR),
    _end_of("predecessor", PREDECESSOR),
    Column("lag", _("Lag (days)"), itself, _marked_days, "num", order="lag_days", plain="lag_days"),
    _milestone("successor", SUCCESSOR),
    _state_of("successor", SUCCESSOR),
    _end_of("successor", SUCCESSOR),
    Column(
        "until",
        _("Kept until"),
        itself,
        lambda row: _ended(row) or exact_day(row.wait.until, row.wait.precision),
        "num",
        plain=lambda row: known_day(row.wait.until, row.wait.precision),
    ),
    Column(
        "slack",
        _("Slack"),
        itself,
        lambda row: _ended(row) or slack(row.wait.slack),
        "num",
        plain="wait.slack_days",
    ),
)


KIND = Column("of", _("Kind"), lambda row: capfirst(row.node._meta.verbose_name))


def _known(row: Any) -> SafeString:
    """The day, and by how much later it was than what it tells of."""
    if row.known_on is None:
        return instead(None, _("Not accepted yet"))
    late = (row.known_on - row.effective_on).days
    if late <= 0:
        return day(row.known_on)
    words = ngettext("%s day later", "%s days later", late) % amount(late)
    return format_html('{} <div class="small soft">{}</div>', day(row.known_on), words)


KNOWN_ON = Column("known_on", _("Known since"), itself, _known, "num", order="known_on", plain="known_on")


def _due_of(name: str, head: Any) -> Column:
    """A due date of a version, as exactly as its milestone's is known; tasks and measures have none."""

    def shown(version: PlanVersion) -> SafeString:
        if version.milestone is None:
            return instead(None, _("Does not apply"))
        return exact_day(getattr(version, name), version.milestone.due_precision)

    def plain(version: PlanVersion) -> Any:
        on = getattr(version, name)
        return known_day(on, version.milestone.due_precision) if on and version.milestone else on

    return Column(name, head, itself, shown, "num", order=name, plain=plain)


PLAN_VERSIONS = (
    Column("effective_on", _("Takes effect on"), show=day, kind="num", order="effective_on"),
    Column(
        "node",
        _("Task, measure or milestone"),
        itself,
        lambda version: coded_link(version.node, version),
        "wide",
        is_row_head=True,
        plain=lambda version: str(version.node),
        beside=(KIND,),
    ),
    Column("weight", _("Weight"), kind="num", order="weight"),
    replace(choice("scope", _("Scope")), kind="nowrap"),
    _due_of("baseline_due", _("Baseline due")),
    _due_of("current_due", _("Due")),
    related("ministry", _("Ministry"), "ministry__name_ko"),
    Column("reason", _("Reason"), lambda version: own_words(version.reason), kind="wide"),
    KNOWN_ON,
)


def _told(name: str, head: Any) -> Column:
    """What a report says in words, in the reader's language where it stands in both."""
    return Column(name, head, lambda report: own_words(getattr(report, name)))


REPORTS = (
    Column(
        "effective_on",
        _("Takes effect on"),
        itself,
        lambda report: exact_day(report.effective_on, report.effective_precision),
        "num",
        order="effective_on",
        plain="effective_on",
        beside=(
            Column(
                "effective_precision",
                format_lazy("{}: {}", _("Takes effect on"), _("exact to the")),
                lambda report: DatePrecision(report.effective_precision).label,
            ),
        ),
    ),
    _milestone("milestone", _("Milestone"), is_row_head=True),
    choice("verb", _("What happened")),
    # Also of drafts that nobody accepted: what a report says is not yet what holds.
    Column(
        "state",
        _("Reported state"),
        itself,
        lambda report: format_html("{} {}", state_badge(report.state, report.get_state_display()), sure(report)),
        order="state",
        plain="get_state_display",
    ),
    Column(
        "progress",
        _("Reported progress"),
        itself,
        lambda report: format_html("{} {}", sure(report), bp_percent(report.progress_bp)),
        "num",
        plain=lambda report: hundredth(report.progress_bp),
        unit="%",
        order="progress_bp",
        beside=(Column("forecast", _("Expected completion")),),
    ),
    related("ministry", _("Responsible ministry"), "ministry__name_ko"),
    Column(
        "status",
        _("Status"),
        itself,
        lambda report: format_html("{} {}", state_badge(report.status, report.get_status_display()), sure(report)),
        order="status",
        plain="get_status_display",
        beside=(
            _told("result", _("Result")),
            _told("next_plan", _("Next month")),
            _told("issues", _("Issues")),
            _told("reason", _("Reason")),
        ),
    ),
    KNOWN_ON,
)


def _proof(row: Evidence) -> SafeString:
    """The file as a download, or the link."""
    address = row.url or reverse("tasks:evidence-file", args=[row.uuid])
    withdrawn = state_badge("withdrawn", gettext("Withdrawn"), "mute") if row.withdrawn_at else ""
    words = row.title or row.name or row.url
    return format_html('<a href="{}" rel="noreferrer">{}</a> {} {}', address, words, tier_badge(row.tier), withdrawn)


EVIDENCE = (
    Column("recorded_at", _("Added on"), show=day, kind="num", order="recorded_at"),
    Column(
        "title",
        _("Evidence"),
        itself,
        _proof,
        "wide",
        is_row_head=True,
        plain=lambda row: row.title or row.name or row.url,
        beside=(
            Column("name", _("Name of the file"), "name"),
            Column("sha256", "SHA-256", "sha256"),
            Column("withdrawn_at", _("Withdrawn on"), "withdrawn_at"),
        ),
    ),
    choice("kind", _("Kind of evidence")),
    _milestone("milestone", _("Milestone")),
    Column(
        "size",
        _("Size of the file"),
        show=lambda size: filesizeformat(size) if size else instead(None, _("Link")),
        kind="num",
        order="size",
        unit=_("bytes"),
    ),
    related(
        "ministry",
        _("Responsible ministry"),
        "milestone__responsible_ministry__name_ko",
        "milestone.responsible_ministry",
    ),
    Column("author", _("Added by"), lambda row: row.author),
)


def _line(entry: BudgetEntry) -> SafeString:
    return format_html('<a href="{}">{}</a> {}', entry.line.get_absolute_url(), entry.line.title, sure(entry))


def _standing_word(entry: Any) -> Any:
    """Of budget entries, observations and given lights; not all are withdrawn, only entries take effect later."""
    if getattr(entry, "withdrawn_at", None):
        return _("Withdrawn")
    if entry.is_standing:
        return _("Stands")
    on = getattr(entry, "effective_on", None)
    return _("Takes effect later") if on and on > past.day() else _("Restated")


def _standing(entry: Any) -> SafeString:
    return state_badge("standing", _standing_word(entry), "info" if entry.is_standing else "mute")


STANDING = Column("standing", _("Standing"), itself, _standing, plain=_standing_word)


def _standing_or_instead(entry: BudgetEntry) -> SafeString:
    """And the level that counts instead; on the page of a line it stands among the rows."""
    instead = getattr(entry, "instead", None)
    if instead is None:
        return _standing(entry)
    return format_html(
        '{} <div class="small">{} <a class="link" href="{}">{}</a> ({})</div>',
        _standing(entry),
        _("Counts instead:"),
        entry.line.get_absolute_url(),
        bounded_won(instead.amount_won, instead.bound),
        exact_day(instead.effective_on, instead.precision),
    )


BUDGET_ENTRIES = (
    Column(
        "line",
        _("Budget line"),
        itself,
        _line,
        "wide",
        "line__title_ko",
        is_row_head=True,
        plain="line",
        beside=(Column("line_key", _("Key of the line"), "line.key"),),
    ),
    fiscal_year("line"),
    Column(
        "measure",
        _("Measure"),
        "line.measure.code",
        order="line__measure__code",
        link=lambda entry: link_of(entry.line.measure),
    ),
    related("ministry", _("Ministry"), "line__ministry__name_ko", "line.ministry"),
    choice("phase", _("Phase")),
    Column(
        "amount",
        _("Amount"),
        itself,
        lambda entry: bounded_won(entry.amount_won, entry.bound),
        "num",
        "amount_won",
        plain="amount_won",
        unit=_("won"),
        beside=(bounded("bound", _("Amount")),),
    ),
    Column(
        "as_of",
        _("As of"),
        itself,
        lambda entry: exact_day(entry.effective_on, entry.precision),
        "num",
        "effective_on",
        plain="effective_on",
        beside=(exactness("precision", "effective_on", _("As of")),),
    ),
    replace(
        STANDING,
        show=_standing_or_instead,
        beside=(Column("instead", _("Amount that counts instead"), "instead.amount_won", unit=_("won")),),
    ),
    RECORDED,
    SOURCE,
)
_OF_LINE = ("phase", "amount", "as_of", "standing", "recorded_at")


def _source_and_note(entry: BudgetEntry) -> SafeString:
    return format_html('{} {} <div class="soft">{}</div>', sure(entry), links(entry.source), entry.notes[0])


def _withdraw(entry: BudgetEntry) -> SafeString | str:
    if entry.withdrawn_at:
        return instead(None, _("Withdrawn"))
    address = reverse("tasks:budget-entry-withdraw", args=[entry.uuid])
    return format_html('<a class="link" href="{}">{}</a>', address, _("Withdraw"))


ENTRIES_OF_LINE = (
    *(column for column in BUDGET_ENTRIES if column.name in _OF_LINE),
    Column("source", _("Source"), itself, _source_and_note, "wide", plain="source"),
)
# Beside them for who may.
WITHDRAW = Column("withdraw", _("Withdraw"), itself, _withdraw)


def _indicator(row: IndicatorObservation) -> SafeString:
    return format_html('<a href="{}">{}</a> {}', row.indicator.get_absolute_url(), row.indicator.title, sure(row))


OBSERVATIONS = (
    Column(
        "indicator",
        _("Indicator"),
        itself,
        _indicator,
        "wide",
        "indicator__title_ko",
        is_row_head=True,
        plain="indicator",
        beside=(Column("indicator_key", _("Key of the indicator"), "indicator.key"),),
    ),
    Column(
        "measure",
        _("Measure"),
        "indicator.measure.code",
        order="indicator__measure__code",
        link=lambda row: link_of(row.indicator.measure),
    ),
    dated("observed_on", _("Observed on"), "precision"),
    Column(
        "value", _("Value"), itself, lambda row: measured(row.value, row.indicator), "num", order="value", plain="value"
    ),
    Column("unit", _("Unit"), "indicator.unit"),
    Column("method", _("Method"), lambda row: method_label(row.method), order="method"),
    STANDING,
    RECORDED,
    SOURCE,
)


def _what_became(row: Assessment) -> Any:
    """In words, what a light asks for and what was said to it."""
    found: list[Any] = []
    if row.plan_is_asked:  # type: ignore[attr-defined]
        found.append(_("Recovery plan asked for"))
    elif plan := next(iter(row.recovery_plans.all()), None):
        found.append(format_html(gettext("Recovery plan by {}"), day(plan.due_on)))
    for dispute in row.disputes.all():
        found.append(dispute.get_outcome_display() if dispute.outcome else _("Dispute open"))
    return [str(each) for each in found]


_NOTHING = _("Nothing is asked or disputed")


def _lines(words: list[str]) -> Any:
    shown = format_html_join("", "<li>{}</li>", ((word,) for word in words))
    return format_html('<ul class="stack stack-tight">{}</ul>', shown) if shown else instead(None, _NOTHING)


def _apart(steps: int | None) -> Any:
    if steps is None:
        return dash(None, _("They cannot be compared"))
    return divergence_flag(steps) or instead(None, _("They agree"))


ASSESSMENTS = (
    Column(
        "node",
        _("Task or measure"),
        itself,
        lambda row: coded_link(row.node, row),
        "wide",
        is_row_head=True,
        plain=lambda row: str(row.node),
        beside=(KIND,),
    ),
    choice("kind", _("Whose light")),
    Column("light", _("Light"), itself, lambda row: light_badge(row.light), order="light", plain="get_light_display"),
    dated("assessed_on", _("Assessed on")),
    related("ministry", _("Lead ministry"), "ministry__name_ko"),
    Column("reason", _("Reason"), lambda row: own_words(row.reason)),
    Column("course", _("Recovery plan, dispute"), _what_became, _lines),
    Column("divergence", _("Lights apart"), show=_apart),
    STANDING,
    RECORDED,
)

OFFICES = (
    name_column(_("Office")),
    related("ministry", _("Ministry"), "ministry__name_ko"),
    Column("role", _("Role"), kind="wide"),
    *VALIDITY,
)  # fmt: skip
OLDER_NAME = _("Before the strategy")
REGIONS = (
    name_column(_("Region")),
    Column("code", _("Government code"), itself, lambda row: format_html("{} {}", dash(row.code), sure(row)),
           order="code", plain="code"),
    Column("valid_from", _("Present name since"), show=lambda date: day(date) if date else instead(None, OLDER_NAME),
           kind="num", order="valid_from"),
    Column("measures", _("Measures"), "measure_count", amount, "num", "measure_count",
           link=lambda row: f"/measures/?region={row.key}"),
    Column("milestones", _("Milestones"), "milestone_count", amount, "num", "milestone_count",
           link=lambda row: f"/milestones/?region={row.key}"),
)  # fmt: skip
