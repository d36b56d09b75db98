"""Frozen types that the six domains fill in, and that doors and rollups hand to each other."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Panel:
    """A domain's part of its task's page, fetched by htmx from the domain's own address."""

    title: Any
    url_name: str


@dataclass(frozen=True)
class Noun:
    """One noun of a domain, as navigation, search and the catalogue need it."""

    name: Any
    list_url_name: str
    api_path: str


@dataclass(frozen=True)
class Domain:
    """What the whole knows of one of the six: which task it belongs to and what it offers."""

    slug: str
    nouns: tuple[Noun, ...]
    panels: tuple[Panel, ...] = ()
    seed: Callable[..., None] | None = None


@dataclass(frozen=True)
class Ratio:
    """An exact quotient; `value` is None where the denominator is 0, never 0."""

    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        return self.numerator / self.denominator if self.denominator else None

    @property
    def percent(self) -> float | None:
        return 100 * self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True)
class Sums:
    """The stored integers of a figure: units; units × basis points; units × days."""

    share: int = 0
    unplanned: int = 0
    undated: int = 0
    reported: int = 0
    earned: int = 0
    planned: int = 0
    earned_compared: int = 0
    planned_compared: int = 0
    overdue: int = 0
    expected: int = 0
    fresh: int = 0
    slip_share: int = 0
    slip: int = 0


# The id of what a figure is of; in a cell, of task and ministry or region.
Key = int | tuple[int, int]


@dataclass(frozen=True)
class FigureView:
    """One figure as every door shows it: sums, the ratios derived from them, lights, counts."""

    slice: str
    key: Key
    as_of: date
    tier: int
    sums: Sums
    light: str
    counts: dict[str, int] = field(default_factory=dict)
    next_due: date | None = None
    version: int = 0
    computed_at: datetime | None = None

    @property
    def progress(self) -> Ratio:
        """Read as "at least": what nobody reported adds nothing. Null where nothing is reported."""
        return Ratio(self.sums.earned, self.sums.share * 10_000 if self.sums.reported else 0)

    @property
    def plan(self) -> Ratio:
        """Null where nothing has a due date: no plan is known, which is not a plan of 0."""
        is_dated = self.sums.share > self.sums.undated + self.sums.unplanned
        return Ratio(self.sums.planned, self.sums.share * 10_000 if is_dated else 0)

    @property
    def coverage(self) -> Ratio:
        return Ratio(self.sums.reported, self.sums.share)

    @property
    def freshness(self) -> Ratio:
        return Ratio(self.sums.fresh, self.sums.expected)

    @property
    def undated(self) -> Ratio:
        return Ratio(self.sums.undated, self.sums.share)

    @property
    def unplanned(self) -> Ratio:
        return Ratio(self.sums.unplanned, self.sums.share)

    @property
    def not_begun(self) -> Ratio:
        """Dated, but to begin later; read where nothing is planned up to the date."""
        return Ratio(self.sums.share - self.sums.undated - self.sums.unplanned, self.sums.share)

    @property
    def compared(self) -> Ratio:
        """How much of the plan the schedule index speaks of: what is both reported and dated."""
        return Ratio(self.sums.planned_compared, self.sums.planned)

    @property
    def schedule_index(self) -> Ratio:
        return Ratio(self.sums.earned_compared, self.sums.planned_compared)

    @property
    def overdue_share(self) -> Ratio:
        return Ratio(self.sums.overdue, self.sums.share)

    @property
    def slip_days(self) -> Ratio:
        return Ratio(self.sums.slip, self.sums.slip_share)

    @property
    def late(self) -> int:
        """How many milestones are overdue."""
        return self.counts.get("light_overdue", 0)

    @property
    def milestones(self) -> int:
        return sum(number for name, number in self.counts.items() if name.startswith("state_"))


@dataclass(frozen=True)
class ExecutionRate(Ratio):
    """Executed by the `base` that it is compared with: `current` or `appropriated`.

    Only lines whose both levels are known enter it.
    """

    base: str


@dataclass(frozen=True)
class MoneyYear:
    """Money of a slice in one fiscal year: whole won by phase, None where nothing is known.

    `at_least` names the phases in which some level is a lower bound.
    """

    fiscal_year: int
    amounts: dict[str, int | None]
    at_least: tuple[str, ...]
    execution_rate: ExecutionRate | None
