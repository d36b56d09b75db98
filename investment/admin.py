"""The nouns of investment in Django admin, to be read: actions write them."""

from django.contrib import admin

from common.admin import ReadOnlyAdmin
from investment.models import (
    GlobalStandardReview,
    InfrastructureNeed,
    InvestmentVehicle,
    TaxCreditRate,
    TaxCreditRule,
)

# They may point to a row above the reader's tier.
HIDING = ("milestone", "superseded_by", "replaces")


@admin.register(TaxCreditRule, InvestmentVehicle, InfrastructureNeed, GlobalStandardReview)
class NamedAdmin(ReadOnlyAdmin):
    exclude = HIDING
    list_display = ("key", "name_ko", "name_en")
    search_fields = ("key", "name_ko", "name_en")


@admin.register(TaxCreditRate)
class TaxCreditRateAdmin(ReadOnlyAdmin):
    exclude = HIDING
    list_display = ("key", "tax_class", "size", "kind", "invest_from", "invest_to", "superseded_on")
    search_fields = ("key",)
