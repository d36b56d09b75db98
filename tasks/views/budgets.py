"""Budget lines and their levels by phase: different series, never added to each other."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from common.pages import Crumb, DetailPage, ListPage
from tasks import filters, tables
from tasks.choices import MoneyPhase
from tasks.models import BudgetEntry, BudgetLine
from tasks.rollups.money import with_levels


class BudgetLines(ListPage):
    model, columns, filterset_class = BudgetLine, tables.BUDGET_LINES, filters.BudgetLineFilter
    title = _("Budget")
    caption = _("Budget lines, the latest level of each phase")

    def prepare(self, rows: QuerySet) -> QuerySet:
        return with_levels(rows.select_related("measure", "ministry"))


class BudgetLinePage(DetailPage):
    model, template_name = BudgetLine, "tasks/budget_line.html"
    parent = Crumb(_("Budget"), "tasks:budget-lines")

    def prepare(self, rows: QuerySet) -> QuerySet:
        return with_levels(rows.select_related("measure__strategic_task", "ministry", "technology", "part_of"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = BudgetEntry.objects.visible_to(self.request.user).filter(line=self.object)
        line = self.object
        levels = [
            (phase.label, getattr(line, f"level_{phase}"), getattr(line, f"bound_{phase}")) for phase in MoneyPhase
        ]
        ordered = entries.order_by("-effective_on", "-pk")
        return super().get_context_data(**{"entries": list(ordered), "levels": levels} | kwargs)
