"""Risks: raised, changed, and moved from state to state."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import Invalid
from tasks.actions.records import change_record, create_record, move_record
from tasks.choices import RISK_MOVES
from tasks.models import Measure, Milestone, Risk
from tasks.permissions import Actor, require

VERBS = {"occur": "occurred", "mitigate": "mitigated", "close": "closed", "reopen": "reopened"}


def raise_risk(node: Measure | Milestone, *, by: Actor, **values: Any) -> Risk:
    """Enter a risk of a measure or milestone. Raises Forbidden, or Invalid naming the first wrong field."""
    require(by, "record", Risk(**Risk.place(node)))
    _check(Risk(**Risk.place(node), **values))
    return create_record(Risk, by=by, verb="risk.raised", **Risk.place(node), **values)


def change_risk(risk: Risk, *, by: Actor, reason: str, expected_version: int | None = None, **values: Any) -> Risk:
    """Score it anew, hand it over, ask for a decision. Raises Forbidden, Invalid, Stale."""
    require(by, "record", risk)
    _check(_as_if(risk, values))
    return change_record(risk, by=by, verb="risk.changed", reason=reason, expected_version=expected_version, **values)


def move_risk(risk: Risk, *, by: Actor, verb: str, reason: str, expected_version: int | None = None) -> Risk:
    """Make a move of `RISK_MOVES`; `reason` says what happened or was done. Raises Forbidden, Invalid, Stale."""
    return move_record(
        risk,
        RISK_MOVES,
        by=by,
        verb=verb,
        logged=f"risk.{VERBS.get(verb, verb)}",
        reason=reason,
        expected_version=expected_version,
    )


def _as_if(risk: Risk, values: dict[str, Any]) -> Risk:
    now = {field.name: getattr(risk, field.name) for field in Risk._meta.concrete_fields}
    return Risk(**(now | values))


def _check(risk: Risk) -> None:
    """What a field alone cannot say."""
    if risk.raised_on and risk.raised_on > timezone.localdate():
        raise Invalid(_("Nothing is raised on a day that has not come yet."), field="raised_on")
    if risk.decide_by and not risk.decision_asked.strip():
        raise Invalid(_("Say what is to be decided by that day."), field="decision_asked")
    check_office(risk)


def check_office(row: Any) -> None:
    """An office answers within its ministry; one whose ministry is not on record within any."""
    office = row.office
    if office and office.ministry_id and office.ministry_id != row.ministry_id:
        words = _("This office belongs to another ministry: %s.") % office.ministry
        raise Invalid(words, field="office")
