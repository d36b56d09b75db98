"""Budget lines and their levels by phase: different series, never added to each other."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from common.pages import Crumb, DetailPage, ListPage, Table
from common.templatetags.display import day_text, won_full
from tasks import filters, money_tables, record_tables
from tasks.changes import history_of
from tasks.choices import MoneyPhase
from tasks.imports import BUDGET
from tasks.models import BudgetEntry, BudgetLine
from tasks.rollups.money import with_levels
from tasks.views import base
from tasks.views.entry import NewBelow, Offer, doors
from tasks.views.records import BUDGET_TABS


@dataclass(frozen=True)
class Parts:
    """An announced amount and what is published of its parts; nothing is split that nobody split."""

    whole: int | None
    lines: list[Any]

    @property
    def rest(self) -> int | None:
        """What no part names; None where the whole or a part is unknown."""
        known = [line.level_announced for line in self.lines]
        return None if self.whole is None or None in known else self.whole - sum(known)


class BudgetLines(ListPage):
    model, columns, filterset_class = BudgetLine, money_tables.BUDGET_LINES, filters.BudgetLineFilter
    title = _("Budget")
    caption = _("Budget lines, the latest level of each phase")
    tabs = BUDGET_TABS

    def prepare(self, rows: QuerySet) -> QuerySet:
        return with_levels(rows.select_related("measure", "ministry"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"doors": base.import_doors(self.request, BUDGET)} | kwargs)


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
        rows = BudgetEntry.objects.visible_to(user).filter(line=self.object).with_standing().select_related("line")
        entries = list(rows.order_by("-effective_on", "-pk"))
        offered = doors(user, self.object, self.offers, "uuid")
        columns = record_tables.ENTRIES_OF_LINE + ((record_tables.WITHDRAW,) if offered else ())
        caption = _("Every entry, the latest first; a restatement is a further entry")
        context = {
            "entries": Table(columns, entries, caption, "entries", "", _("No amount of it is on record.")),
            "parts": self._parts(),
            "doors": offered,
            "history": history_of(self.object, user, entries),
        }
        return super().get_context_data(**context | kwargs)

    def _parts(self) -> Parts | None:
        """The published parts that the reader may see; None where there is none."""
        rows = BudgetLine.objects.visible_to(self.request.user).filter(part_of=self.object)
        lines = list(with_levels(rows).order_by("key"))
        return Parts(self.object.level_announced, lines) if lines else None


class NewEntry(NewBelow, LineBase):
    """A level of a phase, beside the levels that stand."""

    template_name = "tasks/budget_entry.html"

    def said(self, form: Any, done: BudgetEntry) -> str:
        return f"{done.get_phase_display()} {won_full(done.amount_won)}, {day_text(done.effective_on)}"
