"""Where a leaf stands: the task, measures, ministry, region and technology that count it."""

from collections.abc import Iterable
from dataclasses import dataclass

from .plan import Measure, Milestone, NodeId, Plan
from .tree import STRATEGY, Key

UNASSIGNED = "unassigned"
"""Ministry of what nobody is named for."""

NONE = "none"
"""Region or technology of what has none."""

SliceKey = tuple[str, NodeId | tuple[NodeId, NodeId] | None]
"""(strategy, None), (task | measure | ministry | region | technology, id), (task_ministry |
task_region, (task, id)).
"""


@dataclass(frozen=True)
class Place:
    """`measures` from the nearest to the outermost; `task` is None only for what the strategy
    itself keeps.
    """

    task: NodeId | None
    measures: tuple[NodeId, ...]
    ministry: NodeId
    region: NodeId
    technology: NodeId

    def slices(self) -> list[SliceKey]:
        found: list[SliceKey] = [STRATEGY]
        found += [("measure", measure) for measure in self.measures]
        found += [
            ("ministry", self.ministry),
            ("region", self.region),
            ("technology", self.technology),
        ]
        if self.task is not None:
            found.append(("task", self.task))
            found.append(("task_ministry", (self.task, self.ministry)))
            found.append(("task_region", (self.task, self.region)))
        return found


def place_of_milestone(plan: Plan, milestone: Milestone) -> Place:
    """Its ministry is the responsible one, never the measure's lead; region and technology come
    from the nearest measure above that has one.
    """
    ministry = UNASSIGNED if milestone.responsible_ministry is None else milestone.responsible_ministry
    return _place(plan, ("measure", milestone.measure), ministry)


def place_of_unplanned(plan: Plan, key: Key) -> Place:
    """Unplanned units count for the node's own lead ministry, region and technology, each of the
    nearest ancestor that has one (a task has only a lead ministry, the strategy none of them).
    """
    return _place(plan, key, None)


def _place(plan: Plan, key: Key, ministry: NodeId | None) -> Place:
    chain = _measures_up(plan, key)
    task_id = chain[0].strategic_task if chain else key[1]
    leads = [measure.lead_ministry for measure in chain]
    leads += [task.lead_ministry for task in plan.tasks if task.id == task_id]
    return Place(
        task=task_id,
        measures=tuple(measure.id for measure in chain),
        ministry=_first(leads, UNASSIGNED) if ministry is None else ministry,
        region=_first((measure.region for measure in chain), NONE),
        technology=_first((measure.technology for measure in chain), NONE),
    )


def _measures_up(plan: Plan, key: Key) -> list[Measure]:
    by_id = {measure.id: measure for measure in plan.measures}
    chain: list[Measure] = []
    step = key[1] if key[0] == "measure" else None
    while step is not None:
        chain.append(by_id[step])
        step = chain[-1].parent
    return chain


def _first(values: Iterable[NodeId | None], default: NodeId) -> NodeId:
    return next((value for value in values if value is not None), default)
