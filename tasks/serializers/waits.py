"""Serializers of what waits: the dates of a milestone through its dependencies, and what waits on a noun."""

from rest_framework import serializers

from tasks.choices import DatePrecision, MilestoneState
from tasks.serializers.references import MilestoneReference

SLACK = "Days left until a due date is missed, negative where it is; null where a date is not known."
PRECISION = (
    "How exactly it is known; a month, half-year or year stands as its last day, `about` is counted on from one."
)
PRECISIONS = [*DatePrecision.choices, ("about", "About")]


class SteppedSerializer(serializers.Serializer):
    """A milestone and its own dates."""

    milestone = MilestoneReference()
    state = serializers.ChoiceField(MilestoneState.choices, source="milestone.state")
    current_due = serializers.DateField(source="milestone.current_due", allow_null=True)
    earliest_end = serializers.DateField(allow_null=True)
    earliest_precision = serializers.ChoiceField(PRECISIONS, allow_blank=True, help_text=PRECISION)
    slack_days = serializers.IntegerField(allow_null=True, help_text=SLACK)
    is_critical = serializers.BooleanField(help_text="A day later, and one that waits for it misses its due date.")


class WaitingSerializer(SteppedSerializer):
    """One that waits: until when it is kept, and whether that makes it late."""

    kept_until = serializers.DateField(source="wait.until", allow_null=True)
    kept_slack_days = serializers.IntegerField(
        source="wait.slack_days", allow_null=True, help_text="From `kept_until` to its due date; negative: late by it."
    )
    is_direct = serializers.BooleanField(source="wait.is_direct", help_text="Without another one between.")


class WaitedForSerializer(SteppedSerializer):
    """One that is waited for: by when it is needed, and whether it can end by then."""

    needed_by = serializers.DateField(source="wait.until", allow_null=True)
    needed_slack_days = serializers.IntegerField(
        source="wait.slack_days",
        allow_null=True,
        help_text="From its earliest date to that day; negative: late.",
    )
    is_direct = serializers.BooleanField(source="wait.is_direct", help_text="Without another one between.")


class AroundSerializer(serializers.Serializer):
    """What it waits for and what waits for it, directly or through others, the least slack first."""

    as_of = serializers.DateField()
    waits_for = WaitedForSerializer(many=True)
    waiting = WaitingSerializer(many=True)
    waiting_count = serializers.IntegerField()
    late_count = serializers.IntegerField(help_text="Of those that wait, how many miss their due date because of it.")
    critical_path = SteppedSerializer(
        many=True, help_text="From what nothing drives to the end; each decides the earliest date of the next."
    )
    in_loop = MilestoneReference(many=True, help_text="On a loop of dependencies, whose links are not followed.")


class ScheduleSerializer(AroundSerializer):
    """The dates of a milestone through its dependencies, and what hangs on them."""

    milestone = MilestoneReference()
    earliest_end = serializers.DateField(allow_null=True, help_text="Null where nothing is known, or out of scope.")
    earliest_precision = serializers.ChoiceField(PRECISIONS, allow_blank=True, help_text=PRECISION)
    latest_end = serializers.DateField(
        allow_null=True, help_text="The last day on which none that waits for it misses its due date."
    )
    slack_days = serializers.IntegerField(allow_null=True, help_text=SLACK)
    is_critical = serializers.BooleanField(help_text="A day later, and one that waits for it misses its due date.")
    driver = MilestoneReference(allow_null=True, help_text="The predecessor that decides its earliest date, if any.")
