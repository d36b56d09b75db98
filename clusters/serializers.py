"""Serializers of clusters."""

from typing import ClassVar

from rest_framework import serializers

from clusters.models import Complex, ComplexStage, Tenant
from common.serializers import NounSerializer, NumberField, ProvenanceSerializer
from tasks.serializers.references import RegionReference
from tasks.serializers.rows import STEP, RowReference, RowSerializer, StepSerializer, row_fields


class ComplexStageSerializer(StepSerializer):
    stage_label = serializers.CharField(source="get_stage_display", read_only=True)

    class Meta:
        model = ComplexStage
        fields: ClassVar = ["stage", "stage_label", "statutory_days", *STEP]
        read_only_fields = fields


class ComplexSerializer(RowSerializer):
    """`announced_investment_won` is announced private investment, never realised money."""

    select = ("measure", "region")
    prefetch = ("other_regions",)
    steps = (("stages", ComplexStage),)

    industry = serializers.CharField()
    region = RegionReference(allow_null=True)
    other_regions = RegionReference(many=True)
    latitude = NumberField(allow_null=True)
    longitude = NumberField(allow_null=True)
    stages = ComplexStageSerializer(many=True)

    class Meta:
        model = Complex
        fields: ClassVar = row_fields(
            "code", "kind", "industry", "industry_ko", "industry_en", "location_ko", "region", "other_regions",
            "latitude", "longitude", "coordinates_confidence", "lead_companies", "announced_investment_won",
            "announced_investment_until", "announced_investment_confidence", "area_m2", "stages",
        )  # fmt: skip


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
