"""Lists of what is recorded row by row, and of the places that rows name: their own rows lead to the nouns' pages."""

from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.filters import OfficeFilter
from accounts.models import Office
from common.pages import Crumb, ListPage, Table
from common.tiers import clearance_of
from tasks import filters, record_filters, record_tables, tables
from tasks.models import (
    BudgetEntry,
    Dependency,
    Evidence,
    IndicatorObservation,
    Measure,
    Milestone,
    PlanVersion,
    Region,
    StatusReport,
)
from tasks.querysets import known_on
from tasks.schedule import Link, Schedule, schedule
from tasks.views import base
from tasks.views.rows import RowPage

SHOWN = 50
PLAN_TABS = (
    (_("Milestones"), "tasks:milestones"),
    (_("Dependencies"), "tasks:dependencies"),
    (_("Reports"), "tasks:reports"),
    (_("Evidence"), "tasks:evidence"),
    (_("Plan versions"), "tasks:plan-versions"),
)
BUDGET_TABS = ((_("Budget lines"), "tasks:budget-lines"), (_("Budget entries"), "tasks:budget-entries"))
INDICATOR_TABS = ((_("Indicators"), "tasks:indicators"), (_("Observations"), "tasks:indicator-observations"))
PLACE_TABS = (
    (_("Ministries"), "tasks:ministries"),
    (_("Offices and agencies"), "tasks:offices"),
    (_("Regions"), "tasks:regions"),
)


class Dependencies(ListPage):
    model, columns, filterset_class = Dependency, record_tables.DEPENDENCIES, record_filters.DependencyFilter
    title = _("Dependencies")
    caption = _("Which milestone waits for which: the successor can end when the predecessor has ended")
    tabs = PLAN_TABS

    def prepare(self, rows: QuerySet) -> QuerySet:
        seen = base.with_light(Milestone.objects.visible_to(self.request.user), self.request)
        return rows.prefetch_related(Prefetch("predecessor", seen), Prefetch("successor", seen))

    @cached_property
    def schedule(self) -> Schedule:
        return schedule(self.request.user)

    def shown(self, rows: list[Any]) -> list[Any]:
        for row in rows:
            row.wait = self.schedule.along(Link(row.predecessor_id, row.successor_id, row.lag_days))
        return rows


class Reports(ListPage):
    model, columns, filterset_class = StatusReport, record_tables.REPORTS, record_filters.StatusReportFilter
    title = _("Reports")
    caption = _("What was reported of milestones, the latest first, and since when it is known")
    tabs = PLAN_TABS

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.annotate(known_on=known_on("accepted_at")).select_related("milestone", "ministry")


class EvidenceList(ListPage):
    model, columns, filterset_class = Evidence, record_tables.EVIDENCE, record_filters.EvidenceFilter
    title = _("Evidence")
    caption = _("Files and links that show what was reported, the latest first")
    empty_hint = _("Who answers for a milestone adds evidence on its page, or with a report.")
    tabs = PLAN_TABS

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("milestone__responsible_ministry", "author")


class PlanVersions(ListPage):
    model, columns, filterset_class = PlanVersion, record_tables.PLAN_VERSIONS, record_filters.PlanVersionFilter
    title = _("Plan versions")
    caption = _("What was planned from which day on, the latest first; nothing is rewritten")
    tabs = PLAN_TABS

    def prepare(self, rows: QuerySet) -> QuerySet:
        found = rows.annotate(known_on=known_on("recorded_at"))
        return found.select_related("strategic_task", "measure", "milestone", "ministry")


class BudgetEntries(ListPage):
    model, columns, filterset_class = BudgetEntry, record_tables.BUDGET_ENTRIES, record_filters.BudgetEntryFilter
    title = _("Budget entries")
    caption = _("Every level of money as it was recorded; a restatement is a further entry")
    tabs = BUDGET_TABS

    def prepare(self, rows: Any) -> QuerySet:
        return rows.select_related("line__measure", "line__ministry").with_standing()

    def shown(self, rows: list[Any]) -> list[Any]:
        """Those that count no longer, each with the entry that counts instead."""
        replaced = [row for row in rows if not row.is_standing and row.effective_on <= base.today()]
        counting = {row.standing_id for row in replaced} - {None}
        entries = BudgetEntry.objects.visible_to(self.request.user).in_bulk(counting) if counting else {}
        for row in rows:
            row.instead = None
        for row in replaced:
            row.instead = entries.get(row.standing_id)
        return rows


class Observations(ListPage):
    model, columns = IndicatorObservation, record_tables.OBSERVATIONS
    filterset_class = record_filters.IndicatorObservationFilter
    title = _("Observations of indicators")
    caption = _("Every value that was observed, also what was restated; values of different methods are not compared")
    tabs = INDICATOR_TABS

    def prepare(self, rows: Any) -> QuerySet:
        return rows.select_related("indicator__measure").with_standing()


class Offices(ListPage):
    model, columns, filterset_class = Office, record_tables.OFFICES, OfficeFilter
    title = _("Offices and agencies")
    caption = _("Bodies that own values while their people change")
    tabs = PLACE_TABS

    def prepare(self, rows: Any) -> QuerySet:
        return rows.of_the_day().select_related("ministry")


class OfficePage(RowPage):
    model, facts = Office, record_tables.OFFICES[1:]
    parent = Crumb(_("Offices and agencies"), "tasks:offices")

    def prepare(self, rows: Any) -> Any:
        return rows.select_related("ministry")

    def tables(self) -> list[Table]:
        rows: Any = Milestone.objects.visible_to(self.request.user).filter(
            responsible_office=self.object, in_scope=True
        )
        rows = base.with_light(rows, self.request).select_related("responsible_ministry").by_due()
        hint: Any = _("No milestone that is visible to you names this office.")
        if ministry := self.object.ministry:
            elsewhere = _now("Milestones for which no office is named stand on the page of the ministry: {}")
            link = format_html('<a class="link" href="{}#milestones">{}</a>', ministry.get_absolute_url(), ministry)
            hint = format_html("{} {}", hint, format_html(elsewhere, link))
        caption = _("Milestones that it answers for")
        return [Table(tables.MILESTONES, list(rows[:SHOWN]), caption, "milestones", "", hint)]


class OfThatDay:
    """Places are today's, but what is counted of them is of the day that is read."""

    def is_of_today(self) -> bool:
        return False


class Regions(OfThatDay, ListPage):
    model, columns, filterset_class = Region, record_tables.REGIONS, filters.RegionFilter
    title = _("Regions")
    caption = _("Provinces, with the measures and milestones that name them")
    tabs = PLACE_TABS

    def prepare(self, rows: QuerySet) -> QuerySet:
        return with_counts(rows, self.request.user)


def with_counts(rows: QuerySet, user: Any) -> QuerySet:
    """Regions with how many measures and milestones name them, as the reader may see them."""
    tier = clearance_of(user)
    seen = Q(measures__effective_tier__lte=tier)
    below = Q(measures__milestones__effective_tier__lte=tier)
    return rows.annotate(
        measure_count=Count("measures", filter=seen, distinct=True),
        milestone_count=Count("measures__milestones", filter=below, distinct=True),
    )


class RegionPage(OfThatDay, RowPage):
    model, facts = Region, record_tables.REGIONS[1:]
    parent = Crumb(_("Regions"), "tasks:regions")

    def prepare(self, rows: Any) -> Any:
        return with_counts(rows, self.request.user)

    def tables(self) -> list[Table]:
        user: Any = self.request.user
        measures = Measure.objects.visible_to(user).filter(region=self.object).select_related("lead_ministry")
        views = base.figures_for(self.request, "measure", base.strategy_of(self.request), [m.pk for m in measures])
        rows: Any = Milestone.objects.visible_to(user).filter(measure__region=self.object, in_scope=True)
        rows = base.with_light(rows.active(), self.request).select_related("responsible_ministry").by_due()
        hint = _("No measure that is visible to you names this region.")
        return [
            Table(tables.MEASURES, base.attach_figures(measures, views), _("Measures"), "measures", "", hint),
            Table(
                tables.OPEN_MILESTONES, list(rows[:SHOWN]), _("Open milestones, the earliest due first"), "milestones"
            ),
        ]
