"""The stages of a complex in the law's order with their days; published totals beside what the complexes add up to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clusters.choices import Quantity, Stage
from clusters.models import Complex, ComplexStage, PublishedTotal, RoundStep, StageRule
from tasks.choices import DatePrecision
from tasks.models import Milestone


@dataclass(frozen=True)
class PipelineStage:
    """One stage: the law's step, the milestone where anybody dated it, and the days from the dated stage before.

    Days are whole calendar days, null where either date is unknown; `is_exact` says that both are known to the day.
    """

    stage: str
    rule: StageRule | None
    milestone: Milestone | None
    statutory_days: int | None
    planned_days: int | None
    actual_days: int | None
    is_exact: bool

    @property
    def name(self) -> str:
        return self.rule.name if self.rule else str(Stage(self.stage).label)


@dataclass(frozen=True)
class _Before:
    done: date | None = None
    expected: date | None = None
    is_exact: bool = True


def pipeline(
    rules: Sequence[StageRule], own: Iterable[ComplexStage], shared: Iterable[RoundStep]
) -> list[PipelineStage]:
    """Every stage of the kind, dated or not; then what stands outside the rules. The complex's own step wins."""
    links: dict[str, Any] = {step.stage: step for step in shared if step.stage} | {step.stage: step for step in own}
    named = [(rule.stage, rule) for rule in rules]
    known = {rule.stage for rule in rules}
    found, before = [], _Before()
    for stage, rule in [*named, *((stage, None) for stage in links if stage not in known)]:
        link = links.get(stage)
        found.append(_stage(stage, rule, link, before))
        before = _after(link, before)
    return found


def _stage(stage: str, rule: StageRule | None, link: Any, before: _Before) -> PipelineStage:
    milestone = link.milestone if link else None
    return PipelineStage(
        stage=stage,
        rule=rule,
        milestone=milestone,
        statutory_days=getattr(link, "statutory_days", None),
        planned_days=_between(before.expected, milestone.current_due if milestone else None),
        actual_days=_between(before.done, milestone.completed_on if milestone else None),
        is_exact=before.is_exact and _is_exact(milestone),
    )


def _after(link: Any, before: _Before) -> _Before:
    """What the next dated stage is counted from."""
    if link is None or not (link.milestone.completed_on or link.milestone.current_due):
        return before
    done, due = link.milestone.completed_on, link.milestone.current_due
    return _Before(done, done or due, _is_exact(link.milestone))


def _between(first: date | None, last: date | None) -> int | None:
    return (last - first).days if first and last else None


def _is_exact(milestone: Milestone | None) -> bool:
    if milestone is None:
        return True
    precision = milestone.completed_precision if milestone.completed_on else milestone.due_precision
    return precision == DatePrecision.DAY


@dataclass(frozen=True)
class ComparedTotal:
    """`known` sums what is published of single complexes, null where nothing is; `unknown` counts those without.

    `confidences`: how sure the values in the sum are, each once.
    """

    total: PublishedTotal
    count: int
    known: int | None
    unknown: int
    confidences: tuple[str, ...] = ()

    @property
    def difference(self) -> int | None:
        """Published minus known: what the unknown hold, or a contradiction of the sources where none is unknown."""
        return None if self.known is None else self.total.value - self.known


COLUMN = {Quantity.INVESTMENT_WON: "announced_investment_won", Quantity.AREA_M2: "area_m2"}


CONFIDENCE = {Quantity.INVESTMENT_WON: "announced_investment_confidence", Quantity.AREA_M2: "area_confidence"}


def compared(total: PublishedTotal, complexes: Iterable[Complex]) -> ComparedTotal:
    quantity, rows = Quantity(total.quantity), list(complexes)
    known = [row for row in rows if getattr(row, COLUMN[quantity]) is not None]
    value = sum(getattr(row, COLUMN[quantity]) for row in known) if known else None
    confidences = sorted({getattr(row, CONFIDENCE[quantity]) for row in known})
    return ComparedTotal(total, len(rows), value, len(rows) - len(known), tuple(confidences))
