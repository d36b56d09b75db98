"""Stores a plan of the reference model as rows, so that the engine computes on the same."""

from datetime import date
from typing import Any

from accounts.models import Ministry
from common.tiers import Tier
from tasks.models import Dependency, Measure, Milestone, Region, StrategicTask, Strategy, Technology
from tests.reference import Plan


class Stored:
    """The rows of a plan, and the way back from primary keys to the plan's ids."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.strategy = Strategy.objects.create(
            slug="case",
            title_ko="가",
            title_en="A",
            announced_on=date(2023, 3, 15),
            first_year=2023,
            last_year=2027,
            red_index_bp=int(plan.strategy.index_red_pct * 100),
            amber_index_bp=int(plan.strategy.index_amber_pct * 100),
            red_overdue_bp=int(plan.strategy.overdue_red_pct * 100),
            amber_overdue_bp=int(plan.strategy.overdue_amber_pct * 100),
        )
        self.ministries = self._references(Ministry, "lead_ministry", "responsible_ministry")
        self.regions = self._references(Region, "region")
        self.technologies = self._references(Technology, "technology")
        self.tasks = {task.id: self._task(number, task) for number, task in enumerate(_sorted(plan.tasks), 1)}
        # Ties go to the smaller id: rows are made in id order, parents linked afterwards.
        self.measures = {measure.id: self._measure(measure) for measure in _sorted(plan.measures)}
        for measure in plan.measures:
            if measure.parent is not None:
                parent = self.measures[measure.parent]
                Measure.objects.filter(pk=self.measures[measure.id].pk).update(parent=parent)
        self.milestones = {milestone.id: self._milestone(milestone) for milestone in _sorted(plan.milestones)}
        for dependency in plan.dependencies:
            Dependency.objects.create(
                predecessor=self.milestones[dependency.predecessor],
                successor=self.milestones[dependency.successor],
                lag_days=dependency.lag_days,
            )

    def key(self, slice: str, key: Any) -> Any:
        """The stored key of a slice of the reference model."""
        if slice.startswith("task_"):
            return self.key("task", key[0]), self.key(slice.removeprefix("task_"), key[1])
        rows = {
            "task": self.tasks,
            "measure": self.measures,
            "ministry": self.ministries,
            "region": self.regions,
            "technology": self.technologies,
        }
        return rows[slice][key].pk if slice in rows and key in rows[slice] else 0

    def _references(self, model: Any, *columns: str) -> dict[Any, Any]:
        rows = [*self.plan.tasks, *self.plan.measures, *self.plan.milestones]
        wanted = {getattr(row, column, None) for row in rows for column in columns} - {None}
        extra = {"number": 0} if model is Technology else {}
        return {
            key: model.objects.create(
                key=f"k{key}".lower(), name_ko=str(key), name_en=str(key), **({"number": n} if extra else {})
            )
            for n, key in enumerate(sorted(wanted, key=str))
        }

    def _task(self, number: int, task: Any) -> StrategicTask:
        return StrategicTask.objects.create(
            strategy=self.strategy,
            number=number,
            slug=f"task-{number}",
            title_ko="가",
            title_en="A",
            weight=task.weight,
            lead_ministry=self.ministries.get(task.lead_ministry),
        )

    def _measure(self, measure: Any) -> Measure:
        return Measure.objects.create(
            strategic_task=self.tasks[measure.strategic_task],
            code=f"M{measure.id}",
            title_ko="가",
            title_en="A",
            weight=measure.weight,
            lead_ministry=self.ministries.get(measure.lead_ministry),
            region=self.regions.get(measure.region),
            technology=self.technologies.get(measure.technology),
            tier=Tier[measure.tier.upper()],
            scope=measure.scope,
        )

    def _milestone(self, row: Any) -> Milestone:
        dates = ("baseline_start", "baseline_due", "current_due", "forecast", "completed_on", "reported_on")
        return Milestone.objects.create(
            measure=self.measures[row.measure],
            code=f"S{row.id}",
            title_ko="가",
            title_en="A",
            weight=row.weight,
            responsible_ministry=self.ministries.get(row.responsible_ministry),
            state=row.state,
            progress_bp=row.progress_bp,
            tier=Tier[row.tier.upper()],
            **{name: getattr(row, name) for name in dates},
        )


def _sorted(rows: Any) -> list[Any]:
    return sorted(rows, key=lambda row: row.id)
