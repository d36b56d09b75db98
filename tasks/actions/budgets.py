"""Budgets: lines, and their entries as append-only cumulative levels."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from common import history
from common.errors import Invalid
from tasks.actions.records import create_record, locked_as_seen, save_record
from tasks.models import BudgetEntry, BudgetLine
from tasks.permissions import Actor, require

A_YEAR = timedelta(days=366)


def create_budget_line(*, by: Actor, **values: Any) -> BudgetLine:
    return create_record(BudgetLine, by=by, verb="budget_line.created", **values)


def record_budget_entry(
    line: BudgetLine, *, by: Actor, phase: str, amount_won: int, effective_on: date, **provenance: Any
) -> BudgetEntry:
    """Record the level of a phase (whole won) from a day on; earlier entries stay, as restated.

    Raises Forbidden, or Invalid for a day more than a year ahead, which is a slip of the pen.
    """
    if effective_on > timezone.localdate() + A_YEAR:
        raise Invalid(
            _("This day lies more than a year ahead. Enter the day from which the level holds."), field="effective_on"
        )
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


def withdraw_budget_entry(entry: BudgetEntry, *, by: Actor, reason: str) -> BudgetEntry:
    """Let a mistaken entry no longer count: what was entered before it stands again. Nothing is removed.

    Raises Forbidden, or Invalid where there is no reason or it was withdrawn before.
    """
    require(by, "record", entry)
    if not reason.strip():
        raise Invalid(_("Enter the reason of the change."), field="reason")
    with history.context(actor=by, verb="budget_entry.withdrawn", reason=reason):
        locked = locked_as_seen(entry, None)
        if locked.withdrawn_at is not None:
            raise Invalid(_("This entry was withdrawn already; it no longer counts."))
        locked.withdrawn_at = timezone.now()
        save_record(locked)
    return locked
