"""Serializers of the plan: strategy, tasks, measures, commitments, milestones and what ties them."""

from datetime import date
from typing import Any, ClassVar

from django.db.models import Prefetch
from rest_framework import serializers

from accounts.serializers import MinistryReference, OfficeReference
from common.serializers import KnownFromField, Lookup, NounSerializer, PercentField, ProvenanceSerializer, TierField
from tasks.choices import ScheduleLight
from tasks.models import (
    Commitment,
    CommitmentVerdict,
    Dependency,
    Measure,
    Milestone,
    PlanVersion,
    Region,
    StrategicTask,
    Strategy,
)
from tasks.schedule import Link, Wait
from tasks.serializers.references import (
    MeasureReference,
    MilestoneReference,
    RegionReference,
    StrategicTaskReference,
    StrategyReference,
    TechnologyReference,
)


class StrategySerializer(NounSerializer):
    title = serializers.CharField()
    meeting = serializers.CharField()
    companion = serializers.CharField()
    industries = serializers.ListField(child=serializers.CharField())
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = Strategy
        fields: ClassVar = [
            "id", "slug", "title", "title_ko", "title_en", "announced_on", "meeting", "meeting_ko", "meeting_en",
            "companion", "companion_ko", "companion_en", "industries", "industries_ko", "industries_en", "first_year",
            "last_year", "review_steps", "red_index_bp", "amber_index_bp", "red_overdue_bp",
            "amber_overdue_bp", "provenance", "version",
        ]  # fmt: skip


class RegionSerializer(NounSerializer):
    name = serializers.CharField()
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = Region
        fields: ClassVar = ["id", "key", "code", "name", "name_ko", "name_en", "valid_from", "provenance", "version"]


class StrategicTaskSerializer(NounSerializer):
    select = ("strategy", "lead_ministry")

    title = serializers.CharField()
    summary = serializers.CharField()
    strategy = StrategyReference()
    lead_ministry = MinistryReference(allow_null=True)
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = StrategicTask
        fields: ClassVar = [
            "id", "number", "slug", "title", "title_ko", "title_en", "summary", "weight", "strategy", "lead_ministry",
            "provenance", "version",
        ]  # fmt: skip


class MeasureSerializer(NounSerializer):
    select = ("strategic_task", "parent", "lead_ministry", "region", "technology", "superseded_by")
    prefetch = ("cooperating_ministries",)

    title = serializers.CharField()
    strategic_task = StrategicTaskReference()
    parent = MeasureReference(allow_null=True)
    tier = TierField()
    effective_tier = TierField()
    lead_ministry = MinistryReference(allow_null=True)
    cooperating_ministries = MinistryReference(many=True)
    region = RegionReference(allow_null=True)
    technology = TechnologyReference(allow_null=True)
    superseded_by = MeasureReference(allow_null=True)
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = Measure
        fields: ClassVar = [
            "id", "code", "title", "title_ko", "title_en", "strategic_task", "parent", "depth", "weight", "scope",
            "in_scope", "superseded_by", "tier", "effective_tier", "lead_ministry", "cooperating_ministries", "region",
            "technology", "provenance", "version",
        ]  # fmt: skip


class VerdictSerializer(serializers.ModelSerializer):
    """The latest verdict on a commitment; null where nobody has judged it."""

    reason = serializers.CharField(read_only=True)
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = CommitmentVerdict
        fields: ClassVar = ["value", "judged_on", "judged_by", "reason", "sources", "provenance"]
        read_only_fields = fields

    def to_representation(self, commitment: Commitment) -> Any:
        latest = next(iter(commitment.verdicts.all()), None)
        return super().to_representation(latest) if latest else None


class CommitmentSerializer(NounSerializer):
    select = ("strategic_task",)
    prefetch = ("verdicts",)

    title = serializers.CharField()
    promise = serializers.CharField(read_only=True, help_text="What was promised, in plain words.")
    strategic_task = StrategicTaskReference()
    measures = MeasureReference(many=True)
    verdict = VerdictSerializer(source="*", allow_null=True)
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = Commitment
        fields: ClassVar = [
            "id", "code", "title", "title_ko", "title_en", "promise", "strategic_task", "measures", "strength",
            "wording_en", "deadline", "deadline_precision", "verdict", "provenance", "version",
        ]  # fmt: skip

    @classmethod
    def prefetches(cls, user: Any) -> tuple[Lookup, ...]:
        return (Prefetch("measures", Measure.objects.visible_to(user)), *cls.prefetch)


class MilestoneSerializer(NounSerializer):
    """Needs the annotations `light` and `share`."""

    select = ("measure", "measure__strategic_task", "responsible_ministry", "responsible_office")

    title = serializers.CharField()
    done_when = serializers.CharField()
    measure = MeasureReference()
    strategic_task = StrategicTaskReference(source="measure.strategic_task")
    responsible_ministry = MinistryReference(allow_null=True)
    responsible_office = OfficeReference(allow_null=True)
    progress = PercentField(source="progress_bp", allow_null=True)
    share = serializers.IntegerField(allow_null=True, help_text="Units of 10^11; null where it is not counted.")
    light = serializers.ChoiceField(ScheduleLight.choices, allow_null=True)
    tier = TierField()
    effective_tier = TierField()
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = Milestone
        fields: ClassVar = [
            "id", "code", "title", "title_ko", "title_en", "done_when", "measure", "strategic_task",
            "responsible_ministry", "responsible_office", "weight", "state", "progress", "progress_bp", "share",
            "baseline_start", "baseline_due", "current_due", "forecast", "started_on", "completed_on",
            "completed_precision", "reported_on", "light", "tier", "effective_tier", "in_scope",
            "required_evidence", "version", "provenance",
        ]  # fmt: skip


class DependencySerializer(NounSerializer):
    """Needs `schedule` in its context: a function that gives the reader's schedule, asked once a row is shown."""

    select = ("predecessor", "successor")

    predecessor = MilestoneReference()
    successor = MilestoneReference()
    keeps_until = serializers.SerializerMethodField(
        help_text="The day until which it keeps the successor: the predecessor's earliest date and the lag."
    )
    slack_days = serializers.SerializerMethodField(
        help_text="From that day to the successor's due date; negative where it is missed."
    )
    is_driver = serializers.SerializerMethodField(help_text="Whether it decides the successor's earliest date.")
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = Dependency
        fields: ClassVar = [
            "id", "predecessor", "successor", "lag_days", "keeps_until", "slack_days", "is_driver", "provenance",
            "version",
        ]  # fmt: skip

    def get_keeps_until(self, row: Dependency) -> date | None:
        return self._wait(row).until

    def get_slack_days(self, row: Dependency) -> int | None:
        return self._wait(row).slack_days

    def get_is_driver(self, row: Dependency) -> bool:
        return self.context["schedule"]().driver(row.successor_id) == row.predecessor_id

    def _wait(self, row: Dependency) -> Wait:
        return self.context["schedule"]().along(Link(row.predecessor_id, row.successor_id, row.lag_days))


class PlanVersionSerializer(NounSerializer):
    select = (
        "strategic_task", "measure", "milestone", "parent", "superseded_by", "ministry", "office", "region",
        "technology",
    )  # fmt: skip

    strategic_task = StrategicTaskReference(allow_null=True)
    measure = MeasureReference(allow_null=True)
    milestone = MilestoneReference(allow_null=True)
    parent = MeasureReference(allow_null=True)
    superseded_by = MeasureReference(allow_null=True)
    tier = TierField()
    ministry = MinistryReference(allow_null=True)
    office = OfficeReference(allow_null=True)
    region = RegionReference(allow_null=True)
    technology = TechnologyReference(allow_null=True)
    known_from = KnownFromField()
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = PlanVersion
        fields: ClassVar = [
            "id", "strategic_task", "measure", "milestone", "effective_on", "parent", "weight", "scope",
            "superseded_by", "tier", "baseline_start", "baseline_due", "current_due", "ministry", "office", "region",
            "technology", "reason", "recorded_at", "known_from", "provenance", "version",
        ]  # fmt: skip
