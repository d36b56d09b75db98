"""Serializers of money: whole won, phases never added to each other."""

from typing import Any, ClassVar

from django.db.models import Prefetch
from rest_framework import serializers

from accounts.serializers import MinistryReference
from common.serializers import Lookup, NounSerializer, ProvenanceSerializer
from tasks.choices import Bound, MoneyPhase
from tasks.models import BudgetEntry, BudgetLine
from tasks.rollups import latest_levels
from tasks.serializers.references import BudgetLineReference, MeasureReference, TechnologyReference


class AmountsSerializer(serializers.Serializer):
    """The latest level of every phase as of today, in whole won; null where nothing is known."""

    def get_fields(self) -> dict[str, Any]:
        return {phase: serializers.IntegerField(allow_null=True, read_only=True) for phase in MoneyPhase.values}

    def to_representation(self, line: BudgetLine) -> dict[str, int | None]:
        found = {entry.phase: entry.amount_won for entry in line.levels}  # type: ignore[attr-defined]
        return {phase: found.get(phase) for phase in MoneyPhase.values}


class BudgetLineSerializer(NounSerializer):
    select = ("measure", "part_of", "part_of__measure", "ministry", "technology")

    title = serializers.CharField()
    measure = MeasureReference()
    ministry = MinistryReference(allow_null=True)
    technology = TechnologyReference(allow_null=True)
    part_of = BudgetLineReference(allow_null=True)
    amounts = AmountsSerializer(source="*")
    at_least = serializers.SerializerMethodField()
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = BudgetLine
        fields: ClassVar = [
            "id", "key", "title", "title_ko", "title_en", "measure", "kind", "part_of", "fiscal_year", "ministry",
            "account", "technology", "amounts", "at_least", "provenance", "version",
        ]  # fmt: skip

    @classmethod
    def prefetches(cls, user: Any) -> tuple[Lookup, ...]:
        return (Prefetch("entries", latest_levels(), to_attr="levels"),)

    def get_at_least(self, line: BudgetLine) -> list[str]:
        """The phases whose amount is a lower bound."""
        return sorted(entry.phase for entry in line.levels if entry.bound == Bound.AT_LEAST)  # type: ignore[attr-defined]


class BudgetEntrySerializer(NounSerializer):
    select = ("line", "line__measure")

    line = BudgetLineReference()
    measure = MeasureReference(source="line.measure")
    fiscal_year = serializers.IntegerField(source="line.fiscal_year", allow_null=True)
    is_standing = serializers.BooleanField(help_text="Whether it is the level of its phase that counts today.")
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = BudgetEntry
        fields: ClassVar = [
            "id", "line", "measure", "fiscal_year", "phase", "amount_won", "bound", "effective_on", "precision",
            "recorded_at", "withdrawn_at", "is_standing", "provenance", "version",
        ]  # fmt: skip
