"""Serializers of the ecosystem."""

from typing import ClassVar

from rest_framework import serializers

from common.serializers import NounSerializer, PercentField, ProvenanceSerializer
from ecosystem.models import DependenceObservation, LeadProject, MotherFactory, SupplyItem, SupplyPlan, SupplySector
from tasks.serializers.references import IndicatorReference, MilestoneReference
from tasks.serializers.rows import RowReference, RowSerializer, row_fields


class SupplySectorSerializer(serializers.ModelSerializer):
    name = serializers.CharField(read_only=True)

    class Meta:
        model = SupplySector
        fields: ClassVar = ["name", "name_ko", "name_en", "item_count"]
        read_only_fields = fields


class SupplyPlanSerializer(RowSerializer):
    """The average share and its aim are the indicator's. Sectors that a source names need not be all."""

    select = ("measure", "milestone", "indicator__measure")
    prefetch = ("sectors",)

    milestone = MilestoneReference(allow_null=True)
    indicator = IndicatorReference(allow_null=True)
    target = serializers.CharField()
    selection_rule = serializers.CharField()
    sectors = SupplySectorSerializer(many=True)

    class Meta:
        model = SupplyPlan
        fields: ClassVar = row_fields(
            "milestone", "indicator", "target", "target_ko", "target_en", "selection_rule", "selection_rule_ko",
            "selection_rule_en", "candidate_count", "selected_count", "implementation_task_count",
            "lead_project_count", "domestic_support_count", "axes_ko", "axes_en", "sectors",
        )  # fmt: skip


class LeadProjectSerializer(RowSerializer):
    select = ("measure", "milestone")

    milestone = MilestoneReference(allow_null=True)

    class Meta:
        model = LeadProject
        fields: ClassVar = row_fields("milestone")


class SupplyItemSerializer(RowSerializer):
    select = ("measure", "lead_project__measure")

    lead_project = RowReference(allow_null=True)
    target_share_percent = PercentField(source="target_share_bp", allow_null=True)

    class Meta:
        model = SupplyItem
        fields: ClassVar = row_fields("lead_project", "hs_code", "target_share_percent", "target_share_bp")


class DependenceObservationSerializer(NounSerializer):
    """The share of one country. Observations of different methods are never joined: compare `method`."""

    select = ("item__measure",)

    item = RowReference()
    share_percent = PercentField(source="share_bp")
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = DependenceObservation
        fields: ClassVar = [
            "id", "key", "item", "country", "year", "observed_on", "precision", "share_percent", "share_bp", "basis",
            "hs_code", "method", "measured_as", "provenance", "version",
        ]  # fmt: skip


class MotherFactorySerializer(RowSerializer):
    """Its name is the company's."""

    select = ("measure", "milestone")

    site = serializers.CharField()
    milestone = MilestoneReference(allow_null=True)

    class Meta:
        model = MotherFactory
        fields: ClassVar = row_fields(
            "site", "site_ko", "site_en", "overseas_plants", "announced_investment_won", "announced_on", "milestone"
        )
