"""The demo: accounts with one known password, and generated reports that wait as drafts.

Nothing of it enters a figure: a draft moves nothing, and each says that it is generated.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.actions import add_membership, create_user, set_password
from accounts.models import Ministry, Role, User
from common.records import Confidence
from common.tiers import Tier
from tasks.actions import reports
from tasks.choices import MilestoneState, ReportStatus, Verb
from tasks.models import Milestone, StatusReport, StrategicTask
from tasks.permissions import SYSTEM

DRAFTS = 6
LABEL = "시연용으로 생성된 자료이며 실제 실적이 아님 / Generated for demonstration; not an actual result"


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
