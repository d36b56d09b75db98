"""Reporting periods: who opens, closes and reopens them, what a closing says and publishes, who reported when."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import translation

from common.background import enqueue
from common.errors import Forbidden, Invalid, Stale
from tasks import rollups
from tasks.actions import periods
from tasks.actions.reports import (
    ReportValues,
    accept_report,
    draft_report,
    report_milestone,
    return_report,
    revise_report,
    withdraw_report,
)
from tasks.choices import PeriodState, Verb
from tasks.jobs import open_periods
from tasks.models import Change, Milestone, OutboxJob, ReportingPeriod, Snapshot, Strategy
from tasks.permissions import SYSTEM

pytestmark = pytest.mark.django_db
SEOUL = ZoneInfo("Asia/Seoul")
NOVEMBER, LAST = date(2024, 11, 1), date(2024, 11, 30)
DECEMBER = date(2024, 12, 1)


def at(day, hour=12, minute=0):
    return time_machine.travel(datetime(day.year, day.month, day.day, hour, minute, tzinfo=SEOUL), tick=False)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def november(strategy_tree):
    """Open, of a strategy in which one milestone is in progress and one is late."""
    with at(NOVEMBER):
        return periods.open_period(strategy=strategy_tree.strategy, starts_on=NOVEMBER, by=SYSTEM)


def update(milestone, day=None, text="moves on", by=SYSTEM):
    values = ReportValues(verb=Verb.UPDATE, result=text, effective_on=day)
    return report_milestone(Milestone.objects.get(pk=milestone.pk), values, by=by)


# Opening, due day


def test_a_month_is_opened_whole_and_due_ten_days_after_its_end(strategy_tree, users):
    with at(date(2024, 11, 12)):
        period = periods.open_period(
            strategy=strategy_tree.strategy, starts_on=date(2024, 11, 12), by=users["coordinator"]
        )
    period.refresh_from_db()
    assert (period.starts_on, period.ends_on, period.due_on) == (NOVEMBER, LAST, date(2024, 12, 10))
    assert (period.state, period.month) == (PeriodState.OPEN, "2024-11")
    assert Change.objects.filter(table="tasks_reportingperiod").latest("sequence").verb == "period.opened"


@pytest.mark.parametrize(
    ("first", "due", "field"),
    [(NOVEMBER, None, ""), (date(2025, 1, 1), None, "starts_on"), (DECEMBER, date(2024, 12, 30), "due_on")],
)
def test_a_month_is_opened_once_not_far_ahead_and_not_due_before_its_end(november, first, due, field):
    with at(date(2024, 11, 12)), pytest.raises(Invalid) as error:
        periods.open_period(strategy=november.strategy, starts_on=first, due_on=due, by=SYSTEM)
    assert error.value.field == field
    assert ReportingPeriod.objects.count() == 1


def test_by_night_the_month_that_has_begun_is_opened_where_there_are_periods(november):
    enqueue("tasks.jobs.open_periods", "")
    job = OutboxJob.objects.get()
    periods.change_due_day(november, due_on=date(2024, 12, 5), reason="sooner", by=SYSTEM)
    with at(date(2025, 1, 1), 0, 1):
        assert open_periods(job.pk) == 2
        assert open_periods(job.pk) == 0
    found = ReportingPeriod.objects.order_by("starts_on").values_list("month", "due_on")
    assert list(found) == [
        ("2024-11", date(2024, 12, 5)), ("2024-12", date(2025, 1, 5)), ("2025-01", date(2025, 2, 5)),
    ]  # fmt: skip


def test_by_night_nothing_is_opened_where_the_coordinating_office_opened_none(strategy_tree):
    assert periods.open_due_periods(by=SYSTEM, today=date(2025, 1, 1)) == []


def test_another_due_day_needs_a_reason_and_an_open_period(november):
    with pytest.raises(Invalid) as error:
        periods.change_due_day(november, due_on=date(2024, 12, 20), reason=" ", by=SYSTEM)
    assert error.value.field == "reason"
    with pytest.raises(Stale):
        periods.change_due_day(november, due_on=date(2024, 12, 20), reason="Holidays", by=SYSTEM, expected_version=9)
    with at(DECEMBER):
        periods.close_period(november, by=SYSTEM, anyway=True)
    with pytest.raises(Invalid, match="closed"):
        periods.change_due_day(november, due_on=date(2024, 12, 20), reason="Holidays", by=SYSTEM)


# Who


@pytest.mark.parametrize("name", ["staff", "approver", "analyst", "executive", "auditor", "admin", "nobody"])
def test_periods_are_the_coordinating_offices(november, users, name):
    by = users[name]
    acts = (
        lambda: periods.open_period(strategy=november.strategy, starts_on=DECEMBER, by=by),
        lambda: periods.change_due_day(november, due_on=date(2024, 12, 20), reason="x", by=by),
        lambda: periods.close_period(november, anyway=True, by=by),
        lambda: periods.reopen_period(november, reason="x", by=by),
    )
    before = Change.objects.count()
    for act in acts:
        with at(DECEMBER), pytest.raises(Forbidden):
            act()
    assert (Change.objects.count(), Snapshot.objects.count()) == (before, 0)


# Closing, reopening


def test_a_period_is_closed_once_it_has_ended_and_says_what_is_not_in(november, strategy_tree, users):
    with at(LAST, 23, 59), pytest.raises(Invalid, match="not ended"):
        periods.close_period(november, by=SYSTEM, anyway=True)
    Strategy.objects.update(review_steps=1)
    with at(date(2024, 11, 20)):
        update(strategy_tree.milestones.late)
    with at(DECEMBER), pytest.raises(Invalid) as error:
        periods.close_period(november, by=users["coordinator"])
    assert error.value.field == "anyway"
    assert "1 report waits for review" in error.value.message
    assert "1 milestone has no report" in error.value.message
    assert not Snapshot.objects.exists()
    with at(DECEMBER):
        periods.close_period(november, by=users["coordinator"], anyway=True)
    november.refresh_from_db()
    assert november.state == PeriodState.CLOSED
    assert [s.taken_by for s in Snapshot.objects.all()] == [users["coordinator"]] * 3
    closing = Change.objects.filter(table="tasks_reportingperiod").latest("sequence")
    assert (closing.verb, closing.actor_id) == ("period.closed", users["coordinator"].pk)


def test_a_complete_period_is_closed_without_further_words(november, strategy_tree):
    with at(date(2024, 11, 20)):
        for milestone in (strategy_tree.milestones.late, strategy_tree.milestones.open):
            update(milestone)
    with at(DECEMBER):
        assert len(periods.close_period(november, by=SYSTEM)) == 3


def test_a_closed_period_is_closed_no_second_time(november):
    with at(DECEMBER):
        periods.close_period(november, by=SYSTEM, anyway=True)
        with pytest.raises(Invalid, match="already"):
            periods.close_period(november, by=SYSTEM, anyway=True)
    assert Snapshot.objects.count() == 3


def test_reopening_needs_a_reason_and_leaves_what_was_published(november, users):
    with pytest.raises(Invalid, match="Only a closed"):
        periods.reopen_period(november, reason="wrong", by=SYSTEM)
    with at(DECEMBER):
        periods.close_period(november, by=SYSTEM, anyway=True)
        before = list(Snapshot.objects.values())
        with pytest.raises(Invalid) as error:
            periods.reopen_period(november, reason="  ", by=SYSTEM)
        assert error.value.field == "reason"
        periods.reopen_period(november, reason="A report was lost", by=users["coordinator"])
    november.refresh_from_db()
    assert (november.state, november.reopened_for) == (PeriodState.REOPENED, "A report was lost")
    change = Change.objects.filter(table="tasks_reportingperiod").latest("sequence")
    assert (change.verb, change.reason, change.actor_id) == (
        "period.reopened", "A report was lost", users["coordinator"].pk,
    )  # fmt: skip
    assert list(Snapshot.objects.values()) == before


def test_closing_again_publishes_a_further_version_beside_the_earlier_one(november, strategy_tree):
    with at(DECEMBER):
        first = periods.close_period(november, by=SYSTEM, anyway=True)[-1]
        periods.reopen_period(november, reason="A report was lost", by=SYSTEM)
        update(strategy_tree.milestones.late, LAST)
        second = periods.close_period(november, by=SYSTEM, anyway=True)[-1]
    assert (first.number, second.number) == (1, 2)
    assert first.digest != second.digest
    assert rollups.latest_snapshot(november.strategy, tier=3) == second
    assert rollups.content_and_digest(first)[1] == first.digest
    november.refresh_from_db()
    assert november.reopened_for == "A report was lost"


# Which period a report belongs to


def test_a_report_belongs_to_the_open_period_of_its_day(november, strategy_tree):
    late = strategy_tree.milestones.late
    with at(date(2024, 11, 20)):
        assert update(late).period == november
    with at(DECEMBER):
        assert update(late).period is None
        assert update(late, LAST).period == november
        draft = draft_report(late, ReportValues(verb=Verb.UPDATE, result="x", effective_on=LAST), by=SYSTEM)
        assert draft.period == november
        periods.close_period(november, by=SYSTEM, anyway=True)
        assert update(late, LAST).period is None
        assert revise_report(draft, ReportValues(verb=Verb.UPDATE, result="y"), by=SYSTEM).period is None
        periods.reopen_period(november, reason="once more", by=SYSTEM)
        assert update(late, LAST).period == november


def test_a_report_for_a_closed_period_is_a_restatement_and_changes_no_snapshot(november, strategy_tree):
    with at(DECEMBER):
        snapshots = periods.close_period(november, by=SYSTEM, anyway=True)
        assert rollups.restated(snapshots[-1], "strategy") == []
    with at(DECEMBER + timedelta(days=3)):
        done = ReportValues(verb=Verb.COMPLETE, completed_on=LAST)
        report_milestone(strategy_tree.milestones.late, done, by=SYSTEM)
        found = rollups.restated(snapshots[-1], "strategy")
    [strategy] = found
    assert strategy.then.sums.earned == 0
    assert strategy.now.sums.earned > 0
    assert rollups.content_and_digest(snapshots[-1])[1] == snapshots[-1].digest


def test_what_changed_since_the_last_day_of_a_closed_period_begins_with_what_was_published(strategy_tree):
    """In a year by which all of the tree is known."""
    tree, first, last = strategy_tree, date(2035, 1, 1), date(2035, 1, 31)
    with at(date(2035, 2, 1)):
        january = periods.open_period(strategy=tree.strategy, starts_on=first, by=SYSTEM)
        update(tree.milestones.open, last)
        snapshot = periods.close_period(january, by=SYSTEM, anyway=True)[-1]
    with at(date(2035, 2, 5)):
        report_milestone(tree.milestones.late, ReportValues(verb=Verb.COMPLETE, completed_on=last), by=SYSTEM)
        found = rollups.changes("strategy", 0, strategy=tree.strategy, tier=3, since=last, until=last)
    assert (found.known_then, found.is_published) == (snapshot.taken_at, True)
    published = rollups.published("strategy", snapshot)[0]
    assert (found.before.sums, found.before.counts) == (published.sums, published.counts)
    assert [node.id for node in found.steps[0].nodes] == [tree.milestones.late.pk]


# Who reported when


def reporting(period, tier=3):
    found = rollups.reporting_of(period, tier=tier)
    return {key: (r.expected, r.on_time, r.late, r.missing, r.waiting) for key, r in found.items()}


def test_asked_is_what_has_begun_or_is_due_and_on_time_is_what_came_up_to_the_due_day(november, strategy_tree):
    tree = strategy_tree
    lead = tree.ministries.lead.pk
    with at(date(2024, 11, 20)):
        assert reporting(november) == {lead: (2, 0, 0, 2, 0)}
        assert rollups.who_has_not_reported(november, tier=3) == {
            lead: (tree.milestones.open.pk, tree.milestones.late.pk)
        }
        update(tree.milestones.open)
    with at(november.due_on, 23, 59):
        update(tree.milestones.late, LAST)
    with at(date(2024, 12, 11)):
        assert reporting(november) == {lead: (2, 2, 0, 0, 0)}
        assert rollups.who_has_not_reported(november, tier=3) == {}


def test_late_is_what_came_after_the_due_day_and_another_day_makes_it_on_time(november, strategy_tree):
    lead = strategy_tree.ministries.lead.pk
    with at(november.due_on + timedelta(days=1), 0, 1):
        update(strategy_tree.milestones.late, LAST)
        assert reporting(november)[lead] == (2, 0, 1, 1, 0)
        periods.change_due_day(november, due_on=date(2024, 12, 20), reason="Holidays", by=SYSTEM)
        november.refresh_from_db()
        assert reporting(november)[lead] == (2, 1, 0, 1, 0)


def test_what_waits_for_review_was_reported_and_what_was_returned_or_taken_back_was_not(november, strategy_tree):
    Strategy.objects.update(review_steps=1)
    lead = strategy_tree.ministries.lead.pk
    with at(date(2024, 11, 20)):
        report = update(strategy_tree.milestones.late)
        assert reporting(november)[lead] == (2, 1, 0, 1, 1)
        return_report(report, by=SYSTEM, reason="which date?")
        assert reporting(november)[lead] == (2, 0, 0, 2, 0)
        report = revise_report(report, ReportValues(verb=Verb.UPDATE, result="30 June"), by=SYSTEM)
        accept_report(report, by=SYSTEM)
        assert reporting(november)[lead] == (2, 1, 0, 1, 0)
        withdraw_report(report, by=SYSTEM)
        assert reporting(november)[lead] == (2, 0, 0, 2, 0)


def test_what_was_completed_within_the_month_was_asked_and_reported(november, strategy_tree):
    with at(date(2024, 11, 20)):
        done = ReportValues(verb=Verb.COMPLETE, completed_on=date(2024, 11, 19))
        report_milestone(strategy_tree.milestones.late, done, by=SYSTEM)
    with at(DECEMBER):
        december = periods.open_period(strategy=november.strategy, starts_on=DECEMBER, by=SYSTEM)
        lead = strategy_tree.ministries.lead.pk
        assert reporting(november)[lead] == (2, 1, 0, 1, 0)
        assert reporting(december)[lead] == (1, 0, 0, 1, 0)


def test_a_start_that_waits_for_review_is_asked_although_nothing_has_begun_yet(november, strategy_tree):
    Strategy.objects.update(review_steps=1)
    with at(date(2024, 11, 20)):
        report_milestone(strategy_tree.milestones.of_other, ReportValues(verb=Verb.START), by=SYSTEM)
    assert reporting(november)[strategy_tree.ministries.other.pk] == (1, 1, 0, 0, 1)


def test_nothing_hidden_is_counted(november, strategy_tree):
    with at(date(2024, 11, 20)):
        report_milestone(strategy_tree.milestones.restricted, ReportValues(verb=Verb.START), by=SYSTEM)
        assert reporting(november, 3)[strategy_tree.ministries.lead.pk][0] == 3
        assert reporting(november, 2)[strategy_tree.ministries.lead.pk][0] == 2


def test_a_ministry_of_that_time_is_asked_for_what_it_answered_for(november, strategy_tree):
    from tasks.actions.plans import revise_plan

    with at(DECEMBER + timedelta(days=3)):
        revise_plan(
            strategy_tree.milestones.late, by=SYSTEM, effective_on=DECEMBER, reason="handed over",
            ministry=strategy_tree.ministries.other,
        )  # fmt: skip
        assert reporting(november) == {strategy_tree.ministries.lead.pk: (2, 0, 0, 2, 0)}


def test_a_closing_keeps_who_reported(november, strategy_tree):
    with at(date(2024, 11, 20)):
        update(strategy_tree.milestones.open)
    with at(DECEMBER):
        snapshot = periods.close_period(november, by=SYSTEM, anyway=True)[-1]
        update(strategy_tree.milestones.late, LAST)
    snapshot = Snapshot.objects.get(pk=snapshot.pk)
    lead = strategy_tree.ministries.lead.pk
    then = rollups.reporting_then(snapshot)[lead]
    assert (then.expected, then.on_time, then.late, then.missing) == (2, 1, 0, 1)
    assert then.last_at.astimezone(SEOUL).date() == date(2024, 11, 20)
    assert snapshot.missing == {str(lead): [strategy_tree.milestones.late.pk]}
