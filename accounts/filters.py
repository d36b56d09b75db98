"""One FilterSet per noun of this package, for HTML lists and the API."""

from datetime import date
from typing import ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import Ministry, Office
from common.filters import NounFilter, ReferenceFilter, ordering_by, visible


class MinistryFilter(NounFilter):
    search_in = ("key", "name_ko", "name_en", "short_ko")
    on_page = ("search",)

    as_of = django_filters.DateFilter(
        method="filter_valid", label=_("Existing on"), help_text=_("Only ministries that exist on this day.")
    )
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

    def filter_valid(self, queryset: QuerySet, name: str, value: date) -> QuerySet:
        return queryset.valid(on=value)  # type: ignore[attr-defined]


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
