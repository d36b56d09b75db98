"""Serializers of technology."""

from typing import ClassVar

from rest_framework import serializers

from accounts.serializers import MinistryReference
from common.serializers import NounSerializer, PercentField, ProvenanceSerializer
from tasks.serializers.references import MilestoneReference, NamedReference, TechnologyReference
from tasks.serializers.rows import STEP, RowSerializer, StepSerializer, row_fields
from technology.models import HubPhase, LegalList, ResearchHub, ResearchProgramme, TechnologyProfile


class LegalListSerializer(NounSerializer):
    select = ("ministry",)

    name = serializers.CharField()
    use = serializers.CharField()
    ministry = MinistryReference(allow_null=True)
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = LegalList
        fields: ClassVar = [
            "id", "key", "name", "name_ko", "name_en", "law_ko", "ministry", "use", "fields_ko", "fields_en",
            "field_count", "technology_count", "provenance", "version",
        ]  # fmt: skip


class TechnologyProfileSerializer(NounSerializer):
    select = ("technology", "legal_list")

    name = serializers.CharField()
    technology = TechnologyReference()
    legal_list = NamedReference()
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = TechnologyProfile
        fields: ClassVar = [
            "id", "key", "name", "technology", "legal_list", "announced_on", "designated_on", "sub_technology_count",
            "provenance", "version",
        ]  # fmt: skip


class ResearchProgrammeSerializer(RowSerializer):
    select = ("measure", "ministry", "technology", "milestone")

    ministry = MinistryReference(allow_null=True)
    technology = TechnologyReference(allow_null=True)
    milestone = MilestoneReference(allow_null=True)
    growth_percent = PercentField(source="growth_bp", allow_null=True)

    class Meta:
        model = ResearchProgramme
        fields: ClassVar = row_fields(
            "ministry", "technology", "first_year", "last_year", "announced_on", "commitment_won", "bound",
            "base_year", "base_won", "growth_percent", "growth_bp", "target_last_year_won", "milestone",
        )  # fmt: skip


class HubPhaseSerializer(StepSerializer):
    class Meta:
        model = HubPhase
        fields: ClassVar = [*STEP]
        read_only_fields = fields


class ResearchHubSerializer(RowSerializer):
    steps = (("phases", HubPhase),)

    site = serializers.CharField()
    phases = HubPhaseSerializer(many=True)

    class Meta:
        model = ResearchHub
        fields: ClassVar = row_fields(
            "field", "functions", "partner_countries", "site", "site_ko", "site_en", "cost_won",
            "local_government_won", "cleanroom_m2", "tool_count", "wafer_mm", "phases",
        )  # fmt: skip
