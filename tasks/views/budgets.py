"""Budget lines and their levels by phase: different series, never added to each other."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from common.pages import Crumb, DetailPage, ListPage
from common.templatetags.display import day_text, won_exact
from tasks import filters, tables
from tasks.changes import history_of
from tasks.choices import MoneyPhase
from tasks.models import BudgetEntry, BudgetLine
from tasks.rollups.money import with_levels
from tasks.views import base
from tasks.views.entry import NewBelow, Offer, doors


class BudgetLines(ListPage):
    model, columns, filterset_class = BudgetLine, tables.BUDGET_LINES, filters.BudgetLineFilter
    title = _("Budget")
    caption = _("Budget lines, the latest level of each phase")

    def prepare(self, rows: QuerySet) -> QuerySet:
        return with_levels(rows.select_related("measure", "ministry"))


class LineBase(DetailPage):
    def prepare(self, rows: QuerySet) -> QuerySet:
        return with_levels(rows.select_related("measure__strategic_task", "ministry", "technology", "part_of"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        line = self.object
        levels = [
            (phase.label, getattr(line, f"level_{phase}"), getattr(line, f"bound_{phase}")) for phase in MoneyPhase
        ]
        return super().get_context_data(**{"levels": levels} | kwargs)


class BudgetLinePage(LineBase):
    model, template_name = BudgetLine, "tasks/budget_line.html"
    parent = Crumb(_("Budget"), "tasks:budget-lines")
    offers = (Offer(_("Add an entry"), "tasks:budget-entry-new"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = base.reader(self.request)
        entries = list(BudgetEntry.objects.visible_to(user).filter(line=self.object).order_by("-effective_on", "-pk"))
        context = {
            "entries": entries,
            "doors": doors(user, self.object, self.offers, "uuid"),
            "history": history_of(self.object, user, entries),
        }
        return super().get_context_data(**context | kwargs)


class NewEntry(NewBelow, LineBase):
    """A level of a phase, beside the levels that stand."""

    template_name = "tasks/budget_entry.html"

    def said(self, form: Any, done: BudgetEntry) -> str:
        return f"{done.get_phase_display()} {won_exact(done.amount_won)}, {day_text(done.effective_on)}"
