"""One FilterSet per noun of this package, for HTML lists and the API."""

from datetime import date
from typing import ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Ministry
from common.filters import NounFilter, ordering_by


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
