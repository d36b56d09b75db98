"""The demo: accounts with one known password, generated reports that wait as drafts, and generated lights.

Nothing of it enters a figure: a draft moves nothing, a light stands beside the figure, and each says that it is
generated.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.actions import add_membership, create_user, set_password
from accounts.models import Ministry, Role, User
from common.records import Confidence
from common.tiers import Tier
from tasks.actions import assessments, reports
from tasks.choices import DisputeOutcome, Light, MilestoneState, ReportStatus, Verb
from tasks.models import Assessment, Measure, Milestone, StatusReport, StrategicTask
from tasks.permissions import SYSTEM

DRAFTS = 6
LABEL = "시연용으로 생성된 자료이며 실제 실적이 아님 / Generated for demonstration; not an actual result"
NO_RATING = "시연용으로 생성된 자료이며 실제 평가가 아님 / Generated for demonstration; not an actual assessment"
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


def _declared(node: StrategicTask | Measure, staff: User, light: Light) -> None:
    assessments.declare_light(node, by=staff, **_generated(light))


def _generated(light: Light) -> dict[str, Any]:
    day, sure = timezone.localdate(), Confidence.GENERATED
    return {"light": light, "assessed_on": day, "reason": NO_RATING, "confidence": sure, "source": NO_RATING}
