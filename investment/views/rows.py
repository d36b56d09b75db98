"""The lists and rows of investment; permits and the calculators have modules of their own."""

from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from common.pages import Crumb, Table
from investment import filters, tables
from investment.domain import INVESTMENT
from investment.models import (
    GlobalStandardReview,
    InfrastructureNeed,
    InvestmentVehicle,
    TaxCreditRate,
    TaxCreditRule,
    VehiclePart,
)
from investment.rollups.tax_credit import UNDIVIDED
from tasks.views.entry import CHANGE, Door, Offer
from tasks.views.rows import RowList, RowPage, RowPanel


class TaxCreditRates(RowList):
    domain, model = INVESTMENT, TaxCreditRate
    columns, filterset_class = tables.RATES, filters.TaxCreditRateFilter
    joins = ("measure",)
    lede = _("By class, size and date of investment. A superseded rate stays visible and is never applied.")

    def narrowed_hint(self) -> Any:
        """Where the rate stands of a class that had none of its own: with that of all, which the same filters find."""
        asked = self.request.GET.copy()
        wider = UNDIVIDED.get(asked.get("tax_class", ""))
        if wider is None:
            return ""
        asked["tax_class"] = wider
        rates = TaxCreditRate.objects.visible_to(self.request.user)
        if not self.filterset_class(asked, queryset=rates, request=self.request).qs.exists():
            return ""
        words = _("This class had no rate of its own here: see the rates of all national strategic technologies")
        return format_html('<a class="link" href="?{}">{}</a>', asked.urlencode(), words)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        calculator = Door(_("Compute a tax credit"), reverse("investment:tax-credit-calculation"))
        return context | {"doors": [*context["doors"], calculator]}


class TaxCreditRatePage(RowPage):
    model, facts = TaxCreditRate, tables.RATE_FACTS
    parent = Crumb(_("Tax credit rates"), "investment:tax-credit-rate-list")
    joins, related = ("measure",), ("superseded_by", "milestone")

    def tables(self) -> list[Table]:
        older = TaxCreditRate.objects.visible_to(self.request.user).filter(superseded_by=self.object)
        rows = list(older.select_related("measure"))
        return [Table(tables.RATES, rows, _("Supersedes"), "supersedes")] if rows else []


class TaxCreditRules(RowList):
    domain, model = INVESTMENT, TaxCreditRule
    columns, filterset_class = tables.RULES, filters.TaxCreditRuleFilter


class InvestmentVehicles(RowList):
    domain, model = INVESTMENT, InvestmentVehicle
    offers = (Offer(_("Register an investment vehicle"), "investment:investment-vehicle-new"),)
    columns, filterset_class = tables.VEHICLES, filters.InvestmentVehicleFilter
    joins, related = ("measure",), ("milestone",)
    lede = _("The holding company that was under consideration, and what came before and after.")


class InvestmentVehiclePage(RowPage):
    model, facts = InvestmentVehicle, tables.VEHICLE_FACTS
    offers = (
        Offer(_("Add a part"), "investment:vehicle-part-new"),
        Offer(CHANGE, "investment:investment-vehicle-change"),
    )
    parent = Crumb(_("Investment vehicles"), "investment:investment-vehicle-list")
    joins, related = ("measure",), ("replaces", "milestone")

    def tables(self) -> list[Table]:
        user = self.request.user
        parts = list(VehiclePart.objects.visible_to(user).filter(vehicle=self.object))
        followers = InvestmentVehicle.objects.visible_to(user).filter(replaces=self.object)
        rows = list(followers.select_related("measure").with_visible(user, "milestone"))
        return [
            *([Table(tables.VEHICLE_PARTS, parts, _("What the money is meant for"), "parts")] if parts else []),
            *([Table(tables.VEHICLES, rows, _("Later vehicles"), "followers")] if rows else []),
        ]


class InfrastructureNeeds(RowList):
    domain, model = INVESTMENT, InfrastructureNeed
    offers = (Offer(_("Register an infrastructure need"), "investment:infrastructure-need-new"),)
    columns, filterset_class = tables.NEEDS, filters.InfrastructureNeedFilter
    joins, related = ("measure",), ("milestone", "part_of")


class InfrastructureNeedPage(RowPage):
    model, facts = InfrastructureNeed, (*tables.NEEDS[1:], tables.COMPLEX)
    offers = (Offer(CHANGE, "investment:infrastructure-need-change"),)
    parent = Crumb(_("Infrastructure needs"), "investment:infrastructure-need-list")
    joins, related = ("measure",), ("milestone", "part_of")

    def get_object(self) -> Any:
        """With the complex that it names, where the reader sees it, by its label: domains do not import each other."""
        need = super().get_object()
        complexes: Any = apps.get_model("clusters.Complex")._default_manager.visible_to(self.request.user)
        need.complex = complexes.filter(key=need.complex_key).first() if need.complex_key else None
        return need

    def tables(self) -> list[Table]:
        user = self.request.user
        phases = InfrastructureNeed.objects.visible_to(user).filter(part_of=self.object).select_related("measure")
        rows = list(phases.with_visible(user, "milestone", "part_of"))
        return [Table(tables.NEEDS, rows, _("Phases"), "phases")] if rows else []


class StandardReviews(RowList):
    domain, model = INVESTMENT, GlobalStandardReview
    offers = (Offer(_("Register a global standard review"), "investment:global-standard-review-new"),)
    columns, filterset_class = tables.REVIEWS, filters.GlobalStandardReviewFilter
    joins, related = ("measure",), ("milestone",)


class StandardReviewPage(RowPage):
    model, facts = GlobalStandardReview, (*tables.REVIEWS[1:], tables.MEASURE)
    offers = (Offer(CHANGE, "investment:global-standard-review-change"),)
    parent = Crumb(_("Global standard reviews"), "investment:global-standard-review-list")
    joins, related = ("measure",), ("milestone",)


class InvestmentPanel(RowPanel):
    """The rates that apply to the strategy's own classes, and the vehicles."""

    model, columns, caption = TaxCreditRate, tables.RATES, _("Tax credit rates of national strategic technologies")
    more = "investment:tax-credit-rate-list"
    joins = ("measure",)

    def rows(self) -> Any:
        return super().rows().filter(tax_class__startswith="nst")

    def tables(self) -> list[Table]:
        user = self.request.user
        vehicles = InvestmentVehicle.objects.visible_to(user).select_related("measure")
        rows = vehicles.with_visible(user, "milestone")
        return [*super().tables(), Table(tables.VEHICLES, rows, _("Investment vehicles"), "panel-vehicles")]
