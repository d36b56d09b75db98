"""The columns of what comes of the plan: commitments with their verdicts, indicators, bills."""

from dataclasses import replace
from typing import Any

from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common.records import local_dates, local_source
from common.tables import Column
from common.templatetags.display import day, exact_day, instead, state_badge
from tasks.choices import DatePrecision, Verdict, verdict_sure
from tasks.domain_tables import MEASURE, MINISTRY, dated, itself, marked
from tasks.tables import CODE, TITLE
from tasks.templatetags.figures import measured


def _annotated_day(name: str, head: Any, what: str) -> Column:
    """A day that the list's rows carry as `<what>_on`, shown as exactly as it is known (`<what>_precision`)."""

    def known(row: Any) -> tuple[Any, Any]:
        return getattr(row, f"{what}_on"), getattr(row, f"{what}_precision")

    def exactly(row: Any) -> Any:
        on, precision = known(row)
        return DatePrecision(precision).label if on else None

    return Column(
        name,
        head,
        lambda row: exact_day(*known(row)),
        kind="num",
        plain=lambda row: known(row)[0],
        order=f"{what}_on",
        beside=(Column(f"{name}_precision", format_lazy("{}: {}", head, _("exact to the")), exactly),),
    )


def _verdict_reason(row: Any) -> Any:
    """In the reader's language, else in the one that there is; of the latest verdict, as all of `verdict_…`."""
    korean, english = row.verdict_reason_ko, row.verdict_reason_en
    is_korean = (get_language() or "ko").startswith("ko")
    return local_dates((korean or english if is_korean else english or korean) or "")


def _verdict_sources(row: Any) -> Any:
    return [local_source(source) for source in row.verdict_sources or ()]


def _not_judged() -> SafeString:
    return instead(None, _("Not judged yet"))


def _verdict_sure(row: Any) -> str | None:
    return verdict_sure(row.verdict, row.verdict_confidence) if row.verdict_confidence else None


def _verdict_sure_marked(row: Any) -> Any:
    words = _verdict_sure(row)
    return marked(words, row.verdict_confidence) if words else _not_judged()


def _deadline(row: Any) -> Any:
    """As exactly as the announcement names it; where it names none there is none, and nothing is missing."""
    return instead(row.deadline and exact_day(row.deadline, row.deadline_precision), _("No deadline named"))


COMMITMENTS = (
    CODE,
    replace(TITLE, head=_("Commitment")),
    Column("strength", _("How firmly"), "get_strength_display", lambda value: value(), order="strength"),
    replace(dated("deadline", _("Deadline"), "deadline_precision"), show=_deadline),
    Column(
        "verdict",
        _("Verdict"),
        show=lambda value: state_badge(value) if value else _not_judged(),
        order="verdict",
        plain=lambda row: Verdict(row.verdict).label if row.verdict else None,
        beside=(
            Column("verdict_reason", format_lazy("{}: {}", _("Verdict"), _("Reason")), _verdict_reason),
            Column("verdict_sources", format_lazy("{}: {}", _("Verdict"), _("Sources")), _verdict_sources),
        ),
    ),
    Column("verdict_sure", _("How sure the verdict is"), itself, _verdict_sure_marked, plain=_verdict_sure),
    Column(
        "judged_on",
        _("Judged on"),
        show=lambda on: day(on) if on else _not_judged(),
        kind="num",
        order="judged_on",
    ),
)


def _measured(name: str, head: Any) -> Column:
    value = f"{name}_value"
    return Column(
        name,
        head,
        lambda row: (getattr(row, value), row),
        lambda known: measured(*known),
        "num",
        value,
        plain=value,
    )


INDICATORS = (
    replace(TITLE, head=_("Indicator")),
    MEASURE,
    Column("direction", _("Direction"), "get_direction_display", lambda value: value(), order="direction"),
    _measured("latest", _("Latest value")),
    _annotated_day("observed_on", _("Observed on"), "latest"),
    _measured("target", _("Target")),
    _annotated_day("by", _("By"), "target"),
    Column("unit", _("Unit")),
)

BILLS = (
    replace(TITLE, head=_("Bill")),
    MEASURE,
    Column("route", _("Route"), lambda row: row.get_route_display() or None, order="route"),
    MINISTRY,
    Column("law_number", _("Law number"), order="law_number"),
    Column(
        "stages",
        _("Stages done"),
        lambda row: f"{row.stages_done} / {row.stages_all}" if row.stages_all else None,
        kind="num",
        plain=lambda row: row.stages_done if row.stages_all else None,
        beside=(Column("stages_all", _("Stages"), lambda row: row.stages_all or None),),
    ),
    _annotated_day("last", _("Last stage on"), "last_stage"),
)
