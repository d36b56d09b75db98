"""Reads the reference model's input from the database, as plain rows."""

from fractions import Fraction
from typing import Any

from django.apps import apps

from common import past
from common.tiers import Tier

from .plan import Dependency, Measure, Milestone, Plan, StrategicTask, Strategy


def read_plan(strategy: Any) -> Plan:
    """Everything that one strategy's figures depend on, as it stands now."""
    return Plan(
        strategy=Strategy(
            index_red_pct=Fraction(strategy.red_index_bp, 100),
            index_amber_pct=Fraction(strategy.amber_index_bp, 100),
            overdue_red_pct=Fraction(strategy.red_overdue_bp, 100),
            overdue_amber_pct=Fraction(strategy.amber_overdue_bp, 100),
        ),
        tasks=tuple(
            StrategicTask(row.pk, row.weight, row.lead_ministry_id) for row in _rows("StrategicTask", strategy=strategy)
        ),
        measures=tuple(_measure(row) for row in _rows("Measure", strategic_task__strategy=strategy)),
        milestones=tuple(_milestone(row) for row in _rows("Milestone", measure__strategic_task__strategy=strategy)),
        dependencies=tuple(
            Dependency(row.predecessor_id, row.successor_id, row.lag_days)
            for row in _rows("Dependency", predecessor__measure__strategic_task__strategy=strategy)
        ),
    )


def _rows(model: str, **conditions: Any) -> Any:
    return apps.get_model("tasks", model)._default_manager.filter(**conditions).order_by("pk")


def _tier(row: Any) -> str:
    """Of the past it is not what the plan of the day says: whatever is hidden today was hidden then."""
    return Tier(row.effective_tier if past.current() else row.tier).code


def _measure(row: Any) -> Measure:
    return Measure(
        id=row.pk,
        strategic_task=row.strategic_task_id,
        weight=row.weight,
        parent=row.parent_id,
        lead_ministry=row.lead_ministry_id,
        tier=_tier(row),
        scope=row.scope,
        region=row.region_id,
        technology=row.technology_id,
    )


def _milestone(row: Any) -> Milestone:
    dates = ("baseline_start", "baseline_due", "current_due", "forecast", "completed_on", "reported_on")
    return Milestone(
        id=row.pk,
        measure=row.measure_id,
        weight=row.weight,
        responsible_ministry=row.responsible_ministry_id,
        state=row.state,
        progress_bp=row.progress_bp,
        tier=_tier(row),
        **{name: getattr(row, name) for name in dates},
    )
