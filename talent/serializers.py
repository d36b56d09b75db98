"""Serializers of talent."""

from typing import Any, ClassVar

from rest_framework import serializers

from accounts.serializers import MinistryReference, OfficeReference
from common.serializers import NounSerializer, ProvenanceSerializer
from talent.models import Cohort, ForeignTalentIncentive, ProgrammeFigure, TalentProgramme
from tasks.serializers.references import IndicatorReference, MilestoneReference
from tasks.serializers.rows import RowReference, RowSerializer, row_fields


class ProgrammeFigureSerializer(serializers.ModelSerializer):
    """What a source says of a programme beside its aim; `part_of` is the key of the figure that it is a part of."""

    name = serializers.CharField()
    part_of: Any = serializers.SlugRelatedField(slug_field="key", read_only=True)
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = ProgrammeFigure
        fields: ClassVar = [
            "key", "name", "name_ko", "name_en", "value", "unit", "as_of", "precision", "part_of", "provenance",
        ]  # fmt: skip
        read_only_fields = fields


class TalentProgrammeSerializer(RowSerializer):
    select = ("measure", "ministry", "agency", "milestone")
    prefetch = ("figures__part_of",)

    criteria = serializers.CharField()
    figures = ProgrammeFigureSerializer(many=True)

    ministry = MinistryReference(allow_null=True)
    agency = OfficeReference(allow_null=True)
    milestone = MilestoneReference(allow_null=True)

    class Meta:
        model = TalentProgramme
        fields: ClassVar = row_fields(
            "kind", "ministry", "agency", "announced_on", "milestone", "criteria", "criteria_ko", "criteria_en",
            "target_people", "target_on", "target_precision", "figures",
        )  # fmt: skip


class CohortSerializer(NounSerializer):
    """How many came through each step; null is unknown, never 0."""

    select = ("programme__measure",)

    name = serializers.CharField()
    programme = RowReference()
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = Cohort
        fields: ClassVar = [
            "id", "key", "name", "name_ko", "name_en", "programme", "year", "planned", "called", "applied", "selected",
            "dispatched", "returned", "placed", "provenance", "version",
        ]  # fmt: skip


class ForeignTalentIncentiveSerializer(RowSerializer):
    select = ("measure", "milestone", "indicator__measure")

    milestone = MilestoneReference(allow_null=True)
    indicator = IndicatorReference(allow_null=True)
    issued = serializers.IntegerField(read_only=True, allow_null=True)
    issued_on = serializers.DateField(read_only=True, allow_null=True)

    class Meta:
        model = ForeignTalentIncentive
        fields: ClassVar = row_fields(
            "kind",
            "benefits_ko",
            "benefits_en",
            "target_people",
            "target_on",
            "target_precision",
            "milestone",
            "indicator",
            "issued",
            "issued_on",
        )
