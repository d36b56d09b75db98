"""The nouns of the ecosystem in Django admin, to be read: actions write them."""

from django.contrib import admin

from common.admin import ReadOnlyAdmin
from ecosystem.models import DependenceObservation, LeadProject, MotherFactory, SupplyItem, SupplyPlan

# They may point to a row above the reader's tier.
HIDING = ("milestone", "lead_project", "indicator")


@admin.register(LeadProject, MotherFactory, SupplyItem, SupplyPlan)
class NamedAdmin(ReadOnlyAdmin):
    exclude = HIDING
    list_display = ("key", "name_ko", "name_en")
    search_fields = ("key", "name_ko", "name_en")


@admin.register(DependenceObservation)
class DependenceObservationAdmin(ReadOnlyAdmin):
    exclude = HIDING
    list_display = ("key", "item", "country", "year", "share_bp", "method")
    search_fields = ("key",)
