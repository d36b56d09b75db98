"""One FilterSet per noun of technology, for HTML lists and the API."""

from typing import ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from common.countries import COUNTRIES
from common.filters import NounFilter, ordering_by
from common.search import Labels
from tasks.filters import CHOICE, DATE, MINISTRY_NAMES, NAMES, names_at, of_measure, of_ministry, one_of
from tasks.models import Technology
from technology.choices import HubFunction
from technology.models import LegalList, ResearchHub, ResearchProgramme, TechnologyProfile


class LegalListFilter(NounFilter):
    search_in = (*NAMES, "law_ko", "use_ko", "use_en", "fields_ko", "fields_en", *names_at("ministry", MINISTRY_NAMES))
    on_page = ("search",)
    ministry = of_ministry()
    ordering = ordering_by("key", "name_ko", "name_en", "technology_count")

    class Meta:
        model = LegalList
        fields: ClassVar = {"key": CHOICE, "confidence": CHOICE}


class TechnologyProfileFilter(NounFilter):
    search_in = ("key", *names_at("technology"), *names_at("legal_list"))
    on_page = ("search", "legal_list")
    technology = one_of(Technology, "technology", "key")
    legal_list = one_of(LegalList, "legal_list", "key", _("Legal list"))
    ordering = ordering_by("key", "announced_on", "designated_on", technology__number="technology")

    class Meta:
        model = TechnologyProfile
        fields: ClassVar = {"key": CHOICE, "announced_on": DATE, "designated_on": DATE, "confidence": CHOICE}


class ResearchProgrammeFilter(NounFilter):
    search_in = (*NAMES, "measure__code", *names_at("ministry", MINISTRY_NAMES), *names_at("technology"))
    on_page = ("search", "ministry", "technology")
    measure = of_measure()
    ministry = of_ministry()
    technology = one_of(Technology, "technology", "key")
    ordering = ordering_by("key", "first_year", "last_year", "commitment_won", "announced_on", "name_ko", "name_en")

    class Meta:
        model = ResearchProgramme
        fields: ClassVar = {
            "key": CHOICE,
            "first_year": ["exact", "lte", "gte"],
            "last_year": ["exact", "lte", "gte"],
            "commitment_won": ["lte", "gte", "isnull"],
            "bound": CHOICE,
            "announced_on": DATE,
            "confidence": CHOICE,
        }


class ResearchHubFilter(NounFilter):
    search_in = (*NAMES, "field", "functions", Labels("partner_countries", COUNTRIES), "site_ko", "site_en")
    on_page = ("search", "field", "function")
    measure = of_measure()
    function = django_filters.ChoiceFilter(method="with_function", choices=HubFunction.choices, label=_("Function"))
    ordering = ordering_by("key", "field", "cost_won", "name_ko", "name_en")

    class Meta:
        model = ResearchHub
        fields: ClassVar = {"key": CHOICE, "field": CHOICE, "cost_won": ["lte", "gte", "isnull"], "confidence": CHOICE}

    def with_function(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(functions__contains=[value])
