"""Budgets: lines, and their entries as append-only cumulative levels."""

from datetime import date
from typing import Any

from tasks.actions.records import create_record
from tasks.models import BudgetEntry, BudgetLine
from tasks.permissions import Actor


def create_budget_line(*, by: Actor, **values: Any) -> BudgetLine:
    return create_record(BudgetLine, by=by, verb="budget_line.created", **values)


def record_budget_entry(
    line: BudgetLine, *, by: Actor, phase: str, amount_won: int, effective_on: date, **provenance: Any
) -> BudgetEntry:
    """Record the level of a phase (whole won) from a day on; earlier entries stay, as restated."""
    return create_record(
        BudgetEntry,
        by=by,
        verb="budget_entry.recorded",
        line=line,
        phase=phase,
        amount_won=amount_won,
        effective_on=effective_on,
        **provenance,
    )
