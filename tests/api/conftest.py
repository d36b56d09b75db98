"""Fixtures of the API's tests: a client per user, and a tree with every noun in it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

API = "/api/v1"


class Caller:
    """Asks the API as one user and hands back the answer."""

    def __init__(self, user: Any = None) -> None:
        self.client = Client()
        if user is not None:
            self.client.force_login(user)

    def get(self, path: str, **parameters: Any) -> Any:
        headers = parameters.pop("headers", None) or {}
        address = path if path.startswith("http") else f"{API}/{path}"
        return self.client.get(address, parameters or None, headers={"Accept-Language": "en"} | headers)

    def rows(self, path: str, **parameters: Any) -> list[dict[str, Any]]:
        answer = self.get(path, **parameters)
        assert answer.status_code == 200, answer.content
        return answer.json()["results"]

    def one(self, path: str, **parameters: Any) -> dict[str, Any]:
        answer = self.get(path, **parameters)
        assert answer.status_code == 200, answer.content
        return answer.json()


@pytest.fixture
def ask(users: dict[str, Any]) -> Callable[[str], Caller]:
    """`ask("staff").get("measures/")`."""
    return lambda name: Caller(users[name])


@pytest.fixture
def everything(strategy_tree: SimpleNamespace, ministries: SimpleNamespace) -> SimpleNamespace:
    """The tree with a row of every noun; `add()` makes one more of each, internal ones among them."""
    strategy_tree.more = lambda number: _more(strategy_tree, ministries, number)
    strategy_tree.more(1)
    return strategy_tree


def _more(tree: SimpleNamespace, ministries: SimpleNamespace, number: int) -> None:
    from tasks import rollups
    from tasks.actions import evidence, plans, reports
    from tasks.permissions import SYSTEM

    made = {"by": SYSTEM, "effective_on": date(2023, 3, 15)}
    for tier in (1, 2):
        code = f"T2-{10 * number + tier}"
        words = {"title_ko": f"세부과제 {code}", "title_en": f"Measure {code}"}
        measure = plans.create_measure(
            strategic_task=tree.talent,
            code=code,
            tier=tier,
            lead_ministry=ministries.other,
            cooperating=[ministries.lead],
            **words,
            **made,
        )
        milestone = plans.create_milestone(
            measure=measure, code=f"{code}-M1", baseline_due="2026-12-31", current_due="2026-12-31", **words, **made
        )
        plans.add_dependency(tree.milestones.late, milestone, by=SYSTEM)
        reports.report_milestone(milestone, reports.ReportValues("start"), by=SYSTEM)
        evidence.add_link(milestone, by=SYSTEM, kind="gazette", url=f"https://gwanbo.go.kr/{code}")
        _outcomes(tree, measure, milestone, code.lower(), words, ministries)
    rollups.drain()


def _outcomes(tree: Any, measure: Any, milestone: Any, key: str, words: dict[str, str], ministries: Any) -> None:
    from tasks.models import (
        AgendaItem,
        Assessment,
        Bill,
        BillStage,
        BudgetEntry,
        BudgetLine,
        Commitment,
        CommitmentVerdict,
        Decision,
        Dispute,
        Indicator,
        IndicatorObservation,
        IndicatorTarget,
        Meeting,
        RecoveryPlan,
        Region,
        ReportingPeriod,
        Risk,
        Snapshot,
    )

    led = {"ministry": ministries.other}
    line = BudgetLine.objects.create(measure=measure, key=key, fiscal_year=2025, ministry=ministries.other, **words)
    for phase, amount in (("announced", 900), ("current", 400), ("executed", 100), ("executed", 300)):
        day = f"2025-0{amount // 100}-01"
        BudgetEntry.objects.create(line=line, phase=phase, amount_won=amount, effective_on=day)
    units = {"unit_ko": "명", "unit_en": "people"}
    indicator = Indicator.objects.create(measure=measure, key=key, baseline_value="10", **units, **words)
    IndicatorTarget.objects.create(indicator=indicator, due_on="2027-12-31", value="12.5")
    IndicatorObservation.objects.create(indicator=indicator, observed_on="2025-01-01", value="11.25")
    bill = Bill.objects.create(measure=measure, key=key, ministry=ministries.other, **words)
    BillStage.objects.create(bill=bill, milestone=milestone, position=1, stage="proposal")
    promise = Commitment.objects.create(strategic_task=tree.talent, code=key.upper(), strength="will_do", **words)
    promise.measures.add(measure)
    CommitmentVerdict.objects.create(commitment=promise, value="kept", judged_on="2025-01-01")
    light = Assessment.objects.create(
        measure=measure, kind="independent", light="red", assessed_on="2025-01-01", reason="late", **led
    )
    Dispute.objects.create(assessment=light, reason="not late", disputed_on="2025-01-02", **led)
    RecoveryPlan.objects.create(assessment=light, plan="faster", given_on="2025-01-03", due_on="2025-12-31", **led)
    risk = Risk.objects.create(milestone=milestone, severity=3, likelihood=4, ministry=ministries.other, **words)
    meeting = Meeting.objects.create(
        kind="working", meets_on="2025-01-01", status="held", tier=measure.tier, chair=ministries.other, **words
    )
    meeting.participants.add(ministries.other, ministries.lead)
    item = AgendaItem.objects.create(meeting=meeting, position=1, **words)
    item.measures.add(measure)
    decision = Decision.objects.create(
        meeting=meeting, agenda_item=item, text_ko="결정", decided_on="2025-01-01", tier=measure.tier, **led
    )
    decision.milestones.add(milestone)
    decision.risks.add(risk)
    Region.objects.create(key=key, name_ko="지역", name_en="Region")
    month = 1 + ReportingPeriod.objects.count()
    period = ReportingPeriod.objects.create(
        strategy=tree.strategy,
        starts_on=date(2024, month, 1),
        ends_on=date(2024, month, 28),
        due_on=date(2024, month, 28),
    )
    taken = datetime(2024, month, 28, 12, tzinfo=UTC)
    Snapshot.objects.create(period=period, number=1, tier=1, taken_at=taken, digest="0" * 64, formulas="1")
