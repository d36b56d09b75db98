"""Serializers of status reports."""

from typing import ClassVar

from accounts.serializers import MinistryReference, OfficeReference
from common.serializers import KnownFromField, NounSerializer, PercentField, ProvenanceSerializer
from tasks.models import StatusReport
from tasks.serializers.periods import PeriodReference
from tasks.serializers.references import MilestoneReference


class StatusReportSerializer(NounSerializer):
    """`state` to `completed_on` are the milestone's values once it is accepted; till then `known_from` is null."""

    select = ("milestone", "ministry", "office", "period")

    milestone = MilestoneReference()
    ministry = MinistryReference(allow_null=True)
    office = OfficeReference(allow_null=True)
    period = PeriodReference(allow_null=True)
    progress = PercentField(source="progress_bp", allow_null=True)
    known_from = KnownFromField(allow_null=True)
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = StatusReport
        fields: ClassVar = [
            "id", "milestone", "ministry", "office", "period", "status", "effective_on", "verb", "from_state", "state",
            "progress", "progress_bp", "forecast", "started_on", "completed_on", "completed_precision", "result",
            "next_plan", "issues", "reason", "created_at", "submitted_at", "accepted_at", "withdrawn_at", "known_from",
            "provenance", "version",
        ]  # fmt: skip
