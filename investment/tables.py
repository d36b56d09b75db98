"""The columns of investment's tables and facts, one tuple per noun."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common import past
from common.tables import Column, Table
from common.templatetags.display import (
    amount,
    bp_percent,
    dash,
    day,
    instead,
    late_days_short,
    light_badge,
    state_badge,
    won,
)
from investment.choices import PermitState
from investment.models import (
    InfrastructureNeed,
    InvestmentVehicle,
    PermitEvent,
    PermitRule,
    TaxCreditRate,
    TaxCreditRule,
)
from investment.rollups.clock import Stage
from investment.rollups.permits import Clocked
from tasks.choices import Bound, ScheduleLight
from tasks.domain_tables import (
    MEASURE,
    MILESTONE,
    SOURCE,
    bounded,
    choice,
    countries,
    dated,
    done_on,
    how_sure,
    itself,
    link_of,
    marked_link,
    money,
    name_column,
    related,
    share,
)
from tasks.templatetags.figures import named


def _period(rate: TaxCreditRate) -> SafeString:
    if rate.superseded_on:  # from its first day on: the new rate applies to all that was invested since then
        return format_html('<span>{} – <span class="soft">{}</span></span>', day(rate.invest_from), _now("replaced"))
    end = day(rate.invest_to) if rate.invest_to else _now("until further notice")
    return format_html("<span>{} – {}</span>", day(rate.invest_from), end)


def _is_over(rate: TaxCreditRate) -> bool:
    return rate.invest_to is not None and rate.invest_to < past.day()


def _standing_words(rate: TaxCreditRate) -> str:
    return _now("Period ended") if _is_over(rate) else _now("Good for its period")


def _standing(rate: TaxCreditRate) -> Any:
    """Superseded by a rate that came into force for the same time; else good for its period, which may be over."""
    if not rate.is_superseded:
        return state_badge("valid", _standing_words(rate), "mute" if _is_over(rate) else "info")
    badge = state_badge("superseded", _now("Superseded"), "mute")
    return format_html("<span>{} {}</span>", badge, day(rate.superseded_on))


PERIOD = Column(
    "period",
    _("Invested"),
    itself,
    _period,
    order="invest_from",
    plain="invest_from",
    beside=(Column("invest_to", _("Invested until")),),
)
STANDING = Column(
    "standing",
    _("Standing"),
    itself,
    _standing,
    order="superseded_on",
    plain=lambda rate: _now("Superseded") if rate.is_superseded else _standing_words(rate),
    beside=(Column("superseded_on", _("Superseded on")),),
)
RATES = (
    Column("name", _("Rate"), itself, marked_link, "wide", order="tax_class", is_row_head=True),
    choice("kind", _("Kind")),
    PERIOD,
    share("base_bp", _("Base"), "base_confidence"),
    share("incremental_bp", _("On the increase"), "incremental_confidence"),
    STANDING,
    Column("article", _("Law and article"), lambda rate: rate.law_and_article),
)
RATES_APPLIED = Table(RATES, (), _("Rates that were on record for this day"), "rates")
RATE_FACTS = (
    choice("tax_class", _("Class")),
    choice("size", _("Company size")),
    *RATES[1:],
    related("superseded_by", _("Superseded by")),
    related("milestone", _("Amended by")),
    dated("known_from", _("Public from")),
    MEASURE,
)


def _rule_value(rule: TaxCreditRule) -> Any:
    """One number, a range, or none: a rule in words."""
    if rule.value is None:
        return instead(None, _now("A rule in words"))
    ends = (rule.value,) if rule.value_to is None else (rule.value, rule.value_to)
    return "–".join(str(amount(end)) for end in ends)


RULES = (
    Column("name", _("Rule"), order="name_ko", is_row_head=True),
    Column(
        "value", _("Value"), itself, _rule_value, "num", plain="value", beside=(Column("value_to", _("Value up to")),)
    ),
    choice("unit", _("Unit")),
    Column("text", _("Wording"), kind="wide"),
    Column(
        "confidence",
        _("How sure"),
        itself,
        how_sure,
        plain=lambda rule: rule.get_confidence_display(),
    ),
    SOURCE,
)


def _size(row: InvestmentVehicle) -> Any:
    """An amount to begin with says so: the whole may become more."""
    if row.size_won is None or not row.size_is_initial:
        return won(row.size_won)
    return format_html(_now("initially {}"), won(row.size_won))


def _begun(milestone: Any) -> Any:
    return dash(None) if milestone is None else done_on(milestone)


def _earlier(vehicle: Any) -> Any:
    if vehicle is None:
        return dash(None, _now("No source found says that it came instead of another."))
    return named(vehicle)


VEHICLES = (
    name_column(_("Investment vehicle")),
    choice("status", _("Status")),
    replace(
        money("size_won", _("Size")),
        show=_size,
        beside=(Column("size_is_initial", format_lazy("{}: {}", _("Size"), _("amount to begin with"))),),
    ),
    money("public_won", _("Public part")),
    money("private_won", _("Private part")),
    MILESTONE,
    Column("begun_on", _("Actual date"), "milestone", _begun, "num", plain="milestone.completed_on"),
    MEASURE,
)
VEHICLE_FACTS = (
    *VEHICLES[1:],
    Column("replaces", _("Earlier vehicle"), show=_earlier, link=lambda row: link_of(row.replaces)),
    Column("field_count", _("Number of fields"), show=amount),
    Column("outside_capital_min_bp", _("At least outside the capital area"), show=bp_percent),
)
VEHICLE_PARTS = (
    Column("name", _("Meant for"), is_row_head=True),
    choice("cut", _("Cut")),
    money("amount_won", _("Amount")),
)


def _required(need: InfrastructureNeed) -> Any:
    text = amount(need.required)
    return _now("at least %s") % text if need.bound == Bound.AT_LEAST else text


NEEDS = (
    name_column(_("Infrastructure need")),
    choice("kind", _("Kind")),
    Column(
        "required",
        _("Required"),
        itself,
        _required,
        "num",
        order="required",
        plain="required",
        beside=(bounded("bound", _("Required")),),
    ),
    Column("secured", _("Secured"), show=amount, kind="num", order="secured"),
    Column("gap", _("Not secured"), show=amount, kind="num"),
    choice("unit", _("Unit")),
    Column("needed_by", _("Needed by (year)"), kind="num", order="needed_by"),
    related("part_of", _("Part of")),
    MILESTONE,
    MEASURE,
)
COMPLEX = related("complex", _("Complex"))
REVIEWS = (
    name_column(_("Regulation")),
    countries("peer_countries", _("Peer countries")),
    Column("peer_level", _("Level of the peers")),
    Column("our_level", _("Our level")),
    Column("gap", _("Gap to the peers")),
    Column("decision", _("Decision")),
    MILESTONE,
)


# Tone of each state. Deemed completion is neither good nor a permit: it says that a limit was missed.
_TONES = {
    PermitState.RESULT_NOTIFIED: "ok",
    PermitState.DEEMED: "warn",
    PermitState.SUPPLEMENTING: "warn",
    PermitState.NOT_APPLIED: "mute",
    PermitState.WITHDRAWN: "gone",
}


def permit_state(clocked: Clocked | None) -> SafeString:
    """The state as a badge; without a rule there is no clock, and so no state."""
    if clocked is None:
        return dash(None, _now("No rule is on record for this day."))
    state = PermitState(clocked.standing.state)
    return state_badge(state, str(state.label), _TONES.get(state, "info"))


def permit_light(clocked: Clocked | None) -> SafeString:
    light = clocked.standing.light if clocked else None
    return light_badge(light) if light else _nothing_runs(clocked)


def _nothing_runs(clocked: Clocked | None) -> SafeString:
    """In place of what a limit that runs would show; without a rule nobody knows whether one does."""
    return instead(None, _now("Nothing runs")) if clocked else dash(None, _now("No rule is on record for this day."))


def _running(permit: Any) -> SafeString:
    """Days used of the limit, of the stage that runs or ran last."""
    stage = getattr(_standing_of(permit), "current", None)
    if stage is None:
        return _nothing_runs(permit.clocked)
    return format_html(
        '<span><strong class="nowrap">{}</strong> <div class="small soft">{}</div></span>',
        days_used(stage),
        stage.label,
    )


def days_used(stage: Stage) -> str:
    words = {"used": stage.used, "limit": stage.limit}
    return (
        _now("%(used)s / %(limit)s working days") if stage.in_working_days else _now("%(used)s / %(limit)s days")
    ) % words


def _standing_of(permit: Any) -> Any:
    return permit.clocked.standing if permit.clocked else None


def _state_word(permit: Any) -> Any:
    standing = _standing_of(permit)
    return PermitState(standing.state).label if standing else None


def _light_word(permit: Any) -> Any:
    light = getattr(_standing_of(permit), "light", None)
    return ScheduleLight(light).label if light else None


def _next_due(permit: Any) -> SafeString:
    standing = _standing_of(permit)
    if standing is None or standing.next_due is None:
        return _nothing_runs(permit.clocked)
    days = late_days_short(standing.next_due, standing.on)
    shown = '{} <div class="small">{} <span class="soft">{}</span></div>'
    return format_html(shown, day(standing.next_due), days, _now("(calendar days)"))


PERMITS = (
    name_column(_("Permit")),
    Column("state", _("State"), "clocked", permit_state, plain=_state_word),
    Column("light", _("Against the limit"), "clocked", permit_light, plain=_light_word),
    Column(
        "running",
        _("Days used"),
        itself,
        _running,
        "num",
        plain="clocked.standing.current.used",
        beside=(
            Column("limit", _("Limit (days)"), "clocked.standing.current.limit"),
            Column("stage", _("Stage"), "clocked.standing.current.label"),
        ),
    ),
    Column("next_due", _("Deadline"), itself, _next_due, "num", plain="clocked.standing.next_due"),
    choice("law", _("Law")),
    choice("matter", _("Matter")),
)
PERMIT_FACTS = (
    choice("law", _("Law")),
    choice("matter", _("Matter")),
    Column("applicant", _("Applicant")),
    Column("authority", _("Permitting authority")),
    MEASURE,
)


def _limit(stage: Stage) -> str:
    text = days_used(stage)
    return f"{text} ({_now('extended')})" if stage.extended else text


def _kept(stage: Stage) -> SafeString:
    if stage.is_missed:
        return state_badge("missed", _now("Missed"), "bad")
    return (
        state_badge("kept", _now("In time"), "ok") if stage.ended_on else state_badge("open", _now("Running"), "info")
    )


def _day_or(words: Any) -> Callable[[Any], SafeString]:
    return lambda on: day(on) if on else instead(None, words)


STAGES = (
    Column("stage", _("Stage"), "label", is_row_head=True),
    dated("start", _("From")),
    Column("used", _("Days used"), itself, _limit, "num"),
    Column("left_out", _("Left out (supplementation)"), show=amount, kind="num"),
    Column("due", _("Limit"), show=_day_or(_("Open: being supplemented")), kind="num"),
    Column("ended_on", _("Ended"), show=_day_or(_("Not yet")), kind="num"),
    Column("kept", _("Limit kept"), itself, _kept),
)


def _valid(rule: PermitRule) -> SafeString:
    if rule.valid_from is None:
        return format_html(_now("until {}"), day(rule.valid_to))
    end = day(rule.valid_to) if rule.valid_to else _now("until further notice")
    return format_html("<span>{} – {}</span>", day(rule.valid_from), end)


def _limit_of(name: str, head: Any) -> Column:
    return Column(name, head, show=amount, kind="num", order=name)


PERMIT_RULES = (
    Column("name", _("Rule"), itself, marked_link, "wide", order="law", is_row_head=True),
    Column(
        "valid",
        _("In force"),
        itself,
        _valid,
        "nowrap",
        order="valid_from",
        plain="valid_from",
        beside=(Column("valid_to", _("In force until")),),
    ),
    _limit_of("application_days", _("Application (working days)")),
    _limit_of("plan_days", _("Plan (days)")),
    _limit_of("plan_cap_days", _("Plan, latest (days)")),
    _limit_of("result_days", _("Result (days)")),
    _limit_of("extension_days", _("Extension (days)")),
    _limit_of("deeming_days", _("Processing deemed completed after (days)")),
)
PERMIT_RULE_FACTS = (
    *PERMIT_RULES[1:],
    Column("counting", _("How days are counted")),
    choice("counting_confidence", _("How sure the counting is")),
)


def _happened(event: PermitEvent) -> SafeString:
    if event.holds:
        return format_html("<span>{}</span>", event.get_step_display())
    return format_html(
        "<span><s>{}</s> {} {}</span>",
        event.get_step_display(),
        state_badge("withdrawn", _now("Withdrawn entry"), "gone"),
        event.withdrawn_for,
    )


PERMIT_EVENTS = (
    Column("happened_on", _("On"), show=day, kind="nowrap"),
    Column("step", _("Step of the procedure"), itself, _happened, "wide"),
    Column("note", _("Note")),
)
WITHDRAW = Column(
    "withdraw",
    _("Correct"),
    itself,
    lambda event: _now("Withdraw this entry") if event.holds else instead(None, _now("Withdrawn entry")),
    link=lambda event: reverse("investment:permit-event-withdraw", args=[event.uuid]) if event.holds else None,
)
