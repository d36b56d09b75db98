"""Ministries: how long they are valid, who followed whom, and what they answer for."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.filters import MinistryFilter
from accounts.models import Ministry, MinistrySuccession
from common.pages import Crumb, DetailPage, ListPage, Table
from tasks import tables
from tasks.changes import history_of
from tasks.models import Bill, BudgetLine, Milestone
from tasks.rollups import known_dues
from tasks.views import base
from tasks.views.records import PLACE_TABS

SHOWN = 50


class Ministries(ListPage):
    model, columns, filterset_class = Ministry, tables.MINISTRIES, MinistryFilter
    title = _("Ministries")
    caption = _("Ministries and agencies, with what they answer for")
    parameters, page_size = ("strategy",), 100
    tabs = PLACE_TABS

    def prepare(self, rows: Any) -> QuerySet:
        return rows.of_the_day()

    def shown(self, rows: list[Any]) -> list[Any]:
        views = base.figures_for(self.request, "ministry", base.strategy_of(self.request))
        for row in base.attach_figures(rows, views):
            links = base.milestone_links(ministry=row.key) if row.figure else {}
            row.milestones_url, row.late_url = links.get("all"), links.get("late")
        return rows


class MinistryPage(DetailPage):
    model, lookup, template_name = Ministry, "key", "accounts/ministry.html"
    parent = Crumb(_("Ministries"), "tasks:ministries")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ministry = self.object
        strategy = base.strategy_of(self.request)
        views = base.figures_for(self.request, "ministry", strategy, [ministry.pk])
        held = Milestone.objects.visible_to(self.request.user).filter(
            responsible_ministry=ministry, measure__strategic_task__strategy=strategy
        )
        context = {
            "figure": known_dues(held, views).get(ministry.pk),
            "is_valid": ministry.is_valid(base.today()),
            "not_yet": ministry.valid_from is not None and ministry.valid_from > base.today(),
            "predecessors": self.predecessors,
            "successors": _successions(predecessor=ministry, successor=None),
            "links": base.milestone_links(ministry=ministry.key),
            "milestones": self.milestones(),
            "history": history_of(ministry, self.request.user),
            "budget_lists": self.lists_of(BudgetLine, "tasks:budget-lines"),
            "bill_lists": self.lists_of(Bill, "tasks:bills"),
            "offices": list(ministry.offices.visible_to(self.request.user).of_the_day()),
        }
        return super().get_context_data(**context | kwargs)

    @cached_property
    def predecessors(self) -> list[MinistrySuccession]:
        return _successions(predecessor=None, successor=self.object)

    def lists_of(self, noun: Any, page: str) -> list[tuple[Ministry, str]]:
        """Whose lists hold rows of a noun, with their addresses: its own, and those of ministries it took over from.

        A row keeps the ministry that its source names.
        """
        taken_over = [row.predecessor for row in self.predecessors]
        rows = noun.objects.visible_to(self.request.user).filter(ministry__in=[self.object, *taken_over])
        holding = set(rows.order_by().values_list("ministry", flat=True))
        found = {each.pk: each for each in (self.object, *taken_over) if each.pk in holding}
        return [(each, f"{reverse(page)}?{urlencode({'ministry': each.key})}") for each in found.values()]

    def milestones(self) -> Table:
        rows: Any = Milestone.objects.visible_to(self.request.user).filter(
            responsible_ministry=self.object, in_scope=True
        )
        rows = base.with_light(rows, self.request).select_related("responsible_ministry")
        found = list(rows.by_due()[: SHOWN + 1])
        caption = str(_("Milestones that it answers for"))
        if len(found) > SHOWN:
            caption = _("Milestones that it answers for: the first %s, the earliest due first") % SHOWN
        return Table(
            tables.MILESTONES, found[:SHOWN], caption, "milestones",
            _("No milestone"), _("This ministry answers for no milestone that is visible to you."),
        )  # fmt: skip


def _successions(**ends: Any) -> list[MinistrySuccession]:
    given = {name: value for name, value in ends.items() if value is not None}
    rows: QuerySet[MinistrySuccession] = MinistrySuccession.objects.filter(**given)
    return list(rows.select_related("predecessor", "successor"))
