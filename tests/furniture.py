"""What ordinary tests find in their database: ministries, one user for each role, a small tree with its figures."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.models import Membership, Ministry, MinistrySuccession, Role, User
from common.tiers import Tier
from tasks import rollups
from tasks.actions import plans
from tasks.models import Measure, Milestone, StrategicTask, Strategy
from tasks.permissions import SYSTEM

PASSWORD = "a-password-for-tests"
ANNOUNCED = date(2023, 3, 15)
MINISTRIES = {"lead": "MOTIR", "other": "MSIT", "former": "MOTIE"}
PEOPLE = {
    "admin": (Role.ADMINISTRATOR, None, Tier.RESTRICTED),
    "coordinator": (Role.COORDINATOR, None, Tier.RESTRICTED),
    "staff": (Role.STAFF, "lead", Tier.INTERNAL),
    "approver": (Role.APPROVER, "lead", Tier.INTERNAL),
    "staff-msit": (Role.STAFF, "other", Tier.INTERNAL),
    "analyst": (Role.ANALYST, None, Tier.PUBLIC),
    "executive": (Role.EXECUTIVE, None, Tier.RESTRICTED),
    "auditor": (Role.AUDITOR, None, Tier.RESTRICTED),
}
MEASURES = {"m11": "T1-1", "m111": "T1-1.1", "m12": "T1-2", "m21": "T2-1"}
MILESTONES = {
    "open": "T1-1-M1",
    "late": "T1-1-M2",
    "undated": "T1-1.1-M1",
    "internal": "T1-2-M1",
    "restricted": "T2-1-M1",
    "of_other": "T2-1-M2",
}


def furnish() -> None:
    """Make whatever of it is missing."""
    if not Ministry.objects.filter(key="MOTIR").exists():
        _make_ministries()
    if not User.objects.filter(username="nobody").exists():
        _make_users()
    if not Strategy.objects.exists():
        _make_tree()


def ministries() -> SimpleNamespace:
    return SimpleNamespace(**{name: Ministry.objects.get(key=key) for name, key in MINISTRIES.items()})


def users() -> dict[str, Any]:
    return {user.username: user for user in User.objects.filter(username__in=[*PEOPLE, "nobody"])}


def tree() -> SimpleNamespace:
    return SimpleNamespace(
        strategy=Strategy.objects.get(slug="strategy"),
        technology=StrategicTask.objects.get(slug="technology"),
        talent=StrategicTask.objects.get(slug="talent"),
        measures=SimpleNamespace(**{name: Measure.objects.get(code=code) for name, code in MEASURES.items()}),
        milestones=SimpleNamespace(**{name: Milestone.objects.get(code=code) for name, code in MILESTONES.items()}),
        ministries=ministries(),
    )


def _make_ministries() -> None:
    lead = Ministry.objects.create(
        key="MOTIR", name_ko="산업통상부", name_en="Ministry of Trade, Industry and Resources", valid_from="2025-10-01"
    )
    Ministry.objects.create(
        key="MSIT", code="1721000", name_ko="과학기술정보통신부", name_en="Ministry of Science and ICT"
    )
    former = Ministry.objects.create(
        key="MOTIE",
        code="1450000",
        name_ko="산업통상자원부",
        name_en="Ministry of Trade, Industry and Energy",
        valid_to="2025-09-30",
    )
    MinistrySuccession.objects.create(
        predecessor=former, successor=lead, starts_on="2025-10-01", function="industry", is_main=True
    )


def _make_users() -> None:
    bodies = vars(ministries())
    for name, (role, body, clearance) in PEOPLE.items():
        is_admin = role == Role.ADMINISTRATOR
        password = make_password(PASSWORD)
        user = User.objects.create(
            username=name, password=password, clearance=clearance, is_staff=is_admin, is_superuser=is_admin
        )
        Membership.objects.create(user=user, role=role, ministry=bodies.get(body or ""))
    User.objects.create(username="nobody", password=make_password(PASSWORD))


def _make_tree() -> None:
    bodies = ministries()
    made: dict[str, Any] = {"by": SYSTEM, "effective_on": ANNOUNCED}
    strategy = plans.create_strategy(
        by=SYSTEM,
        slug="strategy",
        title_ko="국가첨단산업 육성전략",
        title_en="National Advanced Industry Development Strategy",
        announced_on=ANNOUNCED,
        first_year=2023,
        last_year=2027,
    )

    def task(number: int, slug: str, ko: str, en: str) -> Any:
        return plans.create_strategic_task(
            strategy=strategy, number=number, slug=slug, title_ko=ko, title_en=en, lead_ministry=bodies.lead, **made
        )

    technology = task(1, "technology", "초격차 기술력 확보", "Securing super-gap technological capabilities")
    talent = task(2, "talent", "혁신인재 양성", "Nurturing innovative talents")

    def measure(code: str, parent: Any = None, task: Any = technology, tier: int = 1, **values: Any) -> Any:
        values = {"title_ko": f"세부과제 {code}", "title_en": f"Measure {code}"} | values
        return plans.create_measure(
            strategic_task=task, code=code, parent=parent, tier=tier, lead_ministry=bodies.lead, **values, **made
        )

    m11 = measure("T1-1", title_ko="한국형 IMEC 도입", title_en="Introduce a Korean IMEC")
    m111 = measure("T1-1.1", m11)
    m12 = measure("T1-2", tier=2)
    m21 = measure("T2-1", task=talent)

    def milestone(code: str, of: Any, ministry: Any = bodies.lead, **values: Any) -> Any:
        values = {"title_ko": f"이정표 {code}", "title_en": f"Milestone {code}"} | values
        return plans.create_milestone(measure=of, code=code, responsible_ministry=ministry, **values, **made)

    def due(day: str, start: str | None = None) -> dict[str, Any]:
        return {"baseline_due": day, "current_due": day, "baseline_start": start}

    milestone("T1-1-M1", m11, **due("2027-12-31", "2024-01-01"))
    milestone("T1-1-M2", m11, **due("2024-06-30"))
    milestone("T1-1.1-M1", m111)
    milestone("T1-2-M1", m12, **due("2026-12-31"))
    milestone("T2-1-M1", m21, tier=3, **due("2026-12-31"))
    milestone("T2-1-M2", m21, ministry=bodies.other, **due("2027-06-30"))
    rollups.drain()
    rollups.store_money()
