"""Serializers of the lights that somebody gives, with recovery plans and disputes."""

from typing import Any, ClassVar

from rest_framework import serializers

from accounts.serializers import MinistryReference
from common.serializers import Lookup, NounSerializer, ProvenanceSerializer
from tasks.choices import DisputeOutcome
from tasks.models import Assessment, Dispute, RecoveryPlan
from tasks.serializers.references import MeasureReference, StrategicTaskReference


class RecoveryPlanSerializer(serializers.ModelSerializer):
    """How a red light is left behind. The latest stands, and comes first."""

    ministry = MinistryReference(allow_null=True)

    class Meta:
        model = RecoveryPlan
        fields: ClassVar = ["plan", "due_on", "given_on", "ministry", "recorded_at"]
        read_only_fields = fields


class DisputeSerializer(serializers.ModelSerializer):
    """The ministry's word against an independent light, and the answer; null where nobody disputes it."""

    ministry = MinistryReference(allow_null=True)
    outcome = serializers.ChoiceField(
        DisputeOutcome.choices, allow_null=True, help_text="Null as long as it waits for the answer."
    )
    answered_with = serializers.UUIDField(
        source="answered_with.uuid", allow_null=True, default=None, help_text="The light that took its place."
    )

    class Meta:
        model = Dispute
        fields: ClassVar = [
            "reason", "disputed_on", "ministry", "outcome", "answer", "answered_on", "answered_with", "recorded_at",
            "answered_at",
        ]  # fmt: skip
        read_only_fields = fields

    def to_representation(self, assessment: Assessment) -> Any:
        dispute = next(iter(assessment.disputes.all()), None)
        return super().to_representation(dispute) | {"outcome": dispute.outcome or None} if dispute else None


class AssessmentSerializer(NounSerializer):
    """Needs the annotations of `with_open_ends` and `with_divergence`."""

    select = ("strategic_task", "measure", "ministry")
    prefetch = ("recovery_plans__ministry", "disputes__ministry", "disputes__answered_with")

    strategic_task = StrategicTaskReference(allow_null=True)
    measure = MeasureReference(allow_null=True)
    ministry = MinistryReference(
        allow_null=True, help_text="The ministry that led the task or measure when the light was recorded."
    )
    recovery_plans = RecoveryPlanSerializer(many=True)
    dispute = DisputeSerializer(source="*", allow_null=True)
    is_standing = serializers.BooleanField(help_text="Whether it is the latest of its kind that was not withdrawn.")
    plan_is_asked = serializers.BooleanField(help_text="It stands, is red, and no recovery plan was given yet.")
    is_disputed = serializers.BooleanField(help_text="Its dispute waits for the answer.")
    divergence = serializers.IntegerField(
        allow_null=True, help_text="Of its task or measure, as in `rollups`; null where it no longer stands."
    )
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = Assessment
        fields: ClassVar = [
            "id", "strategic_task", "measure", "kind", "light", "assessed_on", "reason", "ministry", "recovery_plans",
            "dispute", "is_standing", "plan_is_asked", "is_disputed", "divergence", "recorded_at", "withdrawn_at",
            "provenance", "version",
        ]  # fmt: skip

    @classmethod
    def prefetches(cls, user: Any) -> tuple[Lookup, ...]:
        return cls.prefetch
