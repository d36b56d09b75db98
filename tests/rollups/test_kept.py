"""Past days that are kept: read as rows while they are true, computed where something else has become known."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from common import past
from tasks import rollups
from tasks.actions import plans, reports
from tasks.actions.reports import ReportValues
from tasks.choices import Verb
from tasks.models import KeptDay, Milestone
from tasks.permissions import SYSTEM
from tasks.rollups import engine, keeping
from tests import furniture
from tests.rollups.compare import differences, stored_figures

DAY = date(2024, 12, 31)


@pytest.fixture
def strategy(committed_db):
    furniture.furnish()
    rollups.drain()
    return furniture.tree().strategy


@pytest.fixture
def computed(monkeypatch):
    """How often figures of a past day were computed."""
    days = []
    plain = engine.compute
    monkeypatch.setattr(engine, "compute", lambda day: (days.append(day), plain(day)))
    return days


@pytest.fixture
def few_days(monkeypatch):
    """A night has fewer days to keep."""
    monkeypatch.setattr(keeping, "DAYS_BACK", 3)


def read(strategy, day=DAY):
    with past.reading(day):
        return stored_figures(strategy, 3)


def seen_in(outlook):
    """Everything that the overview takes from it."""
    figures = {
        slice_: rollups.figures(slice_, strategy=furniture.tree().strategy, tier=3) for slice_ in ("strategy", "task")
    }
    exact = outlook.known_dues(figures["strategy"]), outlook.known_dues(figures["task"], "measure__strategic_task")
    dues = [view.next_due_precision for views in exact for view in views.values()]
    return list(outlook.late()), list(outlook.due_next()), outlook.due_within(), dues


def test_the_outlook_of_a_kept_day_is_read_and_is_what_looking_at_all_finds(strategy):
    """On a day on which something is late and something falls due."""
    day = date(2026, 10, 15)
    keeping.keep(day)
    with past.reading(day):
        outlook = rollups.outlook(strategy, tier=3)
        assert outlook.kept is not None
        found = seen_in(outlook)
        outlook.kept = None
        assert found == seen_in(outlook)
    late, due_next, within, dues = found
    assert late and due_next and any(within.values()) and any(dues)


def late_report():
    values = ReportValues(verb=Verb.COMPLETE, completed_on=DAY - timedelta(days=1))
    return reports.report_milestone(Milestone.objects.get(code="T1-1-M2"), values, by=SYSTEM)


def test_a_kept_day_is_read_and_says_what_computing_it_says(strategy, computed):
    before = read(strategy)
    keeping.keep(DAY)
    computed.clear()
    assert read(strategy) == before
    assert computed == []


def reclassify():
    plans.revise_plan(
        Milestone.objects.get(code="T1-1-M1"), by=SYSTEM, effective_on=date(2026, 1, 1), reason="왜", tier=3
    )


def link():
    first, second = Milestone.objects.filter(code__in=["T1-1-M1", "T1-1-M2"]).order_by("code")
    plans.add_dependency(first, second, by=SYSTEM)


@pytest.mark.parametrize(
    "change", [late_report, lambda: reports.withdraw_report(late_report(), by=SYSTEM), reclassify, link]
)
def test_what_becomes_known_later_of_a_kept_day_is_told_at_once(strategy, computed, few_days, change):
    keeping.keep(DAY)
    computed.clear()
    change()
    with past.reading(DAY):
        assert differences(strategy, DAY) == []
    assert computed == [DAY]
    assert rollups.keep_what_is_due(timezone.localdate()) > 0
    computed.clear()
    with past.reading(DAY):
        assert differences(strategy, DAY) == []
    assert computed == []


def test_what_is_said_of_later_days_leaves_a_kept_day_true(strategy, computed):
    keeping.keep(DAY)
    computed.clear()
    values = ReportValues(verb=Verb.COMPLETE, completed_on=DAY + timedelta(days=1))
    reports.report_milestone(Milestone.objects.get(code="T1-1-M2"), values, by=SYSTEM)
    read(strategy)
    assert computed == []
    assert read(strategy, DAY + timedelta(days=1)) != read(strategy)


def test_a_day_that_ends_is_kept_as_it_was_stored(strategy, computed):
    today = timezone.localdate()
    stored, seen = stored_figures(strategy, 3), seen_in(rollups.outlook(strategy, tier=3))
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        rollups.drain()
        assert KeptDay.objects.get().as_of == today
        assert read(strategy, today) == stored
        with past.reading(today):
            assert seen_in(rollups.outlook(strategy, tier=3)) == seen
    assert computed == []


def test_at_night_the_ends_of_months_and_the_last_weeks_are_kept(strategy):
    today = timezone.localdate()
    assert rollups.keep_what_is_due(today) > 0
    kept = set(KeptDay.objects.values_list("as_of", flat=True))
    assert {date(2023, 3, 31), DAY, today - timedelta(days=1), today - timedelta(days=40)} <= kept
    assert today not in kept
    assert rollups.keep_what_is_due(today) == 0
