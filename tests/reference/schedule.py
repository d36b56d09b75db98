"""What one milestone's dates say on a day: planned progress, light, slip, report expected."""

from collections.abc import Iterable
from datetime import date, timedelta

from .plan import Milestone

DUE_SOON = timedelta(days=30)


def planned_bp(milestone: Milestone, as_of: date) -> int | None:
    """Planned progress at the end of the day, in basis points, 0..10 000; None for an undated
    milestone.

    10 000 from `baseline_due` on; before it 0 up to and on `baseline_start`, then linear in
    calendar days, rounded down. Without a start, or with one that is not before the due date, it is
    a step at the due date.
    """
    start, due = milestone.baseline_start, milestone.baseline_due
    if due is None:
        return None
    if as_of >= due:
        return 10_000
    if start is None or start >= due or as_of <= start:
        return 0
    return 10_000 * (as_of - start).days // (due - start).days


def ended(milestone: Milestone) -> bool:
    return milestone.state in ("completed", "cancelled")


def is_overdue(milestone: Milestone, as_of: date) -> bool:
    """Not ended, and `current_due` is before the day (on the day itself it is not yet overdue)."""
    return not ended(milestone) and milestone.current_due is not None and milestone.current_due < as_of


def earliest_finish(milestone: Milestone, as_of: date) -> date | None:
    """The date on which a predecessor is taken to finish; None where nothing is known.

    Its `completed_on`; else its `forecast`; else its `current_due`. If it is overdue, not before
    `as_of`. Its own predecessors are not followed: their delay counts only once it stands in this
    milestone's forecast or due date.
    """
    if milestone.completed_on is not None:
        return milestone.completed_on
    finish = milestone.forecast or milestone.current_due
    if finish is not None and is_overdue(milestone, as_of):
        return max(finish, as_of)
    return finish


def schedule_light(milestone: Milestone, predecessors: Iterable[tuple[Milestone, int]], as_of: date) -> str | None:
    """overdue, at_risk, due_soon or on_track, tested in this order; None if ended or without
    `current_due`.

    `predecessors`: the milestones that exist in the same tier and must finish first, each with its
    lag in days. overdue: `current_due` < day. at_risk: `forecast` > `current_due`, or for some
    predecessor `earliest_finish` + lag days > `current_due` (reaching it on the very day is no
    risk). due_soon: `current_due` <= day + 30 days.
    """
    due = milestone.current_due
    if due is None or ended(milestone):
        return None
    if is_overdue(milestone, as_of):
        return "overdue"
    if milestone.forecast is not None and milestone.forecast > due:
        return "at_risk"
    for predecessor, lag_days in predecessors:
        finish = earliest_finish(predecessor, as_of)
        if finish is not None and finish + timedelta(days=lag_days) > due:
            return "at_risk"
    return "due_soon" if due <= as_of + DUE_SOON else "on_track"


def is_expected(milestone: Milestone, as_of: date) -> bool:
    """A report is expected of a milestone begun or due and not ended.

    Begun: its state is in_progress or suspended, or its `baseline_start` is on or before the day.
    Due: its `current_due` is on or before the day. Ended: completed or cancelled.
    """
    if ended(milestone):
        return False
    begun = milestone.state in ("in_progress", "suspended") or _reached(milestone.baseline_start, as_of)
    return begun or _reached(milestone.current_due, as_of)


def is_fresh(milestone: Milestone, as_of: date) -> bool:
    """Expected, and reported in the current period: the calendar month of `as_of`."""
    reported = milestone.reported_on
    if reported is None or not is_expected(milestone, as_of):
        return False
    return (reported.year, reported.month) == (as_of.year, as_of.month)


def slip_days(milestone: Milestone) -> int | None:
    """Calendar days from `baseline_due` to the end (`completed_on`, else `forecast`), negative if
    early; None if one of them is missing.
    """
    end = milestone.completed_on or milestone.forecast
    if end is None or milestone.baseline_due is None:
        return None
    return (end - milestone.baseline_due).days


def _reached(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of
