"""The nouns of talent in Django admin, to be read: actions write them."""

from django.contrib import admin

from common.admin import ReadOnlyAdmin
from talent.models import Cohort, ForeignTalentIncentive, TalentProgramme

# They may point to a row above the reader's tier.
HIDING = ("milestone", "indicator")


@admin.register(TalentProgramme, Cohort, ForeignTalentIncentive)
class NamedAdmin(ReadOnlyAdmin):
    exclude = HIDING
    list_display = ("key", "name_ko", "name_en")
    search_fields = ("key", "name_ko", "name_en")
