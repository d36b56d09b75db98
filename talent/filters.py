"""One FilterSet per noun of talent, for HTML lists and the API."""

from typing import ClassVar

from common.filters import NounFilter, ordering_by
from talent.models import Cohort, ForeignTalentIncentive, TalentProgramme
from tasks.filters import CHOICE, DATE, MINISTRY_NAMES, NAMES, names_at, of_measure, of_ministry, one_of

COUNT = ["lte", "gte", "isnull"]


class TalentProgrammeFilter(NounFilter):
    search_in = (*NAMES, "kind", "measure__code", *names_at("ministry", MINISTRY_NAMES), *names_at("agency"))
    on_page = ("search", "kind", "ministry")
    measure = of_measure()
    ministry = of_ministry()
    ordering = ordering_by("key", "kind", "target_people", "target_on", "announced_on", "name_ko", "name_en")

    class Meta:
        model = TalentProgramme
        fields: ClassVar = {
            "key": CHOICE,
            "kind": CHOICE,
            "target_people": COUNT,
            "target_on": DATE,
            "announced_on": DATE,
            "confidence": CHOICE,
        }


class CohortFilter(NounFilter):
    search_in = (*NAMES, *names_at("programme"))
    on_page = ("search", "programme")
    measure = of_measure("programme__measure")
    programme = one_of(TalentProgramme, "programme", "key")
    ordering = ordering_by("key", "year", "planned", "selected", "dispatched", "returned", "placed")

    class Meta:
        model = Cohort
        fields: ClassVar = {
            "key": CHOICE,
            "year": ["exact", "lte", "gte", "isnull"],
            "planned": COUNT,
            "selected": COUNT,
            "placed": COUNT,
            "confidence": CHOICE,
        }


class ForeignTalentIncentiveFilter(NounFilter):
    search_in = (*NAMES, "kind", "measure__code", "benefits_ko", "benefits_en")
    on_page = ("search", "kind")
    measure = of_measure()
    ordering = ordering_by("key", "kind", "target_people", "target_on", "name_ko", "name_en")

    class Meta:
        model = ForeignTalentIncentive
        fields: ClassVar = {
            "key": CHOICE,
            "kind": CHOICE,
            "target_people": COUNT,
            "target_on": DATE,
            "confidence": CHOICE,
        }
