"""Who may do what: `may(user, verb, obj)`. Actions ask it; doors ask it only to hide buttons."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Delegation, Role, User
from common import past
from common.errors import Forbidden
from tasks.choices import MOVES, AssessmentKind, ReportStatus
from tasks.models import (
    Assessment,
    Comment,
    Dispute,
    Measure,
    Milestone,
    Risk,
    SavedView,
    StatusReport,
    StrategicTask,
)
from tasks.named_rows import followed_models, sees
from tasks.querysets import COMMENTED, clearance_of


class System:
    """The actor of seeds and jobs: no person, no limits, logged without a name."""

    pk = None
    is_authenticated = False

    def __str__(self) -> str:
        return "system"


SYSTEM = System()
Actor = User | System


@dataclass(frozen=True)
class Allowed:
    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True)
class Denied:
    reason: str

    def __bool__(self) -> bool:
        return False


Answer = Allowed | Denied
ALLOWED = Allowed()


def may(user: Actor, verb: str, obj: Any) -> Answer:
    """Whether this actor may do `verb` to `obj` now; a refusal carries its reason."""
    if isinstance(user, System):
        return ALLOWED
    if not user.is_authenticated or not user.is_active:
        return Denied(_("Sign in first."))
    if past.current() is not None:
        return Denied(_("A past day is for reading only."))
    return RULES[verb](user, obj)


def require(user: Actor, verb: str, obj: Any) -> None:
    """Raise `Forbidden` with the reason unless the actor may."""
    answer = may(user, verb, obj)
    if isinstance(answer, Denied):
        raise Forbidden(answer.reason)


def may_move(user: Actor, move_verb: str, milestone: Milestone) -> Answer:
    """Like `report`, plus the moves that only the coordinating office makes."""
    if MOVES[move_verb].by_coordinator:
        return may(user, "coordinate", milestone)
    return may(user, "report", milestone)


def _report(user: User, milestone: Milestone) -> Answer:
    if milestone.effective_tier > clearance_of(user):
        return Denied(_("There is no such milestone."))
    if user.has_role(Role.COORDINATOR):
        return ALLOWED
    if not user.has_role(Role.STAFF, Role.APPROVER):
        return Denied(_("Your role reads only. Ministry staff and the coordinating office report milestones."))
    if user.ministry_ids.isdisjoint(_answering(milestone)):
        return Denied(_("This milestone is answered for by another ministry; only its staff report it."))
    return ALLOWED


def _answering(node: Measure | Milestone) -> set[int | None]:
    """The ministry that leads the measure; of a milestone also the responsible one."""
    if isinstance(node, Measure):
        return {node.lead_ministry_id}
    return {node.responsible_ministry_id, node.measure.lead_ministry_id}


def _record(user: User, obj: Any) -> Answer:
    """Rows are recorded by who answers for the measure or milestone that they hang on.

    Rows that hang on neither are the coordinating office's. Of a noun (a model), the answer is whether
    the user may record any row of it at all.
    """
    node = None if isinstance(obj, type) else node_of(obj)
    if not isinstance(obj, type) and _tier(node, obj) > clearance_of(user):
        return Denied(_("Your clearance does not reach this classification."))
    if user.has_role(Role.COORDINATOR):
        return ALLOWED
    if node is None and not (isinstance(obj, type) and _hangs(obj)):
        return _coordinate(user, obj)
    if not user.has_role(Role.STAFF, Role.APPROVER):
        return Denied(_("Your role reads only. Ministry staff and the coordinating office enter data."))
    if node is not None and user.ministry_ids.isdisjoint(_answering(node)):
        return Denied(_("Another ministry answers for this; its staff and the coordinating office enter its data."))
    return ALLOWED


def _tier(*rows: Any) -> int:
    """The strictest of them; rows without a tier of their own, and models, hide nothing."""
    return max(getattr(row, "effective_tier", 0) for row in rows)


def _hangs(model: Any) -> bool:
    return "__" in getattr(model._default_manager.all(), "tier_path", "")


def node_of(row: Any) -> Measure | Milestone | None:
    """The node that a row hangs on: it stands on the way to the row's tier, or a risk names it."""
    if row is None or isinstance(row, Measure | Milestone):
        return row
    if isinstance(row, Risk):
        return row.node
    *way, _tier = getattr(row._meta.default_manager.all(), "tier_path", "").split("__")
    for step in way:
        try:
            row = getattr(row, step)
        except ObjectDoesNotExist:  # not said yet; the database will ask for it
            return None
    return row if isinstance(row, Measure | Milestone) else None


def reportable(user: Any, milestones: Any) -> Any:
    """Of these milestones, those that the user may report: the rule `report`, for a list."""
    if not user.is_authenticated:
        return milestones.none()
    if user.has_role(Role.COORDINATOR):
        return milestones
    if not user.has_role(Role.STAFF, Role.APPROVER):
        return milestones.none()
    ids = user.ministry_ids
    return milestones.filter(Q(responsible_ministry__in=ids) | Q(measure__lead_ministry__in=ids))


def recordable(user: Any, measures: "QuerySet[Measure]") -> "QuerySet[Measure]":
    """Of these measures, those whose rows the user may record: the rule `record`, for a list of choices."""
    if user.has_role(Role.COORDINATOR):
        return measures
    if not user.has_role(Role.STAFF, Role.APPROVER):
        return measures.none()
    return measures.filter(lead_ministry__in=user.ministry_ids)


def _is_hidden(user: User, report: StatusReport) -> bool:
    return report.milestone.effective_tier > clearance_of(user)


def _own_word(user: User, report: StatusReport) -> Denied | None:
    """What nobody reviews: what the own tier hides, and what one has written."""
    if _is_hidden(user, report):
        return Denied(_("There is no such report."))
    if report.author_id == user.pk:
        return Denied(_("Nobody reviews their own report."))
    return None


def _endorse(user: User, report: StatusReport) -> Answer:
    if (denied := _own_word(user, report)) is not None:
        return denied
    if user.has_role(Role.APPROVER) and report.ministry_id in user.ministry_ids:
        return ALLOWED
    return Denied(_("The approver of the reporting ministry approves its reports."))


def _accept(user: User, report: StatusReport) -> Answer:
    """The last review step: of one the ministry's approver takes it as well, of two the coordinating office alone."""
    if (denied := _own_word(user, report)) is not None:
        return denied
    if user.has_role(Role.COORDINATOR):
        if awaits_ministry(report) and not is_escalated(report):
            return Denied(_("The ministry has not approved it yet: its approver comes first."))
        return ALLOWED
    if report.milestone.measure.strategic_task.strategy.review_steps > 1:
        return Denied(_("The coordinating office accepts reports, once their ministry has approved them."))
    return _endorse(user, report)


def _return(user: User, report: StatusReport) -> Answer:
    """Whoever takes a review step, be it now or later, may send the report back instead."""
    if (denied := _own_word(user, report)) is not None:
        return denied
    return ALLOWED if user.has_role(Role.COORDINATOR) else _endorse(user, report)


def _approve(user: User, report: StatusReport) -> Answer:
    """The review step that comes next, whichever it is; what has waited too long for the first may take the last."""
    if not awaits_ministry(report):
        return _accept(user, report)
    first = _endorse(user, report)
    return _accept(user, report) if not first and user.has_role(Role.COORDINATOR) else first


def awaits_ministry(report: StatusReport) -> bool:
    """Whether the first of two review steps is still to be taken."""
    return report.endorsed_at is None and report.milestone.measure.strategic_task.strategy.review_steps > 1


def is_escalated(report: StatusReport) -> bool:
    """Whether a report has waited on its desk for too long: the rule of `with_desk`, for one row."""
    found: Any = StatusReport.objects.filter(pk=report.pk)
    return bool(found.with_desk().filter(is_escalated=True).exists())


def on_desk_of(user: Any, reports: "QuerySet[StatusReport]") -> "QuerySet[StatusReport]":
    """The rule `approve`, for a list: submitted reports whose next review step the user takes, the oldest first.

    Who stands in for somebody has that desk too.
    """
    if not user.is_authenticated:
        return reports.none()
    mine = Q(pk=None)
    for person in (user, *user.stands_in_for):
        mine |= _desk(person) & ~Q(author=person) & Q(milestone__effective_tier__lte=clearance_of(person))
    rows: Any = reports
    waiting: QuerySet[StatusReport] = rows.with_desk().filter(mine, status=ReportStatus.SUBMITTED).exclude(author=user)
    return waiting.order_by("submitted_at", "pk")


def _desk(person: User) -> Q:
    """Submitted reports whose next step is of this person's own roles; needs `with_desk`."""
    last_step = Q(milestone__measure__strategic_task__strategy__review_steps__lt=2)
    found = Q(pk=None)
    if person.has_role(Role.APPROVER):
        found |= Q(ministry__in=person.ministry_ids) & (last_step | Q(endorsed_at=None))
    if person.has_role(Role.COORDINATOR):
        found |= last_step | Q(endorsed_at__isnull=False) | Q(is_escalated=True)
    return found


ReviewRule = Callable[[User, StatusReport], Answer]


def _or_in_place(rule: ReviewRule) -> ReviewRule:
    """The same rule asked of the user, then of those whom the user stands in for.

    What the user wrote or may not see stays closed, as does what they wrote or may not see themselves.
    """

    def answer(user: User, report: StatusReport) -> Answer:
        own = rule(user, report)
        if own or _own_word(user, report) is not None:
            return own
        return ALLOWED if any(rule(person, report) for person in user.stands_in_for) else own

    return answer


REVIEW: dict[str, ReviewRule] = {"endorse": _endorse, "accept": _accept, "approve": _approve, "return": _return}


def stood_in_for(user: Actor, verb: str, report: StatusReport) -> User | None:
    """In whose place the user takes this review step; None where the own role reaches, or nothing does."""
    if isinstance(user, System) or REVIEW[verb](user, report) or _own_word(user, report) is not None:
        return None
    return next((person for person in user.stands_in_for if REVIEW[verb](person, report)), None)


def _delegate(user: User, person: User) -> Answer:
    """Who reviews gives the own steps away; for somebody who is absent the coordinating office does."""
    if user.has_role(Role.COORDINATOR):
        return ALLOWED
    if user.pk != person.pk:
        return Denied(_("For another person only the coordinating office names a delegate."))
    if not user.has_role(Role.APPROVER):
        return Denied(_("You have no review step to give away: approvers and the coordinating office review."))
    return ALLOWED


def _revoke_delegation(user: User, delegation: Delegation) -> Answer:
    if user.pk == delegation.delegator_id or user.has_role(Role.COORDINATOR, Role.ADMINISTRATOR):
        return ALLOWED
    return Denied(_("Who gave it, or the coordinating office, takes a delegation back."))


def _hand_over(user: User, obj: Any) -> Answer:
    if user.has_role(Role.COORDINATOR, Role.ADMINISTRATOR):
        return ALLOWED
    return Denied(_("The coordinating office and administrators hand over the work of a person."))


def _withdraw(user: User, report: StatusReport) -> Answer:
    if _is_hidden(user, report):
        return Denied(_("There is no such report."))
    if report.status == ReportStatus.WITHDRAWN:
        return Denied(_("This report is no longer in force."))
    if report.author_id == user.pk or user.has_role(Role.COORDINATOR):
        return ALLOWED
    return Denied(_("Only its author or the coordinating office withdraws a report."))


def _declare(user: User, node: StrategicTask | Measure) -> Answer:
    """A declared light is the own word of the ministry that leads the node: nobody else gives it."""
    if getattr(node, "effective_tier", 0) > clearance_of(user):
        return Denied(_("Your clearance does not reach this classification."))
    if not user.has_role(Role.STAFF, Role.APPROVER):
        return Denied(_("This is the ministry's own word: only its staff give it."))
    if node.lead_ministry_id not in user.ministry_ids:
        return Denied(_("Another ministry leads this, or none: only the staff of the lead ministry do this."))
    return ALLOWED


def _assess(user: User, node: StrategicTask | Measure) -> Answer:
    if getattr(node, "effective_tier", 0) > clearance_of(user):
        return Denied(_("Your clearance does not reach this classification."))
    return _coordinate(user, node)


def _recover(user: User, assessment: Assessment) -> Answer:
    return _declare(user, assessment.node)


def _dispute(user: User, assessment: Assessment) -> Answer:
    if assessment.kind != AssessmentKind.INDEPENDENT:
        return Denied(_("Only an independent light is disputed."))
    return _declare(user, assessment.node)


def _answer(user: User, dispute: Dispute) -> Answer:
    return _assess(user, dispute.assessment.node)


def _withdraw_light(user: User, assessment: Assessment) -> Answer:
    """Who gives lights of this kind takes one back."""
    rule = _declare if assessment.kind == AssessmentKind.DECLARED else _assess
    return rule(user, assessment.node)


def _coordinate(user: User, obj: Any) -> Answer:
    if user.has_role(Role.COORDINATOR):
        return ALLOWED
    return Denied(_("Only the coordinating office does this."))


def _comment(user: User, row: Any) -> Answer:
    """Who sees a row and has a role may say something about it."""
    if row._meta.db_table not in COMMENTED:
        return Denied(_("Comments are written on milestones, measures and reports."))
    if not sees(user, row):
        return Denied(_("There is no such row."))
    if not user.roles:
        return Denied(_("Your account has no role yet: it reads only. Ask your administrator for one."))
    return ALLOWED


def _correct_comment(user: User, comment: Comment) -> Answer:
    if comment.author_id != user.pk:
        return Denied(_("Only its author corrects a comment."))
    if not comment.is_correctable(timezone.now()):
        return Denied(_("A comment can be corrected for 15 minutes. Write another one, or withdraw this one."))
    return ALLOWED


def _withdraw_comment(user: User, comment: Comment) -> Answer:
    if comment.author_id == user.pk or user.has_role(Role.COORDINATOR):
        return ALLOWED
    return Denied(_("Its author or the coordinating office withdraws a comment."))


def _follow(user: User, row: Any) -> Answer:
    if row._meta.label_lower in followed_models() and sees(user, row):
        return ALLOWED
    return Denied(_("There is no such row."))


def _keep_view(user: User, view: SavedView) -> Answer:
    """A saved view is its owner's; one that is shared the coordinating office keeps in order as well."""
    if view.owner_id == user.pk or (view.is_shared and user.has_role(Role.COORDINATOR)):
        return ALLOWED
    return Denied(_("Only who saved this view changes or removes it."))


def _read_changes(user: User, obj: Any) -> Answer:
    if user.has_role(Role.AUDITOR, Role.COORDINATOR, Role.ADMINISTRATOR):
        return ALLOWED
    return Denied(_("Auditors, the coordinating office and administrators read the change log."))


RULES: dict[str, Callable[[User, Any], Answer]] = {
    "report": _report,
    **{verb: _or_in_place(rule) for verb, rule in REVIEW.items()},
    "delegate": _delegate,
    "revoke_delegation": _revoke_delegation,
    "hand_over": _hand_over,
    "withdraw": _withdraw,
    "coordinate": _coordinate,
    "close": _coordinate,
    "plan": _coordinate,
    "record": _record,
    "declare": _declare,
    "assess": _assess,
    "recover": _recover,
    "dispute": _dispute,
    "answer": _answer,
    "withdraw_light": _withdraw_light,
    "comment": _comment,
    "correct_comment": _correct_comment,
    "withdraw_comment": _withdraw_comment,
    "follow": _follow,
    "keep_view": _keep_view,
    "share_view": _coordinate,
    "read_changes": _read_changes,
}
