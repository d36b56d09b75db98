"""What may happen to a stored plan, drawn at random; each keeps the rows legal.

Reports go through their actions; plans are written as any door (or psql) would write them.
"""

import contextlib
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import ProtectedError
from hypothesis import strategies as st

from accounts.models import Ministry
from common.errors import DomainError
from tasks.actions import plans, reports
from tasks.actions.reports import ReportValues
from tasks.choices import MOVES, MilestoneState, ReportStatus, Scope, Verb
from tasks.models import (
    Dependency,
    Measure,
    Milestone,
    PlanVersion,
    Region,
    StatusReport,
    StrategicTask,
    Strategy,
    Technology,
)
from tasks.permissions import SYSTEM
from tests.reference.strategies import weights

Draw = Callable[[st.SearchStrategy], Any]
OPERATIONS: list[Callable[["World", Draw], None]] = []
tiers = st.sampled_from((1, 1, 2, 3))
offsets = st.integers(-60, 120)


def operation(made: Callable[["World", Draw], None]) -> Callable[["World", Draw], None]:
    OPERATIONS.append(made)
    return made


class World:
    def __init__(self, strategy: Strategy, day: date) -> None:
        self.strategy, self.day, self.made = strategy, day, 0

    @property
    def tasks(self) -> Any:
        return StrategicTask.objects.filter(strategy=self.strategy).order_by("pk")

    @property
    def measures(self) -> Any:
        return Measure.objects.filter(strategic_task__strategy=self.strategy).order_by("pk")

    @property
    def milestones(self) -> Any:
        return Milestone.objects.filter(measure__strategic_task__strategy=self.strategy).order_by("pk")

    def name(self) -> dict[str, str]:
        self.made += 1
        return {"code": f"NEW-{self.strategy.pk}-{self.made}", "title_ko": "가", "title_en": "A"}


def one(draw: Draw, rows: Any) -> Any:
    found = list(rows)
    return draw(st.sampled_from(found)) if found else None


def some(draw: Draw, model: Any) -> Any:
    return draw(st.sampled_from([None, *model.objects.order_by("pk")[:4]]))


def due(world: World, draw: Draw) -> dict[str, Any]:
    start, length = world.day + timedelta(draw(offsets)), draw(st.integers(0, 90))
    return {
        "baseline_start": draw(st.sampled_from((None, start))),
        "baseline_due": start + timedelta(length),
        "current_due": start + timedelta(length + draw(st.integers(0, 30))),
    }


@operation
def create_task(world: World, draw: Draw) -> None:
    number = (world.tasks.values_list("number", flat=True).order_by("-number").first() or 0) + 1
    StrategicTask.objects.create(
        strategy=world.strategy,
        number=number,
        slug=f"new-{world.strategy.pk}-{number}",
        weight=draw(weights),
        lead_ministry=some(draw, Ministry),
    )


@operation
def create_measure(world: World, draw: Draw) -> None:
    task = one(draw, world.tasks)
    if task is None:
        return
    parent = draw(st.sampled_from([None, *world.measures.filter(strategic_task=task, depth__lt=5)]))
    plans.create_measure(
        by=SYSTEM,
        effective_on=world.day,
        strategic_task=task,
        parent=parent,
        weight=draw(weights),
        tier=draw(tiers),
        lead_ministry=some(draw, Ministry),
        region=some(draw, Region),
        **world.name(),
    )


@operation
def create_milestone(world: World, draw: Draw) -> None:
    measure = one(draw, world.measures)
    if measure is not None:
        plans.create_milestone(
            by=SYSTEM,
            effective_on=world.day,
            measure=measure,
            weight=draw(weights),
            tier=draw(tiers),
            responsible_ministry=some(draw, Ministry),
            **due(world, draw),
            **world.name(),
        )


@operation
def report(world: World, draw: Draw) -> None:
    milestone = one(draw, world.milestones)
    if milestone is None:
        return
    verbs = [verb for verb, move in MOVES.items() if milestone.state in move.sources]
    if verbs:
        verb = draw(st.sampled_from(verbs))
        values = ReportValues(
            verb=verb,
            progress_bp=None if verb == Verb.COMPLETE else draw(st.none() | st.integers(0, 9_999)),
            forecast=draw(st.none() | st.integers(0, 60).map(lambda days: world.day + timedelta(days))),
            completed_on=world.day if verb == Verb.COMPLETE else None,
            reason="왜",
        )
        _legally(reports.report_milestone, milestone, values, by=SYSTEM)


@operation
def accept(world: World, draw: Draw) -> None:
    waiting = StatusReport.objects.filter(milestone__in=world.milestones, status=ReportStatus.SUBMITTED)
    found = one(draw, waiting.order_by("pk"))
    if found is not None:
        _legally(reports.accept_report, found, by=SYSTEM)


@operation
def withdraw(world: World, draw: Draw) -> None:
    in_force = (ReportStatus.SUBMITTED, ReportStatus.ACCEPTED)
    found = one(draw, StatusReport.objects.filter(milestone__in=world.milestones, status__in=in_force).order_by("pk"))
    if found is not None:
        _legally(reports.withdraw_report, found, by=SYSTEM)


@operation
def change_review(world: World, draw: Draw) -> None:
    Strategy.objects.filter(pk=world.strategy.pk).update(review_steps=draw(st.integers(0, 1)))


@operation
def change_thresholds(world: World, draw: Draw) -> None:
    low, high = sorted((draw(st.integers(0, 12_000)), draw(st.integers(0, 12_000))))
    Strategy.objects.filter(pk=world.strategy.pk).update(red_index_bp=low, amber_index_bp=high)
    world.strategy.refresh_from_db()


@operation
def delete_something(world: World, draw: Draw) -> None:
    kind = draw(st.sampled_from((world.milestones, world.measures, world.tasks)))
    row = one(draw, kind)
    if row is None:
        return
    forget_versions(row)
    with contextlib.suppress(ProtectedError):  # something stands in it
        row.delete()


def forget_versions(row: StrategicTask | Measure | Milestone) -> None:
    """What would protect the row from being deleted, and enters no figure."""
    row.plan_versions.all().delete()
    if isinstance(row, Measure):
        PlanVersion.objects.filter(parent=row).delete()
    if isinstance(row, Milestone):
        row.reports.all().delete()


@operation
def move_measure(world: World, draw: Draw) -> None:
    measure = one(draw, world.measures)
    if measure is None:
        return
    depth = max(len(path) for path in world.measures.filter(path__contains=[measure.pk]).values_list("path", flat=True))
    below = depth - len(measure.path) + 1
    places = world.measures.exclude(path__contains=[measure.pk]).filter(depth__lte=5 - below)
    parent = draw(st.sampled_from([None, *places]))
    task = one(draw, world.tasks) if parent is None else parent.strategic_task
    Measure.objects.filter(pk=measure.pk).update(parent=parent, strategic_task=task)


@operation
def move_milestone(world: World, draw: Draw) -> None:
    milestone, measure = one(draw, world.milestones), one(draw, world.measures)
    if milestone is not None:
        Milestone.objects.filter(pk=milestone.pk).update(measure=measure)


@operation
def reweight(world: World, draw: Draw) -> None:
    row = one(draw, draw(st.sampled_from((world.milestones, world.measures, world.tasks))))
    if row is not None:
        type(row)._default_manager.filter(pk=row.pk).update(weight=draw(weights))


@operation
def reclassify(world: World, draw: Draw) -> None:
    row = one(draw, draw(st.sampled_from((world.milestones, world.measures))))
    if row is not None:
        type(row)._default_manager.filter(pk=row.pk).update(tier=draw(tiers))


@operation
def change_scope(world: World, draw: Draw) -> None:
    measure = one(draw, world.measures)
    if measure is not None:
        scope = draw(st.sampled_from((Scope.IN_SCOPE, Scope.IN_SCOPE, Scope.CANCELLED, Scope.SUPERSEDED)))
        Measure.objects.filter(pk=measure.pk).update(scope=scope)


@operation
def reassign(world: World, draw: Draw) -> None:
    row = one(draw, draw(st.sampled_from((world.milestones, world.measures, world.tasks))))
    if row is not None:
        column = "responsible_ministry" if isinstance(row, Milestone) else "lead_ministry"
        type(row)._default_manager.filter(pk=row.pk).update(**{column: some(draw, Ministry)})


@operation
def place(world: World, draw: Draw) -> None:
    measure = one(draw, world.measures)
    if measure is not None:
        column, model = draw(st.sampled_from((("region", Region), ("technology", Technology))))
        Measure.objects.filter(pk=measure.pk).update(**{column: some(draw, model)})


@operation
def rebaseline(world: World, draw: Draw) -> None:
    milestone = one(draw, world.milestones)
    if milestone is not None:
        Milestone.objects.filter(pk=milestone.pk).update(**due(world, draw))


@operation
def change_many_at_once(world: World, draw: Draw) -> None:
    world.milestones.filter(state=MilestoneState.IN_PROGRESS).update(progress_bp=draw(st.integers(0, 10_000)))


@operation
def link(world: World, draw: Draw) -> None:
    first, second = one(draw, world.milestones), one(draw, world.milestones)
    if first is None or first == second or Dependency.objects.filter(predecessor=first, successor=second).exists():
        return
    _legally(plans.add_dependency, first, second, by=SYSTEM, lag_days=draw(st.integers(0, 60)))


@operation
def delay_a_predecessor(world: World, draw: Draw) -> None:
    """Past the due date of what waits for it, or back."""
    dependency = one(draw, Dependency.objects.filter(predecessor__in=world.milestones).order_by("pk"))
    if dependency is not None and dependency.successor.current_due is not None:
        forecast = dependency.successor.current_due + timedelta(draw(st.integers(-90, 90)))
        Milestone.objects.filter(pk=dependency.predecessor_id).update(forecast=forecast)


@operation
def unlink(world: World, draw: Draw) -> None:
    dependency = one(draw, Dependency.objects.filter(predecessor__in=world.milestones).order_by("pk"))
    if dependency is not None:
        dependency.delete()


# What moves units is tried more often than the rest.
OPERATIONS += [
    reweight,
    reweight,
    place,
    reassign,
    reclassify,
    change_scope,
    move_measure,
    move_milestone,
    link,
    delay_a_predecessor,
]


def _legally(action: Any, *arguments: Any, **values: Any) -> None:
    """What the rules refuse changes nothing, and that is part of the sequence."""
    with contextlib.suppress(DomainError):
        action(*arguments, **values)
