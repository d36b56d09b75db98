"""Stored money: read while it is true, computed where something has changed since, of today and of kept days."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from common import past
from tasks import rollups
from tasks.actions import budgets, plans
from tasks.jobs import drain_changes
from tasks.models import BudgetEntry, Measure
from tasks.permissions import SYSTEM
from tasks.rollups import keeping, stored_money
from tasks.rollups.money import STORED
from tests import furniture

DAY = date(2024, 12, 31)


@pytest.fixture
def strategy(committed_db):
    furniture.furnish()
    tree = furniture.tree()
    for number, measure in enumerate((tree.measures.m11, tree.measures.m111, tree.measures.m12, tree.measures.m21), 1):
        line = budgets.create_budget_line(
            by=SYSTEM, measure=measure, key=f"line-{number}", title_ko="예산", title_en="Budget", fiscal_year=2024
        )
        enter(line, 10**17 * number + 1, "appropriated")
        enter(line, 10**16 * number, "executed")
    drain_changes()
    return tree.strategy


def enter(line, amount, phase="executed", day=date(2024, 3, 1)):
    return budgets.record_budget_entry(line, by=SYSTEM, phase=phase, amount_won=amount, effective_on=day)


@pytest.fixture
def computed(monkeypatch):
    """How often money was computed for whoever asked."""
    asked = []
    plain = stored_money.computed
    monkeypatch.setattr(stored_money, "computed", lambda *a, **k: (asked.append(a), plain(*a, **k))[1])
    return asked


def read(strategy):
    return {(s, tier): rollups.money(s, strategy=strategy, tier=tier) for s in STORED for tier in (1, 2, 3)}


def plain(strategy, monkeypatch):
    """The same, computed."""
    with monkeypatch.context() as patched:
        patched.setattr(stored_money, "_stored", lambda: None)
        return read(strategy)


def test_stored_money_is_what_computing_it_gives(strategy, computed, monkeypatch):
    found = read(strategy)
    assert computed == []
    assert found == plain(strategy, monkeypatch)
    (whole,) = found["strategy", 3][0]
    assert whole.amounts["appropriated"] == 10 * 10**17 + 4
    assert whole.amounts["announced"] is None
    assert (whole.execution_rate.numerator, whole.execution_rate.base) == (10 * 10**16, "appropriated")
    (public,) = found["strategy", 1][0]
    assert public.amounts["executed"] < 10 * 10**16, "the internal measure's is not there"


def test_money_of_measures_is_that_of_the_lines_below_them(strategy):
    m11, m111 = (Measure.objects.get(code=code).pk for code in ("T1-1", "T1-1.1"))
    every = rollups.money("measure", strategy=strategy, tier=3)
    assert every[m11][0].amounts["executed"] == 3 * 10**16
    assert every[m111][0].amounts["executed"] == 2 * 10**16
    for keys in ([m11], [m111], [m11, m111]):
        found = rollups.money("measure", strategy=strategy, tier=3, keys=keys)
        assert found == {key: every[key] for key in keys}


def entered(strategy):
    enter(BudgetEntry.objects.first().line, 7, day=date(2024, 5, 1))


def withdrawn(strategy):
    budgets.withdraw_budget_entry(BudgetEntry.objects.first(), by=SYSTEM, reason="왜")


def left_out(strategy):
    plans.revise_plan(
        Measure.objects.get(code="T1-1"), by=SYSTEM, effective_on=date(2025, 1, 1), reason="왜", scope="cancelled"
    )


def classified(strategy):
    plans.revise_plan(Measure.objects.get(code="T2-1"), by=SYSTEM, effective_on=date(2025, 1, 1), reason="왜", tier=3)


@pytest.mark.parametrize("change", [entered, withdrawn, left_out, classified])
def test_what_changes_money_shows_at_once_and_is_stored_by_the_next_job(strategy, computed, monkeypatch, change):
    before = read(strategy)
    change(strategy)
    found = read(strategy)
    assert computed
    assert found != before
    drain_changes()
    computed.clear()
    assert read(strategy) == found == plain(strategy, monkeypatch)


def test_what_has_nothing_to_do_with_money_leaves_it_stored(strategy):
    plans.revise_plan(Measure.objects.get(code="T1-1"), by=SYSTEM, effective_on=date(2025, 1, 1), reason="왜", weight=7)
    assert rollups.store_money() is False


def test_a_level_of_tomorrow_counts_tomorrow(strategy, computed):
    today = timezone.localdate()
    line = BudgetEntry.objects.first().line
    enter(line, 5, day=today + timedelta(days=1))
    drain_changes()
    before = read(strategy)
    computed.clear()
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert read(strategy) != before
        assert computed
        drain_changes()
        computed.clear()
        assert read(strategy) != before
        assert computed == []


def test_money_of_a_kept_day_is_read_until_something_is_recorded_of_it(strategy, computed, monkeypatch):
    keeping.keep(DAY)
    line = BudgetEntry.objects.first().line
    enter(line, 5, day=DAY + timedelta(days=1))
    with past.reading(DAY):
        kept = read(strategy)
        assert computed == []
        assert kept == plain(strategy, monkeypatch)
    enter(line, 6, day=DAY)
    computed.clear()
    with past.reading(DAY):
        found = read(strategy)
    assert computed
    assert found != kept
    monkeypatch.setattr(keeping, "DAYS_BACK", 3)
    assert rollups.keep_what_is_due(timezone.localdate()) > 0
    computed.clear()
    with past.reading(DAY):
        assert read(strategy) == found
    assert computed == []
