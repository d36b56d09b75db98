"""The investment tax credit (Restriction of Special Taxation Act, art. 24), exactly and with the rate that applied.

Credit = base rate × eligible investment + incremental rate × max(0, eligible − mean of the three preceding years), the
incremental part within its cap (a multiple of the base credit). Whole won; each of the two parts, and the cap, drops
what is below one won. Rates and rules are rows with their own sources; nothing is computed that no row says.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from common.errors import Invalid
from common.records import Confidence
from investment.choices import CompanySize, RateKind, TaxClass
from investment.models import TaxCreditRate, TaxCreditRule

WHOLE_BP = 10_000
YEARS = 3
CAP, MEAN = "rule-incremental-cap", "rule-increment-mean"
# Semiconductors got a class of their own by the law of 2025-03-14, from 2025-01-01 on; before that one class held for
# all strategic technologies.
UNDIVIDED: dict[str, str] = {TaxClass.NST_SEMICONDUCTOR: TaxClass.NST, TaxClass.NST_OTHER: TaxClass.NST}


@dataclass(frozen=True)
class Investment:
    """What is asked: whole won. `preceding_won` are the three years before, None where they are not given."""

    tax_class: str
    size: str
    invested_on: date
    eligible_won: int
    preceding_won: tuple[int, int, int] | None = None


@dataclass(frozen=True)
class Credit:
    """The answer. `increase` and `mean` are exact fractions of won; what could not be computed is None."""

    investment: Investment
    rate: TaxCreditRate
    superseded: tuple[TaxCreditRate, ...]
    cap_rule: TaxCreditRule | None
    mean_rule: TaxCreditRule | None
    base_won: int
    mean: Fraction | None
    increase: Fraction | None
    uncapped_won: int | None
    cap_won: int | None
    incremental_won: int | None

    @property
    def why_this_rate(self) -> str:
        """Why the rate of another class applied; empty where it is the class's own."""
        if self.rate.tax_class == self.investment.tax_class:
            return ""
        if self.investment.tax_class == TaxClass.NST_SEMICONDUCTOR:
            return _(
                "No rate of its own for semiconductors was known for this day. "
                "The rate of all national strategic technologies applied."
            )
        return _("One rate was known for this day for all national strategic technologies, and it applied.")

    @property
    def is_capped(self) -> bool:
        return None not in (self.cap_won, self.uncapped_won) and self.incremental_won != self.uncapped_won

    @property
    def total_won(self) -> int:
        """At least this much where the incremental part is not known."""
        return self.base_won + (self.incremental_won or 0)

    @property
    def mean_won(self) -> int | None:
        """The mean without the fraction of a won, to be shown; `mean` itself is computed with."""
        return None if self.mean is None else int(self.mean)

    @property
    def increase_won(self) -> int | None:
        return None if self.increase is None else int(self.increase)

    @property
    def unverified(self) -> tuple[str, ...]:
        """What of the answer rests on a figure that no published page was found for."""
        parts = [
            (_("base rate"), self.rate.base_confidence, True),
            (_("incremental rate"), self.rate.incremental_confidence, self.uncapped_won is not None),
            (_("cap"), self.cap_rule.confidence if self.cap_rule else "", self.is_capped),
        ]
        return tuple(name for name, sure, is_used in parts if is_used and sure == Confidence.UNVERIFIED)


def credit(investment: Investment, rates: Any, rules: Any) -> Credit:
    """The credit of an investment by the rates and rules that the reader may see (querysets).

    Raises Invalid where no rate is on record for the class, size and day.
    """
    rate, superseded = applicable(investment, rates)
    named = {rule.key: rule for rule in rules.filter(key__in=[CAP, MEAN])}
    base = investment.eligible_won * rate.base_bp // WHOLE_BP
    mean = None if investment.preceding_won is None else Fraction(sum(investment.preceding_won), YEARS)
    increase = None if mean is None else max(Fraction(0), investment.eligible_won - mean)
    uncapped = None
    if increase is not None and rate.incremental_bp is not None:
        uncapped = int(increase * rate.incremental_bp / WHOLE_BP)
    cap_rule = named.get(CAP)
    cap = int(base * Fraction(cap_rule.value)) if cap_rule else None
    incremental = uncapped if cap is None or uncapped is None else min(uncapped, cap)
    return Credit(
        investment, rate, superseded, cap_rule, named.get(MEAN), base, mean, increase, uncapped, cap, incremental
    )


def applicable(investment: Investment, rates: Any) -> tuple[TaxCreditRate, tuple[TaxCreditRate, ...]]:
    """The rate that holds on the day (a temporary one before the regular one), and those superseded for that day."""
    of_class = rates.filter(size=investment.size, tax_class__in=_classes(investment.tax_class))
    invested_on = investment.invested_on
    on_day = of_class.filter(Q(invest_to__isnull=True) | Q(invest_to__gte=invested_on), invest_from__lte=invested_on)
    rows = sorted(on_day.select_related("measure"), key=lambda rate: _precedence(rate, investment.tax_class))
    valid = [rate for rate in rows if not rate.is_superseded]
    if not valid:
        raise Invalid(_no_rate(investment, of_class), field="invested_on", code="no_rate")
    return valid[0], tuple(rate for rate in rows if rate.is_superseded)


def _classes(tax_class: str) -> set[str]:
    return {tax_class, UNDIVIDED.get(tax_class, tax_class)}


def _precedence(rate: TaxCreditRate, tax_class: str) -> tuple[bool, bool, int]:
    return rate.tax_class != tax_class, rate.kind != RateKind.TEMPORARY, -rate.invest_from.toordinal()


def _no_rate(investment: Investment, of_class: Any) -> str:
    """What is missing, and for which time rates are on record."""
    periods = sorted({(rate.invest_from, rate.invest_to or date.max) for rate in of_class if not rate.is_superseded})
    words: dict[str, Any] = {"name": TaxClass(investment.tax_class).label, "size": CompanySize(investment.size).label}
    if not periods:
        return _("No rate is on record for %(name)s, %(size)s.") % words
    first, last = periods[0][0], max(end for _start, end in periods)
    words["first"] = first.isoformat()
    if last == date.max:
        text = _("No rate is on record for %(name)s, %(size)s on this day. Rates are on record from %(first)s.")
    else:
        words["last"] = last.isoformat()
        text = _(
            "No rate is on record for %(name)s, %(size)s on this day. "
            "Rates are on record from %(first)s to %(last)s: enter a day of that time."
        )
    return text % words
