"""Serializers of figures: exact sums, the ratios derived from them, lights, counts and money."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rest_framework import serializers

from common.serializers import TierField
from tasks.choices import ComputedLight, Light, MilestoneState, MoneyPhase, ScheduleLight, Slice
from tasks.interfaces import FigureView, MoneyYear
from tasks.models import Strategy
from tasks.models.figure import COUNTS, SUMS
from tasks.serializers.references import StrategyReference

PERCENTS = ("progress", "plan", "coverage", "freshness", "overdue_share")
PLAIN = ("schedule_index", "slip_days")


@dataclass(frozen=True)
class Rollup:
    """One row of the list: a figure, the node that it is of (None for "none"), its money."""

    figure: FigureView
    strategy: Strategy
    node: Any
    code: str | None
    label: str
    money: tuple[MoneyYear, ...] | None
    as_of: date
    known_at: datetime | None = None
    basis: str = "current"


class RollupQuerySerializer(serializers.Serializer):
    """What a list of figures may be narrowed by."""

    slice = serializers.ChoiceField(Slice.choices, default=Slice.STRATEGY, help_text="What the figures are cut by.")
    id = serializers.CharField(
        required=False,
        help_text="Only the figure of this row, by public id or code; `none`: of what names no row."
        " A cell by its code: `task:ministry` or `task:region`.",
    )
    strategy = serializers.CharField(
        required=False, help_text="The strategy, by slug or public id; without it the first announced."
    )

    basis = serializers.ChoiceField(
        [("current", "current"), ("published", "published")],
        default="current",
        help_text="`published`: as a closed period published them, of the day `as_of` on which it ended; without one"
        " the latest. What has become known since is in `current`.",
    )


class RatioSerializer(serializers.Serializer):
    numerator = serializers.IntegerField()
    denominator = serializers.IntegerField()


class ExactSerializer(serializers.Serializer):
    """Numerator and denominator of every ratio; a ratio with denominator 0 is null."""

    def get_fields(self) -> dict[str, Any]:
        return {name: RatioSerializer() for name in (*PERCENTS, *PLAIN)}


class SumsSerializer(serializers.Serializer):
    """Units of 10^11; units × basis points; units × days. Exact integers."""

    def get_fields(self) -> dict[str, Any]:
        return {name: serializers.IntegerField() for name in SUMS}


class LightsSerializer(serializers.Serializer):
    """The three lights stand side by side, never averaged; null is a light that nobody gave.

    Only tasks and measures are given lights; each is of its own day.
    """

    declared = serializers.ChoiceField(Light.choices, source="declared.light", allow_null=True, default=None)
    declared_on = serializers.DateField(source="declared.assessed_on", allow_null=True, default=None)
    computed = serializers.ChoiceField(ComputedLight.choices, source="light")
    independent = serializers.ChoiceField(Light.choices, source="independent.light", allow_null=True, default=None)
    independent_on = serializers.DateField(source="independent.assessed_on", allow_null=True, default=None)


class NumbersSerializer(serializers.Serializer):
    """How many milestones there are of every kind; the prefix of the names is `prefix`."""

    def __init__(self, *, prefix: str = "", names: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.prefix, self.names = prefix, names

    def get_fields(self) -> dict[str, Any]:
        return {name: serializers.IntegerField() for name in self.names}

    def to_representation(self, counts: dict[str, int]) -> dict[str, int]:
        return {name: counts.get(f"{self.prefix}_{name}", 0) for name in self.names}


class StateNumbersSerializer(NumbersSerializer):
    """How many milestones are in each state; those that are cancelled are in no figure."""

    def __init__(self, **kwargs: Any) -> None:
        counted = tuple(state for state in MilestoneState.values if f"state_{state}" in COUNTS)
        super().__init__(prefix="state", names=counted, **kwargs)


class LightNumbersSerializer(NumbersSerializer):
    """How many milestones have each schedule light."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(prefix="light", names=tuple(ScheduleLight.values), **kwargs)


class CountsSerializer(serializers.Serializer):
    milestones = serializers.IntegerField()
    state = StateNumbersSerializer(source="counts")
    light = LightNumbersSerializer(source="counts")


class ExecutionRateSerializer(RatioSerializer):
    """Executed by `base` (`current` or `appropriated`), over the lines whose both levels are known."""

    percent = serializers.FloatField(allow_null=True)
    base = serializers.CharField()


class MoneyYearSerializer(serializers.Serializer):
    """Whole won, phases never added to each other; null where nothing is known.

    `at_least` names the phases in which some amount is a lower bound.
    """

    def get_fields(self) -> dict[str, Any]:
        phases = {
            name: serializers.IntegerField(allow_null=True, source=f"amounts.{name}") for name in MoneyPhase.values
        }
        rate = ExecutionRateSerializer(allow_null=True)
        bounds = serializers.ListField(child=serializers.CharField())
        return {"fiscal_year": serializers.IntegerField(), **phases, "at_least": bounds, "execution_rate": rate}


class RollupSerializer(serializers.Serializer):
    """A figure in the reader's tier. Percent is read as “at least”: what nobody reported adds nothing."""

    slice = serializers.ChoiceField(Slice.choices, source="figure.slice")
    id = serializers.UUIDField(source="node.uuid", allow_null=True, default=None)
    code = serializers.CharField(allow_null=True)
    label = serializers.CharField()  # type: ignore[assignment]
    strategy = StrategyReference()
    as_of = serializers.DateField()
    known_at = serializers.DateTimeField(allow_null=True)
    basis = serializers.CharField(help_text="`published`: `known_at` is the moment of the publication, `version` its.")
    tier = TierField(source="figure.tier")
    sums = SumsSerializer(source="figure.sums")
    progress = serializers.FloatField(source="figure.progress.percent", allow_null=True)
    plan = serializers.FloatField(source="figure.plan.percent", allow_null=True)
    coverage = serializers.FloatField(source="figure.coverage.percent", allow_null=True)
    freshness = serializers.FloatField(source="figure.freshness.percent", allow_null=True)
    schedule_index = serializers.FloatField(source="figure.schedule_index.value", allow_null=True)
    overdue_share = serializers.FloatField(source="figure.overdue_share.percent", allow_null=True)
    slip_days = serializers.FloatField(source="figure.slip_days.value", allow_null=True)
    exact = ExactSerializer(source="figure")
    lights = LightsSerializer(source="figure")
    divergence = serializers.IntegerField(
        source="figure.divergence",
        allow_null=True,
        help_text="Steps between the best and the worst light, 0 to 2; null where fewer than two say something.",
    )
    counts = CountsSerializer(source="figure")
    next_due = serializers.DateField(source="figure.next_due", allow_null=True)
    money = MoneyYearSerializer(many=True, allow_null=True)
    version = serializers.IntegerField(source="figure.version")
    computed_at = serializers.DateTimeField(source="figure.computed_at", allow_null=True)
