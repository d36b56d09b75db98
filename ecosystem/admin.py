"""Supply plans are edited here, with history; what actions write is to be read."""

from django.contrib import admin

from common.admin import LoggedAdmin, ReadOnlyAdmin
from ecosystem.models import DependenceObservation, LeadProject, MotherFactory, SupplyItem, SupplyPlan, SupplySector

# They may point to a row above the reader's tier.
HIDING = ("milestone", "lead_project", "indicator")


@admin.register(LeadProject, MotherFactory, SupplyItem)
class NamedAdmin(ReadOnlyAdmin):
    exclude = HIDING
    list_display = ("key", "name_ko", "name_en")
    search_fields = ("key", "name_ko", "name_en")


@admin.register(DependenceObservation)
class DependenceObservationAdmin(ReadOnlyAdmin):
    exclude = HIDING
    list_display = ("key", "item", "country", "year", "share_bp", "method")
    search_fields = ("key",)


class SupplySectorInline(admin.TabularInline):
    model = SupplySector
    extra = 0


@admin.register(SupplyPlan)
class SupplyPlanAdmin(LoggedAdmin):
    list_display = ("key", "name_ko", "name_en")
    search_fields = ("key", "name_ko", "name_en")
    inlines = (SupplySectorInline,)
