"""Money: lines and append-only levels in whole won; indicators, bills and commitments beside them."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from common.errors import Forbidden, Invalid
from common.tiers import Tier
from tasks import rollups
from tasks.actions import bills, budgets, commitments, indicators
from tasks.models import Bill, BudgetEntry, BudgetLine, Change, Commitment, Indicator, Measure
from tasks.permissions import SYSTEM

pytestmark = pytest.mark.django_db

TRILLION = 10**12


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(datetime(2025, 6, 2, 3), tick=False)


@pytest.fixture
def line(strategy_tree):
    return new_line(strategy_tree.measures.m11)


def new_line(measure, key="line", **values):
    values = {"title_ko": "예산", "title_en": "Budget", "fiscal_year": 2024} | values
    return budgets.create_budget_line(by=SYSTEM, measure=measure, key=key, **values)


def record(line, amount, day=date(2024, 1, 1), phase="executed", **values):
    return budgets.record_budget_entry(line, by=SYSTEM, phase=phase, amount_won=amount, effective_on=day, **values)


def level(line, phase="executed", **when):
    found = [entry for entry in rollups.latest_levels(**when) if (entry.line, entry.phase) == (line, phase)]
    return found[0].amount_won if found else None


def test_the_latest_level_by_its_own_date_counts_whatever_the_order_of_entry(line):
    record(line, 200, date(2024, 6, 30))
    record(line, 100, date(2024, 3, 31))
    assert level(line) == 200
    assert level(line, as_of=date(2024, 6, 29)) == 100
    assert level(line, as_of=date(2024, 3, 30)) is None
    assert level(line, phase="appropriated") is None


def test_a_restatement_is_a_further_entry_and_the_former_one_stays_known(line, time_machine):
    record(line, 200)
    known = timezone.now()
    time_machine.shift(timedelta(days=1))
    record(line, 150)
    assert (level(line), level(line, known_at=known)) == (150, 200)
    assert BudgetEntry.objects.filter(line=line).count() == 2


def test_an_entry_for_a_later_day_does_not_count_yet(line):
    record(line, 100)
    record(line, 900, date(2025, 6, 3))
    assert level(line) == 100
    assert level(line, as_of=date(2025, 6, 3)) == 900


def test_won_stay_exact_beyond_what_a_float_holds(line):
    record(line, 10**18 + 1)
    assert level(line) == 10**18 + 1


@pytest.mark.parametrize(
    "values", [{"amount": -1}, {"amount": 2**63}, {"amount": 1, "phase": "promised"}, {"amount": None}]
)
def test_an_amount_that_is_none_is_refused(line, values):
    before = Change.objects.count()
    with pytest.raises(Invalid):
        record(line, **values)
    assert Change.objects.count() == before


@pytest.mark.parametrize("year", [None, 1947, 2201])
def test_a_yearly_amount_names_a_plausible_year(strategy_tree, year):
    with pytest.raises(Invalid):
        new_line(strategy_tree.measures.m11, fiscal_year=year)


def test_a_key_is_taken_once_and_the_refusal_says_so(line):
    with pytest.raises(Invalid) as refused:
        new_line(line.measure)
    assert (refused.value.field, refused.value.code) == ("key", "taken")


def test_only_yearly_levels_of_the_tier_are_summed(strategy_tree, line):
    hidden = new_line(strategy_tree.measures.m12, "hidden")
    commitment = new_line(line.measure, "commitment", kind="commitment", fiscal_year=None)
    part = new_line(line.measure, "part", kind="breakdown", part_of=line)
    for target, amount in ((line, TRILLION), (hidden, 7), (commitment, 10**3), (part, 10**4)):
        record(target, amount)

    def executed(tier):
        years = rollups.money("strategy", strategy=strategy_tree.strategy, tier=tier)[0]
        return {year.fiscal_year: year.amounts["executed"] for year in years if year.fiscal_year}

    assert executed(Tier.PUBLIC) == {2024: TRILLION}
    assert executed(Tier.INTERNAL) == {2024: TRILLION + 7}


def test_a_rate_names_the_budget_that_it_divides_by(strategy_tree, line):
    def rate():
        (year,) = rollups.money("measure", strategy=strategy_tree.strategy, tier=1, keys=[line.measure_id])[
            line.measure_id
        ]
        return year.execution_rate and (year.execution_rate.base, year.execution_rate.value)

    record(line, 40)
    assert rate() is None
    record(line, 100, phase="appropriated")
    assert rate() == ("appropriated", 0.4)
    record(line, 80, phase="current")
    assert rate() == ("current", 0.5)


@pytest.mark.parametrize("name", ["staff", "approver", "analyst", "executive", "auditor", "admin", "nobody"])
def test_rows_of_another_ministry_are_recorded_by_the_coordinating_office_alone(strategy_tree, users, line, name):
    Measure.objects.update(lead_ministry=strategy_tree.ministries.other)
    measure, by = Measure.objects.get(code="T1-1"), users[name]
    line = BudgetLine.objects.get(pk=line.pk)
    before = Change.objects.count()
    for attempt in (
        lambda: budgets.create_budget_line(by=by, measure=measure, key="x"),
        lambda: budgets.record_budget_entry(line, by=by, phase="executed", amount_won=1, effective_on=date(2024, 1, 1)),
        lambda: indicators.create_indicator(by=by, measure=measure, key="x"),
        lambda: bills.create_bill(by=by, measure=measure, key="x"),
        lambda: commitments.create_commitment(by=by, strategic_task=strategy_tree.technology, code="x"),
    ):
        with pytest.raises(Forbidden):
            attempt()
    assert Change.objects.count() == before


def test_the_coordinating_office_records_under_its_name(users, line):
    budgets.record_budget_entry(
        line, by=users["coordinator"], phase="executed", amount_won=1, effective_on=date(2024, 1, 1)
    )
    change = Change.objects.filter(table="tasks_budgetentry").latest("sequence")
    assert (change.actor_id, change.verb) == (users["coordinator"].pk, "budget_entry.recorded")


# The other records


def test_an_indicator_has_one_target_a_day_and_any_number_of_observations(strategy_tree):
    indicator = indicators.create_indicator(
        by=SYSTEM,
        measure=strategy_tree.measures.m11,
        key="i",
        title_ko="가",
        title_en="A",
        unit_ko="명",
        unit_en="people",
    )
    indicators.set_target(indicator, by=SYSTEM, due_on=date(2026, 12, 31), value=Decimal(100))
    with pytest.raises(Invalid):
        indicators.set_target(indicator, by=SYSTEM, due_on=date(2026, 12, 31), value=Decimal(120))
    for method in ("survey", "register", "survey"):
        indicators.record_observation(
            indicator, by=SYSTEM, observed_on=date(2024, 1, 1), value=Decimal(1), method=method
        )
    assert Indicator.objects.get().observations.count() == 3


def test_a_bill_s_stages_are_milestones_in_an_order(strategy_tree):
    bill = bills.create_bill(by=SYSTEM, measure=strategy_tree.measures.m11, key="b", title_ko="법", title_en="Act")
    milestones = strategy_tree.milestones
    bills.add_bill_stage(bill, milestones.late, by=SYSTEM, position=1, stage="proposal")
    with pytest.raises(Invalid):
        bills.add_bill_stage(bill, milestones.open, by=SYSTEM, position=1, stage="plenary")
    bills.add_bill_stage(bill, milestones.open, by=SYSTEM, position=2, stage="plenary")
    assert [stage.milestone for stage in Bill.objects.get().stages.all()] == [milestones.late, milestones.open]


def test_verdicts_on_a_commitment_follow_each_other(strategy_tree):
    commitment = commitments.create_commitment(
        by=SYSTEM, strategic_task=strategy_tree.technology, code="C1", title_ko="약속", title_en="Promise",
        strength="will_do", measures=[strategy_tree.measures.m11],
    )  # fmt: skip
    for value, day in (("open", date(2024, 1, 1)), ("late", date(2025, 1, 1))):
        commitments.judge_commitment(commitment, by=SYSTEM, value=value, judged_on=day, sources=["https://example.org"])
    found = Commitment.objects.get()
    assert [verdict.value for verdict in found.verdicts.all()] == ["late", "open"]
    assert list(found.measures.all()) == [strategy_tree.measures.m11]
    with pytest.raises(Invalid):
        commitments.judge_commitment(commitment, by=SYSTEM, value="forgotten", judged_on=date(2025, 1, 1))


def test_a_line_out_of_scope_is_in_no_sum(strategy_tree, line):
    from tasks.actions import plans

    record(line, 5)
    plans.revise_plan(line.measure, by=SYSTEM, effective_on=date(2025, 6, 2), reason="r", scope="cancelled")
    assert not rollups.money("measure", strategy=strategy_tree.strategy, tier=3, keys=[line.measure_id])
    assert BudgetLine.objects.count() == 1
