"""Serializers of reporting periods: the months, who reported, what was published."""

from typing import ClassVar

from rest_framework import serializers

from accounts.serializers import MinistryReference
from common.serializers import NounSerializer, Reference, TierField
from tasks.models import ReportingPeriod, Snapshot
from tasks.serializers.references import MilestoneReference, StrategyReference


class PeriodReference(Reference):
    month = serializers.CharField(read_only=True)
    starts_on = serializers.DateField(read_only=True)
    ends_on = serializers.DateField(read_only=True)


class ReportingPeriodSerializer(NounSerializer):
    """`reopened_for` says why it was last reopened; empty where it never was."""

    select = ("strategy",)

    strategy = StrategyReference()
    month = serializers.CharField(read_only=True)

    class Meta:
        model = ReportingPeriod
        fields: ClassVar = [
            "id", "strategy", "month", "starts_on", "ends_on", "due_on", "state", "reopened_for", "version",
        ]  # fmt: skip


class SnapshotSerializer(NounSerializer):
    """`number` counts the closings of the period; `tier`: whose readers it is given to, and those above."""

    select = ("period__strategy",)

    strategy = StrategyReference(source="period.strategy")
    period = PeriodReference()
    as_of = serializers.DateField(source="period.ends_on", read_only=True)
    tier = TierField()
    sha256 = serializers.CharField(source="digest", read_only=True)

    class Meta:
        model = Snapshot
        fields: ClassVar = [
            "id", "strategy", "period", "number", "tier", "as_of", "taken_at", "formulas", "sha256", "version",
        ]  # fmt: skip


class ReportingSerializer(serializers.Serializer):
    """Numbers of milestones: `expected` = `on_time` + `late` + `missing`; `milestones` names those that are missing."""

    ministry = MinistryReference(allow_null=True)
    expected = serializers.IntegerField(source="numbers.expected")
    on_time = serializers.IntegerField(source="numbers.on_time")
    late = serializers.IntegerField(source="numbers.late")
    missing = serializers.IntegerField(source="numbers.missing")
    waiting = serializers.IntegerField(
        source="numbers.waiting", help_text="Of those that came, how many wait for their review."
    )
    last_at = serializers.DateTimeField(source="numbers.last_at", allow_null=True)
    milestones = MilestoneReference(many=True)
