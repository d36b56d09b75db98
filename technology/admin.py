"""The nouns of technology in Django admin, to be read: actions write them."""

from django.contrib import admin

from common.admin import ReadOnlyAdmin
from technology.models import LegalList, ResearchHub, ResearchProgramme, TechnologyProfile

# They may point to a row above the reader's tier.
HIDING = ("milestone",)


@admin.register(LegalList, ResearchProgramme, ResearchHub)
class NamedAdmin(ReadOnlyAdmin):
    exclude = HIDING
    list_display = ("key", "name_ko", "name_en")
    search_fields = ("key", "name_ko", "name_en")


@admin.register(TechnologyProfile)
class TechnologyProfileAdmin(ReadOnlyAdmin):
    exclude = HIDING
    list_display = ("key", "technology", "legal_list")
    search_fields = ("key",)
