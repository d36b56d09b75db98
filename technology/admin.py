"""The legal lists are edited here, with history; what actions write is to be read."""

from django.contrib import admin

from common.admin import LoggedAdmin, ReadOnlyAdmin
from technology.models import LegalList, ResearchHub, ResearchProgramme, TechnologyProfile

# They may point to a row above the reader's tier.
HIDING = ("milestone",)


@admin.register(ResearchProgramme, ResearchHub)
class NamedAdmin(ReadOnlyAdmin):
    exclude = HIDING
    list_display = ("key", "name_ko", "name_en")
    search_fields = ("key", "name_ko", "name_en")


@admin.register(TechnologyProfile)
class TechnologyProfileAdmin(LoggedAdmin):
    list_display = ("key", "technology", "legal_list")
    search_fields = ("key",)


@admin.register(LegalList)
class LegalListAdmin(LoggedAdmin):
    list_display = ("key", "name_ko", "name_en", "law_ko", "ministry")
    search_fields = ("key", "name_ko", "name_en")
