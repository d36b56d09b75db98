"""Measures: list and page."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from common.pages import Crumb, DetailPage, ListPage, Table
from tasks import filters, money_tables, outcome_tables, tables
from tasks.changes import history_of
from tasks.models import Bill, BudgetLine, Commitment, Indicator, Measure, Milestone
from tasks.rollups import known_dues
from tasks.rollups.money import with_levels
from tasks.views import base, waits
from tasks.views.assessments import assessments_of, rows_below
from tasks.views.bills import with_stages
from tasks.views.comments import comments_of
from tasks.views.commitments import with_verdict
from tasks.views.entry import Offer, doors
from tasks.views.indicators import with_latest
from tasks.views.risks import risks_of


class Measures(ListPage):
    model, columns, filterset_class = Measure, tables.MEASURES, filters.MeasureFilter
    title = _("Measures")
    caption = _("Measures with their figures")

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("lead_ministry")

    def shown(self, rows: list[Any]) -> list[Any]:
        if not rows:  # also where the address names a strategy that there is not
            return rows
        views = base.figures_for(self.request, "measure", base.strategy_of(self.request), [row.pk for row in rows])
        return base.attach_figures(rows, views)


class MeasureBase(DetailPage):
    model, lookup = Measure, "code"

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.select_related(
            "strategic_task__strategy", "parent", "lead_ministry", "region", "technology", "superseded_by"
        )

    def get_crumbs(self) -> list[Crumb]:
        task, parent = self.object.strategic_task, self.object.parent
        above = [Crumb(task.title, task.get_absolute_url())]
        if parent:
            above.append(Crumb(f"{parent.code} {parent.title}", parent.get_absolute_url()))
        return [*above, Crumb(self.object.code)]

    @cached_property
    def children(self) -> list[Measure]:
        rows = Measure.objects.visible_to(self.request.user).filter(parent=self.object)
        return list(rows.select_related("lead_ministry"))

    @cached_property
    def views(self) -> dict[int, Any]:
        """The figures of the measure and of those right below it."""
        keys = [self.object.pk, *(child.pk for child in self.children)]
        return base.figures_for(self.request, "measure", self.object.strategic_task.strategy, keys)

    @cached_property
    def stamp(self) -> str:
        return base.stamp(self.views.values())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        measure, strategy = self.object, self.object.strategic_task.strategy
        below = Milestone.objects.visible_to(self.request.user).filter(measure__path__contains=[measure.pk])
        own = {key: view for key, view in self.views.items() if key == measure.pk}
        children = base.attach_figures(self.children, self.views)
        money = base.money_for(self.request, "measure", strategy, [measure.pk])
        context = {
            "figure": known_dues(below, own).get(measure.pk),
            "stamp": self.stamp,
            "children": Table(tables.MEASURES, children, _("Measures below"), "children"),
            "links": base.milestone_links(below=measure.code),
            "money": money.get(measure.pk, base.NO_MONEY),
        }
        return super().get_context_data(**context | kwargs)


class MeasurePage(MeasureBase):
    template_name = "tasks/measure.html"
    offers = (
        Offer(_("Add a milestone"), "tasks:milestone-new", "plan"),
        Offer(_("Add a measure below"), "tasks:submeasure-new", "plan"),
        Offer(_("Change the plan"), "tasks:measure-plan", "plan"),
        Offer(_("Add a budget line"), "tasks:budget-line-new"),
        Offer(_("Add an indicator"), "tasks:indicator-new"),
        Offer(_("Add a bill"), "tasks:bill-new"),
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        measure, user = self.object, base.reader(self.request)
        milestones = base.with_light(Milestone.objects.visible_to(user).filter(measure=measure), self.request)
        lines = with_levels(_of(BudgetLine, measure, user).select_related("ministry"))
        assessments = assessments_of(self.request, measure)
        context = {
            **assessments,
            **risks_of(self.request, measure),
            "cooperating": list(measure.cooperating_ministries.visible_to(user)),
            "milestones": _table(tables.MILESTONES, milestones.select_related("responsible_ministry"), _("Milestones")),
            "budget_lines": _table(money_tables.BUDGET_LINES, lines, _("Budget lines")),
            "indicators": _table(
                outcome_tables.INDICATORS, with_latest(_of(Indicator, measure, user)), _("Indicators")
            ),
            "bills": _table(outcome_tables.BILLS, with_stages(_of(Bill, measure, user), user), _("Bills")),
            "commitments": _table(
                outcome_tables.COMMITMENTS,
                with_verdict(Commitment.objects.visible_to(user).filter(measures=measure)),
                _("Commitments that it answers"),
            ),
            **comments_of(self.request, measure),
            **waits.of_noun(self.request, measure, measure.code),
            "superseded_by": Measure.objects.visible_to(user).filter(pk=measure.superseded_by_id).first(),
            "succession": base.succession_of(measure, user),
            "history": history_of(measure, user, rows_below(assessments)),
            "doors": doors(user, measure, self.offers, "code"),
        }
        return super().get_context_data(**context | kwargs)


class MeasureFigures(base.Poll, MeasureBase):
    template_name = "tasks/measure.html#figures"


def _table(columns: Any, rows: Any, caption: Any) -> Table:
    return Table(columns, list(rows), caption)


def _of(model: Any, measure: Measure, user: Any) -> QuerySet:
    return model.objects.visible_to(user).filter(measure=measure).select_related("measure")
