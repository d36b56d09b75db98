"""Serializers of risks, meetings with their agenda, and decisions with their follow-up."""

from typing import Any, ClassVar

from django.db.models import Prefetch
from rest_framework import serializers

from accounts.serializers import MinistryReference, OfficeReference
from common.serializers import Lookup, NounSerializer, ProvenanceSerializer, TierField
from tasks.choices import RiskLevel
from tasks.models import AgendaItem, Decision, Meeting, Milestone, Risk
from tasks.serializers.references import MeasureReference, MilestoneReference, Titled


class RiskReference(Titled):
    """Another row's risk; hidden with the measure or milestone that it threatens, which must be joined."""


class MeetingReference(Titled):
    meets_on = serializers.DateField(read_only=True)


class RiskSerializer(NounSerializer):
    """Needs the annotation of `with_waiting`."""

    select = ("measure", "milestone", "ministry", "office")

    title = serializers.CharField()
    measure = MeasureReference(allow_null=True)
    milestone = MilestoneReference(allow_null=True, help_text="A risk is of one measure or of one milestone.")
    ministry = MinistryReference(allow_null=True, help_text="Who deals with it.")
    office = OfficeReference(allow_null=True)
    score = serializers.IntegerField(help_text="Severity × likelihood, 1 to 25.")
    level = serializers.ChoiceField(RiskLevel.choices, help_text="The score in a word: low from 1, medium from 5 …")
    is_waiting = serializers.BooleanField(
        help_text="It is open or has occurred, a day for its decision is set, and no decision in force answers it."
    )
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = Risk
        fields: ClassVar = [
            "id", "title", "title_ko", "title_en", "measure", "milestone", "description", "severity", "likelihood",
            "score", "level", "state", "ministry", "office", "mitigation", "decide_by", "decision_asked", "is_waiting",
            "raised_on", "provenance", "version",
        ]  # fmt: skip


class AgendaItemSerializer(serializers.ModelSerializer):
    """An item of the agenda; of what it is about, that which the reader sees."""

    id = serializers.UUIDField(source="uuid")
    title = serializers.CharField()
    measures = MeasureReference(many=True)
    milestones = MilestoneReference(many=True)

    class Meta:
        model = AgendaItem
        fields: ClassVar = ["id", "position", "title", "title_ko", "title_en", "measures", "milestones"]
        read_only_fields = fields


class MeetingSerializer(NounSerializer):
    select = ("chair",)
    prefetch = ("participants",)

    title = serializers.CharField()
    chair = MinistryReference(allow_null=True, help_text="Null where no ministry is in the chair.")
    participants = MinistryReference(many=True)
    agenda = AgendaItemSerializer(many=True)
    tier = TierField()
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = Meeting
        fields: ClassVar = [
            "id", "title", "title_ko", "title_en", "kind", "meets_on", "status", "place", "chair", "participants",
            "agenda", "minutes", "tier", "provenance", "version",
        ]  # fmt: skip

    @classmethod
    def prefetches(cls, user: Any) -> tuple[Lookup, ...]:
        items: Any = AgendaItem.objects.visible_to(user).order_by("position")
        return (*cls.prefetch, Prefetch("agenda", items.with_visible(user, "measures", "milestones")))


class DecisionSerializer(NounSerializer):
    select = ("meeting", "agenda_item", "ministry", "office")

    text = serializers.CharField()
    meeting = MeetingReference()
    agenda_item = serializers.UUIDField(
        source="agenda_item.uuid", allow_null=True, default=None, help_text="Its item on the agenda of the meeting."
    )
    ministry = MinistryReference(allow_null=True, help_text="Who carries it out.")
    office = OfficeReference(allow_null=True)
    milestones = MilestoneReference(many=True, help_text="Its follow-up: the milestones that the reader sees.")
    risks = RiskReference(many=True, help_text="The risks that it decides.")
    tier = TierField(source="effective_tier")
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = Decision
        fields: ClassVar = [
            "id", "text", "text_ko", "text_en", "meeting", "agenda_item", "decided_on", "ministry", "office", "due_on",
            "state", "done_on", "outcome", "milestones", "risks", "tier", "provenance", "version",
        ]  # fmt: skip

    @classmethod
    def prefetches(cls, user: Any) -> tuple[Lookup, ...]:
        risks = Risk.objects.visible_to(user).select_related("measure", "milestone")
        return (Prefetch("milestones", Milestone.objects.visible_to(user)), Prefetch("risks", risks))
