"""What waiting changes touch: where units are shared out anew, and which nodes are recounted."""

from dataclasses import dataclass, field

from django.db.models import Q

from tasks.models import Dependency, Measure, Milestone, StrategicTask, Strategy
from tasks.models.figure import NodeKind


@dataclass
class Waiting:
    """What a drain took from the outbox: ids by kind of node and of change (see migrations/sql/rollups.sql)."""

    rows: int = 0
    ids: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def of(self, node: str, *changes: str) -> list[int]:
        return [key for change in changes for key in self.ids.get((node, change), [])]


@dataclass
class Touched:
    """`roots`: the topmost nodes (kind, id) below which units change. What was deleted stays among the others."""

    roots: list[tuple[int, int]]
    strategies: list[int]
    tasks: list[int]
    measures: list[int]


def touched_by(waiting: Waiting) -> Touched:
    strategies = waiting.of("strategy", "shape")
    tasks = set(waiting.of("task", "shape", "place"))
    if strategies:
        tasks.update(StrategicTask.objects.filter(strategy_id__in=strategies).values_list("pk", flat=True))
    measures, milestones = _measures(waiting, tasks), waiting.of("milestone", "leaf")
    found = {*measures, *_of(milestones), *_waiting_on(measures, milestones)}
    return Touched(_roots(waiting, strategies), strategies, sorted(tasks), sorted(found))


def _roots(waiting: Waiting, strategies: list[int]) -> list[tuple[int, int]]:
    tasks, measures = waiting.of("task", "shape"), waiting.of("measure", "shape")
    found: list[tuple[int, int]] = []
    if strategies:
        rows = Strategy.objects.filter(pk__in=strategies).values_list("pk", flat=True)
        found += [(NodeKind.STRATEGY, key) for key in rows]
    if tasks:
        own = StrategicTask.objects.filter(pk__in=tasks).exclude(strategy_id__in=strategies)
        found += [(NodeKind.TASK, key) for key in own.values_list("pk", flat=True)]
    if measures:
        shared = set(measures)
        below = Measure.objects.filter(pk__in=measures).exclude(
            Q(strategic_task_id__in=tasks) | Q(strategic_task__strategy_id__in=strategies)
        )
        for key, path in below.values_list("pk", "path"):
            if shared.isdisjoint(path[:-1]):
                found.append((NodeKind.MEASURE, key))
    return found


def _measures(waiting: Waiting, tasks: set[int]) -> set[int]:
    """Those of which all milestones may count differently."""
    branches = waiting.of("measure", "shape", "place")
    found = set(branches)
    if branches:
        found.update(Measure.objects.filter(path__overlap=branches).values_list("pk", flat=True))
    if tasks:
        found.update(Measure.objects.filter(strategic_task_id__in=tasks).values_list("pk", flat=True))
    return found


def _of(milestones: list[int]) -> set[int]:
    return set(Milestone.objects.filter(pk__in=milestones).values_list("measure_id", flat=True))


def _waiting_on(measures: set[int], milestones: list[int]) -> set[int]:
    """A change passes on to the successor's measure, and no further: a light asks dates, not other lights."""
    found: set[int] = set()
    for changed in (Q(predecessor__measure_id__in=measures), Q(predecessor_id__in=milestones)):
        found.update(Dependency.objects.filter(changed).order_by().values_list("successor__measure_id", flat=True))
    return found
