"""Lights that somebody gives, declared or independent, with recovery plans, disputes and answers."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from common import history
from common.errors import Invalid
from tasks.actions.records import locked_as_seen, save_record
from tasks.choices import AssessmentKind, DisputeOutcome, Light
from tasks.models import Assessment, Dispute, Measure, RecoveryPlan, StrategicTask
from tasks.permissions import Actor, require

Node = StrategicTask | Measure


def declare_light(
    node: Node, *, by: Actor, recovery_plan: str = "", recovery_due: date | None = None, **values: Any
) -> Assessment:
    """Declare the ministry's own light of a node (`light`, `assessed_on`, `reason`), red with its recovery plan.

    Raises Forbidden, or Invalid for a day to come, for red without a plan, for a plan without its day.
    """
    require(by, "declare", node)
    if values["light"] == Light.RED and not recovery_plan.strip():
        words = _("A red light asks for a recovery plan: say what is done to leave it behind.")
        raise Invalid(words, field="recovery_plan")
    if recovery_plan.strip() and recovery_due is None:
        raise Invalid(_("Say by when the recovery plan is done."), field="recovery_due")
    with history.context(actor=by, verb="assessment.declared"):
        assessment = _give(node, by, kind=AssessmentKind.DECLARED, **values)
        if recovery_due is not None and recovery_plan.strip():
            day = assessment.assessed_on
            _plan(assessment, by, "recovery_due", plan=recovery_plan, due_on=recovery_due, given_on=day)
    return assessment


def assess_light(node: Node, *, by: Actor, **values: Any) -> Assessment:
    """Give a node a light of the coordinating office's own (`light`, `assessed_on`, `reason`).

    A red one asks the ministry for a recovery plan. Raises Forbidden, or Invalid for a day to come.
    """
    require(by, "assess", node)
    with history.context(actor=by, verb="assessment.assessed"):
        return _give(node, by, kind=AssessmentKind.INDEPENDENT, **values)


def give_recovery_plan(assessment: Assessment, *, by: Actor, plan: str, due_on: date, **values: Any) -> RecoveryPlan:
    """Say how a red light is left behind, and by when; a later plan restates it.

    Raises Forbidden, or Invalid where the light is not red or no longer stands, or for a day gone by.
    """
    require(by, "recover", assessment)
    with history.context(actor=by, verb="assessment.recovery_planned"):
        locked = _locked_standing(assessment)
        if locked.light != Light.RED:
            raise Invalid(_("Only a red light asks for a recovery plan."))
        return _plan(locked, by, "due_on", plan=plan, due_on=due_on, given_on=timezone.localdate(), **values)


def dispute_light(assessment: Assessment, *, by: Actor, reason: str, **values: Any) -> Dispute:
    """Say that the ministry does not agree with an independent light, and why; it stands until the answer.

    Raises Forbidden, or Invalid where it no longer stands or has been disputed already.
    """
    require(by, "dispute", assessment)
    with history.context(actor=by, verb="assessment.disputed"):
        locked = _locked_standing(assessment)
        day = timezone.localdate()
        return _stored(Dispute(assessment=locked, reason=reason, disputed_on=day, **_who(locked.node, by), **values))


def answer_dispute(
    dispute: Dispute, *, by: Actor, reason: str, outcome: str = "", light: str = "", expected_version: int | None = None
) -> Dispute:
    """Answer a dispute, with the reason: the light stands, or a new one of today takes its place.

    Raises Forbidden, Stale, or Invalid where it was answered before, or the new light is missing or the same.
    """
    require(by, "answer", dispute)
    with history.context(actor=by, verb="dispute.answered", reason=reason):
        locked = locked_as_seen(dispute, expected_version)
        if locked.outcome:
            raise Invalid(_("This dispute has been answered already."))
        if not outcome:
            raise Invalid(_("Choose whether the light stands."), field="outcome")
        if outcome == DisputeOutcome.CHANGED:
            locked.answered_with = _instead(locked.assessment, light, by, reason)
        elif light:
            raise Invalid(_("Where the light stands, no new one is given: leave this empty."), field="light")
        locked.outcome, locked.answer = outcome, reason
        locked.answered_on, locked.answered_at = timezone.localdate(), timezone.now()
        locked.answered_by = _author(by)
        save_record(locked)
    return locked


def withdraw_assessment(assessment: Assessment, *, by: Actor, reason: str) -> Assessment:
    """Let a mistaken light no longer count: the one before it stands again. Nothing is removed.

    Raises Forbidden, or Invalid where there is no reason or it was withdrawn before.
    """
    require(by, "withdraw_light", assessment)
    if not reason.strip():
        raise Invalid(_("Enter the reason of the change."), field="reason")
    with history.context(actor=by, verb="assessment.withdrawn", reason=reason):
        locked = locked_as_seen(assessment, None)
        if locked.withdrawn_at is not None:
            raise Invalid(_("This light was withdrawn already; it no longer counts."))
        locked.withdrawn_at = timezone.now()
        save_record(locked)
    return locked


def _give(node: Node, by: Actor, *, assessed_on: date, reason: str, **values: Any) -> Assessment:
    if assessed_on > timezone.localdate():
        raise Invalid(_("Nothing can be assessed as of a day that has not come yet."), field="assessed_on")
    if not reason.strip():
        raise Invalid(_("Say why the light is so."), field="reason")
    return _stored(
        Assessment(**Assessment.place(node), assessed_on=assessed_on, reason=reason, **_who(node, by), **values)
    )


def _instead(assessment: Assessment, light: str, by: Actor, reason: str) -> Assessment:
    """The light that takes the place of a disputed one."""
    if not light:
        raise Invalid(_("Choose the new light."), field="light")
    if light == assessment.light:
        raise Invalid(_("This is the light that was disputed. Choose another, or let it stand."), field="light")
    kind, today = AssessmentKind.INDEPENDENT, timezone.localdate()
    return _give(assessment.node, by, kind=kind, light=light, assessed_on=today, reason=reason)


def _plan(assessment: Assessment, by: Actor, day: str, **values: Any) -> RecoveryPlan:
    """`day` names the field in which the day was typed."""
    if values["due_on"] < values["given_on"]:
        raise Invalid(_("The plan cannot be due before it is given."), field=day)
    return _stored(RecoveryPlan(assessment=assessment, **_who(assessment.node, by), **values))


def _locked_standing(assessment: Assessment) -> Assessment:
    locked = locked_as_seen(assessment, None)
    rows: QuerySet[Assessment] = Assessment.objects.standing()
    if not rows.filter(pk=locked.pk).exists():
        raise Invalid(_("This light no longer stands: a later one took its place, or it was withdrawn."))
    return locked


def _author(by: Actor) -> Any:
    return by if by.pk else None


def _who(node: Node, by: Actor) -> dict[str, Any]:
    return {"ministry": node.lead_ministry, "author": _author(by)}


def _stored(row: Any) -> Any:
    save_record(row, force_insert=True)
    return row
