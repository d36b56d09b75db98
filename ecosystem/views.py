"""The pages of the ecosystem."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.pages import Crumb, Table
from ecosystem import filters, tables
from ecosystem.domain import ECOSYSTEM
from ecosystem.imports import DEPENDENCE
from ecosystem.models import DependenceObservation, LeadProject, MotherFactory, SupplyItem, SupplyPlan, SupplySector
from ecosystem.rollups import series
from tasks.views.entry import CHANGE, Offer
from tasks.views.rows import RowList, RowPage, RowPanel


class SupplyItems(RowList):
    domain, model = ECOSYSTEM, SupplyItem
    offers = (Offer(_("Register a supply item"), "ecosystem:supply-item-new"),)
    columns, filterset_class = tables.SUPPLY_ITEMS, filters.SupplyItemFilter
    joins, related = ("measure",), ("lead_project", "observations")
    lede = _("Import share of one country. Each method is a series of its own; what is not observed stays unknown.")


class SupplyItemPage(RowPage):
    model, facts = SupplyItem, tables.SUPPLY_ITEM_FACTS
    offers = (
        Offer(_("Add an observation"), "ecosystem:dependence-observation-new"),
        Offer(CHANGE, "ecosystem:supply-item-change"),
    )
    parent = Crumb(_("Supply items"), "ecosystem:supply-item-list")
    joins, related = ("measure",), ("lead_project",)

    def tables(self) -> list[Table]:
        seen = DependenceObservation.objects.visible_to(self.request.user).filter(item=self.object)
        found = series(seen)
        if not found:
            return [Table(tables.SERIES, [], _("Observations"), "series", "", _("Nobody published a share yet."))]
        title = gettext("Observations: %s")
        return [
            Table(tables.SERIES, rows, title % method.label, f"series-{method.value}") for method, rows in found.items()
        ]


class Observations(RowList):
    domain, model = ECOSYSTEM, DependenceObservation
    columns, filterset_class = tables.OBSERVATIONS, filters.DependenceObservationFilter
    importer = DEPENDENCE
    joins = ("item__measure",)


class ObservationPage(RowPage):
    model, facts = DependenceObservation, tables.OBSERVATION_FACTS
    offers = (Offer(CHANGE, "ecosystem:dependence-observation-change"),)
    parent = Crumb(_("Observations of dependence"), "ecosystem:dependence-observation-list")
    joins = ("item__measure",)


class SupplyPlans(RowList):
    domain, model = ECOSYSTEM, SupplyPlan
    columns, filterset_class = tables.SUPPLY_PLANS, filters.SupplyPlanFilter
    joins, related = ("measure",), ("milestone", "indicator")


class SupplyPlanPage(RowPage):
    model, facts = SupplyPlan, tables.SUPPLY_PLAN_FACTS
    parent = Crumb(_("Supply plans"), "ecosystem:supply-plan-list")
    joins, related = ("measure",), ("milestone", "indicator")

    def tables(self) -> list[Table]:
        sectors = list(SupplySector.objects.visible_to(self.request.user).filter(plan=self.object))
        return [Table(tables.SECTORS, sectors, _("Items by sector, as far as named"), "sectors")] if sectors else []


class LeadProjects(RowList):
    domain, model = ECOSYSTEM, LeadProject
    offers = (Offer(_("Register a lead project"), "ecosystem:lead-project-new"),)
    columns, filterset_class = tables.LEAD_PROJECTS, filters.LeadProjectFilter
    joins, related = ("measure",), ("items", "milestone")


class LeadProjectPage(RowPage):
    model, facts = LeadProject, (tables.LEAD_PROJECTS[1], tables.LEAD_PROJECTS[3])
    offers = (Offer(CHANGE, "ecosystem:lead-project-change"),)
    parent = Crumb(_("Lead projects"), "ecosystem:lead-project-list")
    joins, related = ("measure",), ("milestone",)

    def tables(self) -> list[Table]:
        items = SupplyItem.objects.visible_to(self.request.user).filter(lead_project=self.object)
        rows = items.select_related("measure").with_visible(self.request.user, "lead_project", "observations")
        return [Table(tables.SUPPLY_ITEMS, rows, _("Supply items"), "items")]


class MotherFactories(RowList):
    domain, model = ECOSYSTEM, MotherFactory
    offers = (Offer(_("Register a mother factory"), "ecosystem:mother-factory-new"),)
    columns, filterset_class = tables.MOTHER_FACTORIES, filters.MotherFactoryFilter
    joins, related = ("measure",), ("milestone",)


class MotherFactoryPage(RowPage):
    model, facts = MotherFactory, tables.MOTHER_FACTORIES[1:]
    offers = (Offer(CHANGE, "ecosystem:mother-factory-change"),)
    parent = Crumb(_("Mother factories"), "ecosystem:mother-factory-list")
    joins, related = ("measure",), ("milestone",)


class EcosystemPanel(RowPanel):
    """The items that anybody has observed."""

    model, columns, caption = SupplyItem, tables.SUPPLY_ITEMS, _("Import dependence of observed items")
    more = "ecosystem:supply-item-list"
    joins, related = ("measure",), ("lead_project", "observations")

    def rows(self) -> Any:
        seen = DependenceObservation.objects.visible_to(self.request.user)
        return super().rows().filter(pk__in=seen.values("item"))
