"""What stands in a figure: the nodes and milestones, as they were counted and as rows, that its slice and key name."""

from dataclasses import dataclass
from typing import Any, Self

from django.db.models import F, Func, Prefetch, Q, QuerySet

from common.tiers import Tier
from tasks.choices import Scope, Slice
from tasks.interfaces import Key
from tasks.models import CountedMilestone, CountedNode, Measure, Milestone, StrategicTask, Strategy
from tasks.models.figure import NodeKind

# The figures below, where they are stored: what there is of a ministry or region in each task.
CELL_OF = {Slice.MINISTRY: Slice.TASK_MINISTRY, Slice.REGION: Slice.TASK_REGION}
_SLICE_OF = {cell: slice for slice, cell in CELL_OF.items()}


@dataclass(frozen=True)
class Place:
    """`slice` is never a cell: `task` narrows a ministry, region or technology to what there is of it in one task."""

    strategy: Strategy
    tier: int
    slice: Slice
    key: int
    task: int | None = None

    @classmethod
    def of(cls, slice: str, key: Key, strategy: Strategy, tier: int) -> Self:
        task, other = key if isinstance(key, tuple) else (None, key)
        return cls(strategy, tier, _SLICE_OF.get(Slice(slice), Slice(slice)), other, task)

    @property
    def is_cut(self) -> bool:
        """Whether it is a ministry, region or technology, which cut across the tree."""
        return self.slice in (Slice.MINISTRY, Slice.REGION, Slice.TECHNOLOGY)

    @property
    def nodes(self) -> QuerySet[CountedNode]:
        """Strategy, tasks and measures in it, also those that are in no figure; of a ministry all that may name it."""
        narrowed: dict[str, Any] = {} if self.task is None else {"task_id": self.task}
        if self.slice == Slice.TASK:
            narrowed = {"task_id": self.key}
        elif self.slice == Slice.MEASURE:
            narrowed = {"path__contains": [self.key]}
        elif self.slice in (Slice.REGION, Slice.TECHNOLOGY):
            narrowed |= {f"{self.slice.value}_id": self.key}
        return CountedNode.objects.order_by().filter(strategy_id=self.strategy.pk, **narrowed)

    @property
    def answered(self) -> QuerySet[CountedNode]:
        """The same, of a ministry those that it answers for itself."""
        return self.nodes.filter(ministry_id=self.key) if self.slice == Slice.MINISTRY else self.nodes

    @property
    def keeping(self) -> QuerySet[CountedNode]:
        """Nodes that keep units for themselves."""
        return self.answered.filter(**{f"{Tier(self.tier).code}__gt": 0})

    @property
    def keepers(self) -> list[QuerySet]:
        """The tasks and measures among those."""
        kinds: dict[NodeKind, QuerySet] = {NodeKind.TASK: self.tasks, NodeKind.MEASURE: self.measures}
        return [rows.filter(pk__in=_ids(self.keeping, kind)) for kind, rows in kinds.items()]

    @property
    def counted(self) -> QuerySet[CountedMilestone]:
        rows = CountedMilestone.objects.order_by().filter(measure_id__in=_ids(self.nodes, NodeKind.MEASURE))
        return rows.filter(ministry_id=self.key) if self.slice == Slice.MINISTRY else rows

    @property
    def milestones(self) -> QuerySet[Milestone]:
        """Those that the tier sees, also what is cancelled."""
        rows = Milestone.objects.within(self.tier).filter(measure_id__in=_ids(self.nodes, NodeKind.MEASURE))
        return rows.filter(responsible_ministry=self.key or None) if self.slice == Slice.MINISTRY else rows

    @property
    def measures(self) -> QuerySet[Measure]:
        return Measure.objects.within(self.tier).filter(pk__in=_ids(self.answered, NodeKind.MEASURE))

    @property
    def tasks(self) -> QuerySet[StrategicTask]:
        return StrategicTask.objects.within(self.tier).filter(pk__in=_ids(self.answered, NodeKind.TASK))

    @property
    def dropped(self) -> QuerySet[Measure]:
        """The topmost measures of the branches that are out of scope and have to do with it."""
        out: QuerySet = Measure.objects.within(self.tier).filter(in_scope=False)
        here = Q(pk__in=_ids(self.answered, NodeKind.MEASURE))
        if self.slice == Slice.MINISTRY:
            here |= Q(pk__in=self.milestones.filter(in_scope=False).values("measure_id"))
        above = out.filter(here).order_by().annotate(above=Func(F("path"), function="unnest")).values("above")
        tops = Measure.objects.within(self.tier).exclude(scope=Scope.IN_SCOPE).filter(pk__in=above)
        by = Prefetch("superseded_by", Measure.objects.within(self.tier))
        return tops.filter(Q(parent=None) | Q(parent__in_scope=True)).prefetch_related(by)


def _ids(nodes: QuerySet[CountedNode], kind: NodeKind) -> QuerySet:
    return nodes.filter(kind=kind).values("node_id")
