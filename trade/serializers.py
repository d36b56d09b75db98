"""Serializers of trade."""

from typing import ClassVar

from rest_framework import serializers

from common.serializers import NounSerializer, ProvenanceSerializer, TierField
from tasks.serializers.references import MeasureReference, MilestoneReference, Titled
from tasks.serializers.rows import STEP, RowReference, RowSerializer, StepSerializer, row_fields
from trade.models import (
    CaseStep,
    Consultation,
    Framework,
    FrameworkStep,
    NegotiationCase,
    Position,
    ProtectionMeasure,
)


class BillReference(Titled):
    """Needs the bill's measure joined: it is seen with it."""

    key = serializers.CharField(read_only=True)

    def tier_of(self, instance: object) -> int:
        return instance.measure.effective_tier  # type: ignore[attr-defined, no-any-return]


class FrameworkStepSerializer(StepSerializer):
    class Meta:
        model = FrameworkStep
        fields: ClassVar = [*STEP]
        read_only_fields = fields


class FrameworkSerializer(RowSerializer):
    select = ("measure", "parent__measure")
    steps = (("steps", FrameworkStep),)

    parent = RowReference(allow_null=True)
    timeline = FrameworkStepSerializer(source="steps", many=True)

    class Meta:
        model = Framework
        fields: ClassVar = row_fields("parent", "status", "member_count", "launched_on", "timeline")


class CaseStepSerializer(StepSerializer):
    class Meta:
        model = CaseStep
        fields: ClassVar = [*STEP]
        read_only_fields = fields


class NegotiationCaseSerializer(RowSerializer):
    steps = (("steps", CaseStep),)

    issue = serializers.CharField()
    stake = serializers.CharField()
    next_step = serializers.CharField()
    timeline = CaseStepSerializer(source="steps", many=True)

    class Meta:
        model = NegotiationCase
        fields: ClassVar = row_fields("counterpart", "status", "issue", "stake", "next_step", "timeline")


class PositionSerializer(NounSerializer):
    select = ("case__measure",)

    title = serializers.CharField()
    text = serializers.CharField()
    case = RowReference()
    tier = TierField()
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = Position
        fields: ClassVar = [
            "id", "case", "tier", "title", "title_ko", "title_en", "text", "text_ko", "text_en", "taken_on",
            "provenance", "version",
        ]  # fmt: skip


class ConsultationSerializer(NounSerializer):
    select = ("measure", "case__measure")

    title = serializers.CharField()
    input = serializers.CharField()
    measure = MeasureReference()
    case = RowReference(allow_null=True)
    tier = TierField()
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = Consultation
        fields: ClassVar = [
            "id", "measure", "case", "tier", "kind", "title", "title_ko", "title_en", "input", "input_ko", "input_en",
            "held_on", "provenance", "version",
        ]  # fmt: skip


class ProtectionMeasureSerializer(RowSerializer):
    """Either values with a unit, or texts, before and after."""

    select = ("measure", "bill__measure", "milestone")

    bill = BillReference(allow_null=True)
    milestone = MilestoneReference(allow_null=True)
    text_before = serializers.CharField()
    text_after = serializers.CharField()

    class Meta:
        model = ProtectionMeasure
        fields: ClassVar = row_fields(
            "kind", "law_ko", "value_before", "value_after", "unit", "text_before", "text_after", "bill", "milestone"
        )
