"""The columns of reporting periods: the periods, who reported, ministries by periods, the figures of a snapshot."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.tables import Column
from common.templatetags.display import amount, bp_points, dash, exact_day, instead, moment, month, state_badge, won
from tasks.choices import MoneyPhase, Slice
from tasks.domain_tables import itself
from tasks.interfaces import Ratio
from tasks.models import ReportingPeriod, Snapshot
from tasks.models.figure import SUMS
from tasks.rollups import Reporting
from tasks.tables import COVERAGE, FIGURE, LIGHTS, ratio_percent
from tasks.templatetags.figures import named, percent_of

# What of a period's reports came from a ministry; None where none is expected of it.
Found = Callable[[Any, Any], Reporting | None]
# The phases that a file of published figures sums over the fiscal years.
_PHASES = (MoneyPhase.ANNOUNCED, MoneyPhase.APPROPRIATED, MoneyPhase.CURRENT, MoneyPhase.EXECUTED)


def month_link(period: ReportingPeriod) -> SafeString:
    return format_html('<a href="{}">{}</a>', period.get_absolute_url(), month(period.starts_on))


def _state(period: ReportingPeriod) -> SafeString:
    return state_badge(period.state, period.get_state_display())


def _published(row: Any) -> Any:
    """When its figures were published last, and which version that was."""
    if row.published_at is None:
        return instead(None, _("Not published yet"))
    version = _now("version %s") % row.published_number
    return format_html("{} <span class='soft small'>{}</span>", moment(row.published_at), version)


PERIODS = (
    Column("month", _("Month"), itself, month_link, "nowrap", order="starts_on", is_row_head=True, plain="month"),
    Column("state", _("State"), itself, _state, order="state", plain="get_state_display"),
    Column("due", _("Reports due"), "due_on", exact_day, "num", order="due_on"),
    Column("published", _("Published"), itself, _published, plain="published_at", order="published_at"),
    Column("why", _("Why it was reopened"), "reopened_for", lambda text: instead(text, _("Not reopened")), "wide",
           plain="reopened_for"),
)  # fmt: skip


# Who reported ------------------------------------------------------------------------------------------------------


def missing_url(period: ReportingPeriod, ministry: str = "") -> str:
    path = reverse("tasks:period-missing", args=[str(period)])
    return f"{path}?{urlencode({'ministry': ministry})}" if ministry else path


def reports_url(**asked: Any) -> str:
    """The list of reports, narrowed."""
    shown = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in asked.items()}
    return f"{reverse('tasks:reports')}?{urlencode(shown)}"


def changed_url(period: ReportingPeriod) -> str:
    """What is known otherwise of the last day than was published."""
    day = period.ends_on.isoformat()
    return f"{reverse('tasks:what-changed')}?{urlencode({'since': day, 'until': day})}"


def taken(snapshot: Snapshot) -> str:
    return strip_tags(moment(snapshot.taken_at))


def _ministry(row: Any) -> SafeString:
    if row.ministry is None:
        return instead(None, _("Unassigned"))
    return format_html('<a href="{}">{}</a>', row.ministry.get_absolute_url(), named(row.ministry))


def _missing(row: Any) -> Any:
    if not row.of.missing:
        return amount(0)
    return format_html('<a href="{}">{}</a>', missing_url(row.period, row.key), amount(row.of.missing))


REPORTING = (
    Column("ministry", _("Ministry"), itself, _ministry, "wide", is_row_head=True),
    Column("expected", _("Reports expected"), "of.expected", amount, "num"),
    Column("on_time", _("On time"), "of.on_time", amount, "num"),
    Column("late", _("Late"), "of.late", amount, "num"),
    Column("missing", _("Missing"), itself, _missing, "num"),
    Column("waiting", _("Waiting for review"), "of.waiting", amount, "num"),
    Column("last", _("Last one came"), "of.last_at", lambda at: moment(at, _now("No report yet"))),
)


def cell_words(of: Reporting) -> str:
    """2 of 3 · 1 late · 1 missing."""
    parts = [_now("%(reported)s of %(expected)s") % {"reported": of.reported, "expected": of.expected}]
    if of.late:
        parts.append(_now("%s late") % of.late)
    if of.missing:
        parts.append(_now("%s missing") % of.missing)
    elif not of.late:
        parts.append(_now("all on time"))
    return " · ".join(parts)


def _tone(of: Reporting) -> str:
    return "bad" if of.missing else "warn" if of.late else "ok"


def matrix_columns(
    periods: Iterable[ReportingPeriod], found: Callable[[Any, Any], Reporting | None]
) -> tuple[Column, ...]:
    """A column for each period: what of the ministry's reports came; in files the numbers beside it."""
    ministry = Column("name", _("Ministry"), itself, _ministry_link, "wide", is_row_head=True, order="name_ko")
    return (ministry, *(_of_period(period, found) for period in periods))


def _ministry_link(ministry: Any) -> SafeString:
    return format_html('<a href="{}">{}</a>', ministry.get_absolute_url(), named(ministry))


def _of_period(period: ReportingPeriod, found: Found) -> Column:
    def shown(ministry: Any) -> SafeString:
        of = found(period, ministry)
        if of is None:
            return instead(None, _("Nothing expected"))
        days = {"effective_on__gte": period.starts_on, "effective_on__lte": period.ends_on}
        url = missing_url(period, ministry.key) if of.missing else reports_url(ministry=ministry.key, **days)
        return format_html('<a href="{}">{}</a>', url, state_badge("reporting", cell_words(of), _tone(of)))

    def number(name: str, head: Any) -> Column:
        return Column(f"{period}_{name}", format_lazy("{}: {}", str(period), head),
                      lambda ministry: getattr(found(period, ministry), name, None))  # fmt: skip

    beside = tuple(
        number(name, head)
        for name, head in (
            ("expected", _("Reports expected")),
            ("on_time", _("On time")),
            ("late", _("Late")),
            ("missing", _("Missing")),
        )
    )

    def plain(ministry: Any) -> str | None:
        of = found(period, ministry)
        return None if of is None else cell_words(of)

    return Column(str(period), month(period.starts_on), itself, shown, plain=plain, beside=beside)


# Figures of a snapshot ---------------------------------------------------------------------------------------------


def _over_years(phase: str) -> Callable[[Any], int | None]:
    def summed(row: Any) -> int | None:
        known = [year["amounts"][phase] for year in row.money or () if year["amounts"][phase] is not None]
        return sum(known) if known else None

    return summed


def _ratio(name: str, head: Any) -> Column:
    return Column(name, head, lambda row: ratio_percent(getattr(row.figure, name)), unit="%")


def _exact(name: str) -> Column:
    return Column(f"exact_{name}", name, lambda row: getattr(row.figure.sums, name))


def _due(date: Any) -> SafeString:
    return exact_day(date) if date else instead(None, _("None to come"))


PUBLISHED = (
    Column("slice", _("Cut by"), "slice", lambda slice: Slice(slice).label, plain="get_slice_display"),
    Column("title", _("Title"), "title", kind="wide", is_row_head=True, beside=(Column("code", _("Code")),)),
    *LIGHTS,
    FIGURE,
    replace(COVERAGE, beside=(
        _ratio("freshness", _("Reported this month")),
        _ratio("overdue_share", _("Overdue share")),
        Column("schedule_index", _("Schedule index"), lambda row: row.figure.schedule_index.value),
        Column("slip_days", _("Slip (days)"), lambda row: row.figure.slip_days.value),
    )),
    Column("late", _("Late"), "figure.late", amount, "num"),
    Column("milestones", _("Milestones"), "figure.milestones", amount, "num"),
    Column("next_due", _("Next due"), "next_due", _due, "num", plain="next_due", beside=(
        *(Column(phase.value, phase.label, _over_years(phase), won) for phase in _PHASES),
        *(_exact(name) for name in SUMS),
    )),
)  # fmt: skip


# The same where the page has few rows.
PUBLISHED_SHORT = tuple(column for column in PUBLISHED if column.name not in ("slice", "next_due"))


# Restatements ------------------------------------------------------------------------------------------------------


def _then_and_now(name: str) -> Callable[[Any], SafeString]:
    def shown(row: Any) -> SafeString:
        then, now = (percent_of(getattr(view, name)) if view else dash(None) for view in (row.then, row.now))
        return format_html('{} <span aria-hidden="true">→</span> {}', then, now)

    return shown


def _moved(name: str) -> Callable[[Any], SafeString | str]:
    """By how many points, rounded as shown."""

    def shown(row: Any) -> SafeString | str:
        ratios: list[Ratio | None] = [getattr(view, name) if view else None for view in (row.then, row.now)]
        then, now = (ratio.exact if ratio is not None and ratio.value is not None else None for ratio in ratios)
        return dash(None) if then is None or now is None else bp_points(round((now - then) * 10_000))

    return shown


def _restated_title(row: Any) -> str:
    """Of the snapshot; of what was not in it yet, today's."""
    return row.row.title if row.row else str(row.now.slice)


RESTATED = (
    Column("title", _("Figure"), _restated_title, kind="wide", is_row_head=True),
    Column("progress", _("Progress: published → known today"), itself, _then_and_now("progress"), "num"),
    Column("progress_by", _("Differs by"), itself, _moved("progress"), "num"),
    Column("plan", _("Plan: published → known today"), itself, _then_and_now("plan"), "num"),
    Column("coverage", _("Coverage: published → known today"), itself, _then_and_now("coverage"), "num"),
)
