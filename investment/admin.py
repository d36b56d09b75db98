"""Rates and rules of the law are edited here, with history; what actions write is to be read."""

from django.contrib import admin

from common.admin import LoggedAdmin, ReadOnlyAdmin
from investment.models import (
    GlobalStandardReview,
    InfrastructureNeed,
    InvestmentVehicle,
    Permit,
    PermitEvent,
    PermitRule,
    TaxCreditRate,
    TaxCreditRule,
)

# They may point to a row above the reader's tier.
HIDING = ("milestone", "superseded_by", "replaces", "part_of")


@admin.register(InvestmentVehicle, InfrastructureNeed, GlobalStandardReview, Permit)
class NamedAdmin(ReadOnlyAdmin):
    exclude = HIDING
    list_display = ("key", "name_ko", "name_en")
    search_fields = ("key", "name_ko", "name_en")


@admin.register(TaxCreditRate)
class TaxCreditRateAdmin(LoggedAdmin):
    list_display = ("key", "tax_class", "size", "kind", "invest_from", "invest_to", "superseded_on")
    search_fields = ("key",)


@admin.register(TaxCreditRule)
class TaxCreditRuleAdmin(LoggedAdmin):
    list_display = ("key", "name_ko", "name_en", "value", "unit")
    search_fields = ("key", "name_ko", "name_en")


@admin.register(PermitEvent)
class PermitEventAdmin(ReadOnlyAdmin):
    list_display = ("happened_on", "step", "permit", "withdrawn_for")
    list_select_related = ("permit",)


@admin.register(PermitRule)
class PermitRuleAdmin(LoggedAdmin):
    list_display = ("key", "law", "article", "valid_from", "valid_to")
    search_fields = ("key",)
