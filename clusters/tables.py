"""The columns of clusters' tables and facts, one tuple per noun."""

from dataclasses import replace
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clusters.choices import Quantity
from clusters.models import Complex, ComplexStage, StageLimit, StageRule
from clusters.rollups import ComparedTotal, PipelineStage
from common.laws import law_name
from common.tables import Column, follow, known_day, sureness, sureness_of
from common.templatetags.display import amount, dash, exact_day, state_badge, won
from tasks.domain_tables import (
    MEASURE,
    SOURCE,
    choice,
    dated,
    done_on,
    itself,
    link_of,
    marked,
    money,
    name_column,
    note,
    numbered,
    related,
    sourced,
    step_title,
)
from tasks.templatetags.figures import about_days, named, sure, value_mark

INVESTMENT = money(
    "announced_investment_won", _("Announced private investment"), mark="announced_investment_confidence"
)
UNTIL = Column("until", _("Until (year)"), "announced_investment_until", kind="num", order="announced_investment_until")
LEGAL_KIND = replace(choice("kind", _("Legal kind")), kind="phrase")
ROUND = related("round", _("Designation round"), "round__pk")


def _coordinates(row: Complex) -> Any:
    if row.latitude is None:
        return dash(None)
    within = _now("approximate, within %s km") % row.coordinates_within_km if row.coordinates_within_km else ""
    place = format_html("{}° N {}° E", f"{row.latitude:.2f}", f"{row.longitude:.2f}")
    return sourced(format_html("{} ({})", place, within or _now("approximate")), row.coordinates_confidence)


def _area(row: Complex) -> Any:
    return numbered(amount(row.area_m2), row.area_confidence)


def _first_area(row: Complex) -> Any:
    """In m², and in pyeong where the source gave pyeong."""
    if row.area_pyeong is None:
        return sourced(amount(row.area_m2), row.area_confidence)
    text = _now("%(m2)s (published as %(pyeong)s pyeong)") % {
        "m2": amount(row.area_m2),
        "pyeong": amount(row.area_pyeong),
    }
    return sourced(text, row.area_confidence)


def _first_investment(row: Complex) -> Any:
    return sourced(won(row.announced_investment_won), row.announced_investment_confidence)


def _companies(row: Complex) -> Any:
    return sourced(dash(", ".join(row.lead_companies)), row.lead_companies_confidence)


def _latest(row: Complex) -> ComplexStage | None:
    """The last stage reached, of those the reader may see (prefetched)."""
    return next((stage for stage in reversed(row.stages.all()) if stage.milestone.completed_on), None)


def _reached_on(row: Complex) -> Any:
    latest = _latest(row)
    return known_day(latest.milestone.completed_on, latest.milestone.completed_precision) if latest else None


def _reached(row: Complex) -> Any:
    latest = _latest(row)
    if latest is None:
        return dash(None)
    milestone = latest.milestone
    day = exact_day(milestone.completed_on, milestone.completed_precision)
    shown = '<span>{} <span class="nowrap">({})</span> {}</span>'
    return format_html(shown, latest.get_stage_display(), day, sure(milestone))


def _realised(row: Complex) -> Any:
    """What tenants that the reader may see have built; nobody's number is no zero."""
    known = [tenant.realised_investment_won for tenant in row.tenants.all()]
    built = [value for value in known if value is not None]
    return won(sum(built) if built else None, _now("No source found says what was realised."))


def _all_regions(row: Complex) -> list[Any]:
    return [*([row.region] if row.region else []), *row.other_regions.all()]


def _region_names(row: Complex) -> str:
    return ", ".join(region.name for region in _all_regions(row))


def _regions(row: Complex) -> Any:
    return format_html_join(", ", "{}", [(named(region),) for region in _all_regions(row)]) or dash(None)


COMPLEXES = (
    Column("code", _("Code"), order="code", kind="nowrap"),
    name_column(_("Complex")),
    LEGAL_KIND,
    Column("industry", pgettext_lazy("complex", "Industry")),
    Column(
        "region",
        _("Region"),
        itself,
        _regions,
        order="region__name_ko",
        link=lambda row: link_of(row.region),
        plain=_region_names,
        beside=(sureness_of("region", _("Region"), _all_regions),),
    ),
    Column(
        "stage",
        _("Stage reached"),
        itself,
        _reached,
        plain=lambda row: latest.get_stage_display() if (latest := _latest(row)) else None,
        beside=(
            Column("stage_on", _("Stage reached on"), _reached_on),
            sureness_of("stage", _("Stage reached"), lambda row: follow(_latest(row), "milestone")),
        ),
    ),
    INVESTMENT,
    UNTIL,
    Column(
        "area_m2",
        _("Area (m²)"),
        itself,
        _area,
        "num",
        order="area_m2",
        plain="area_m2",
        beside=(sureness("area_confidence", _("Area (m²)")),),
    ),
)
COMPLEX_FACTS = (
    COMPLEXES[0],
    COMPLEXES[2],
    ROUND,
    MEASURE,
    COMPLEXES[3],
    Column("location", _("Location")),
    COMPLEXES[4],
    Column("coordinates", _("Coordinates"), itself, _coordinates),
    Column("lead_companies", _("Lead companies"), itself, _companies),
    Column("announced_investment_won", _("Announced private investment"), itself, _first_investment),
    UNTIL,
    Column("realised", _("Realised private investment"), itself, _realised),
    Column("area_m2", _("Area as first announced (m²)"), itself, _first_area),
)


def _shown(quantity: str, value: int | None) -> Any:
    if value is None or quantity != Quantity.AREA_M2:
        return won(value) if quantity == Quantity.INVESTMENT_WON else amount(value)
    return f"{amount(value)} m²"


def _named(row: Any) -> Any:
    return marked(row.name, row.confidence)


FIGURES = (
    Column("name", _("Published later"), itself, _named, "wide", is_row_head=True),
    choice("quantity", _("What")),
    Column("value", _("Value"), itself, lambda row: _shown(row.quantity, row.value), "num"),
    Column("until", _("Until (year)"), kind="num"),
    dated("as_of", _("As of"), "precision"),
    SOURCE,
)


def _limit_in_words(limit: StageLimit) -> str:
    text = _now("%(bound)s %(value)s %(unit)s") % {
        "bound": limit.get_bound_display(),
        "value": limit.value,
        "unit": limit.get_unit_display(),
    }
    stopped = _now("one supplementation not counted") if limit.is_stopped_by_supplementation else ""
    rule = ", ".join(part for part in (f"§{limit.article}", stopped) if part)
    return f"{limit.name}: {text} ({rule})"


def _limits_in_words(rule: StageRule) -> str:
    return "\n".join(_limit_in_words(limit) for limit in rule.limits.all())


def _limit(limit: StageLimit) -> SafeString:
    return format_html('<span title="{}">{} {}</span>', law_name(limit.law_ko), _limit_in_words(limit), sure(limit))


def limits(rule: StageRule | None) -> Any:
    """The durations of a stage, one a line (prefetched)."""
    found = [(_limit(limit),) for limit in rule.limits.all()] if rule else []
    return format_html_join(mark_safe("<br>"), "{}", found) if found else dash(None, _now("No limit on record"))


def _limits(row: PipelineStage) -> Any:
    if row.statutory_days is not None:
        return amount(row.statutory_days)
    return limits(row.rule)


def _stage_name(row: PipelineStage) -> SafeString:
    number = f"{row.rule.position}. " if row.rule else ""
    return format_html("<span>{}{} {}</span>", number, row.name, sure(row.rule))


def _days(row: PipelineStage, days: int | None) -> Any:
    text = _now("From the dated stage before to this one.")
    if days is None:
        return dash(None, _now("One of the two dates is not known."))
    return format_html('<span title="{}">{}</span>', text, amount(days) if row.is_exact else about_days(amount(days)))


def _taken(row: PipelineStage) -> Any:
    if row.milestone is not None and row.milestone.completed_on is None:
        return done_on(row.milestone)
    return _days(row, row.actual_days)


def _of_milestone(show: Any) -> Any:
    """A cell of the stage's milestone; a stage that nobody dated has none."""
    nothing = _("No date was found.")
    return lambda row: dash(None, nothing) if row.milestone is None else show(row.milestone)


PIPELINE = (
    Column("stage", _("Stage"), itself, _stage_name, "wide", is_row_head=True),
    Column("milestone", _("Milestone"), itself, _of_milestone(step_title), "wide"),
    Column("state", _("State"), itself, _of_milestone(lambda m: state_badge(m.state, m.get_state_display()))),
    Column("due", _("Planned for"), itself, _of_milestone(lambda m: exact_day(m.current_due, m.due_precision)), "num"),
    Column("done", _("Actual date"), itself, _of_milestone(done_on), "num"),
    Column("planned_days", _("Planned (days)"), itself, lambda row: _days(row, row.planned_days), "num"),
    Column("actual_days", _("Taken (days)"), itself, _taken, "num"),
    Column("limits", _("Statutory limit"), itself, _limits, "wide"),
)  # fmt: skip
# How much of it is required and secured stands on its own page.
NEEDS_OF_COMPLEX = (
    name_column(_("Infrastructure need")),
    choice("kind", _("Kind")),
    Column("needed_by", _("Needed by (year)"), kind="num"),
    MEASURE,
)
TENANTS_OF_COMPLEX = (
    name_column(_("Tenant")),
    money("announced_investment_won", _("Announced investment")),
    money("realised_investment_won", _("Realised investment")),
    dated("realised_on", _("Realised as of")),
)
TENANTS = (TENANTS_OF_COMPLEX[0], related("complex", _("Complex"), "complex__code"), *TENANTS_OF_COMPLEX[1:])

ROUNDS = (
    name_column(_("Designation round")),
    LEGAL_KIND,
    MEASURE,
    Column("applicant_count", _("Applied"), show=amount, kind="num", order="applicant_count"),
    Column("selected_count", _("Selected"), show=amount, kind="num", order="selected_count"),
    Column("remark", _("Remark"), kind="wide"),
)


def _of_parts(row: ComparedTotal, shown: Any) -> SafeString:
    """What was added up of the complexes; below it that some of their values were computed or are not verified."""
    marks = [mark for confidence in row.confidences if (mark := value_mark(confidence, _now("in part")))]
    return format_html("<span>{}{}</span>", shown, format_html_join("", "<div>{}</div>", ((mark,) for mark in marks)))


def _known(row: ComparedTotal) -> Any:
    return _of_parts(row, _shown(row.total.quantity, row.known))


def _difference(row: ComparedTotal) -> Any:
    if row.difference is None:
        return dash(None, _now("No single number was published."))
    difference = _shown(row.total.quantity, abs(row.difference))
    return _of_parts(row, format_html("{}{}", "−" if row.difference < 0 else "", difference))


TOTALS = (
    Column(
        "name", _("Published total"), "total", lambda total: marked(total.name, total.confidence), "wide",
        is_row_head=True,
    ),
    Column("value", _("As published"), itself, lambda row: _shown(row.total.quantity, row.total.value), "num"),
    Column("until", _("Until (year)"), "total.until", kind="num"),
    Column("count", _("Complexes"), kind="num"),
    Column("known", _("Sum of the complexes"), itself, _known, "num"),
    Column("unknown", _("Complexes without a number"), kind="num"),
    Column("difference", _("Published less sum"), itself, _difference, "num"),
    Column("note", _("Note on the source"), "total", note, "wide"),
    replace(SOURCE, value="total.source"),
)  # fmt: skip
STAGE_RULES = (
    Column("name", _("Stage"), itself, _named, "wide", is_row_head=True),
    Column("position", _("Order"), kind="num", order="position"),
    LEGAL_KIND,
    Column(
        "limits",
        _("Statutory limit"),
        itself,
        limits,
        "wide",
        plain=_limits_in_words,
        beside=(sureness_of("limits", _("Statutory limit"), lambda row: list(row.limits.all())),),
    ),
    SOURCE,
)
