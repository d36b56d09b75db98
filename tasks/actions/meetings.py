"""Meetings with their agenda, and decisions with their follow-up: the coordinating office writes them."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import Invalid
from tasks.actions.records import change_record, create_record, move_record
from tasks.actions.risks import check_office
from tasks.choices import DECISION_MOVES, MEETING_MOVES, DecisionVerb, MeetingStatus, MeetingVerb
from tasks.models import AgendaItem, Decision, Meeting
from tasks.permissions import Actor, require

MEETING_VERBS = {"hold": "held", "cancel": "cancelled", "plan": "planned"}
DECISION_VERBS = {"complete": "done", "withdraw": "withdrawn", "reopen": "reopened"}


def plan_meeting(*, by: Actor, **values: Any) -> Meeting:
    """Enter a meeting that is to come, or one that was; that it was held is said by `move_meeting`."""
    return create_record(Meeting, by=by, verb="meeting.planned", **values)


def change_meeting(
    meeting: Meeting, *, by: Actor, reason: str, expected_version: int | None = None, **values: Any
) -> Meeting:
    """Raises Forbidden, Stale, or Invalid: one that was held stays in the past."""
    require(by, "record", meeting)
    if meeting.status == MeetingStatus.HELD:
        _check_held_on(values.get("meets_on", meeting.meets_on), "meets_on")
    verb = "meeting.changed"
    return change_record(meeting, by=by, verb=verb, reason=reason, expected_version=expected_version, **values)


def move_meeting(
    meeting: Meeting,
    *,
    by: Actor,
    verb: str,
    meets_on: date | None = None,
    minutes: str = "",
    reason: str = "",
    expected_version: int | None = None,
) -> Meeting:
    """Say that a meeting was held (on which day, with its minutes), cancel it, or plan it again.

    Raises Forbidden, Stale, or Invalid for an illegal move, a reason that is missing, a day to come.
    """
    require(by, "record", meeting)
    values: dict[str, Any] = {"meets_on": meets_on} if meets_on else {}
    if verb == MeetingVerb.HOLD:
        _check_held_on(meets_on or meeting.meets_on, "meets_on")
        values["minutes"] = minutes
    elif minutes.strip():
        raise Invalid(_("A meeting that was not held has no minutes."), field="minutes")
    return move_record(
        meeting, MEETING_MOVES, by=by, verb=verb, logged=f"meeting.{MEETING_VERBS.get(verb, verb)}",
        reason=reason, expected_version=expected_version, column="status", **values,
    )  # fmt: skip


def add_agenda_item(meeting: Meeting, *, by: Actor, **values: Any) -> AgendaItem:
    require(by, "record", meeting)
    return create_record(AgendaItem, by=by, verb="agenda_item.added", meeting=meeting, **values)


def change_agenda_item(item: AgendaItem, **change: Any) -> AgendaItem:
    return change_record(item, verb="agenda_item.changed", **change)


def record_decision(meeting: Meeting, *, by: Actor, **values: Any) -> Decision:
    """What a meeting decided. Raises Forbidden, or Invalid: of one that was held, up to today, on its own agenda."""
    require(by, "record", meeting)
    many = ("milestones", "risks")
    _check_decision(Decision(meeting=meeting, **{n: v for n, v in values.items() if n not in many}))
    return create_record(Decision, by=by, verb="decision.recorded", meeting=meeting, **values)


def change_decision(
    decision: Decision, *, by: Actor, reason: str, expected_version: int | None = None, **values: Any
) -> Decision:
    """Raises Forbidden, Invalid, Stale."""
    require(by, "record", decision)
    now = {field.name: getattr(decision, field.name) for field in Decision._meta.concrete_fields}
    _check_decision(Decision(**(now | {name: value for name, value in values.items() if name in now})))
    verb = "decision.changed"
    return change_record(decision, by=by, verb=verb, reason=reason, expected_version=expected_version, **values)


def move_decision(
    decision: Decision,
    *,
    by: Actor,
    verb: str,
    reason: str = "",
    done_on: date | None = None,
    expected_version: int | None = None,
) -> Decision:
    """Say that a decision was carried out (`reason` is what was done, with its day), withdraw it, or open it again.

    Raises Forbidden, Stale, or Invalid for an illegal move, for what is missing, for a day before the decision or to
    come.
    """
    require(by, "record", decision)
    is_done = verb == DecisionVerb.COMPLETE
    if done_on and not is_done:
        raise Invalid(_("Only what is done has a day on which it was done: leave this empty."), field="done_on")
    if done_on and done_on > timezone.localdate():
        raise Invalid(_("Nothing can be done on a day that has not come yet."), field="done_on")
    if done_on and done_on < decision.decided_on:
        raise Invalid(_("It cannot be done before it was decided."), field="done_on")
    values: dict[str, Any] = {"done_on": done_on, "outcome": reason.strip() if is_done else ""}
    return move_record(
        decision, DECISION_MOVES, by=by, verb=verb, logged=f"decision.{DECISION_VERBS.get(verb, verb)}",
        reason=reason, expected_version=expected_version, **values,
    )  # fmt: skip


def _check_held_on(day: date, field: str) -> None:
    if day > timezone.localdate():
        raise Invalid(_("A meeting that was held lies on a day that has come. Correct the date."), field=field)


def _check_decision(decision: Decision) -> None:
    """What a field alone cannot say."""
    if decision.meeting.status != MeetingStatus.HELD:
        raise Invalid(_("Only a meeting that was held has decided something. Say first that it was held."))
    if decision.decided_on and decision.decided_on > timezone.localdate():
        raise Invalid(_("Nothing is decided on a day that has not come yet."), field="decided_on")
    if decision.due_on and decision.decided_on and decision.due_on < decision.decided_on:
        raise Invalid(_("It cannot be due before it was decided."), field="due_on")
    if decision.agenda_item and decision.agenda_item.meeting_id != decision.meeting_id:
        raise Invalid(_("This item stands on the agenda of another meeting."), field="agenda_item")
    check_office(decision)
