"""The one entry point: every figure of a strategy for a tier and a day, from nothing."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from .figures import Figure, Line, figure_of, milestone_line, unplanned_line
from .place import SliceKey, place_of_milestone, place_of_unplanned
from .plan import Milestone, NodeId, Plan
from .schedule import schedule_light
from .tree import STRATEGY, Key, allot, visible


@dataclass(frozen=True)
class Rollup:
    """Everything a reader of one tier may be told.

    `shares`: units by node. `kept`: unplanned units by the node that keeps them. `figures`: by
    slice; the strategy and every task and measure that exists have a row, other slices where a
    milestone (of any weight) or a positive number of unplanned units stands in them.
    `schedule_lights`: by milestone id, None where it has none.
    """

    as_of: date
    tier: str
    shares: dict[Key, int]
    kept: dict[Key, int]
    figures: dict[SliceKey, Figure]
    schedule_lights: dict[NodeId, str | None]

    def of(self, kind: str) -> dict[object, Figure]:
        """The figures of one kind of slice, by its id."""
        return {key[1]: figure for key, figure in self.figures.items() if key[0] == kind}


def compute(plan: Plan, as_of: date, tier: str) -> Rollup:
    """All shares, figures and schedule lights; nothing that does not exist in the tier is looked
    at.
    """
    seen = visible(plan, tier)
    allotment = allot(seen)
    lights = schedule_lights(seen, as_of)
    lines = _lines_by_slice(seen, allotment.shares, allotment.kept, lights, as_of)
    figures = {key: figure_of(listed, plan.strategy, as_of) for key, listed in lines.items()}
    return Rollup(as_of, tier, allotment.shares, allotment.kept, figures, lights)


def schedule_lights(plan: Plan, as_of: date) -> dict[NodeId, str | None]:
    """Schedule light of each milestone of a plan already reduced to a tier."""
    by_id = {milestone.id: milestone for milestone in plan.milestones}
    before: dict[NodeId, list[tuple[Milestone, int]]] = defaultdict(list)
    for dependency in plan.dependencies:
        before[dependency.successor].append((by_id[dependency.predecessor], dependency.lag_days))
    return {milestone.id: schedule_light(milestone, before[milestone.id], as_of) for milestone in plan.milestones}


def _lines_by_slice(
    plan: Plan,
    shares: dict[Key, int],
    kept: dict[Key, int],
    lights: dict[NodeId, str | None],
    as_of: date,
) -> dict[SliceKey, list[Line]]:
    lines: dict[SliceKey, list[Line]] = {STRATEGY: []}
    lines |= {("task", task.id): [] for task in plan.tasks}
    lines |= {("measure", measure.id): [] for measure in plan.measures}
    for milestone in plan.milestones:
        units = shares["milestone", milestone.id]
        line = milestone_line(milestone, units, lights[milestone.id], as_of)
        for key in place_of_milestone(plan, milestone).slices():
            lines.setdefault(key, []).append(line)
    for node, units in kept.items():
        if units:
            for key in place_of_unplanned(plan, node).slices():
                lines.setdefault(key, []).append(unplanned_line(units))
    return lines
