"""Rounds and the law's stages are edited here, with history; what actions write is to be read."""

from django.contrib import admin

from clusters.models import Complex, DesignationRound, PublishedTotal, StageLimit, StageRule, Tenant
from common.admin import LoggedAdmin, ReadOnlyAdmin

# It may be above the reader's tier.
HIDING = ("round",)


@admin.register(Complex, Tenant)
class NamedAdmin(ReadOnlyAdmin):
    exclude = HIDING
    list_display = ("key", "name_ko", "name_en")
    search_fields = ("key", "name_ko", "name_en")


class PublishedTotalInline(admin.TabularInline):
    model = PublishedTotal
    extra = 0


@admin.register(DesignationRound)
class DesignationRoundAdmin(LoggedAdmin):
    list_display = ("key", "name_ko", "name_en")
    search_fields = ("key", "name_ko", "name_en")
    inlines = (PublishedTotalInline,)


class StageLimitInline(admin.TabularInline):
    model = StageLimit
    extra = 0


@admin.register(StageRule)
class StageRuleAdmin(LoggedAdmin):
    list_display = ("key", "name_ko", "name_en", "kind", "position")
    search_fields = ("key", "name_ko", "name_en")
    inlines = (StageLimitInline,)
