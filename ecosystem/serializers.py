"""Serializers of the ecosystem."""

from typing import ClassVar

from rest_framework import serializers

from common.serializers import NounSerializer, PercentField, ProvenanceSerializer
from ecosystem.models import DependenceObservation, LeadProject, MotherFactory, SupplyItem
from tasks.serializers.references import MilestoneReference
from tasks.serializers.rows import RowReference, RowSerializer, row_fields


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
