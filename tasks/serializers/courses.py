"""Serializers of what figures did over time: their course by month, and what moved them between two days."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from tasks.interfaces import ChangedNode, ChangeStep
from tasks.rollups.named import NODES, REFERENCES
from tasks.serializers.explanations import NamedQuerySerializer, NodeSerializer
from tasks.serializers.figures import SumsSerializer


class SeriesPointSerializer(serializers.Serializer):
    """Percent at the end of a day; null where it is not known, not yet there, or no longer asked."""

    day = serializers.DateField()
    actual = serializers.FloatField(source="actual.percent", allow_null=True, default=None)
    plan = serializers.FloatField(source="plan.percent", allow_null=True, default=None)
    forecast = serializers.FloatField(source="forecast.percent", allow_null=True, default=None)


class SeriesSerializer(serializers.Serializer):
    slice = serializers.CharField()
    as_of = serializers.DateField()
    curve_at = serializers.DateTimeField(
        allow_null=True, help_text="When plan and forecast were computed; null: they are of this moment."
    )
    points = SeriesPointSerializer(many=True)


class ChangesQuerySerializer(NamedQuerySerializer):
    since = serializers.DateField(
        required=False, help_text="From the end of this day; default: the first of the month."
    )
    until = serializers.DateField(required=False, help_text="To the end of this day; default: the day that is read.")


class StepNodeSerializer(serializers.Serializer):
    """A row that a step touches, in both states: dates and basis points as they are stored, other rows by code or key.

    `parent`, `strategic_task`, `lead_ministry`, `responsible_ministry`, `region` and `technology` are null also where
    the reader does not see the row.

    By how many points it moves the figure stands in the steps `progress` and `replanned`, where the rows sum to the
    step; null in the others, where a row also moves what its siblings count.
    """

    node = NodeSerializer()
    before = serializers.DictField()
    after = serializers.DictField()
    progress_points = serializers.FloatField(allow_null=True)
    plan_points = serializers.FloatField(allow_null=True)


class ChangeStepSerializer(serializers.Serializer):
    """One step: by how many points it moves progress and plan, the exact difference of every sum, its rows."""

    name = serializers.CharField()
    progress_points = serializers.SerializerMethodField()
    plan_points = serializers.SerializerMethodField()
    sums = SumsSerializer()
    nodes_total = serializers.IntegerField(source="total")
    nodes = serializers.SerializerMethodField()

    def get_progress_points(self, step: ChangeStep) -> float:
        return float(100 * step.points("progress"))

    def get_plan_points(self, step: ChangeStep) -> float:
        return float(100 * step.points("plan"))

    @extend_schema_field(StepNodeSerializer(many=True))
    def get_nodes(self, step: ChangeStep) -> Any:
        """The first of them that the reader may see."""
        rows = self.context["nodes"]
        seen = [
            {
                "node": rows[each.kind, each.id],
                "before": self._public(each.before),
                "after": self._public(each.after),
                **_points(each),
            }
            for each in step.nodes
            if (each.kind, each.id) in rows
        ]
        return StepNodeSerializer(seen, many=True).data

    def _public(self, values: dict[str, Any]) -> dict[str, Any]:
        """Without what is internal: numbers of rows, and columns that follow from others."""
        references = self.context["references"]
        shown: dict[str, Any] = {}
        for name, value in values.items():
            if name in references:
                other = references[name].get(value)
                shown[name.removesuffix("_id")] = getattr(other, NODES[REFERENCES[name]][1], None)
            elif name not in _INTERNAL:
                shown[name] = value
        return shown


# The number of the row, the classes of readers that it is computed for, the numbers of those above it.
_INTERNAL = {"id", "tier", "seen", "path", "strategy_id"}


def _points(node: ChangedNode) -> dict[str, float | None]:
    return {
        f"{ratio}_points": float(100 * node.points[ratio]) if node.points else None for ratio in ("progress", "plan")
    }


class EndSerializer(serializers.Serializer):
    """The figure at one end."""

    sums = SumsSerializer()
    progress = serializers.FloatField(source="progress.percent", allow_null=True)
    plan = serializers.FloatField(source="plan.percent", allow_null=True)


class ChangesSerializer(serializers.Serializer):
    """`known_then`: what the first figure was known at; null: figures were not stored yet, it is as known now."""

    slice = serializers.CharField()
    since = serializers.DateField()
    until = serializers.DateField()
    known_then = serializers.DateTimeField(allow_null=True)
    known_at = serializers.DateTimeField(allow_null=True)
    before = EndSerializer()
    after = EndSerializer()
    steps = ChangeStepSerializer(many=True)
