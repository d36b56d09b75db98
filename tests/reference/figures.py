"""The figure of one slice: exact integer sums, counts, ratios and the computed light."""

from collections import Counter
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction

from .plan import Milestone, Strategy
from .schedule import is_expected, is_fresh, planned_bp, slip_days


@dataclass(frozen=True)
class Sums:
    """All in units, except earned, planned (and compared): units x basis points; slip: units x
    days.
    """

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

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def ratios(self) -> dict[str, Fraction | None]:
        """Exact; None where the denominator is 0. `progress` is also None where nothing is
        reported, `plan` where nothing has a due date. `slip_days` in days, the others as a part of 1.
        """
        return {
            "progress": _ratio(self.earned, self.share * 10_000) if self.reported else None,
            "plan": _ratio(self.planned, self.share * 10_000) if self.undated + self.unplanned < self.share else None,
            "coverage": _ratio(self.reported, self.share),
            "freshness": _ratio(self.fresh, self.expected),
            "schedule_index": _ratio(self.earned_compared, self.planned_compared),
            "overdue_share": _ratio(self.overdue, self.share),
            "slip_days": _ratio(self.slip, self.slip_share),
        }


@dataclass(frozen=True)
class Figure:
    """`states` and `lights` count milestones (weight 0 included), without zero entries.

    `next_due`: the earliest `current_due` on or after the day among milestones not completed
    (weight 0 included).
    """

    sums: Sums
    states: dict[str, int]
    lights: dict[str, int]
    next_due: date | None
    computed_light: str

    @property
    def ratios(self) -> dict[str, Fraction | None]:
        return self.sums.ratios

    @property
    def counts(self) -> dict[str, int]:
        """Both counts in one, as state_<state> and light_<light>."""
        states = {f"state_{state}": number for state, number in self.states.items()}
        return states | {f"light_{light}": number for light, number in self.lights.items()}


@dataclass(frozen=True)
class Line:
    """What one leaf adds to every slice it stands in: a milestone, or (with no milestone) a node's
    unplanned units.
    """

    sums: Sums
    milestone: Milestone | None = None
    light: str | None = None


def unplanned_line(units: int) -> Line:
    return Line(Sums(share=units, unplanned=units))


def milestone_line(milestone: Milestone, units: int, light: str | None, as_of: date) -> Line:
    """The milestone's units, counted under each heading that applies to it on the day."""
    progress, plan, slip = milestone.progress_bp, planned_bp(milestone, as_of), slip_days(milestone)
    compared = progress is not None and plan is not None
    sums = Sums(
        share=units,
        undated=units if plan is None else 0,
        reported=units if progress is not None else 0,
        earned=units * (progress or 0),
        planned=units * (plan or 0),
        earned_compared=units * (progress or 0) if compared else 0,
        planned_compared=units * (plan or 0) if compared else 0,
        overdue=units if light == "overdue" else 0,
        expected=units if is_expected(milestone, as_of) else 0,
        fresh=units if is_fresh(milestone, as_of) else 0,
        slip_share=units if slip is not None else 0,
        slip=units * (slip or 0),
    )
    return Line(sums, milestone, light)


def figure_of(lines: list[Line], strategy: Strategy, as_of: date) -> Figure:
    sums = sum((line.sums for line in lines), Sums())
    milestones = [line.milestone for line in lines if line.milestone is not None]
    dues = [m.current_due for m in milestones if m.state != "completed" and m.current_due is not None]
    return Figure(
        sums=sums,
        states=dict(Counter(milestone.state for milestone in milestones)),
        lights=dict(Counter(line.light for line in lines if line.light is not None)),
        next_due=min((due for due in dues if due >= as_of), default=None),
        computed_light=computed_light(sums, strategy),
    )


def computed_light(sums: Sums, strategy: Strategy) -> str:
    """none, red, no_data, amber or green, tested in this order, by cross-multiplied integers.

    none: `planned` and `overdue` are both 0. red: schedule index below, or overdue share above, the
    red threshold. no_data: less than half of what is planned can be compared. amber: as red, with
    the amber thresholds. An index or share whose denominator is 0 crosses no threshold.
    """
    if sums.planned == 0 and sums.overdue == 0:
        return "none"
    if _crosses(sums, strategy.index_red_pct, strategy.overdue_red_pct):
        return "red"
    if 2 * sums.planned_compared < sums.planned:
        return "no_data"
    if _crosses(sums, strategy.index_amber_pct, strategy.overdue_amber_pct):
        return "amber"
    return "green"


def _crosses(sums: Sums, index_pct: int | Fraction, overdue_pct: int | Fraction) -> bool:
    behind = 100 * sums.earned_compared < index_pct * sums.planned_compared
    return behind or 100 * sums.overdue > overdue_pct * sums.share


def _ratio(numerator: int, denominator: int) -> Fraction | None:
    return Fraction(numerator, denominator) if denominator else None
