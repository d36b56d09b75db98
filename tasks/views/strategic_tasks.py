"""The six strategic tasks: list, page, and the figures of the page as they move."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from common.pages import Crumb, DetailPage, ListPage, Table
from tasks import charts, outcome_tables, tables
from tasks.changes import history_of
from tasks.models import Commitment, Measure, Milestone, StrategicTask, Strategy
from tasks.rollups import known_dues
from tasks.views import base, waits
from tasks.views.assessments import assessments_of, rows_below
from tasks.views.commitments import with_verdict
from tasks.views.entry import Offer, doors
from tasks.views.risks import risks_of

SHOWN = 15
# Heads of `tasks/_measure_tree.html` that narrow screens explain in a line of their own.
TREE_HEADS = (
    _("Measure"), _("Declared light"), _("Computed light"), _("Independent light"), _("Actual | plan"), _("Coverage"),
    _("Late"), _("Lead ministry"),
)  # fmt: skip


def in_tree_order(measures: list[Measure]) -> list[Measure]:
    """Each measure before those below it; siblings keep their order, which is that of their codes."""
    below: dict[int | None, list[Measure]] = defaultdict(list)
    known = {measure.pk for measure in measures}
    for measure in measures:
        below[measure.parent_id if measure.parent_id in known else None].append(measure)

    def walk(parent: int | None) -> Iterator[Measure]:
        for measure in below[parent]:
            yield measure
            yield from walk(measure.pk)

    return list(walk(None))


class StrategicTasks(ListPage):
    model, columns = StrategicTask, tables.STRATEGIC_TASKS
    title = _("Six strategic tasks")
    caption = _("The six strategic tasks, plan against actual")
    parameters = ("strategy",)
    template_name = "tasks/strategic_tasks.html"

    @cached_property
    def strategy(self) -> Strategy:
        return base.strategy_of(self.request)

    @cached_property
    def figures(self) -> Any:
        return base.figures_for(self.request, "task", self.strategy)

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.filter(strategy=self.strategy).select_related("lead_ministry")

    def shown(self, rows: list[Any]) -> list[Any]:
        milestones = Milestone.objects.visible_to(self.request.user)
        return base.attach_figures(rows, known_dues(milestones, self.figures, "measure__strategic_task"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**{"strategy": self.strategy} | kwargs)
        return context | {"chart": charts.plan_and_actual(context["table"].rows, self.figures)}


class StrategicTaskBase(DetailPage):
    model, lookup = StrategicTask, "slug"
    parent = Crumb(_("Six strategic tasks"), "tasks:strategic-tasks")

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("strategy", "lead_ministry")

    @cached_property
    def measures(self) -> list[Measure]:
        rows = Measure.objects.visible_to(self.request.user).filter(strategic_task=self.object)
        return list(rows.select_related("lead_ministry"))

    @cached_property
    def views(self) -> tuple[dict[int, Any], dict[int, Any]]:
        """The task's own figure, and those of its measures."""
        task, keys = self.object, [measure.pk for measure in self.measures]
        return (
            base.figures_for(self.request, "task", task.strategy, [task.pk]),
            base.figures_for(self.request, "measure", task.strategy, keys),
        )

    @cached_property
    def stamp(self) -> str:
        return base.stamp([view for part in self.views for view in part.values()])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        task = self.object
        own, by_measure = self.views
        milestones = Milestone.objects.visible_to(self.request.user).filter(measure__strategic_task=task)
        rows = base.attach_figures(in_tree_order(self.measures), by_measure)
        context = {
            "figure": known_dues(milestones, own).get(task.pk),
            "stamp": self.stamp,
            "measures": rows,
            "tree_heads": TREE_HEADS,
            "chart": charts.plan_and_actual([row for row in rows if row.depth == 1], by_measure),
            "links": base.milestone_links(strategic_task=task.slug),
            "money": base.money_for(self.request, "task", task.strategy, [task.pk]).get(task.pk, base.NO_MONEY),
        }
        return super().get_context_data(**context | kwargs)


class StrategicTaskPage(StrategicTaskBase):
    template_name = "tasks/strategic_task.html"
    offers = (
        Offer(_("Add a measure"), "tasks:measure-new", "plan"),
        Offer(_("Change the plan"), "tasks:task-plan", "plan"),
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assessments = assessments_of(self.request, self.object)
        return super().get_context_data(
            **waits.of_noun(self.request, self.object, self.object.slug)
            | assessments
            | risks_of(self.request, self.object)
            | {
                "commitments": self.commitments(),
                "milestones": self.milestones(),
                "doors": doors(base.reader(self.request), self.object, self.offers, "slug"),
                "history": history_of(self.object, self.request.user, rows_below(assessments)),
            }
            | kwargs
        )

    def commitments(self) -> Table:
        rows = with_verdict(Commitment.objects.visible_to(self.request.user).filter(strategic_task=self.object))
        return Table(outcome_tables.COMMITMENTS, rows, _("What the announcement promised"), "commitments")

    def milestones(self) -> Table:
        """The next open milestones; the rest is a link away."""
        rows: Any = Milestone.objects.visible_to(self.request.user).filter(
            measure__strategic_task=self.object, in_scope=True
        )
        rows = base.with_light(rows.active(), self.request).select_related("responsible_ministry")
        first = rows.by_due()[:SHOWN]
        return Table(
            tables.OPEN_MILESTONES, first, _("Open milestones, the earliest due first"), "milestones",
            _("No open milestone"), _("Every milestone of this task has ended."),
        )  # fmt: skip


class StrategicTaskFigures(base.Poll, StrategicTaskBase):
    template_name = "tasks/strategic_task.html#figures"
