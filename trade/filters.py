"""One FilterSet per noun of trade, for HTML lists and the API."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from common.countries import COUNTRIES
from common.filters import NounFilter, TierFilter, ordering_by
from common.search import Labels
from tasks.filters import CHOICE, DATE, NAMES, TITLES, of_measure, one_of
from trade.models import Consultation, Framework, NegotiationCase, Position, ProtectionMeasure


class FrameworkFilter(NounFilter):
    search_in = (*NAMES, "status")
    on_page = ("search", "status")
    measure = of_measure()
    parent = one_of(Framework, "parent", "key", _("Part of"))
    ordering = ordering_by("key", "status", "launched_on", "name_ko", "name_en")

    class Meta:
        model = Framework
        fields: ClassVar = {"key": CHOICE, "status": CHOICE, "launched_on": DATE, "confidence": CHOICE}


class NegotiationCaseFilter(NounFilter):
    search_in = (
        *NAMES,
        "issue_ko",
        "issue_en",
        "stake_ko",
        "stake_en",
        "next_step_ko",
        "next_step_en",
        "counterpart",
        Labels("counterpart", COUNTRIES),
        "status",
    )
    on_page = ("search", "status")
    measure = of_measure()
    ordering = ordering_by("key", "status", "counterpart", "name_ko", "name_en")

    class Meta:
        model = NegotiationCase
        fields: ClassVar = {"key": CHOICE, "status": CHOICE, "counterpart": CHOICE, "confidence": CHOICE}


class PositionFilter(NounFilter):
    search_in = (*TITLES, "text_ko", "text_en")
    on_page = ("search", "case")
    case = one_of(NegotiationCase, "case", "key")
    tier = TierFilter(field_name="tier", label=_("Classification"))
    ordering = ordering_by("taken_on", "title_ko", "title_en")

    class Meta:
        model = Position
        fields: ClassVar = {"taken_on": DATE, "confidence": CHOICE}


class ConsultationFilter(NounFilter):
    search_in = (*TITLES, "kind", "measure__code", "input_ko", "input_en")
    on_page = ("search", "kind", "case")
    labels: ClassVar = {"kind": _("Who was heard")}
    measure = of_measure()
    case = one_of(NegotiationCase, "case", "key")
    tier = TierFilter(field_name="tier", label=_("Classification"))
    ordering = ordering_by("held_on", "kind", "title_ko", "title_en")

    class Meta:
        model = Consultation
        fields: ClassVar = {"kind": CHOICE, "held_on": DATE, "confidence": CHOICE}


class ProtectionMeasureFilter(NounFilter):
    search_in = (*NAMES, "kind", "text_before_ko", "text_before_en", "text_after_ko", "text_after_en", "law_ko")
    on_page = ("search", "kind")
    measure = of_measure()
    ordering = ordering_by("key", "kind", "value_after", "name_ko", "name_en")

    class Meta:
        model = ProtectionMeasure
        fields: ClassVar = {"key": CHOICE, "kind": CHOICE, "confidence": CHOICE}
