"""Serializers of investment."""

from typing import ClassVar

from rest_framework import serializers

from common.serializers import NounSerializer, NumberField, PercentField, ProvenanceSerializer
from investment.models import (
    GlobalStandardReview,
    InfrastructureNeed,
    InvestmentVehicle,
    TaxCreditRate,
    TaxCreditRule,
    VehiclePart,
)
from tasks.serializers.references import MeasureReference, MilestoneReference
from tasks.serializers.rows import RowReference, RowSerializer, row_fields


class TaxCreditRateSerializer(NounSerializer):
    """A superseded rate stays listed and is never applied. `milestone` is what amended the law."""

    select = ("measure", "superseded_by__measure", "milestone")

    name = serializers.CharField()
    measure = MeasureReference()
    superseded_by = RowReference(allow_null=True)
    milestone = MilestoneReference(allow_null=True)
    base_percent = PercentField(source="base_bp")
    incremental_percent = PercentField(source="incremental_bp", allow_null=True)
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = TaxCreditRate
        fields: ClassVar = [
            "id", "key", "name", "measure", "tax_class", "size", "kind", "law_ko", "article", "invest_from",
            "invest_to", "base_percent", "base_bp", "base_confidence", "incremental_percent", "incremental_bp",
            "incremental_confidence", "superseded_on", "superseded_by", "milestone", "provenance", "version",
        ]  # fmt: skip


class TaxCreditRuleSerializer(NounSerializer):
    name = serializers.CharField()
    text = serializers.CharField()
    value = NumberField(allow_null=True)
    value_to = NumberField(allow_null=True)
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = TaxCreditRule
        fields: ClassVar = [
            "id", "key", "name", "name_ko", "name_en", "value", "value_to", "unit", "text", "text_ko", "text_en",
            "provenance", "version",
        ]  # fmt: skip


class VehiclePartSerializer(serializers.ModelSerializer):
    """What a part of the money is meant for: cut by use or by field, never added to each other."""

    name = serializers.CharField(read_only=True)

    class Meta:
        model = VehiclePart
        fields: ClassVar = ["name", "cut", "amount_won"]
        read_only_fields = fields


class InvestmentVehicleSerializer(RowSerializer):
    select = ("measure", "replaces__measure", "milestone")
    prefetch = ("parts",)

    replaces = RowReference(allow_null=True)
    milestone = MilestoneReference(allow_null=True)
    parts = VehiclePartSerializer(many=True)
    outside_capital_min_percent = PercentField(source="outside_capital_min_bp", allow_null=True)

    class Meta:
        model = InvestmentVehicle
        fields: ClassVar = row_fields(
            "status", "size_won", "public_won", "private_won", "field_count",
            "outside_capital_min_percent", "outside_capital_min_bp", "parts", "replaces", "milestone",
        )  # fmt: skip


class InfrastructureNeedSerializer(RowSerializer):
    """`secured` and `gap` are null where nobody published what is secured. `part_of` is the whole of a phase."""

    select = ("measure", "milestone", "part_of__measure")

    part_of = RowReference(allow_null=True)
    gap = serializers.IntegerField(allow_null=True)
    milestone = MilestoneReference(allow_null=True)

    class Meta:
        model = InfrastructureNeed
        fields: ClassVar = row_fields(
            "kind", "complex_key", "part_of", "bound", "required", "secured", "gap", "unit", "needed_by", "milestone",
        )  # fmt: skip


class GlobalStandardReviewSerializer(RowSerializer):
    """Its name is the regulation's."""

    select = ("measure", "milestone")

    peer_level = serializers.CharField()
    our_level = serializers.CharField()
    gap = serializers.CharField()
    decision = serializers.CharField()
    milestone = MilestoneReference(allow_null=True)

    class Meta:
        model = GlobalStandardReview
        fields: ClassVar = row_fields("peer_countries", "peer_level", "our_level", "gap", "decision", "milestone")
