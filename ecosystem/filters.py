"""One FilterSet per noun of ecosystem, for HTML lists and the API."""

from typing import ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from common.countries import COUNTRIES
from common.filters import NounFilter, YesNoFilter, ordering_by, visible
from common.search import Labels
from ecosystem.models import DependenceObservation, LeadProject, MotherFactory, SupplyItem, SupplyPlan
from tasks.filters import CHOICE, DATE, NAMES, of_measure, one_of


class SupplyPlanFilter(NounFilter):
    search_in = (*NAMES, "target_ko", "target_en")
    on_page = ("search",)
    measure = of_measure()
    ordering = ordering_by("key", "selected_count", "name_ko", "name_en")

    class Meta:
        model = SupplyPlan
        fields: ClassVar = {"key": CHOICE, "selected_count": ["lte", "gte", "isnull"], "confidence": CHOICE}


class LeadProjectFilter(NounFilter):
    search_in = (*NAMES, "measure__code")
    on_page = ("search",)
    measure = of_measure()
    ordering = ordering_by("key", "name_ko", "name_en")

    class Meta:
        model = LeadProject
        fields: ClassVar = {"key": CHOICE, "confidence": CHOICE}


class SupplyItemFilter(NounFilter):
    search_in = (*NAMES, "hs_code")
    on_page = ("search", "lead_project", "observed")
    measure = of_measure()
    lead_project = one_of(LeadProject, "lead_project", "key")
    observed = YesNoFilter(method="filter_observed", label=_("With observations"))
    ordering = ordering_by("key", "hs_code", "target_share_bp", "name_ko", "name_en")

    class Meta:
        model = SupplyItem
        fields: ClassVar = {
            "key": CHOICE,
            "hs_code": ["exact", "startswith"],
            "target_share_bp": ["lte", "gte", "isnull"],
            "confidence": CHOICE,
        }

    def filter_observed(self, queryset: QuerySet, name: str, value: bool) -> QuerySet:
        seen = visible(DependenceObservation)(self.request).values("item")
        return queryset.filter(pk__in=seen) if value else queryset.exclude(pk__in=seen)


class DependenceObservationFilter(NounFilter):
    search_in = (
        "key",
        "item__name_ko",
        "item__name_en",
        Labels("country", COUNTRIES),
        "method",
        "basis",
        "hs_code",
        "measured_as",
    )
    on_page = ("search", "item", "country", "method")
    measure = of_measure("item__measure")
    item = one_of(SupplyItem, "item", "key")
    ordering = ordering_by("key", "year", "observed_on", "share_bp", "country", "method")

    class Meta:
        model = DependenceObservation
        fields: ClassVar = {
            "key": CHOICE,
            "country": CHOICE,
            "year": ["exact", "lte", "gte"],
            "observed_on": DATE,
            "share_bp": ["lte", "gte"],
            "basis": CHOICE,
            "hs_code": ["exact", "startswith"],
            "method": CHOICE,
            "confidence": CHOICE,
        }


class MotherFactoryFilter(NounFilter):
    search_in = (*NAMES, "site_ko", "site_en", "overseas_plants", "measure__code")
    on_page = ("search",)
    measure = of_measure()
    ordering = ordering_by("key", "announced_investment_won", "announced_on", "name_ko", "name_en")

    class Meta:
        model = MotherFactory
        fields: ClassVar = {
            "key": CHOICE,
            "announced_investment_won": ["lte", "gte", "isnull"],
            "announced_on": DATE,
            "confidence": CHOICE,
        }
