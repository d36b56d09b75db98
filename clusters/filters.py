"""One FilterSet per noun of clusters, for HTML lists and the API."""

from typing import ClassVar

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from clusters.choices import Stage
from clusters.models import Complex, ComplexStage, DesignationRound, StageRule, Tenant
from common.filters import NounFilter, ordering_by, visible
from common.search import Labels
from tasks.filters import CHOICE, NAMES, names_at, of_measure, one_of
from tasks.models import Region

AMOUNT = ["lte", "gte", "isnull"]


class ComplexFilter(NounFilter):
    search_in = (
        *NAMES, "code", "kind", "industry_ko", "industry_en", "location_ko", "location_en", "lead_companies_ko",
        "lead_companies_en", *names_at("region"), Labels("stage_reached", dict(Stage.choices)),
    )  # fmt: skip
    on_page = ("search", "kind", "region", "round")
    labels: ClassVar = {"kind": _("Legal kind")}
    measure = of_measure()
    round = one_of(DesignationRound, "round", "key")
    region = one_of(Region, "region", "key")
    ordering = ordering_by("code", "key", "kind", "announced_investment_won", "area_m2", "name_ko", "name_en")

    class Meta:
        model = Complex
        fields: ClassVar = {
            "key": CHOICE,
            "code": ["exact", "in", "startswith"],
            "kind": CHOICE,
            "announced_investment_won": AMOUNT,
            "announced_investment_until": AMOUNT,
            "area_m2": AMOUNT,
            "confidence": CHOICE,
        }

    def filter_search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Also by the last stage reached, of those that the reader may see."""
        reached = visible(ComplexStage)(self.request).filter(
            complex=OuterRef("pk"), milestone__completed_on__isnull=False
        )
        last = Subquery(reached.order_by("-position", "-pk").values("stage")[:1])
        return super().filter_search(queryset.alias(stage_reached=last), name, value)


class TenantFilter(NounFilter):
    search_in = (*NAMES, "complex__code", *names_at("complex"))
    on_page = ("search", "complex")
    measure = of_measure("complex__measure")
    complex = one_of(Complex, "complex", "key")
    ordering = ordering_by("key", "announced_investment_won", "realised_investment_won", "name_ko", "name_en")

    class Meta:
        model = Tenant
        fields: ClassVar = {
            "key": CHOICE,
            "announced_investment_won": AMOUNT,
            "realised_investment_won": AMOUNT,
            "confidence": CHOICE,
        }


class DesignationRoundFilter(NounFilter):
    search_in = (*NAMES, "kind", "measure__code", "remark_ko", "remark_en")
    on_page = ("search", "kind")
    labels: ClassVar = {"kind": _("Legal kind")}
    measure = of_measure()
    ordering = ordering_by("key", "applicant_count", "selected_count", "name_ko", "name_en")

    class Meta:
        model = DesignationRound
        fields: ClassVar = {
            "key": CHOICE,
            "kind": CHOICE,
            "applicant_count": AMOUNT,
            "selected_count": AMOUNT,
            "confidence": CHOICE,
        }


class StageRuleFilter(NounFilter):
    search_in = (*NAMES, "kind")
    on_page = ("search", "kind")
    ordering = ordering_by("kind", "position", "key")

    class Meta:
        model = StageRule
        fields: ClassVar = {"key": CHOICE, "kind": CHOICE, "stage": CHOICE, "confidence": CHOICE}
