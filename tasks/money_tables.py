"""Tables of money: a slice by fiscal year, in the phases of which anything is known, and budget lines by level."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.tables import Column, Table
from common.templatetags.display import bp_percent, dash
from tasks.choices import KINDS_IN_SHORT, Bound, MoneyPhase
from tasks.domain_tables import MEASURE, MINISTRY, bounded, fiscal_year
from tasks.interfaces import MoneyYear
from tasks.tables import TITLE
from tasks.templatetags.figures import bounded_won, bp

# Promise and outcome always stand side by side.
ALWAYS = (MoneyPhase.ANNOUNCED, MoneyPhase.EXECUTED)


def money_by_year(years: Sequence[MoneyYear]) -> Table:
    known = [
        phase for phase in MoneyPhase if phase in ALWAYS or any(year.amounts[phase.value] is not None for year in years)
    ]
    columns = [Column("fiscal_year", _("Fiscal year"), is_row_head=True), *map(_phase, known)]
    if any(_has_rate(year) for year in years):
        columns.append(EXECUTION_RATE)
    hint = _("No budget line that is visible to you says anything of money.")
    return Table(columns, years, _("Money by fiscal year and phase"), "money-by-year", _("No money on record"), hint)


def _phase(phase: MoneyPhase) -> Column:
    def amount(year: MoneyYear) -> SafeString:
        return bounded_won(year.amounts[phase.value], Bound.AT_LEAST if phase.value in year.at_least else None)

    return Column(phase.value, phase.label, lambda year: year, amount, "num")


def _has_rate(year: MoneyYear) -> bool:
    return year.execution_rate is not None and year.execution_rate.value is not None


def _execution_rate(year: MoneyYear) -> Any:
    rate = year.execution_rate
    if rate is None or not _has_rate(year):
        return dash(None, _("No budget line says both a budget and what was executed of it"))
    base = format_html(gettext("of {}"), MoneyPhase(rate.base).label)
    return format_html('{} <span class="small soft nowrap">{}</span>', bp_percent(bp(rate)), base)


EXECUTION_RATE = Column(
    "execution_rate",
    _("Execution rate"),
    lambda year: year,
    _execution_rate,
    "num",
    note=_("The execution rate is of those budget lines alone that say both their budget and what was executed of it."),
)

# Phases that the list of lines shows; the page of a line has all.
_SHOWN = (
    ("announced", _("Announced")),
    ("appropriated", _("Appropriated")),
    ("current", _("Current budget")),
    ("executed", _("Executed")),
)


def _level(phase: str) -> Callable[[Any], tuple[int | None, str | None]]:
    return lambda row: (getattr(row, f"level_{phase}"), getattr(row, f"bound_{phase}"))


def _bounded(level: tuple[int | None, str | None]) -> SafeString:
    return bounded_won(*level)


def _phase_of_line(phase: str, head: Any) -> Column:
    return Column(
        phase,
        head,
        _level(phase),
        _bounded,
        "num",
        order=f"level_{phase}",
        plain=f"level_{phase}",
        unit=_("won"),
        beside=(bounded(f"bound_{phase}", head),),
    )


BUDGET_LINES = (
    fiscal_year(),
    replace(TITLE, head=_("Budget line")),
    MEASURE,
    MINISTRY,
    Column("kind", _("Kind"), lambda row: KINDS_IN_SHORT[row.kind], order="kind"),
    *(_phase_of_line(phase, head) for phase, head in _SHOWN),
)
