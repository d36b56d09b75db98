"""Reports: the only way in which a milestone's state, progress, forecast and actual date change."""

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from common import history
from common.errors import DomainError, Forbidden, Invalid, Stale
from common.records import Confidence, known_day
from tasks.actions.evidence import file_with, require_evidence
from tasks.actions.report_periods import let_no_period_close, period_of
from tasks.actions.standing import Standing, in_force, standing, standing_then
from tasks.choices import (
    MOVES,
    OPEN_TO_ITS_OFFICE,
    DatePrecision,
    MilestoneState,
    Move,
    ReportStatus,
    Verb,
)
from tasks.models import Milestone, StatusReport
from tasks.permissions import SYSTEM, Actor, Denied, System, awaits_ministry, may, may_move, require, stood_in_for

WHOLE_BP = 10_000
EVENTS = {
    Verb.UPDATE: "milestone.updated",
    Verb.START: "milestone.started",
    Verb.COMPLETE: "milestone.completed",
    Verb.SUSPEND: "milestone.suspended",
    Verb.RESUME: "milestone.resumed",
    Verb.CANCEL: "milestone.cancelled",
    Verb.REOPEN: "milestone.reopened",
}
# Of the review steps that a strategy may ask for.
BOTH_STEPS = 2
_WRITTEN = (
    "ministry_id", "office_id", "period", "effective_on", "verb", "from_state", "state", "progress_bp", "forecast",
    "started_on", "completed_on", "completed_precision", "result", "next_plan", "issues", "reason", "author",
    "confidence", "source",
)  # fmt: skip


@dataclass(frozen=True)
class ReportValues:
    """What a reporter says. Progress in basis points; None means: not said, keep what stands."""

    verb: str
    progress_bp: int | None = None
    forecast: date | None = None
    completed_on: date | None = None
    completed_precision: str = DatePrecision.DAY
    started_on: date | None = None
    effective_on: date | None = None
    result: str = ""
    next_plan: str = ""
    issues: str = ""
    reason: str = ""


def report_milestone(
    milestone: Milestone,
    values: ReportValues,
    *,
    by: Actor,
    today: date | None = None,
    expected_version: int | None = None,
    submission: uuid.UUID | None = None,
    **provenance: Any,
) -> StatusReport:
    """File a report; where the strategy has no review steps it is accepted at once.

    `submission` names the form: sent a second time, it files nothing and answers with what it filed; where it says
    something else by then, it is stale.

    Raises Forbidden (who), Invalid (what, at which field), Stale (somebody changed the milestone).
    """
    today = today or timezone.localdate()
    _require_move(by, values.verb, milestone)
    with history.context(actor=by, verb=EVENTS[Verb(values.verb)], reason=values.reason):
        milestone = _lock(milestone)
        if (filed := _filed(milestone, submission, values, by)) is not None:
            return filed
        _require_version(milestone, expected_version)
        move = _legal_move(milestone.state, values)
        report = _written(milestone, move, values, by=by, today=today, submission=submission, **provenance)
        _submit(report, milestone, by=by)
    return report


def check_report(milestone: Milestone, values: ReportValues, *, by: Actor = SYSTEM) -> StatusReport:
    """What filing these values would say, unsaved and in no period; raises Invalid as `report_milestone` would."""
    return _judged(milestone, _legal_move(milestone.state, values), values, by=by, today=timezone.localdate())


def draft_report(
    milestone: Milestone,
    values: ReportValues,
    *,
    by: Actor,
    today: date | None = None,
    submission: uuid.UUID | None = None,
    **provenance: Any,
) -> StatusReport:
    """Keep a report without submitting it: it moves nothing and enters no figure."""
    today = today or timezone.localdate()
    _require_move(by, values.verb, milestone)
    with history.context(actor=by, verb="report.drafted"):
        milestone = _lock(milestone)
        if (filed := _filed(milestone, submission, values, by)) is not None:
            return filed
        move = _legal_move(milestone.state, values)
        report = _written(milestone, move, values, by=by, today=today, submission=submission, **provenance)
        report.save(force_insert=True)
    return report


def revise_report(
    report: StatusReport,
    values: ReportValues,
    *,
    by: Actor,
    submit: bool = True,
    today: date | None = None,
    expected_version: int | None = None,
    expected_report_version: int | None = None,
    submission: uuid.UUID | None = None,
) -> StatusReport:
    """Write a draft or returned report anew, and submit it; else it stays, or becomes, a draft.

    `expected_version` is that of the milestone. Raises as `report_milestone`. It is its last writer's own word, whoever
    began it.
    """
    today = today or timezone.localdate()
    _require_move(by, values.verb, report.milestone)
    verb = EVENTS[Verb(values.verb)] if submit else "report.drafted"
    with history.context(actor=by, verb=verb, reason=values.reason):
        milestone = _lock(report.milestone)
        if (filed := _filed(milestone, submission, values, by)) is not None:
            return filed
        report = _lock_report(report)
        if report.status not in OPEN_TO_ITS_OFFICE:
            raise Invalid(
                _("Only a draft or a returned report can be changed; this one is %s.") % report.get_status_display(),
                code="not_open",
            )
        if expected_report_version is not None and report.version != expected_report_version:
            raise Stale(_("This report was changed meanwhile. Compare both, then save again."), current=report)
        _require_version(milestone, expected_version)
        written = _written(milestone, _legal_move(milestone.state, values), values, by=by, today=today)
        for name in _WRITTEN:
            setattr(report, name, getattr(written, name))
        report.status, report.submission = ReportStatus.DRAFT, submission
        if submit:
            _submit(report, milestone, by=by)
        else:
            report.save()
    return report


def endorse_report(report: StatusReport, *, by: Actor) -> StatusReport:
    """The first of two review steps: the ministry stands by its report, and the coordinating office accepts it."""
    require(by, "endorse", report)
    with history.context(actor=by, verb="report.endorsed", on_behalf_of=stood_in_for(by, "endorse", report)):
        milestone = _lock(report.milestone)
        report = _lock_report(report)
        _require_submitted(report)
        if milestone.measure.strategic_task.strategy.review_steps != BOTH_STEPS:
            raise Invalid(_("This strategy has one review step: accept the report instead."), code="one_step")
        if report.endorsed_at:
            raise Invalid(_("The ministry has approved this report already."), code="endorsed")
        report.endorsed_at, report.endorsed_by = timezone.now(), _person(by)
        report.save(update_fields=["endorsed_at", "endorsed_by"])
    return report


def accept_report(report: StatusReport, *, by: Actor) -> StatusReport:
    """Accept a submitted report: the move is checked again against the state that it finds."""
    require(by, "accept", report)
    with history.context(actor=by, verb="report.accepted", on_behalf_of=stood_in_for(by, "accept", report)):
        milestone = _lock(report.milestone)
        report = _lock_report(report)
        _require_submitted(report)
        _rebase(report, milestone)
        require_evidence(report, by=by)
        _accept(report, milestone, by=by)
    return report


def approve_report(report: StatusReport, *, by: Actor) -> StatusReport:
    """The next review step, whichever it is: the ministry's own, or the last one, which accepts."""
    is_first = awaits_ministry(report) and (bool(may(by, "endorse", report)) or not may(by, "accept", report))
    return (endorse_report if is_first else accept_report)(report, by=by)


def return_report(report: StatusReport, *, by: Actor, reason: str) -> StatusReport:
    """Send a submitted report back to its office, which mends it and submits it again. Needs a reason."""
    require(by, "return", report)
    if not reason.strip():
        raise Invalid(_("Say what is to be mended: the office reads it."), field="reason", code="required")
    behalf = stood_in_for(by, "return", report)
    with history.context(actor=by, verb="report.returned", reason=reason, on_behalf_of=behalf):
        _lock(report.milestone)
        report = _lock_report(report)
        _require_submitted(report)
        report.status, report.return_reason = ReportStatus.RETURNED, reason.strip()
        report.returned_at, report.returned_by = timezone.now(), _person(by)
        report.endorsed_at = report.endorsed_by = None
        report.save()
    return report


def withdraw_report(report: StatusReport, *, by: Actor, reason: str = "") -> StatusReport:
    """Take a report back; the milestone falls back to what the remaining reports say."""
    require(by, "withdraw", report)
    with history.context(actor=by, verb="report.withdrawn", reason=reason):
        milestone = _lock(report.milestone)
        report = _lock_report(report)
        if report.status == ReportStatus.WITHDRAWN:
            raise Invalid(_("This report is no longer in force."), code="not_in_force")
        now = timezone.now()
        _withdraw(report, now)
        if report.verb == Verb.COMPLETE and report.accepted_at:
            _restore_contradicted(report, now)
        _project(milestone)
    return report


def end_milestone(
    milestone: Milestone, *, by: Actor, effective_on: date, reason: str, superseded_by: Milestone | None = None
) -> StatusReport:
    """Take a milestone out of the plan, naming what takes its place where something does.

    A decision on the plan is the coordinating office's own: it counts at once, whatever review reports ask for, and
    stays in the history as a report like any other. Raises Forbidden; Invalid where it has ended, for a day to come
    and for one before the last report.
    """
    _require_move(by, Verb.CANCEL, milestone)
    verb = "milestone.superseded" if superseded_by else EVENTS[Verb.CANCEL]
    values = ReportValues(Verb.CANCEL, effective_on=effective_on, reason=reason)
    with history.context(actor=by, verb=verb, reason=reason):
        milestone = _lock(milestone)
        move = _legal_move(milestone.state, values)
        if milestone.reported_on and milestone.reported_on > effective_on:
            raise Invalid(
                _("%(code)s was reported for %(day)s. Choose that day or a later one.")
                % {"code": milestone.code, "day": known_day(milestone.reported_on)},
                field="effective_on",
            )
        report = _written(milestone, move, values, by=by, today=timezone.localdate())
        report.submitted_at = timezone.now()
        _accept(report, milestone, by=by)
        if superseded_by is not None:
            milestone.superseded_by = superseded_by
            milestone.save(update_fields=["superseded_by"])
    return report


def _lock(milestone: Milestone) -> Milestone:
    let_no_period_close()
    return (
        Milestone.objects.select_for_update(of=("self",))
        .select_related("measure__strategic_task__strategy")
        .get(pk=milestone.pk)
    )


def _require_version(milestone: Milestone, expected: int | None) -> None:
    if expected is not None and milestone.version != expected:
        raise Stale(
            _("This milestone was changed meanwhile. Compare what stands now with what you entered, then save again."),
            current=milestone,
        )


def _filed(milestone: Milestone, submission: uuid.UUID | None, values: ReportValues, by: Actor) -> StatusReport | None:
    """What this form has filed already; asked under the lock, so that of two at once the second finds it.

    Stale where it says something else by now: its answer was lost on the way, and somebody wrote on.
    """
    if submission is None:
        return None
    found = StatusReport.objects.filter(milestone=milestone, submission=submission, author=_person(by)).first()
    if found is not None and not _is_said_by(found, values):
        raise Stale(
            _("This form was filed before you typed on. Compare what stands with what you entered, then save again."),
            current=milestone,
        )
    return found


def _is_said_by(report: StatusReport, values: ReportValues) -> bool:
    said = {name: getattr(values, name) for name in ("progress_bp", "forecast")}
    if values.verb == Verb.COMPLETE:
        said = {"completed_on": values.completed_on}
    words = {name: getattr(values, name) for name in ("verb", "result", "next_plan", "issues", "reason")}
    wanted = words | {name: value for name, value in said.items() if value is not None}
    return all(getattr(report, name) == value for name, value in wanted.items())


def _lock_report(report: StatusReport) -> StatusReport:
    """After its milestone: everybody locks in this order."""
    return StatusReport.objects.select_for_update().get(pk=report.pk)


def _require_submitted(report: StatusReport) -> None:
    if report.status != ReportStatus.SUBMITTED:
        raise Invalid(
            _("Only a submitted report can be reviewed; this one is %s.") % report.get_status_display(),
            code="not_submitted",
        )


def _person(by: Actor) -> Any:
    return None if isinstance(by, System) else by


def _submit(report: StatusReport, milestone: Milestone, *, by: Actor) -> None:
    """To the first desk that reviews it; where there is none, it is accepted at once."""
    report.status = ReportStatus.SUBMITTED
    report.submitted_at = timezone.now()
    report.endorsed_at = report.endorsed_by = None
    require_evidence(report, by=by)
    if milestone.measure.strategic_task.strategy.review_steps == 0:
        _accept(report, milestone, by=by)
    else:
        report.save()
    file_with(report, by=by)


def _require_move(by: Actor, verb: str, milestone: Milestone) -> None:
    if verb not in MOVES:
        raise Invalid(_("Unknown move “%s”.") % verb, field="verb")
    answer = may_move(by, verb, milestone)
    if isinstance(answer, Denied):
        raise Forbidden(answer.reason)


def _legal_move(state: str, values: ReportValues | StatusReport) -> Move:
    move = MOVES[values.verb]
    if state not in move.sources:
        allowed = ", ".join(str(MilestoneState(source).label) for source in move.sources)
        raise Invalid(
            _("“%(move)s” is not possible from “%(state)s”. It is possible from: %(allowed)s.")
            % {"move": move.verb.label, "state": MilestoneState(state).label, "allowed": allowed},
            field="verb",
            code="illegal_move",
        )
    for name in move.required:
        if not getattr(values, name):
            raise _missing(name, move)
    return move


def _missing(name: str, move: Move) -> DomainError:
    texts = {
        "completed_on": _("Enter the date on which it was completed."),
        "reason": _("Enter the reason: “%s” needs one.") % move.verb.label,
    }
    return Invalid(texts[name], field=name, code="required")


def _written(milestone: Milestone, move: Move, values: ReportValues, **given: Any) -> StatusReport:
    """The unsaved report, with the values that the milestone will have, in its period."""
    report = _judged(milestone, move, values, **given)
    report.period = period_of(milestone, report.effective_on)
    return report


def _judged(
    milestone: Milestone, move: Move, values: ReportValues, *, by: Actor, today: date, **provenance: Any
) -> StatusReport:
    effective_on = _effective_on(move, values, today)
    before = _before(milestone, move, effective_on)
    state = move.target_from(before.state)
    completes = state == MilestoneState.COMPLETED
    progress = WHOLE_BP if completes else _progress(state, before, values)
    _check_forecast(values.forecast, today, completes)
    _check_says_something(values)
    return StatusReport(
        milestone=milestone,
        ministry_id=milestone.responsible_ministry_id,
        office_id=milestone.responsible_office_id,
        effective_on=effective_on,
        verb=move.verb,
        from_state=before.state,
        state=state,
        progress_bp=progress,
        forecast=None if completes else values.forecast or before.forecast,
        started_on=_started_on(move, values, before, None if isinstance(by, System) else effective_on),
        completed_on=values.completed_on if completes else None,
        completed_precision=values.completed_precision if completes else DatePrecision.DAY,
        result=values.result,
        next_plan=values.next_plan,
        issues=values.issues,
        reason=values.reason,
        author=_person(by),
        **({"confidence": Confidence.REPORTED} | provenance),
    )


def _before(milestone: Milestone, move: Move, day: date) -> Standing:
    """What stood on the day; where the move does not start from there, the state of now."""
    before = standing_then(milestone, day)
    return before if before.state in move.sources else replace(before, state=milestone.state)


def _rebase(report: StatusReport, milestone: Milestone) -> None:
    """Let the report start from the state that its acceptance finds, which others may have moved meanwhile."""
    found = _before(milestone, MOVES[report.verb], report.effective_on).state
    move = _legal_move(found, report)
    report.from_state, report.state = found, move.target_from(found)
    if report.state == MilestoneState.PLANNED and report.progress_bp:
        raise Invalid(_("It has not started yet. Choose “Start” to report progress."), field="progress")


def _effective_on(move: Move, values: ReportValues, today: date) -> date:
    """A completion counts from its actual date, anything else from the day it is said for (today).

    In a closed period it becomes part of the past: what was published stands, and the report restates it.
    """
    if move.verb == Verb.COMPLETE and values.completed_on:
        if values.completed_on > today:
            raise Invalid(_("The completion date lies in the future. Enter a date up to today."), field="completed_on")
        return values.completed_on
    day = values.effective_on or today
    if day > today:
        raise Invalid(_("A report cannot take effect in the future."), field="effective_on")
    return day


def _progress(state: str, before: Standing, values: ReportValues) -> int | None:
    progress = before.progress_bp if values.progress_bp is None else values.progress_bp
    if before.state == MilestoneState.COMPLETED and values.progress_bp is None:
        return None  # reopened: what is left to do is not known until somebody says so
    if progress is None:
        return None
    if not 0 <= progress <= WHOLE_BP:
        raise Invalid(_("Progress is a number from 0 to 100."), field="progress")
    if state == MilestoneState.PLANNED and progress > 0:
        raise Invalid(_("It has not started yet. Choose “Start” to report progress."), field="progress")
    if progress == WHOLE_BP and values.progress_bp is not None:
        raise Invalid(_("100% means completed: choose “Complete” and enter the date."), field="progress")
    return progress


def _check_forecast(forecast: date | None, today: date, completes: bool) -> None:
    if forecast is not None and forecast < today and not completes:
        raise Invalid(_("The forecast lies in the past. Enter today or a later date."), field="forecast")


def _check_says_something(values: ReportValues) -> None:
    """An update without content would make the milestone look freshly reported."""
    said = (values.progress_bp, values.forecast, values.result, values.next_plan, values.issues, values.reason)
    if values.verb == Verb.UPDATE and all(value in (None, "") for value in said):
        raise Invalid(_("The report is empty. Enter progress, a forecast or a text, if only that nothing moved."))


def _started_on(move: Move, values: ReportValues, before: Standing, default: date | None) -> date | None:
    """A person who reports a start without a date means the report's own; of a recorded fact it is not known."""
    if move.verb in (Verb.START, Verb.RESUME):
        return values.started_on or before.started_on or default
    return values.started_on or before.started_on


def _accept(report: StatusReport, milestone: Milestone, *, by: Actor) -> None:
    now = timezone.now()
    report.status = ReportStatus.ACCEPTED
    report.accepted_at = now
    report.accepted_by = _person(by)
    if report.verb == Verb.COMPLETE:
        _withdraw_contradicted(report, now)
    report.save()
    _project(milestone)


def _withdraw_contradicted(report: StatusReport, now: datetime) -> None:
    """Completed earlier than was last reported: those later reports were wrong, and are kept as withdrawn."""
    for later in in_force(report.milestone, now).filter(effective_on__gt=report.effective_on).exclude(pk=report.pk):
        _withdraw(later, now)


def _restore_contradicted(completion: StatusReport, now: datetime) -> None:
    """The completion is undone, so what it had withdrawn counts again: as copies, known from now on."""
    rows = StatusReport.objects.filter(milestone=completion.milestone_id, withdrawn_at=completion.accepted_at)
    for report in rows.filter(effective_on__gt=completion.effective_on).order_by("accepted_at", "pk"):
        report.pk, report.uuid, report._state.adding = None, uuid.uuid4(), True
        report.status, report.accepted_at, report.withdrawn_at = ReportStatus.ACCEPTED, now, None
        report.save(force_insert=True)


def _withdraw(report: StatusReport, now: datetime) -> None:
    report.status = ReportStatus.WITHDRAWN
    report.withdrawn_at = now
    report.save(update_fields=["status", "withdrawn_at"])


def _project(milestone: Milestone) -> None:
    """Write the latest standing into the milestone's own columns."""
    latest = standing(milestone)
    for name, value in latest.__dict__.items():
        setattr(milestone, name, value)
    milestone.save(update_fields=list(latest.__dict__))
    milestone.refresh_from_db(fields=["version"])
