"""One FilterSet per noun of investment, for HTML lists and the API."""

from typing import ClassVar

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from common.countries import COUNTRIES
from common.filters import NounFilter, YesNoFilter, ordering_by
from common.search import Labels
from investment.models import (
    GlobalStandardReview,
    InfrastructureNeed,
    InvestmentVehicle,
    Permit,
    PermitRule,
    TaxCreditRate,
    TaxCreditRule,
)
from tasks.filters import CHOICE, DATE, NAMES, of_measure

AMOUNT = ["lte", "gte", "isnull"]
_LEVELS = [f"{name}_{code}" for name in ("peer_level", "our_level", "gap", "decision") for code in ("ko", "en")]


class TaxCreditRateFilter(NounFilter):
    search_in = ("key", "tax_class", "size", "kind", "law_ko", "article")
    on_page = ("search", "tax_class", "size", "on", "superseded")
    measure = of_measure()
    on = django_filters.DateFilter(method="filter_on", label=_("Invested on"))
    superseded = YesNoFilter(field_name="superseded_on", lookup_expr="isnull", exclude=True, label=_("Superseded"))
    ordering = ordering_by("key", "tax_class", "size", "invest_from", "invest_to", "base_bp", "incremental_bp")

    class Meta:
        model = TaxCreditRate
        fields: ClassVar = {
            "key": CHOICE,
            "tax_class": CHOICE,
            "size": CHOICE,
            "kind": CHOICE,
            "invest_from": DATE,
            "invest_to": DATE,
            "superseded_on": DATE,
            "confidence": CHOICE,
        }

    def filter_on(self, queryset: QuerySet, name: str, value: object) -> QuerySet:
        """Rates whose period holds the day; an open end has no limit."""
        return queryset.filter(Q(invest_to__isnull=True) | Q(invest_to__gte=value), invest_from__lte=value)


class TaxCreditRuleFilter(NounFilter):
    search_in = (*NAMES, "unit", "text_ko", "text_en", "confidence")
    on_page = ("search",)
    ordering = ordering_by("key", "name_ko", "name_en")

    class Meta:
        model = TaxCreditRule
        fields: ClassVar = {"key": CHOICE, "unit": CHOICE, "confidence": CHOICE}


class InvestmentVehicleFilter(NounFilter):
    search_in = (*NAMES, "status", "measure__code")
    on_page = ("search", "status")
    measure = of_measure()
    ordering = ordering_by("key", "status", "size_won", "name_ko", "name_en")

    class Meta:
        model = InvestmentVehicle
        fields: ClassVar = {"key": CHOICE, "status": CHOICE, "size_won": AMOUNT, "confidence": CHOICE}


class InfrastructureNeedFilter(NounFilter):
    search_in = (*NAMES, "kind", "unit", "measure__code")
    on_page = ("search", "kind")
    measure = of_measure()
    ordering = ordering_by("key", "kind", "required", "secured", "name_ko", "name_en")

    class Meta:
        model = InfrastructureNeed
        fields: ClassVar = {
            "key": CHOICE,
            "kind": CHOICE,
            "complex_key": CHOICE,
            "required": ["lte", "gte"],
            "secured": AMOUNT,
            "confidence": CHOICE,
        }


class GlobalStandardReviewFilter(NounFilter):
    search_in = (*NAMES, Labels("peer_countries", COUNTRIES), *_LEVELS)
    on_page = ("search",)
    measure = of_measure()
    ordering = ordering_by("key", "name_ko", "name_en")

    class Meta:
        model = GlobalStandardReview
        fields: ClassVar = {"key": CHOICE, "confidence": CHOICE}


class PermitFilter(NounFilter):
    search_in = (*NAMES, "law", "matter", "applicant", "authority")
    on_page = ("search", "law", "matter")
    measure = of_measure()
    ordering = ordering_by("key", "law", "matter", "name_ko", "name_en")

    class Meta:
        model = Permit
        fields: ClassVar = {"key": CHOICE, "law": CHOICE, "matter": CHOICE, "confidence": CHOICE}


class PermitRuleFilter(NounFilter):
    search_in = ("key", "law", "law_ko", "law_en", "article")
    on_page = ("law",)
    ordering = ordering_by("key", "law", "valid_from")

    class Meta:
        model = PermitRule
        fields: ClassVar = {
            "key": CHOICE,
            "law": CHOICE,
            "valid_from": DATE,
            "valid_to": DATE,
            "confidence": CHOICE,
        }
