"""Bases of the serializers of the six domains: a named row of a measure, and a step that points to a milestone."""

from typing import Any, ClassVar

from django.db.models import Model, Prefetch
from rest_framework import serializers

from common.serializers import Lookup, NounSerializer, ProvenanceSerializer
from tasks.serializers.references import MeasureReference, MilestoneReference, NamedReference

BEFORE = ("id", "key", "name", "name_ko", "name_en", "measure")
AFTER = ("provenance", "version")
STEP = ("position", "milestone", "state", "current_due", "completed_on")


def row_fields(*own: str) -> list[str]:
    """The fields of a measure's row: what all have, its own, where it comes from."""
    return [*BEFORE, *own, *AFTER]


class RowReference(NamedReference):
    """Another row of the domain; hidden with its measure, which must be joined."""


class RowSerializer(NounSerializer):
    select: ClassVar[tuple[str, ...]] = ("measure",)
    steps: ClassVar[tuple[tuple[str, type[Model]], ...]] = ()

    name = serializers.CharField()
    measure = MeasureReference()
    provenance = ProvenanceSerializer(source="*")

    @classmethod
    def prefetches(cls, user: Any) -> tuple[Lookup, ...]:
        """`steps` are links to milestones: relation and model; only those that the reader may see."""
        visible = [
            Prefetch(name, model._default_manager.visible_to(user).select_related("milestone"))  # type: ignore[attr-defined]
            for name, model in cls.steps
        ]
        return (*cls.prefetch, *visible)


class StepSerializer(serializers.ModelSerializer):
    """A dated step: the milestone holds the dates. A planned date is never an actual one."""

    milestone = MilestoneReference()
    state = serializers.CharField(source="milestone.state", read_only=True)
    current_due = serializers.DateField(source="milestone.current_due", allow_null=True, read_only=True)
    completed_on = serializers.DateField(source="milestone.completed_on", allow_null=True, read_only=True)
