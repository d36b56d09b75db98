"""One FilterSet per noun of this package, for HTML lists and the API."""

from typing import ClassVar

from django.utils.text import capfirst

from accounts.models import Ministry, Office
from common.filters import NounFilter, ReferenceFilter, ordering_by, visible


class MinistryFilter(NounFilter):
    search_in = ("key", "code", "name_ko", "name_en", "short_ko")
    on_page = ("search",)

    ordering = ordering_by("key", "name_ko", "name_en", "valid_from")

    class Meta:
        model = Ministry
        fields: ClassVar = {
            "key": ["exact", "in"],
            "code": ["exact"],
            "valid_from": ["lte", "gte", "isnull"],
            "valid_to": ["lte", "gte", "isnull"],
            "confidence": ["exact", "in"],
        }


class OfficeFilter(NounFilter):
    search_in = ("key", "name_ko", "name_en", "role_ko", "role_en", "ministry__name_ko", "ministry__name_en")
    on_page = ("search", "ministry")

    ministry = ReferenceFilter(
        queryset=visible(Ministry), to_field_name="key", label=capfirst(Ministry._meta.verbose_name)
    )
    ordering = ordering_by("key", "name_ko", "name_en", "valid_from")

    class Meta:
        model = Office
        fields: ClassVar = {
            "key": ["exact", "in"],
            "ministry": ["isnull"],
            "valid_from": ["lte", "gte", "isnull"],
            "valid_to": ["lte", "gte", "isnull"],
            "confidence": ["exact", "in"],
        }
