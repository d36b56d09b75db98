"""The demo: accounts with one known password; generated reports that wait as drafts, lights, risks and meetings.

Nothing of it enters a figure: a draft moves nothing, the others stand beside the figures, and each says that it is
generated.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.actions import add_membership, create_user, set_password
from accounts.models import Ministry, Role, User
from common.records import Confidence
from common.tiers import Tier
from tasks.actions import assessments, meetings, reports, risks
from tasks.choices import DisputeOutcome, Light, MilestoneState, ReportStatus, Verb
from tasks.models import Assessment, Measure, Meeting, Milestone, Risk, StatusReport, StrategicTask
from tasks.permissions import SYSTEM

DRAFTS = 6
LABEL = "시연용으로 생성된 자료이며 실제 실적이 아님 / Generated for demonstration; not an actual result"
NO_RATING = "시연용으로 생성된 자료이며 실제 평가가 아님 / Generated for demonstration; not an actual assessment"
NOT_REAL = "시연용으로 생성된 자료이며 실제가 아님 / Generated for demonstration; not real"
NOT_SURE: dict[str, Any] = {"confidence": Confidence.GENERATED, "source": NOT_REAL}
PLAN_DAYS = timedelta(days=90)


@dataclass(frozen=True)
class Account:
    """`ministry`: "" none, "lead" the one that leads the strategy's tasks today, else its key."""

    username: str
    name_ko: str
    name_en: str
    role: Role
    clearance: Tier
    ministry: str = ""


ACCOUNTS = (
    Account("admin", "관리자", "Administrator", Role.ADMINISTRATOR, Tier.RESTRICTED),
    Account("coordinator", "총괄 담당", "Coordinator", Role.COORDINATOR, Tier.RESTRICTED),
    Account("staff", "부처 담당자", "Ministry officer", Role.STAFF, Tier.INTERNAL, "lead"),
    Account("approver", "부처 승인자", "Ministry approver", Role.APPROVER, Tier.INTERNAL, "lead"),
    Account("staff-msit", "과기정통부 담당자", "MSIT officer", Role.STAFF, Tier.INTERNAL, "MSIT"),
    Account("analyst", "분석가", "Analyst", Role.ANALYST, Tier.INTERNAL),
    Account("executive", "기관장", "Executive", Role.EXECUTIVE, Tier.RESTRICTED),
    Account("auditor", "감사 담당", "Auditor", Role.AUDITOR, Tier.RESTRICTED),
)


def load_accounts(password: str) -> list[User]:
    """Make the demo accounts that are missing; give every one the password, where it has changed."""
    with transaction.atomic():
        users = [_account(account, password) for account in ACCOUNTS]
        # They have one password in common: one slow check tells of all.
        if not users[0].check_password(password):
            for user in users:
                set_password(user, password, by=SYSTEM)
    return users


def _account(account: Account, password: str) -> User:
    user = User.objects.filter(username=account.username).first()
    if user is not None:
        return user
    is_admin = account.role == Role.ADMINISTRATOR
    user = create_user(
        by=SYSTEM,
        username=account.username,
        password=password,
        clearance=account.clearance,
        name_ko=account.name_ko,
        first_name=account.name_en,
        is_staff=is_admin,
        is_superuser=is_admin,
    )
    add_membership(user, account.role, by=SYSTEM, ministry=_ministry(account.ministry))
    return user


def _ministry(key: str) -> Ministry | None:
    if key == "lead":
        task = StrategicTask.objects.select_related("lead_ministry").order_by("number").first()
        return task.lead_ministry if task else None
    return Ministry.objects.get(key=key) if key else None


def load_drafts() -> int:
    """Drafts on the open milestones of the lead ministry, made once; how many were made."""
    if StatusReport.objects.filter(confidence=Confidence.GENERATED).exists():
        return 0
    staff = User.objects.get(username="staff")
    open_ones = Milestone.objects.filter(
        responsible_ministry__in=staff.ministry_ids, state=MilestoneState.PLANNED, in_scope=True
    ).order_by("current_due", "code")
    count = 0
    for milestone in open_ones.visible_to(staff)[:DRAFTS]:
        values = reports.ReportValues(
            verb=Verb.START, effective_on=timezone.localdate(), progress_bp=1_000, result=LABEL, next_plan=LABEL
        )
        report = reports.draft_report(milestone, values, by=staff, confidence=Confidence.GENERATED, source=LABEL)
        count += report.status == ReportStatus.DRAFT
    return count


@transaction.atomic
def load_lights() -> int:
    """Lights of the first tasks and measures of the lead ministry, made once; how many were made.

    Of everything that the pages show there is one: lights that agree and that differ, a recovery plan asked for and
    one given, a dispute that waits and one that was answered.
    """
    if Assessment.objects.filter(confidence=Confidence.GENERATED).exists():
        return 0
    staff, office = (User.objects.get(username=name) for name in ("staff", "coordinator"))
    tasks = StrategicTask.objects.filter(lead_ministry__in=staff.ministry_ids).visible_to(staff)[:3]
    measures = Measure.objects.filter(lead_ministry__in=staff.ministry_ids, in_scope=True).visible_to(staff)[:2]
    _first, *others = tasks
    for task, light in zip(others, (Light.GREEN, Light.AMBER), strict=False):
        _declared(task, staff, light)
        assessments.assess_light(task, by=office, **_generated(Light.AMBER))
    for measure, is_answered in zip(measures, (False, True), strict=False):
        _declared(measure, staff, Light.AMBER)
        given = assessments.assess_light(measure, by=office, **_generated(Light.RED))
        dispute = assessments.dispute_light(given, by=staff, reason=NO_RATING)
        if is_answered:
            due = timezone.localdate() + PLAN_DAYS
            assessments.give_recovery_plan(given, by=staff, plan=NO_RATING, due_on=due)
            assessments.answer_dispute(dispute, by=office, outcome=DisputeOutcome.UPHELD, reason=NO_RATING)
    return Assessment.objects.filter(confidence=Confidence.GENERATED).count()


@transaction.atomic
def load_risks() -> int:
    """Risks of the lead ministry's measures and milestones, and two meetings, made once; how many risks were made.

    Of everything that the pages show there is one: risks that wait for a decision, late and in time, one that has
    occurred and one that is closed; a meeting that was held, whose decisions are late and done, and one to come.
    """
    if Risk.objects.filter(confidence=Confidence.GENERATED).exists():
        return 0
    staff, office = (User.objects.get(username=name) for name in ("staff", "coordinator"))
    own = Milestone.objects.filter(responsible_ministry__in=staff.ministry_ids, in_scope=True).visible_to(staff)
    steps = list(own.active().by_due()[: len(_SCORES) - 1])
    measure = Measure.objects.filter(lead_ministry__in=staff.ministry_ids, in_scope=True).visible_to(staff).first()
    nodes: list[Any] = [measure, *steps] if measure else [*steps]
    made = [_risk(place, node, staff) for place, node in enumerate(nodes)]
    for risk, verb in zip(made[-2:], ("occur", "close"), strict=False):
        risks.move_risk(risk, by=staff, verb=verb, reason=NOT_REAL)
    _meetings(office, steps, made)
    return len(made)


# Severity, likelihood, and in how many days a decision is needed.
_SCORES: tuple[tuple[int, int, int | None], ...] = (
    (5, 3, -7), (4, 4, 21), (3, 3, None), (2, 4, None), (4, 2, 45), (3, 5, None), (1, 2, None),
)  # fmt: skip


def _risk(place: int, node: Measure | Milestone, by: User) -> Risk:
    severity, likelihood, days = _SCORES[place]
    asked = {} if days is None else {"decide_by": _in_days(days), "decision_asked": NOT_REAL}
    return risks.raise_risk(
        node,
        by=by,
        title_ko=f"시연용 쟁점 {place + 1}",
        title_en=f"Demonstration risk {place + 1}",
        severity=severity,
        likelihood=likelihood,
        ministry=Ministry.objects.get(pk=min(by.ministry_ids)),
        description=NOT_REAL,
        mitigation=NOT_REAL,
        **asked,
        **NOT_SURE,
    )


def _meetings(office: User, steps: list[Milestone], made: list[Risk]) -> None:
    def planned(number: int, days: int) -> Meeting:
        names = {"title_ko": f"시연용 점검회의 {number}", "title_en": f"Demonstration review meeting {number}"}
        return meetings.plan_meeting(by=office, kind="directors", meets_on=_in_days(days), **names, **NOT_SURE)

    first, second = planned(1, -30), planned(2, 14)
    for meeting in (first, second):
        words = {"title_ko": "지연 이정표 점검(시연용)", "title_en": "Review of late milestones (demonstration)"}
        meetings.add_agenda_item(meeting, by=office, position=1, milestones=steps[:2], **words)
    meetings.move_meeting(first, by=office, verb="hold", minutes=NOT_REAL)
    for number, (days, answered) in enumerate(((-10, made[4:5]), (-20, [])), start=1):
        words = {"text_ko": f"시연용 결정 {number}", "text_en": f"Demonstration decision {number}"}
        decision = meetings.record_decision(
            first, by=office, decided_on=first.meets_on, due_on=_in_days(days), risks=answered,
            milestones=steps[:number], ministry=made[0].ministry, **words, **NOT_SURE,
        )  # fmt: skip
        if number == 2:
            meetings.move_decision(decision, by=office, verb="complete", reason=NOT_REAL, done_on=_in_days(-15))


def _in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def _declared(node: StrategicTask | Measure, staff: User, light: Light) -> None:
    assessments.declare_light(node, by=staff, **_generated(light))


def _generated(light: Light) -> dict[str, Any]:
    day, sure = timezone.localdate(), Confidence.GENERATED
    return {"light": light, "assessed_on": day, "reason": NO_RATING, "confidence": sure, "source": NO_RATING}
