"""How a row of the core is named by another one: public id, code, title."""

from typing import Any

from rest_framework import serializers

from common.serializers import Reference


class Titled(Reference):
    title = serializers.CharField(read_only=True)


class StrategyReference(Titled):
    slug = serializers.CharField(read_only=True)


class StrategicTaskReference(Titled):
    noun = "strategic_task"
    full = "tasks.serializers.StrategicTaskSerializer"

    slug = serializers.CharField(read_only=True)


class MeasureReference(Titled):
    noun = "measure"
    full = "tasks.serializers.MeasureSerializer"

    code = serializers.CharField(read_only=True)


class MilestoneReference(Titled):
    code = serializers.CharField(read_only=True)


class BudgetLineReference(Titled):
    """Needs the line's measure joined: it is seen with it."""

    key = serializers.CharField(read_only=True)

    def tier_of(self, instance: Any) -> int:
        return instance.measure.effective_tier


class NamedReference(Reference):
    key = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)


class RegionReference(NamedReference):
    pass


class TechnologyReference(NamedReference):
    pass


class IndicatorReference(Titled):
    key = serializers.CharField(read_only=True)
