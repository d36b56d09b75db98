"""Serializers of money: whole won, phases never added to each other."""

from typing import Any, ClassVar

from django.db.models import Prefetch
from rest_framework import serializers

from accounts.serializers import MinistryReference
from common.serializers import Lookup, NounSerializer, ProvenanceSerializer
from tasks.choices import MoneyPhase
from tasks.models import BudgetEntry, BudgetLine
from tasks.rollups import latest_levels
from tasks.serializers.references import BudgetLineReference, MeasureReference, TechnologyReference

WON = "Whole won; null where nothing is known."

AmountsSerializer = type(
    "AmountsSerializer",
    (serializers.Serializer,),
    {phase: serializers.IntegerField(allow_null=True, read_only=True, help_text=WON) for phase in MoneyPhase.values}
    | {"__doc__": "Whole won by phase; null where nothing is known.", "__module__": __name__},
)


class BudgetLineSerializer(NounSerializer):
    select = ("measure", "ministry", "technology")

    title = serializers.CharField()
    measure = MeasureReference()
    ministry = MinistryReference(allow_null=True)
    technology = TechnologyReference(allow_null=True)
    amounts = serializers.SerializerMethodField()
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = BudgetLine
        fields: ClassVar = [
            "id", "key", "title", "title_ko", "title_en", "measure", "fiscal_year", "ministry", "account",
            "technology", "amounts", "provenance", "version",
        ]  # fmt: skip

    @classmethod
    def prefetches(cls, user: Any) -> tuple[Lookup, ...]:
        return (Prefetch("entries", latest_levels(), to_attr="levels"),)

    def get_amounts(self, line: BudgetLine) -> AmountsSerializer:  # type: ignore[valid-type]
        """The latest level of every phase, as of today."""
        found = {entry.phase: entry.amount_won for entry in line.levels}  # type: ignore[attr-defined]
        return {phase: found.get(phase) for phase in MoneyPhase.values}


class BudgetEntrySerializer(NounSerializer):
    select = ("line", "line__measure")

    line = BudgetLineReference()
    measure = MeasureReference(source="line.measure")
    fiscal_year = serializers.IntegerField(source="line.fiscal_year", allow_null=True)
    provenance = ProvenanceSerializer(source="*")

    class Meta:
        model = BudgetEntry
        fields: ClassVar = [
            "id", "line", "measure", "fiscal_year", "phase", "amount_won", "effective_on", "recorded_at", "provenance",
            "version",
        ]  # fmt: skip
