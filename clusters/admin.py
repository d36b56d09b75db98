"""The nouns of clusters in Django admin, to be read: actions write them."""

from django.contrib import admin

from clusters.models import Complex, DesignationRound, StageRule, Tenant
from common.admin import ReadOnlyAdmin

# It may be above the reader's tier.
HIDING = ("round",)


@admin.register(Complex, DesignationRound, StageRule, Tenant)
class NamedAdmin(ReadOnlyAdmin):
    exclude = HIDING
    list_display = ("key", "name_ko", "name_en")
    search_fields = ("key", "name_ko", "name_en")
