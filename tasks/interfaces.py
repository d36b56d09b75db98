"""Frozen types that the six domains fill in, and that doors and rollups hand to each other."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from fractions import Fraction
from typing import Any, NamedTuple

from tasks.choices import Light, Slice


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
    def exact(self) -> Fraction:
        return Fraction(self.numerator, self.denominator) if self.denominator else Fraction(0)

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


# The slices of which somebody gives lights, and what an assessment calls their nodes.
RATED = {Slice.TASK: "strategic_task", Slice.MEASURE: "measure"}


@dataclass(frozen=True)
class GivenLight:
    """A light that somebody gave a task or measure, as it stands: of which day, and how sure it is."""

    light: str
    assessed_on: date
    confidence: str


@dataclass(frozen=True)
class TestedLight:
    """One test of the computed light: what was measured, the threshold in basis points, whether it holds."""

    test: str
    light: str
    holds: bool
    measured: Ratio | None = None
    threshold_bp: int | None = None


class Slack(NamedTuple):
    """Days left until a due date is missed, negative where it is; `is_exact`: both dates are known to the day."""

    days: int
    is_exact: bool


class Measured:
    """What sums and counts of milestones say, of a figure or of a part of one."""

    sums: Sums
    counts: dict[str, int]

    @property
    def progress(self) -> Ratio:
        """Read as "at least": what nobody reported adds nothing. Null where nothing is reported."""
        return Ratio(self.sums.earned, self.sums.share * 10_000 if self.sums.reported else 0)

    @property
    def plan(self) -> Ratio:
        """Null where nothing has a due date: no plan is known, which is not a plan of 0."""
        is_dated = self.sums.share > self.without_due.numerator
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
    def is_weightless(self) -> bool:
        """Whether all of it keeps its units: no milestone with a weight is planned there."""
        return self.sums.share > 0 and self.sums.unplanned == self.sums.share

    @property
    def unplanned(self) -> Ratio:
        return Ratio(self.sums.unplanned, self.sums.share)

    @property
    def without_due(self) -> Ratio:
        """What no plan counts: it has no due date, or nothing is planned in it."""
        return Ratio(self.sums.undated + self.sums.unplanned, self.sums.share)

    @property
    def not_begun(self) -> Ratio:
        """Dated, but to begin later; read where nothing is planned up to the date."""
        return Ratio(self.sums.share - self.without_due.numerator, self.sums.share)

    @property
    def compared(self) -> Ratio:
        """How much of what should be done lies in milestones with a report: of that the schedule index speaks."""
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
class FigureView(Measured):
    """One figure as every door shows it: sums, the ratios derived from them, lights, counts.

    `light` is the computed one, `decided_by` the test that gave it. Of a task or measure stand beside it what its
    ministry declares and what the coordinating office gives; None where nobody gave one. They are never averaged.
    """

    slice: str
    key: Key
    as_of: date
    tier: int
    sums: Sums
    light: str
    decided_by: TestedLight | None = None
    declared: GivenLight | None = None
    independent: GivenLight | None = None
    counts: dict[str, int] = field(default_factory=dict)
    next_due: date | None = None
    # How exactly that date is known: pages join it (`known_dues` in `tasks/rollups/outlook.py`), no figure stores it.
    next_due_precision: str = ""
    version: int = 0
    computed_at: datetime | None = None

    @property
    def divergence(self) -> int | None:
        """Steps between the best and the worst of the three lights, 0 to 2.

        Green, amber and red are a step apart each. “Not enough data”, “no plan” and a light not given say nothing;
        None where fewer than two lights say something.
        """
        given = [found.light for found in (self.declared, self.independent) if found]
        steps = [Light.values.index(light) for light in (self.light, *given) if light in Light.values]
        return max(steps) - min(steps) if len(steps) > 1 else None


@dataclass(frozen=True)
class Part(Measured):
    """What one part adds to a figure (see `PartKind`); parts sum to it, to the unit.

    `node` is the row: the task, measure or milestone, or the node that keeps units; None for the rest, which stands
    for `number` parts. `whole`: units of the figure. `weight`: of the sum of its siblings' weights, where the parts are
    siblings. `slice` and `key` name the figure that opens it; `report` is a milestone's last accepted one.
    """

    kind: str
    node: Any
    sums: Sums
    counts: dict[str, int]
    whole: int
    number: int = 1
    weight: Ratio | None = None
    light: str | None = None
    decided_by: TestedLight | None = None
    state: str | None = None
    slice: str = ""
    key: Key = 0
    report: Any = None

    @property
    def part_of_whole(self) -> Ratio:
        return Ratio(self.sums.share, self.whole)

    @property
    def adds(self) -> Ratio:
        """What it adds to the progress of the figure."""
        return Ratio(self.sums.earned, self.whole * 10_000)


@dataclass(frozen=True)
class Excluded:
    """What the reader sees and the figure leaves out, by reason (see `LeftOut`): how many, and the first of them.

    `milestones`: how many of them are milestones. `units`: of those that count with their units, and not in all of it.
    """

    reason: str
    number: int
    milestones: int
    rows: tuple[Any, ...]
    units: int = 0


@dataclass(frozen=True)
class Formula:
    """One ratio of the figure: its name for readers and its computation in their words.

    `numerator` and `denominator` name its sums, the latter times `scale`.
    """

    name: str
    label: Any
    words: Any
    numerator: str
    denominator: str
    scale: int
    ratio: Ratio


@dataclass(frozen=True)
class Explanation:
    """Why a figure is what it is; where there is none, what is left out of it says why.

    `tests` ends with the one that decided; `more`: whether parts follow after these; `version`: of the formulas.
    """

    figure: FigureView | None
    excluded: tuple[Excluded, ...]
    version: str
    formulas: tuple[Formula, ...] = ()
    tests: tuple[TestedLight, ...] = ()
    parts: tuple[Part, ...] = ()
    more: bool = False


@dataclass(frozen=True)
class ChangedNode:
    """A task, measure or milestone that a step of `Changes` touches: its row in both states, empty where none.

    `points`: by how much it moves `progress` and `plan` of the figure, exactly. Of a step of rows that were reported or
    planned anew they sum to that of the step. Empty in the others: there a row also moves what its siblings count.
    """

    kind: str
    id: int
    before: dict[str, Any]
    after: dict[str, Any]
    points: dict[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True)
class ChangeStep:
    """One step from a state to another: the figure before and after it, the first nodes it touches, and how many."""

    name: str
    before: FigureView
    after: FigureView
    nodes: tuple[ChangedNode, ...]
    total: int

    @property
    def sums(self) -> Sums:
        """The exact difference that it makes."""
        names = [each.name for each in fields(Sums)]
        return Sums(**{name: getattr(self.after.sums, name) - getattr(self.before.sums, name) for name in names})

    def points(self, ratio: str) -> Fraction:
        """By how much it moves a ratio of the figure (`progress`, `plan` …), exactly; one that is null counts as 0."""
        return getattr(self.after, ratio).exact - getattr(self.before, ratio).exact


@dataclass(frozen=True)
class Changes:
    """What moved a figure between two days, step by step in a fixed order.

    `known_then`: the moment at which the first state was known; None: figures were not kept yet, it is as known now.
    `is_published`: it is the moment at which the figures of the period that ended on the first day were published.
    """

    slice: str
    key: Key
    tier: int
    since: date
    until: date
    known_then: datetime | None
    known_at: datetime | None
    steps: tuple[ChangeStep, ...]
    is_published: bool = False

    @property
    def before(self) -> FigureView:
        return self.steps[0].before

    @property
    def after(self) -> FigureView:
        return self.steps[-1].after


@dataclass(frozen=True)
class SeriesPoint:
    """A figure's course at the end of a day; None where it is not known, or not yet, or no longer asked."""

    day: date
    actual: Ratio | None
    plan: Ratio | None
    forecast: Ratio | None


@dataclass(frozen=True)
class Series:
    """The course of a figure by month; `as_of` is the day that is read.

    `curve_at`: when plan and forecast were stored; None where they are of the moment. `without_due`: of the figure on
    the day that is read; None where there is no figure.
    """

    slice: str
    key: Key
    tier: int
    as_of: date
    points: tuple[SeriesPoint, ...]
    curve_at: datetime | None = None
    without_due: Ratio | None = None


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
