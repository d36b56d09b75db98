"""What tests of pages share: a signed-in client for each user, and a tree with something in every list."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def client_of(users: dict[str, Any]) -> Callable[[str], Client]:
    def client(name: str) -> Client:
        made = Client(headers={"accept-language": "en"})
        made.force_login(users[name])
        return made

    return client


@pytest.fixture
def world(strategy_tree: SimpleNamespace) -> SimpleNamespace:
    """The tree with a commitment, a bill, an indicator, a budget line and a dependency."""
    from accounts.models import Office
    from tasks import rollups
    from tasks.actions import assessments, bills, budgets, commitments, evidence, indicators, periods, plans
    from tasks.models import Region
    from tasks.permissions import SYSTEM

    tree, m11 = strategy_tree, strategy_tree.measures.m11
    titles = {"title_ko": "제목", "title_en": "Title"}
    tree.commitment = commitments.create_commitment(
        by=SYSTEM, measures=[m11], strategic_task=tree.technology, code="T1-1", strength="will_do", **titles
    )
    commitments.judge_commitment(tree.commitment, by=SYSTEM, value="partly", judged_on=date(2026, 1, 1))
    tree.bill = bills.create_bill(by=SYSTEM, measure=m11, key="bill-a", **titles)
    bills.add_bill_stage(tree.bill, tree.milestones.open, by=SYSTEM, position=1, stage="plenary")
    tree.indicator = indicators.create_indicator(
        by=SYSTEM, measure=m11, key="ind-a", unit_ko="명", unit_en="people", **titles
    )
    indicators.set_target(tree.indicator, by=SYSTEM, due_on=date(2030, 12, 31), value=Decimal(100))
    indicators.record_observation(tree.indicator, by=SYSTEM, observed_on=date(2025, 12, 31), value=Decimal(40))
    tree.line = budgets.create_budget_line(by=SYSTEM, measure=m11, key="bud-a", fiscal_year=2025, **titles)
    budgets.record_budget_entry(
        tree.line, by=SYSTEM, phase="announced", amount_won=4_700_000_000_000, effective_on=date(2025, 1, 1)
    )
    tree.region = Region.objects.create(key="chungnam", name_ko="충청남도", name_en="South Chungcheong")
    tree.office = Office.objects.create(
        key="kiat", ministry=tree.ministries.lead, name_ko="한국산업기술진흥원", name_en="KIAT"
    )
    red = {"by": SYSTEM, "light": "red", "assessed_on": date(2026, 1, 1), "reason": "late"}
    for node in (m11, tree.technology):
        assessments.declare_light(node, recovery_plan="faster", recovery_due=date(2026, 12, 31), **red)
        tree.independent = assessments.assess_light(node, **red)
        assessments.dispute_light(tree.independent, by=SYSTEM, reason="not late")
    _meetings(tree)
    plans.add_dependency(tree.milestones.late, tree.milestones.open, by=SYSTEM)
    for month in (date(2025, 9, 1), date(2025, 10, 1)):
        period = periods.open_period(strategy=tree.strategy, starts_on=month, by=SYSTEM)
    periods.close_period(period, by=SYSTEM, anyway=True)
    evidence.add_link(tree.milestones.open, by=SYSTEM, kind="gazette", url="https://gwanbo.go.kr/1")
    rollups.drain()
    return tree


def _meetings(tree: SimpleNamespace) -> None:
    """A risk of a measure and one of a milestone, a meeting that was held, its agenda, and its decision."""
    from tasks.actions import meetings, risks
    from tasks.permissions import SYSTEM

    words = {"title_ko": "장비 반입 지연", "title_en": "Equipment late"}
    scored = {"by": SYSTEM, "severity": 4, "likelihood": 3, "ministry": tree.ministries.lead} | words
    asked = {"decide_by": date(2026, 1, 31), "decision_asked": "Buy elsewhere?"}
    tree.risk = risks.raise_risk(tree.measures.m11, raised_on=date(2025, 1, 1), **scored, **asked)
    risks.raise_risk(tree.milestones.open, raised_on=date(2025, 2, 1), **scored)
    named = {"title_ko": "점검회의", "title_en": "Review meeting", "tier": 1}
    tree.meeting = meetings.plan_meeting(by=SYSTEM, kind="ministers", meets_on=date(2025, 3, 1), **named)
    tree.item = meetings.add_agenda_item(
        tree.meeting, by=SYSTEM, position=1, title_ko="장비", title_en="Equipment", milestones=[tree.milestones.late]
    )
    meetings.move_meeting(tree.meeting, by=SYSTEM, verb="hold", minutes="All were heard.")
    tree.decision = meetings.record_decision(
        tree.meeting, by=SYSTEM, text_ko="구매 방식 변경", text_en="Buy in another way", decided_on=date(2025, 3, 1),
        due_on=date(2025, 6, 30), milestones=[tree.milestones.late], ministry=tree.ministries.lead, tier=1,
    )  # fmt: skip


@pytest.fixture
def addresses(world: SimpleNamespace) -> dict[str, str]:
    """Every page of the core, by name."""
    return {
        "overview": "/",
        "strategic tasks": "/tasks/",
        "strategic task": "/tasks/technology/",
        "measures": "/measures/",
        "measure": "/measures/T1-1/",
        "milestones": "/milestones/",
        "milestone": world.milestones.open.get_absolute_url(),
        "my work": "/my-work/",
        "review": "/review/",
        "notifications": "/notifications/",
        "notification settings": "/notifications/settings/",
        "saved views": "/saved-views/",
        "delegations": "/delegations/",
        "assessments": "/assessments/",
        "risks": "/risks/",
        "risk": world.risk.get_absolute_url(),
        "meetings": "/meetings/",
        "meeting": world.meeting.get_absolute_url(),
        "decisions": "/decisions/",
        "decision": world.decision.get_absolute_url(),
        "commitments": "/commitments/",
        "commitment": world.commitment.get_absolute_url(),
        "budget lines": "/budget/",
        "budget line": world.line.get_absolute_url(),
        "indicators": "/indicators/",
        "indicator": world.indicator.get_absolute_url(),
        "bills": "/bills/",
        "bill": world.bill.get_absolute_url(),
        "dependencies": "/dependencies/",
        "plan versions": "/plan-versions/",
        "reports": "/reports/",
        "evidence": "/evidence/",
        "budget entries": "/budget-entries/",
        "indicator observations": "/indicator-observations/",
        "offices": "/offices/",
        "office": "/offices/kiat/",
        "regions": "/regions/",
        "region": "/regions/chungnam/",
        "ministries": "/ministries/",
        "ministry": "/ministries/MOTIR/",
        "periods": "/periods/",
        "period": "/periods/2025-10/",
        "period that is open": "/periods/2025-09/",
        "published figures": "/periods/2025-10/published/",
        "not reported": "/periods/2025-09/missing/",
        "who reported": "/periods/matrix/",
        "holidays": "/holidays/",
        "what changed": "/what-changed/?since=2023-06-30",
        "why a figure": "/why/strategy/strategy/",
        "why a measure": "/why/measure/T1-1/",
        "why a ministry": "/why/ministry/MOTIR/",
        "glossary": "/glossary/",
        "strategies": "/strategies/",
        "structure": "/structure/",
        "structure of a measure": "/structure/measures/T1-1/",
    }
