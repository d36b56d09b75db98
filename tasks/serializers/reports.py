"""Serializers of status reports and their evidence."""

from typing import Any, ClassVar

from django.db.models import Prefetch
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.serializers import MinistryReference, OfficeReference
from common.serializers import (
    KnownFromField,
    Lookup,
    NounSerializer,
    PercentField,
    ProvenanceSerializer,
    Reference,
    TierField,
)
from tasks.models import Evidence, StatusReport
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


class StatusReportReference(Reference):
    verb = serializers.CharField(read_only=True)
    effective_on = serializers.DateField(read_only=True)


class EvidenceSerializer(NounSerializer):
    """Either a file (`name` to `download`) or a link (`url`); what of the other is empty or null."""

    select = ("milestone",)

    milestone = MilestoneReference()
    report = StatusReportReference(allow_null=True, help_text="The report that it was filed with.")
    tier = TierField()
    effective_tier = TierField()
    download = serializers.SerializerMethodField(
        help_text="Where the file is read with the same token; who may see it is asked each time."
    )

    class Meta:
        model = Evidence
        fields: ClassVar = [
            "id", "milestone", "report", "kind", "title", "tier", "effective_tier", "url", "name", "size",
            "content_type", "sha256", "download", "recorded_at", "withdrawn_at", "version",
        ]  # fmt: skip

    @classmethod
    def prefetches(cls, user: Any) -> tuple[Lookup, ...]:
        return (Prefetch("report", StatusReport.objects.visible_to(user)),)

    @extend_schema_field({"type": ["string", "null"], "format": "uri"})
    def get_download(self, row: Evidence) -> str | None:
        address = reverse("evidence-file", args=[row.uuid])
        return self.context["request"].build_absolute_uri(address) if row.stored_as else None
