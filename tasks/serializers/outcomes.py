"""Serializers of what came of the plan: indicators with their observations, and bills."""

from typing import ClassVar

from django.db.models import Prefetch
from rest_framework import serializers

from accounts.serializers import MinistryReference
from common.serializers import Lookup, NounSerializer, NumberField, ProvenanceSerializer
from tasks.choices import DatePrecision, method_label
from tasks.models import Bill, BillStage, Indicator, IndicatorObservation, IndicatorTarget, LegislativeStep
from tasks.serializers.references import IndicatorReference, MeasureReference, MilestoneReference


class TargetSerializer(serializers.ModelSerializer):
    """A level to reach by a day; the day is the last one of a month or year that the source names."""

    value = NumberField()
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = IndicatorTarget
        fields: ClassVar = ["due_on", "precision", "value", "provenance"]
        read_only_fields = fields


class IndicatorSerializer(NounSerializer):
    select = ("measure",)
    prefetch = ("targets",)

    title = serializers.CharField()
    unit = serializers.CharField()
    measure = MeasureReference()
    baseline_value = NumberField(allow_null=True)
    targets = TargetSerializer(many=True)
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = Indicator
        fields: ClassVar = [
            "id", "key", "title", "title_ko", "title_en", "measure", "unit", "unit_ko", "unit_en", "value_kind",
            "direction", "aggregation", "baseline_value", "baseline_on", "targets", "provenance", "version",
        ]  # fmt: skip


class IndicatorObservationSerializer(NounSerializer):
    """Observations of different methods are never joined in one line: compare `method`.

    `method_label` is its name in the reader's language, where it has one.
    """

    select = ("indicator",)

    indicator = IndicatorReference()
    value = NumberField()
    unit = serializers.CharField(source="indicator.unit")
    method_label = serializers.SerializerMethodField()
    is_standing = serializers.BooleanField(help_text="Whether no later one of the same day and method restates it.")
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = IndicatorObservation
        fields: ClassVar = [
            "id", "indicator", "observed_on", "precision", "value", "unit", "method", "method_label",
            "recorded_at", "is_standing", "provenance", "version",
        ]  # fmt: skip

    def get_method_label(self, row: IndicatorObservation) -> str:
        return method_label(row.method)


class BillStageSerializer(serializers.ModelSerializer):
    stage_label = serializers.CharField(source="get_stage_display", read_only=True)
    milestone = MilestoneReference()
    state = serializers.CharField(source="milestone.state", read_only=True)
    current_due = serializers.DateField(source="milestone.current_due", allow_null=True, read_only=True)
    due_precision = serializers.ChoiceField(DatePrecision.choices, source="milestone.due_precision", read_only=True)
    completed_on = serializers.DateField(source="milestone.completed_on", allow_null=True, read_only=True)
    completed_precision = serializers.ChoiceField(
        DatePrecision.choices, source="milestone.completed_precision", read_only=True
    )

    class Meta:
        model = BillStage
        fields: ClassVar = [
            "position", "stage", "stage_label", "milestone", "state", "current_due", "due_precision",
            "completed_on", "completed_precision",
        ]  # fmt: skip
        read_only_fields = fields


class BillSerializer(NounSerializer):
    select = ("measure", "ministry")

    title = serializers.CharField()
    law = serializers.CharField()
    summary = serializers.CharField()
    measure = MeasureReference()
    ministry = MinistryReference(allow_null=True)
    stages = BillStageSerializer(many=True)
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = Bill
        fields: ClassVar = [
            "id", "key", "title", "title_ko", "title_en", "law", "law_ko", "law_en", "kind", "summary",
            "measure", "ministry", "route", "law_number", "stages", "provenance", "version",
        ]  # fmt: skip

    @classmethod
    def prefetches(cls, user: object) -> tuple[Lookup, ...]:
        stages = BillStage.objects.visible_to(user).select_related("milestone")
        return (Prefetch("stages", stages),)


class LegislativeStepSerializer(NounSerializer):
    """How long a step usually takes, and what the law says of it; null where nobody says."""

    name = serializers.CharField()
    typical_note = serializers.CharField()
    rule = serializers.CharField()
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = LegislativeStep
        fields: ClassVar = [
            "id", "number", "stage", "name", "name_ko", "name_en", "typical_days_min", "typical_days_max",
            "typical_note", "rule", "rule_ko", "rule_en", "rule_confidence", "provenance", "version",
        ]  # fmt: skip
