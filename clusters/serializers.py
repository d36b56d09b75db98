"""Serializers of clusters."""

from typing import Any, ClassVar

from django.db.models import Prefetch
from rest_framework import serializers

from clusters.models import (
    Complex,
    ComplexFigure,
    ComplexStage,
    DesignationRound,
    PublishedTotal,
    RoundStep,
    StageLimit,
    StageRule,
    Tenant,
)
from common.serializers import Lookup, NounSerializer, NumberField, ProvenanceSerializer
from tasks.serializers.references import RegionReference
from tasks.serializers.rows import STEP, RowReference, RowSerializer, StepSerializer, row_fields


class ComplexStageSerializer(StepSerializer):
    stage_label = serializers.CharField(source="get_stage_display", read_only=True)

    class Meta:
        model = ComplexStage
        fields: ClassVar = ["stage", "stage_label", "statutory_days", *STEP]
        read_only_fields = fields


class ComplexFigureSerializer(serializers.ModelSerializer):
    name = serializers.CharField()
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = ComplexFigure
        fields: ClassVar = [
            "name", "name_ko", "name_en", "quantity", "value", "until", "as_of", "precision", "provenance",
        ]  # fmt: skip
        read_only_fields = fields


class ComplexSerializer(RowSerializer):
    """Investment and area as first announced, `figures` as published later. Never realised money."""

    select = ("measure", "region", "round__measure")
    prefetch = ("other_regions", "figures")
    steps = (("stages", ComplexStage),)

    industry = serializers.CharField()
    location = serializers.CharField()
    lead_companies: Any = serializers.ListField(child=serializers.CharField())
    round = RowReference(allow_null=True)
    figures = ComplexFigureSerializer(many=True)
    region = RegionReference(allow_null=True)
    other_regions = RegionReference(many=True)
    latitude = NumberField(allow_null=True)
    longitude = NumberField(allow_null=True)
    stages = ComplexStageSerializer(many=True)

    class Meta:
        model = Complex
        fields: ClassVar = row_fields(
            "code", "kind", "round", "industry", "industry_ko", "industry_en", "location", "location_ko",
            "location_en", "region", "other_regions", "latitude", "longitude", "coordinates_confidence",
            "coordinates_within_km", "lead_companies", "lead_companies_ko", "lead_companies_en",
            "lead_companies_confidence", "announced_investment_won", "announced_investment_until",
            "announced_investment_confidence", "area_m2", "area_pyeong", "area_confidence", "figures", "stages",
        )  # fmt: skip


class RoundStepSerializer(StepSerializer):
    stage_label = serializers.CharField(source="get_stage_display", read_only=True)

    class Meta:
        model = RoundStep
        fields: ClassVar = ["stage", "stage_label", *STEP]
        read_only_fields = fields


class PublishedTotalSerializer(serializers.ModelSerializer):
    """What a source states as a sum; `complexes` are the keys of those it is said to cover."""

    name = serializers.CharField()
    complexes: Any = serializers.SlugRelatedField(slug_field="key", many=True, read_only=True)
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = PublishedTotal
        fields: ClassVar = [
            "key", "name", "name_ko", "name_en", "quantity", "value", "until", "complexes", "provenance",
        ]  # fmt: skip
        read_only_fields = fields


class DesignationRoundSerializer(RowSerializer):
    """A call or selection: who applied, how many were selected, the totals that sources state."""

    steps = (("steps", RoundStep),)

    remark = serializers.CharField()
    timeline = RoundStepSerializer(many=True, source="steps")
    totals = PublishedTotalSerializer(many=True)

    class Meta:
        model = DesignationRound
        fields: ClassVar = row_fields(
            "kind", "applicant_count", "selected_count", "remark", "remark_ko", "remark_en", "timeline", "totals",
        )  # fmt: skip

    @classmethod
    def prefetches(cls, user: Any) -> tuple[Lookup, ...]:
        """Of the complexes that a total covers, those that the reader may see."""
        complexes = Prefetch("totals__complexes", Complex.objects.visible_to(user))
        return (*super().prefetches(user), "totals", complexes)


class StageLimitSerializer(serializers.ModelSerializer):
    name = serializers.CharField()
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = StageLimit
        fields: ClassVar = [
            "name", "name_ko", "name_en", "value", "unit", "bound", "law_ko", "article",
            "is_stopped_by_supplementation", "provenance",
        ]  # fmt: skip
        read_only_fields = fields


class StageRuleSerializer(NounSerializer):
    """A stage of a legal kind with the durations that the law sets."""

    prefetch = ("limits",)

    name = serializers.CharField()
    limits = StageLimitSerializer(many=True)
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = StageRule
        fields: ClassVar = [
            "id", "key", "name", "name_ko", "name_en", "kind", "stage", "position", "limits", "provenance", "version",
        ]  # fmt: skip


class TenantSerializer(NounSerializer):
    select = ("complex__measure",)

    name = serializers.CharField()
    complex = RowReference()
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = Tenant
        fields: ClassVar = [
            "id", "key", "name", "name_ko", "name_en", "complex", "announced_investment_won",
            "realised_investment_won", "realised_on", "provenance", "version",
        ]  # fmt: skip
