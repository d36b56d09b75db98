"""The nouns of trade in Django admin, to be read: actions write them."""

from django.contrib import admin

from common.admin import ReadOnlyAdmin
from trade.models import Consultation, Framework, NegotiationCase, Position, ProtectionMeasure

# They may point to a row above the reader's tier.
HIDING = ("milestone", "parent", "bill", "case")


@admin.register(Framework, NegotiationCase, ProtectionMeasure)
class NamedAdmin(ReadOnlyAdmin):
    exclude = HIDING
    list_display = ("key", "name_ko", "name_en")
    search_fields = ("key", "name_ko", "name_en")


@admin.register(Position)
class PositionAdmin(ReadOnlyAdmin):
    exclude = HIDING
    list_display = ("title_ko", "case", "tier", "taken_on")
    search_fields = ("title_ko", "title_en")


@admin.register(Consultation)
class ConsultationAdmin(ReadOnlyAdmin):
    exclude = HIDING
    list_display = ("title_ko", "kind", "tier", "held_on")
    search_fields = ("title_ko", "title_en")
