"""Serializers of investment."""

from typing import Any, ClassVar

from rest_framework import serializers

from common import past
from common.serializers import NounSerializer, NumberField, PercentField, ProvenanceSerializer
from investment.choices import PermitState, StageName
from investment.models import (
    GlobalStandardReview,
    InfrastructureNeed,
    InvestmentVehicle,
    Permit,
    PermitEvent,
    PermitRule,
    TaxCreditRate,
    TaxCreditRule,
    VehiclePart,
)
from investment.rollups.permits import reckoner
from tasks.serializers.references import MeasureReference, MilestoneReference
from tasks.serializers.rows import RowReference, RowSerializer, row_fields


class TaxCreditRateSerializer(NounSerializer):
    """A superseded rate stays listed and is never applied. `milestone` is what amended the law.

    `known_from`: since when the rate was public; null where the record does not say.
    """

    select = ("measure", "superseded_by__measure", "milestone")

    name = serializers.CharField()
    measure = MeasureReference()
    superseded_by = RowReference(allow_null=True)
    milestone = MilestoneReference(allow_null=True)
    base_percent = PercentField(source="base_bp")
    incremental_percent = PercentField(source="incremental_bp", allow_null=True)
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = TaxCreditRate
        fields: ClassVar = [
            "id", "key", "name", "measure", "tax_class", "size", "kind", "law_ko", "article", "invest_from",
            "invest_to", "base_percent", "base_bp", "base_confidence", "incremental_percent", "incremental_bp",
            "incremental_confidence", "superseded_on", "superseded_by", "milestone", "known_from",
            "provenance", "version",
        ]  # fmt: skip


class TaxCreditRuleSerializer(NounSerializer):
    name = serializers.CharField()
    text = serializers.CharField()
    value = NumberField(allow_null=True)
    value_to = NumberField(allow_null=True)
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = TaxCreditRule
        fields: ClassVar = [
            "id", "key", "name", "name_ko", "name_en", "value", "value_to", "unit", "text", "text_ko", "text_en",
            "provenance", "version",
        ]  # fmt: skip


class VehiclePartSerializer(serializers.ModelSerializer):
    """What a part of the money is meant for: cut by use or by field, never added to each other."""

    name = serializers.CharField(read_only=True)

    class Meta:
        model = VehiclePart
        fields: ClassVar = ["name", "cut", "amount_won"]
        read_only_fields = fields


class InvestmentVehicleSerializer(RowSerializer):
    select = ("measure", "replaces__measure", "milestone")
    prefetch = ("parts",)

    replaces = RowReference(allow_null=True)
    milestone = MilestoneReference(allow_null=True)
    parts = VehiclePartSerializer(many=True)
    outside_capital_min_percent = PercentField(source="outside_capital_min_bp", allow_null=True)

    class Meta:
        model = InvestmentVehicle
        fields: ClassVar = row_fields(
            "status", "size_won", "size_is_initial", "public_won", "private_won", "field_count",
            "outside_capital_min_percent", "outside_capital_min_bp", "parts", "replaces", "milestone",
        )  # fmt: skip


class InfrastructureNeedSerializer(RowSerializer):
    """`secured` and `gap` are null where nobody published what is secured. `part_of` is the whole of a phase."""

    select = ("measure", "milestone", "part_of__measure")

    part_of = RowReference(allow_null=True)
    gap = serializers.IntegerField(allow_null=True)
    milestone = MilestoneReference(allow_null=True)

    class Meta:
        model = InfrastructureNeed
        fields: ClassVar = row_fields(
            "kind", "complex_key", "part_of", "bound", "required", "secured", "gap", "unit", "needed_by", "milestone",
        )  # fmt: skip


class GlobalStandardReviewSerializer(RowSerializer):
    """Its name is the regulation's."""

    select = ("measure", "milestone")

    peer_level = serializers.CharField()
    our_level = serializers.CharField()
    gap = serializers.CharField()
    decision = serializers.CharField()
    milestone = MilestoneReference(allow_null=True)

    class Meta:
        model = GlobalStandardReview
        fields: ClassVar = row_fields("peer_countries", "peer_level", "our_level", "gap", "decision", "milestone")


class PermitRuleSerializer(NounSerializer):
    """Limits in days; null where the record does not say. `counting` tells how days are counted."""

    name = serializers.CharField()
    counting = serializers.CharField()
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = PermitRule
        fields: ClassVar = [
            "id", "key", "name", "law", "law_ko", "law_en", "article", "valid_from", "valid_to", "application_days",
            "plan_days", "plan_cap_days", "result_days", "extension_days", "deeming_days", "limits_move", "counting",
            "counting_confidence", "provenance", "version",
        ]  # fmt: skip


class StageSerializer(serializers.Serializer):
    """A stretch with a limit of its own; `due` is null while supplementation is open and nothing caps it."""

    name = serializers.ChoiceField(StageName.choices)
    start = serializers.DateField()
    limit_days = serializers.IntegerField(source="limit")
    in_working_days = serializers.BooleanField()
    used_days = serializers.IntegerField(source="used")
    left_out_days = serializers.IntegerField(source="left_out")
    is_extended = serializers.BooleanField(source="extended")
    due = serializers.DateField(allow_null=True)
    ended_on = serializers.DateField(allow_null=True)
    is_missed = serializers.BooleanField()


class ClockSerializer(serializers.Serializer):
    """Where a permit stands today. `deemed` is processing deemed completed, never a permit granted.

    `deemed_on` is the day on which deeming falls, should a limit be missed; `missed` names that limit.
    """

    as_of = serializers.DateField(source="standing.on")
    state = serializers.ChoiceField(PermitState.choices, source="standing.state")
    light = serializers.CharField(source="standing.light", allow_null=True)
    next_due = serializers.DateField(source="standing.next_due", allow_null=True)
    missed = serializers.ChoiceField(StageName.choices, source="standing.missed.name", allow_null=True)
    deemed_on = serializers.DateField(source="standing.deemed_on", allow_null=True)
    stages = StageSerializer(many=True, source="standing.stages")
    rule = serializers.SlugField(source="rule.key")


class PermitEventSerializer(serializers.ModelSerializer):
    """What happened on a day; an entry that was withdrawn says why and does not count."""

    id = serializers.UUIDField(source="uuid", read_only=True)

    class Meta:
        model = PermitEvent
        fields: ClassVar = ["id", "step", "happened_on", "note", "withdrawn_for"]
        read_only_fields = fields


class PermitSerializer(RowSerializer):
    """`clock` is null where no rule holds on the permit's day."""

    prefetch = ("events",)

    clock = ClockSerializer(source="clocked", allow_null=True)
    events = PermitEventSerializer(many=True)

    class Meta:
        model = Permit
        fields: ClassVar = row_fields("law", "matter", "applicant", "authority", "clock", "events")

    def to_representation(self, instance: Any) -> Any:
        context: Any = self.context
        if "reckoner" not in context:
            context["reckoner"] = reckoner(past.day())
        instance.clocked = context["reckoner"].of(instance)
        return super().to_representation(instance)


class AppliedRateSerializer(serializers.Serializer):
    """A rate as the calculation used it: law, article, time, and how sure each part is."""

    id = serializers.UUIDField(source="uuid")
    key = serializers.CharField()
    tax_class = serializers.CharField()
    kind = serializers.CharField()
    law_ko = serializers.CharField()
    article = serializers.CharField()
    invest_from = serializers.DateField()
    invest_to = serializers.DateField(allow_null=True)
    base_bp = serializers.IntegerField()
    base_confidence = serializers.CharField()
    incremental_bp = serializers.IntegerField(allow_null=True)
    incremental_confidence = serializers.CharField()
    superseded_on = serializers.DateField(allow_null=True)
    provenance = ProvenanceSerializer(source="*")


class AppliedRuleSerializer(serializers.Serializer):
    key = serializers.CharField()
    name = serializers.CharField()
    value = NumberField()
    unit = serializers.CharField()
    provenance = ProvenanceSerializer(source="*")


class CreditSerializer(serializers.Serializer):
    """The credit in whole won; each part drops what is below one won. Null: not computed, since something is not given.

    `mean_won` and `increase_won` are shown without the fraction of a won that the computation keeps.
    """

    tax_class = serializers.CharField(source="investment.tax_class")
    size = serializers.CharField(source="investment.size")
    invested_on = serializers.DateField(source="investment.invested_on")
    eligible_won = serializers.IntegerField(source="investment.eligible_won")
    preceding_won = serializers.ListField(
        source="investment.preceding_won", child=serializers.IntegerField(), allow_null=True
    )
    base_won = serializers.IntegerField()
    mean_won = serializers.IntegerField(allow_null=True)
    increase_won = serializers.IntegerField(allow_null=True)
    incremental_uncapped_won = serializers.IntegerField(source="uncapped_won", allow_null=True)
    cap_won = serializers.IntegerField(allow_null=True)
    is_capped = serializers.BooleanField()
    incremental_won = serializers.IntegerField(allow_null=True)
    total_won = serializers.IntegerField()
    unverified = serializers.ListField(child=serializers.CharField())
    rate = AppliedRateSerializer()
    rate_reason = serializers.CharField(
        source="why_this_rate", help_text="Why the rate of another class applied; empty where it is the class's own."
    )
    superseded_rates = AppliedRateSerializer(source="superseded", many=True)
    cap_rule = AppliedRuleSerializer(allow_null=True)
    mean_rule = AppliedRuleSerializer(allow_null=True)
