"""The columns of the core's tables, one tuple per noun; those of money, waits and single records stand beside."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common.badges import light as look_of
from common.records import Confidence, local_source
from common.tables import Column, exactness, hundredth, known_day, sureness
from common.templatetags.display import (
    amount,
    bp_percent,
    dash,
    day,
    exact_day,
    light_badge,
    progress_bar,
    state_badge,
    tier_badge,
)
from tasks.choices import AssessmentKind, DatePrecision, Light, ScheduleLight, Verdict, verdict_sure
from tasks.domain_tables import MEASURE, MINISTRY, dated, itself, marked, related
from tasks.interfaces import Ratio
from tasks.models import Milestone
from tasks.templatetags.figures import (
    coded_link,
    figure_bar,
    figure_light,
    given_light,
    lateness,
    measured,
    percent_of,
    rated,
    reported_mark,
    sure,
    sure_name,
)


def _tier(row: Any) -> SafeString:
    return tier_badge(row.effective_tier) if hasattr(row, "effective_tier") else SafeString("")


def _titled_link(row: Any) -> SafeString:
    words = getattr(row, "title", "") or str(row)
    return format_html('<a href="{}">{}</a> {} {}', row.get_absolute_url(), words, _tier(row), sure(row))


def _state(row: Milestone) -> SafeString:
    return state_badge(row.state, row.get_state_display())


def _light(value: str | None) -> SafeString:
    return light_badge(value) if value else dash(None, _("Ended, cancelled or without a date"))


def _progress(row: Milestone) -> SafeString:
    if row.progress_bp is None:
        return dash(None, _("Nobody has reported yet"))
    bar = progress_bar(row.progress_bp, None, row.code)
    return format_html(
        '<div class="bar-row">{}<span>{} {}</span></div>', bar, bp_percent(row.progress_bp), reported_mark(row)
    )


def _due(row: Milestone) -> SafeString:
    due, late = exact_day(row.current_due, row.due_precision), lateness(row, short=True)
    return format_html("{} {}", due, late) if late else due


def _completed(row: Milestone) -> SafeString:
    return exact_day(row.completed_on, row.completed_precision)


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


def _standing_word(row: Milestone) -> Any:
    """How sure the last accepted report is; None where nothing was reported."""
    standing = getattr(row, "standing_confidence", None)
    return Confidence(standing).label if standing else None


def ratio_percent(ratio: Ratio) -> Any:
    """A ratio as percent, four decimals at most; None where it has no denominator."""
    return hundredth(Fraction(10_000 * ratio.numerator, ratio.denominator)) if ratio.denominator else None


CODE = Column("code", _("Code"), kind="nowrap", order="code")
TITLE = Column("title", _("Title"), itself, _titled_link, "wide", order="title_ko", is_row_head=True)
STATE = Column("state", _("State"), itself, _state, order="state", plain="get_state_display")
LIGHT = Column(
    "light", _("Schedule light"), show=_light, plain=lambda row: ScheduleLight(row.light).label if row.light else None
)
PROGRESS = Column(
    "progress",
    _("Progress"),
    itself,
    _progress,
    order="progress_bp",
    plain=lambda row: hundredth(row.progress_bp),
    unit="%",
    beside=(Column("progress_sure", _("Progress: how sure"), lambda row: _standing_word(row)),),
)
DUE = Column(
    "due",
    _("Due"),
    itself,
    _due,
    "num",
    "current_due",
    plain="current_due",
    beside=(exactness("due_precision", "current_due", _("Due")),),
)
COMPLETED = Column(
    "completed",
    _("Completed on"),
    itself,
    _completed,
    "num",
    "completed_on",
    plain="completed_on",
    beside=(exactness("completed_precision", "completed_on", _("Completed on")),),
)
FIGURE_LIGHT = Column(
    "light",
    _("Computed light"),
    "figure",
    figure_light,
    plain=lambda row: str(look_of(row.figure.light).label) if row.figure else None,
)


def _given_light(kind: AssessmentKind) -> Column:
    """A light that somebody gives, of a row with its figure; in files its day and how sure it is stand beside it."""

    head = kind.label

    def given(row: Any) -> Any:
        return rated(row.figure, kind)[0]

    def part(name: str) -> Callable[[Any], Any]:
        return lambda row: getattr(given(row), name, None)

    def word(row: Any) -> Any:
        return Light(part("light")(row)).label if given(row) else None

    def sureness_word(row: Any) -> Any:
        return Confidence(part("confidence")(row)).label if given(row) else None

    return Column(
        kind.value,
        head,
        lambda row: rated(row.figure, kind),
        lambda found: given_light(found[0], found[1], kind),
        plain=word,
        beside=(
            Column(f"{kind}_on", format_lazy("{}: {}", head, _("Assessed on")), part("assessed_on")),
            Column(f"{kind}_sure", format_lazy("{}: {}", head, _("how sure")), sureness_word),
        ),
    )


# Three lights side by side, never averaged; how far they lie apart stands in files.
LIGHTS = (
    _given_light(AssessmentKind.DECLARED),
    replace(
        FIGURE_LIGHT,
        beside=(Column("divergence", _("Steps between the lights"), lambda row: row.figure and row.figure.divergence),),
    ),
    _given_light(AssessmentKind.INDEPENDENT),
)
FIGURE = Column(
    "progress",
    _("Actual | plan"),
    "figure",
    figure_bar,
    plain=lambda row: ratio_percent(row.figure.progress) if row.figure else None,
    unit="%",
    beside=(Column("plan", _("Plan"), lambda row: ratio_percent(row.figure.plan) if row.figure else None, unit="%"),),
)
COVERAGE = Column(
    "coverage",
    _("Coverage"),
    "figure.coverage",
    percent_of,
    "num",
    plain=lambda row: ratio_percent(row.figure.coverage) if row.figure else None,
    unit="%",
)
LATE = Column("late", _("Late"), "figure.late", amount, "num")

MILESTONES = (
    CODE,
    replace(TITLE, head=_("Milestone")),
    STATE,
    LIGHT,
    PROGRESS,
    related("ministry", _("Responsible ministry"), "responsible_ministry__name_ko", "responsible_ministry"),
    DUE,
    COMPLETED,
)
# The same where only open ones stand.
OPEN_MILESTONES = tuple(column for column in MILESTONES if column.name != "completed")
# My work; the last column, which opens the report, is the page's own.
MY_WORK = (
    DUE,
    Column("title", _("Milestone"), itself, coded_link, "wide", order="title_ko", is_row_head=True),
    STATE,
    LIGHT,
    PROGRESS,
    Column("forecast", _("Expected completion"), show=day, kind="num", order="forecast"),
)
# The few columns of a short list beside other things.
LATE_MILESTONES = tuple(column for column in MILESTONES if column.name in ("title", "state", "ministry", "due"))


def _next_due(row: Any) -> tuple[Any, str]:
    return (row.figure.next_due, row.figure.next_due_precision) if row.figure else (None, "")


STRATEGIC_TASKS = (
    Column("number", _("Number"), kind="num", order="number"),
    replace(TITLE, head=_("Strategic task")),
    *LIGHTS,
    FIGURE,
    COVERAGE,
    LATE,
    Column(
        "next_due",
        _("Next due"),
        _next_due,
        lambda known: exact_day(*known),
        "num",
        plain=lambda row: known_day(*_next_due(row)),
    ),
    related("ministry", _("Lead ministry"), field="lead_ministry"),
)

MEASURES = (
    CODE,
    replace(TITLE, head=_("Measure")),
    *LIGHTS,
    FIGURE,
    COVERAGE,
    LATE,
    related("ministry", _("Lead ministry"), "lead_ministry__name_ko", "lead_ministry"),
)


def _verdict_reason(row: Any) -> Any:
    """In the reader's language, else in the one that there is; of the latest verdict, as all of `verdict_…`."""
    korean, english = row.verdict_reason_ko, row.verdict_reason_en
    return (korean or english) if (get_language() or "ko").startswith("ko") else (english or korean)


def _verdict_sources(row: Any) -> Any:
    return [local_source(source) for source in row.verdict_sources or ()]


def _verdict_sure(row: Any) -> str | None:
    return verdict_sure(row.verdict_confidence) if row.verdict_confidence else None


def _verdict_sure_marked(row: Any) -> Any:
    words = _verdict_sure(row)
    return marked(words, row.verdict_confidence) if words else dash(None, _("Not judged yet"))


COMMITMENTS = (
    CODE,
    replace(TITLE, head=_("Commitment")),
    Column("strength", _("How firmly"), "get_strength_display", lambda value: value(), order="strength"),
    dated("deadline", _("Deadline"), "deadline_precision"),
    Column(
        "verdict",
        _("Verdict"),
        show=lambda value: state_badge(value) if value else dash(None, _("Not judged yet")),
        order="verdict",
        plain=lambda row: Verdict(row.verdict).label if row.verdict else None,
        beside=(
            Column("verdict_reason", format_lazy("{}: {}", _("Verdict"), _("Reason")), _verdict_reason),
            Column("verdict_sources", format_lazy("{}: {}", _("Verdict"), _("Sources")), _verdict_sources),
        ),
    ),
    Column("verdict_sure", _("How sure the verdict is"), itself, _verdict_sure_marked, plain=_verdict_sure),
    Column("judged_on", _("Judged on"), show=day, kind="num", order="judged_on"),
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


def _ministry(row: Any) -> SafeString:
    return format_html("{} {}", _titled_link(row), sure_name(row))


MINISTRIES = (
    Column(
        "name",
        _("Ministry"),
        itself,
        _ministry,
        "wide",
        is_row_head=True,
        order="name_ko",
        beside=(
            sureness("name_ko_confidence", _("Name (Korean)")),
            sureness("name_en_confidence", _("Name (English)")),
        ),
    ),
    Column("valid_from", _("Exists since"), show=day, kind="num", order="valid_from"),
    Column(
        "valid_to", _("Exists until"), show=lambda value: day(value, _("Still exists")), kind="num", order="valid_to"
    ),
    Column(
        "light",
        _("Computed light"),
        "figure",
        lambda figure: figure_light(figure) if figure else dash(None, _("Answers for no milestone")),
        plain=FIGURE_LIGHT.plain,
    ),
    FIGURE,
    Column("milestones", _("Milestones"), "figure.milestones", amount, "num", link=lambda row: row.milestones_url),
    Column("late", _("Late"), "figure.late", amount, "num", link=lambda row: row.late_url),
)
