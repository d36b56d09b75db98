"""The nouns of clusters in Django admin, to be read: actions write them."""

from django.contrib import admin

from clusters.models import Complex, Tenant
from common.admin import ReadOnlyAdmin


@admin.register(Complex, Tenant)
class NamedAdmin(ReadOnlyAdmin):
    list_display = ("key", "name_ko", "name_en")
    search_fields = ("key", "name_ko", "name_en")
