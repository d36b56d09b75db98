"""Money of a slice by fiscal year, in the phases of which anything is known."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.tables import Column, Table
from common.templatetags.display import bp_percent, dash
from tasks.choices import Bound, MoneyPhase
from tasks.interfaces import MoneyYear
from tasks.templatetags.figures import bounded_won, bp

# Promise and outcome always stand side by side.
ALWAYS = (MoneyPhase.ANNOUNCED, MoneyPhase.EXECUTED)


def money_by_year(years: Sequence[MoneyYear]) -> Table:
    known = [
        phase for phase in MoneyPhase if phase in ALWAYS or any(year.amounts[phase.value] is not None for year in years)
    ]
    columns = [Column("fiscal_year", _("Fiscal year"), is_row_head=True), *map(_phase, known), EXECUTION_RATE]
    hint = _("No budget line that is visible to you says anything of money.")
    return Table(columns, years, _("Money by fiscal year and phase"), "money-by-year", _("No money on record"), hint)


def _phase(phase: MoneyPhase) -> Column:
    def amount(year: MoneyYear) -> SafeString:
        return bounded_won(year.amounts[phase.value], Bound.AT_LEAST if phase.value in year.at_least else None)

    return Column(phase.value, phase.label, lambda year: year, amount, "num")


def _execution_rate(year: MoneyYear) -> Any:
    rate = year.execution_rate
    if rate is None or rate.value is None:
        return dash(None, _("No budget line says both what was budgeted and what was executed"))
    base = format_html(gettext("of {}"), MoneyPhase(rate.base).label)
    return format_html('{} <span class="small soft nowrap">{}</span>', bp_percent(bp(rate)), base)


EXECUTION_RATE = Column("execution_rate", _("Execution rate"), lambda year: year, _execution_rate, "num")
