"""The columns of the core's tables, one tuple per noun; those of money, waits and single records stand beside."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.badges import light as look_of
from common.records import Confidence
from common.tables import Column, exactness, hundredth, known_day, sureness
from common.templatetags.display import (
    amount,
    bp_percent,
    dash,
    day,
    exact_day,
    instead,
    light_badge,
    progress_bar,
    state_badge,
    tier_badge,
)
from tasks.choices import ENDED, AssessmentKind, Light, ReportStatus, ScheduleLight
from tasks.domain_tables import VALIDITY, done_on, itself, related
from tasks.interfaces import Ratio
from tasks.models import Milestone
from tasks.templatetags.figures import (
    BARS_NOTE,
    coded_link,
    figure_bar,
    figure_light,
    given_light,
    lateness,
    next_due,
    no_progress,
    percent_of,
    rated,
    reported_mark,
    sure,
    sure_name,
    until,
)


def _tier(row: Any) -> SafeString:
    return tier_badge(row.effective_tier) if hasattr(row, "effective_tier") else SafeString("")


def _titled_link(row: Any) -> SafeString:
    words = getattr(row, "title", "") or str(row)
    return format_html('<a href="{}">{}</a> {} {}', row.get_absolute_url(), words, _tier(row), sure(row))


def _state(row: Milestone) -> SafeString:
    return state_badge(row.state, row.get_state_display())


def _light(row: Any) -> SafeString:
    if row.state in ENDED:
        return instead(None, _("Has ended"))
    return light_badge(row.light) if row.light else dash(None, _("No date"))


def _progress(row: Milestone) -> SafeString:
    if row.progress_bp is None:
        return dash(None, no_progress(row))
    bar = progress_bar(row.progress_bp, None, row.code)
    return format_html(
        '<div class="bar-row">{}<span>{}</span></div>{}',
        bar,
        bp_percent(row.progress_bp),
        format_html('<div class="below-number">{}</div>', mark) if (mark := reported_mark(row)) else "",
    )


def _due(row: Milestone) -> SafeString:
    due, late = exact_day(row.current_due, row.due_precision), lateness(row, short=True)
    return format_html("{} {}", due, late) if late else due


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
    "light",
    _("Schedule light"),
    itself,
    _light,
    plain=lambda row: ScheduleLight(row.light).label if row.light else None,
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
    done_on,
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
    note=BARS_NOTE,
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

RESPONSIBLE = related("ministry", _("Responsible ministry"), "responsible_ministry__name_ko", "responsible_ministry")

MILESTONES = (
    CODE,
    replace(TITLE, head=_("Milestone")),
    STATE,
    LIGHT,
    PROGRESS,
    RESPONSIBLE,
    DUE,
    COMPLETED,
)
# The same where only open ones stand.
OPEN_MILESTONES = tuple(column for column in MILESTONES if column.name != "completed")


def _work_title(milestone: Any) -> SafeString:
    """The milestone with what else its row must say on a page, where ministry and light have no column."""
    ministry = milestone.responsible_ministry
    return format_html(
        '{}<div class="row small soft">{}{}</div>',
        coded_link(milestone),
        light_badge(milestone.light) if milestone.light else "",
        format_html("<span>{}</span>", ministry) if ministry else "",
    )


def _report_status(milestone: Any) -> str:
    """Of a report that is open; else whether the month that is reported has one."""
    if milestone.report_status:
        return str(ReportStatus(milestone.report_status).label)
    return str(_("Reported")) if milestone.is_reported else ""


def _open_report(milestone: Any) -> SafeString:
    """The report that is a draft, was returned or waits for review, with the way to it."""
    if not milestone.report_status:
        words = _("Not reported yet") if milestone.is_missing else _("None expected")
        return state_badge("accepted", str(_("Reported"))) if milestone.is_reported else instead(None, words)
    address = reverse("tasks:report", args=[milestone.report_uuid])
    badge = state_badge(milestone.report_status, _report_status(milestone))
    return format_html('<a href="{}">{}</a>', address, badge)


# My work; the last column, which opens the report, is the page's own. Who leads a measure finds in it milestones that
# other ministries answer for.
MY_WORK = (
    DUE,
    Column("title", _("Milestone"), itself, _work_title, "wide", order="title_ko", is_row_head=True, plain="title"),
    RESPONSIBLE,
    STATE,
    LIGHT,
    PROGRESS,
    Column("forecast", _("Expected completion"), show=day, kind="num", order="forecast"),
    Column("report_status", _("Report"), itself, _open_report, plain=lambda row: _report_status(row) or None),
)
# The same as cells of its table, where most are fields to type in; the last cell is the page's own.
_IN_ROWS = {column.name: column for column in MY_WORK}
MY_WORK_ROW = (
    _IN_ROWS["due"],
    _IN_ROWS["title"],
    replace(_IN_ROWS["state"], head=_("What happened")),
    _IN_ROWS["progress"],
    replace(_IN_ROWS["forecast"], head=_("Expected or completed on"), kind=""),
    Column("result", _("This month's result"), lambda row: None),
    _IN_ROWS["report_status"],
)
# The few columns of a short list beside other things.
LATE_MILESTONES = tuple(column for column in MILESTONES if column.name in ("title", "state", "ministry", "due"))


def _next_due(row: Any) -> tuple[Any, str]:
    return (row.figure.next_due, row.figure.next_due_precision) if row.figure else (None, "")


def _next_due_shown(row: Any) -> SafeString:
    return next_due(row.figure) if row.figure else dash(None)


def _of_strategy(name: str) -> Callable[[Any], str]:
    return lambda row: f"{reverse(name)}?strategy={row.slug}"


STRATEGIES = (
    Column("title", _("Strategy"), link=_of_strategy("overview"), kind="wide", is_row_head=True),
    Column("announced_on", _("Announced on"), show=day, order="announced_on"),
    Column("first_year", _("First fiscal year"), kind="num", show=str),
    Column("last_year", _("Last fiscal year"), kind="num", show=str),
    Column("task_count", _("Strategic tasks"), kind="num", show=amount, link=_of_strategy("tasks:strategic-tasks")),
    Column("slug", _("Structure"), show=lambda _slug: _("Open the structure"), link=_of_strategy("tasks:structure")),
)
STRATEGIC_TASKS = (
    Column("number", pgettext_lazy("short", "No."), kind="num", order="number"),
    replace(TITLE, head=_("Strategic task")),
    *LIGHTS,
    FIGURE,
    COVERAGE,
    LATE,
    Column(
        "next_due",
        _("Next due"),
        itself,
        _next_due_shown,
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


def _ministry(row: Any) -> SafeString:
    return format_html("{} {} {}", _titled_link(row), sure_name(row), until(row))


def _of_figure(show: Callable[[Any], Any], words: Any) -> Callable[[Any], Any]:
    """What is shown of a ministry's figure: one that answers for no milestone has none."""
    return lambda value: instead(None, words) if value is None else show(value)


def _count(name: str) -> Callable[[Any], int]:
    """Of a ministry's milestones: one without a figure answers for none."""
    return lambda row: getattr(row.figure, name) if row.figure else 0


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
    *VALIDITY,
    replace(FIGURE_LIGHT, show=_of_figure(figure_light, _("Answers for no milestone"))),
    replace(FIGURE, show=_of_figure(figure_bar, _("No milestone"))),
    Column(
        "milestones",
        _("Milestones"),
        _count("milestones"),
        amount,
        "num",
        link=lambda row: row.milestones_url,
    ),
    Column("late", _("Late"), _count("late"), amount, "num", link=lambda row: row.late_url),
)
