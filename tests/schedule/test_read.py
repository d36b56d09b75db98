"""The schedule as the database gives it: of a reader's tier, in two queries, of the day that is read."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine

from common import past
from tasks.actions import bills, plans, reports
from tasks.actions.reports import ReportValues
from tasks.models import Dependency, Milestone
from tasks.permissions import SYSTEM
from tasks.schedule import Around, linked_in, schedule, schedule_around

TODAY = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(f"{TODAY}T12:00:00+09:00", tick=False):
        yield


@pytest.fixture
def milestones(strategy_tree: SimpleNamespace) -> SimpleNamespace:
    """late (overdue) → open (2027-12-31) → of_other (2027-06-30, 10 days after), and restricted (2030) → of_other."""
    found = strategy_tree.milestones
    plans.add_dependency(found.late, found.open, by=SYSTEM)
    plans.add_dependency(found.open, found.of_other, by=SYSTEM, lag_days=10)
    plans.add_dependency(found.restricted, found.of_other, by=SYSTEM)
    put(found.restricted, current_due=date(2030, 1, 1))
    return found


def put(milestone: Milestone, **columns: Any) -> None:
    Milestone.objects.filter(pk=milestone.pk).update(**columns)


def test_a_reader_gets_the_dates_of_the_own_tier(milestones: Any, users: Any) -> None:
    last = milestones.of_other
    expected = {"nobody": date(2028, 1, 10), "staff": date(2028, 1, 10), "executive": date(2030, 1, 1)}
    for name, day in expected.items():
        for found in (schedule(users[name]), schedule_around([last.pk], users[name])):
            assert found.earliest_end(last.pk) == day
            assert (milestones.restricted.pk in found.waits_for([last.pk])) == (name == "executive")


def test_nothing_hidden_can_be_inferred(milestones: Any, users: Any, strategy_tree: Any) -> None:
    """All that is told to a reader is the same once the hidden milestone, and all that it is tied to, is gone."""

    def told() -> list[Any]:
        nouns = [*(vars(milestones).values()), *(vars(strategy_tree.measures).values()), strategy_tree.talent]
        whole = schedule(users["nobody"])
        answers: list[Any] = [whole.late_by_others(), sorted(whole.in_loop)]
        for noun in nouns:
            around = Around(noun, users["nobody"])
            answers += [around.waiting, around.waits_for, around.critical_path]
            answers += (
                [whole.earliest_end(noun.pk), whole.is_critical(noun.pk)] if noun in Milestone.objects.all() else []
            )
        return answers

    plans.add_dependency(milestones.of_other, milestones.internal, by=SYSTEM)
    Dependency.objects.create(predecessor=milestones.restricted, successor=milestones.late)
    Dependency.objects.create(predecessor=milestones.of_other, successor=milestones.restricted)
    hidden = [milestones.restricted.pk, milestones.internal.pk]
    with_hidden = told()
    Dependency.objects.filter(predecessor__in=hidden).delete()
    Dependency.objects.filter(successor__in=hidden).delete()
    assert told() == with_hidden


def test_what_is_cancelled_neither_waits_nor_holds(milestones: Any, users: Any) -> None:
    put(milestones.open, state="cancelled")
    found = schedule(users["nobody"])
    assert found.earliest_end(milestones.open.pk) is None
    assert found.earliest_end(milestones.of_other.pk) == date(2027, 6, 30)
    assert found.waits_for([milestones.of_other.pk]) == found.waiting([milestones.late.pk]) == {}


def test_it_takes_two_queries_whatever_the_size(milestones: Any, users: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        schedule(users["executive"])
    with django_assert_num_queries(2):
        schedule_around([milestones.of_other.pk], users["executive"])


def test_a_bill_stands_for_its_stages(milestones: Any, strategy_tree: Any, users: Any) -> None:
    bill = bills.create_bill(by=SYSTEM, measure=strategy_tree.measures.m11, key="bill", title_ko="법", title_en="Act")
    bills.add_bill_stage(bill, milestones.late, by=SYSTEM, position=1, stage="plenary")
    bills.add_bill_stage(bill, milestones.open, by=SYSTEM, position=2, stage="promulgation")
    around = Around(bill, users["nobody"])
    assert [(wait.id, wait.until, wait.slack_days) for wait in around.waiting] == [
        (milestones.of_other.pk, date(2028, 1, 10), -194)
    ]
    for milestone in (milestones.late, milestones.open):
        put(milestone, state="completed", progress_bp=10_000, completed_on=TODAY)
    assert Around(bill, users["nobody"]).waiting == []


def test_a_measure_stands_for_all_below_it(milestones: Any, strategy_tree: Any, users: Any) -> None:
    plans.add_dependency(milestones.of_other, milestones.undated, by=SYSTEM)
    m11, m111 = strategy_tree.measures.m11, strategy_tree.measures.m111
    assert linked_in(m111, users["nobody"]) == {milestones.undated.pk}
    assert linked_in(m11, users["nobody"]) == {milestones.undated.pk, milestones.open.pk, milestones.late.pk}


def test_inside_a_reading_it_is_of_that_day(milestones: Any, users: Any) -> None:
    """The milestone was not late then, and a completion that came later had not happened."""
    reports.report_milestone(
        milestones.late, ReportValues("complete", completed_on=date(2026, 11, 30)), by=SYSTEM
    )  # fmt: skip
    assert schedule(users["nobody"]).earliest_end(milestones.late.pk) == date(2026, 11, 30)
    with past.reading(date(2024, 3, 1)):
        found = schedule(users["nobody"])
        assert found.earliest_end(milestones.late.pk) == date(2024, 6, 30)
        assert found.slack_days(milestones.late.pk) == 0
    with past.reading(date(2025, 6, 30)):
        assert schedule(users["nobody"]).earliest_end(milestones.late.pk) == date(2025, 6, 30)


def test_a_loop_that_was_written_past_the_actions_is_named(milestones: Any, users: Any) -> None:
    Dependency.objects.create(predecessor=milestones.of_other, successor=milestones.late)
    found = schedule(users["nobody"])
    assert found.in_loop == {milestones.late.pk, milestones.open.pk, milestones.of_other.pk}
    assert found.earliest_end(milestones.of_other.pk) == date(2027, 6, 30)
