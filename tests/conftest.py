"""Fixtures of every test: a real PostgreSQL, one user for each role, a small tree."""

from collections.abc import Iterator
from datetime import date
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password

from tests import databases


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """One migrated database for the session; ordinary tests roll back in it."""
    with django_db_blocker.unblock():
        former = databases.current()
        with databases.made("session") as name:
            databases.use(name)
            databases.migrate()
            yield
            databases.use(former)


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A fresh database of its own in which commits are real: for workers, relay, threads, isolation."""
    with django_db_blocker.unblock():
        template = databases.current()
        databases.use(template)  # closes the connections: a template must be idle
        with databases.made("committed", template) as name, databases.used(name):
            yield name


@pytest.fixture(scope="session")
def seeded_template(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The real strategy and the demo accounts, loaded once, to be copied."""
    from django.core.management import call_command

    with django_db_blocker.unblock():
        template = databases.current()
        databases.use(template)
        with databases.made("seeded", template) as name:
            with databases.used(name):
                call_command("seed_strategy", verbosity=0, stdout=StringIO())
                call_command("seed_demo", verbosity=0, stdout=StringIO())
            yield name


@pytest.fixture
def seeded_db(seeded_template: str, django_db_blocker: Any) -> Iterator[str]:
    """A copy of the real strategy in which commits are real."""
    with django_db_blocker.unblock(), databases.made("copy", seeded_template) as name, databases.used(name):
        yield name


PASSWORD = "a-password-for-tests"


@pytest.fixture
def ministries(db: None) -> SimpleNamespace:
    """`lead` leads, `other` answers for some milestones, `former` was succeeded by `lead`."""
    from accounts.models import Ministry, MinistrySuccession

    lead = Ministry.objects.create(
        key="MOTIR", name_ko="산업통상부", name_en="Ministry of Trade, Industry and Resources", valid_from="2025-10-01"
    )
    other = Ministry.objects.create(
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
    return SimpleNamespace(lead=lead, other=other, former=former)


@pytest.fixture
def users(ministries: SimpleNamespace) -> dict[str, Any]:
    """One user for each demo account's name, plus `staff-msit` and `nobody` (no role); `staff` cleared internal."""
    from accounts.models import Membership, Role, User
    from common.tiers import Tier

    people = {
        "admin": (Role.ADMINISTRATOR, None, Tier.RESTRICTED),
        "coordinator": (Role.COORDINATOR, None, Tier.RESTRICTED),
        "staff": (Role.STAFF, ministries.lead, Tier.INTERNAL),
        "approver": (Role.APPROVER, ministries.lead, Tier.INTERNAL),
        "staff-msit": (Role.STAFF, ministries.other, Tier.INTERNAL),
        "analyst": (Role.ANALYST, None, Tier.PUBLIC),
        "executive": (Role.EXECUTIVE, None, Tier.RESTRICTED),
        "auditor": (Role.AUDITOR, None, Tier.RESTRICTED),
    }
    made = {}
    for name, (role, ministry, clearance) in people.items():
        is_admin = role == Role.ADMINISTRATOR
        made[name] = User.objects.create(
            username=name,
            password=make_password(PASSWORD),
            clearance=clearance,
            is_staff=is_admin,
            is_superuser=is_admin,
        )
        Membership.objects.create(user=made[name], role=role, ministry=ministry)
    made["nobody"] = User.objects.create(username="nobody", password=make_password(PASSWORD))
    return made


ANNOUNCED = date(2023, 3, 15)


@pytest.fixture
def strategy_tree(ministries: SimpleNamespace) -> SimpleNamespace:
    """A strategy with two tasks; measure T1-1 (with T1-1.1), internal T1-2, T2-1; six milestones, figures stored."""
    from tasks import rollups
    from tasks.actions import plans
    from tasks.permissions import SYSTEM

    made = {"by": SYSTEM, "effective_on": ANNOUNCED}
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
            strategy=strategy, number=number, slug=slug, title_ko=ko, title_en=en, lead_ministry=ministries.lead, **made
        )

    technology = task(1, "technology", "초격차 기술력 확보", "Securing super-gap technological capabilities")
    talent = task(2, "talent", "혁신인재 양성", "Nurturing innovative talents")

    def measure(code: str, parent: Any = None, task: Any = technology, tier: int = 1, **values: Any) -> Any:
        values = {"title_ko": f"세부과제 {code}", "title_en": f"Measure {code}"} | values
        return plans.create_measure(
            strategic_task=task, code=code, parent=parent, tier=tier, lead_ministry=ministries.lead, **values, **made
        )

    m11 = measure("T1-1", title_ko="한국형 IMEC 도입", title_en="Introduce a Korean IMEC")
    m111 = measure("T1-1.1", m11)
    m12 = measure("T1-2", tier=2)
    m21 = measure("T2-1", task=talent)

    def milestone(code: str, of: Any, ministry: Any = ministries.lead, **values: Any) -> Any:
        values = {"title_ko": f"이정표 {code}", "title_en": f"Milestone {code}"} | values
        return plans.create_milestone(measure=of, code=code, responsible_ministry=ministry, **values, **made)

    def due(day: str, start: str | None = None) -> dict[str, Any]:
        return {"baseline_due": day, "current_due": day, "baseline_start": start}

    milestones = SimpleNamespace(
        open=milestone("T1-1-M1", m11, **due("2027-12-31", "2024-01-01")),
        late=milestone("T1-1-M2", m11, **due("2024-06-30")),
        undated=milestone("T1-1.1-M1", m111),
        internal=milestone("T1-2-M1", m12, **due("2026-12-31")),
        restricted=milestone("T2-1-M1", m21, tier=3, **due("2026-12-31")),
        of_other=milestone("T2-1-M2", m21, ministry=ministries.other, **due("2027-06-30")),
    )
    rollups.drain()
    return SimpleNamespace(
        strategy=strategy,
        technology=technology,
        talent=talent,
        measures=SimpleNamespace(m11=m11, m111=m111, m12=m12, m21=m21),
        milestones=milestones,
        ministries=ministries,
    )
