"""Serializers of explanations: what a figure is made of, what it leaves out, its formulas with their numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rest_framework import serializers

from accounts.serializers import MinistryReference, OfficeReference
from common.serializers import TierField
from tasks.choices import ComputedLight, LeftOut, LightTest, MilestoneState, PartKind, ScheduleLight, Slice
from tasks.interfaces import Explanation, Part, Ratio
from tasks.rollups.explain import SHOWN
from tasks.rollups.named import NamedFigure, code_of
from tasks.serializers.figures import CountsSerializer, RatioSerializer, Rollup, RollupSerializer, SumsSerializer
from tasks.serializers.references import StrategyReference

LIMIT = 1000


@dataclass(frozen=True)
class Opened:
    """An explanation with what its door adds: how the figure is called, its row, addresses."""

    named: NamedFigure
    explanation: Explanation
    figure: Rollup | None
    tier: int
    next: str | None
    address_of: Callable[[Part], str | None]


class NamedQuerySerializer(serializers.Serializer):
    """What the address of a figure may say beside its `id`."""

    slice = serializers.ChoiceField(
        Slice.choices,
        required=False,
        help_text="What the figure is cut by; without it the first slice that knows the `id`.",
    )
    strategy = serializers.CharField(
        required=False,
        help_text="The strategy, by slug or public id; without it that of the row, or the first announced.",
    )


class ExplainQuerySerializer(NamedQuerySerializer):
    limit = serializers.IntegerField(
        default=SHOWN, min_value=1, max_value=LIMIT, help_text="How many parts, the largest first."
    )
    after = serializers.CharField(
        required=False, help_text="Public id of the last part of the page before; `next` has it."
    )


class NodeSerializer(serializers.Serializer):
    """A row by its noun, public id, code (a slug where it has no code) and title."""

    noun = serializers.CharField(source="_meta.model_name")
    id = serializers.UUIDField(source="uuid")
    code = serializers.SerializerMethodField()
    label = serializers.CharField(source="title")  # type: ignore[assignment]

    def get_code(self, node: Any) -> str:
        return code_of(node)


class LastReportSerializer(serializers.Serializer):
    """The last accepted report of a milestone; `status-reports` has all of them."""

    id = serializers.UUIDField(source="uuid")
    effective_on = serializers.DateField()
    accepted_at = serializers.DateTimeField()
    ministry = MinistryReference(allow_null=True)
    office = OfficeReference(allow_null=True)


class ExactPartSerializer(serializers.Serializer):
    """Numerator and denominator of the ratios of a part."""

    def get_fields(self) -> dict[str, Any]:
        return {name: RatioSerializer() for name in ("part_of_whole", "adds", "progress", "plan")}


class PartSerializer(serializers.Serializer):
    """What a part adds: percent of the figure's units (`part_of_whole`), percentage points of its progress (`adds`).

    `kept`: units that a node without milestones keeps. `rest`: the `number` parts that are not on this page.
    `weight`: of the sum of the weights among its siblings, null where the parts are no siblings.
    """

    kind = serializers.ChoiceField(PartKind.choices)
    node = NodeSerializer(allow_null=True)
    number = serializers.IntegerField()
    weight = RatioSerializer(allow_null=True)
    part_of_whole = serializers.FloatField(source="part_of_whole.percent", allow_null=True)
    progress = serializers.FloatField(source="progress.percent", allow_null=True)
    plan = serializers.FloatField(source="plan.percent", allow_null=True)
    adds = serializers.FloatField(source="adds.percent", allow_null=True)
    exact = ExactPartSerializer(source="*")
    sums = SumsSerializer()
    counts = CountsSerializer(source="*")
    light = serializers.ChoiceField([*ComputedLight.choices, *ScheduleLight.choices], allow_null=True)
    state = serializers.ChoiceField(MilestoneState.choices, allow_null=True)
    report = LastReportSerializer(allow_null=True)
    explain = serializers.SerializerMethodField()

    def get_explain(self, part: Part) -> str | None:
        """Where the figure that the part is explains itself."""
        address: str | None = self.context["opened"].address_of(part)
        return address


class ExcludedSerializer(serializers.Serializer):
    """What the reader sees and the figure leaves out: how many, their units where they have some, the first of them."""

    reason = serializers.ChoiceField(LeftOut.choices)
    text = serializers.SerializerMethodField()
    number = serializers.IntegerField()
    units = serializers.IntegerField()
    rows = NodeSerializer(many=True)

    def get_text(self, excluded: Any) -> str:
        return str(LeftOut(excluded.reason).label)


class FormulaSerializer(serializers.Serializer):
    """A ratio in words, with its numbers: a sum by another one (times 10,000 where the first is in basis points)."""

    name = serializers.CharField()
    text = serializers.CharField(source="words")
    numerator_sum = serializers.CharField(source="numerator")
    denominator_sum = serializers.CharField(source="denominator")
    numerator = serializers.IntegerField(source="ratio.numerator")
    denominator = serializers.IntegerField(source="ratio.denominator")
    value = serializers.FloatField(source="ratio.value", allow_null=True)


class LightTestSerializer(serializers.Serializer):
    """A test of the computed light, in the order in which they are asked; the last one held and decided."""

    test = serializers.ChoiceField(LightTest.choices)
    text = serializers.SerializerMethodField()
    light = serializers.ChoiceField(ComputedLight.choices)
    holds = serializers.BooleanField()
    measured = RatioSerializer(allow_null=True)
    value = serializers.SerializerMethodField()
    threshold = serializers.SerializerMethodField()

    def get_text(self, test: Any) -> str:
        return str(LightTest(test.test).label)

    def get_value(self, test: Any) -> float | None:
        measured: Ratio | None = test.measured
        return None if measured is None else measured.value

    def get_threshold(self, test: Any) -> float | None:
        return None if test.threshold_bp is None else test.threshold_bp / 10_000


class ExplainedFigureSerializer(RollupSerializer):
    """The figure, as `rollups` lists it; its money stands there."""

    money = None  # type: ignore[assignment]


class ExplanationSerializer(serializers.Serializer):
    """Why a figure is what it is. The sums of its parts, the rest among them, are those of the figure, to the unit.

    `figure` is null where nothing counts in it: what is left out says why.
    """

    slice = serializers.ChoiceField(Slice.choices, source="named.slice")
    code = serializers.CharField(source="named.code")
    label = serializers.CharField(source="named.label")  # type: ignore[assignment]
    strategy = StrategyReference(source="named.strategy")
    tier = TierField()
    formula_version = serializers.CharField(source="explanation.version")
    figure = ExplainedFigureSerializer(allow_null=True)
    formulas = FormulaSerializer(many=True, source="explanation.formulas")
    light = LightTestSerializer(many=True, source="explanation.tests")
    parts = PartSerializer(many=True, source="explanation.parts")
    excluded = ExcludedSerializer(many=True, source="explanation.excluded")
    next = serializers.CharField(allow_null=True)
