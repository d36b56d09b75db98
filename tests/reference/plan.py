"""Input of the reference model: one strategy's plan tree, as it stands on the date asked for."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

NodeId = int | str

TIERS = ("public", "internal", "restricted")
"""From the widest readership to the narrowest; a tier sees itself and every tier before it."""


@dataclass(frozen=True)
class Strategy:
    """Thresholds of the computed light, in percent."""

    index_red_pct: int | Fraction = 80
    index_amber_pct: int | Fraction = 95
    overdue_red_pct: int | Fraction = 20
    overdue_amber_pct: int | Fraction = 5


@dataclass(frozen=True)
class StrategicTask:
    id: NodeId
    weight: int
    lead_ministry: NodeId | None = None


@dataclass(frozen=True)
class Measure:
    """`parent` is another measure of the same strategic task, or None directly under the task."""

    id: NodeId
    strategic_task: NodeId
    weight: int
    parent: NodeId | None = None
    lead_ministry: NodeId | None = None
    tier: str = "public"
    scope: str = "in_scope"
    region: NodeId | None = None
    technology: NodeId | None = None


@dataclass(frozen=True)
class Milestone:
    """`progress_bp` in basis points or None; `reported_on` is the effective date of the latest
    accepted report.
    """

    id: NodeId
    measure: NodeId
    weight: int
    responsible_ministry: NodeId | None = None
    state: str = "planned"
    progress_bp: int | None = None
    baseline_start: date | None = None
    baseline_due: date | None = None
    current_due: date | None = None
    forecast: date | None = None
    completed_on: date | None = None
    reported_on: date | None = None
    tier: str = "public"


@dataclass(frozen=True)
class Dependency:
    """Finish-to-start between two milestones; `lag_days` in calendar days."""

    predecessor: NodeId
    successor: NodeId
    lag_days: int = 0


@dataclass(frozen=True)
class Plan:
    """Everything the figures depend on. Raises ValueError where ids repeat or point nowhere."""

    strategy: Strategy = field(default_factory=Strategy)
    tasks: tuple[StrategicTask, ...] = ()
    measures: tuple[Measure, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    dependencies: tuple[Dependency, ...] = ()

    def __post_init__(self) -> None:
        tasks = _unique(task.id for task in self.tasks)
        measures = _unique(measure.id for measure in self.measures)
        milestones = _unique(milestone.id for milestone in self.milestones)
        task_of = {measure.id: measure.strategic_task for measure in self.measures}
        for measure in self.measures:
            _known(measure.strategic_task, tasks)
            if measure.parent is not None:
                _known(measure.parent, measures)
                if task_of[measure.parent] != measure.strategic_task:
                    raise ValueError(f"measure {measure.id!r} and its parent stand under different tasks")
        for milestone in self.milestones:
            _known(milestone.measure, measures)
        for dependency in self.dependencies:
            _known(dependency.predecessor, milestones)
            _known(dependency.successor, milestones)


def _unique(ids: Iterable[NodeId]) -> set[NodeId]:
    listed = list(ids)
    if len(set(listed)) != len(listed):
        raise ValueError("an id is used twice among nodes of one kind")
    return set(listed)


def _known(node_id: NodeId, ids: set[NodeId]) -> None:
    if node_id not in ids:
        raise ValueError(f"unknown id {node_id!r}")
