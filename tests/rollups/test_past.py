"""Figures of past days: what was known then stays as it was, and what is known now agrees with the reference model."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Ministry, User
from common import past
from common.tiers import Tier
from tasks import rollups
from tasks.actions import plans, reports
from tasks.actions.reports import ReportValues
from tasks.choices import Scope, Verb
from tasks.models import Dependency, Measure, Milestone, StatusReport, Strategy
from tasks.permissions import SYSTEM
from tests.rollups.compare import Rows, broken_sums, differences, stored_figures
from tests.rollups.operations import World, _legally, due, one, some, weights
from tests.rollups.test_sequences import sequences

pytestmark = pytest.mark.django_db
Draw = Callable[[st.SearchStrategy], Any]
SEOUL = ZoneInfo("Asia/Seoul")
days_back = st.integers(0, 60).map(timedelta)


def create(world: World, draw: Draw) -> None:
    parent = draw(st.sampled_from([None, *world.measures.filter(depth__lt=5)]))
    task = one(draw, world.tasks) if parent is None else parent.strategic_task
    values = {"weight": draw(weights), "effective_on": world.day - draw(days_back), "tier": draw(world.tiers)}
    if draw(st.booleans()):
        plans.create_measure(by=SYSTEM, strategic_task=task, parent=parent, **values, **world.name())
    elif parent is not None:
        plans.create_milestone(by=SYSTEM, measure=parent, **due(world, draw), **values, **world.name())


def revise(world: World, draw: Draw) -> None:
    """Any part of a plan, from a day of the past on."""
    row = one(draw, draw(st.sampled_from((world.milestones, world.measures, world.tasks))))
    if row is None:
        return
    changes: list[dict[str, Any]] = [{"weight": draw(weights)}, {"ministry": some(draw, Ministry)}]
    if isinstance(row, Milestone):
        changes += [due(world, draw), {"parent": one(draw, world.measures)}]
    if isinstance(row, Measure):
        places = world.measures.exclude(path__contains=[row.pk])
        changes += [
            {"scope": draw(st.sampled_from([Scope.IN_SCOPE, Scope.CANCELLED]))},
            {"parent": draw(st.sampled_from([None, *places.filter(depth__lt=5)]))},
        ]
    change = draw(st.sampled_from(changes))
    with transaction.atomic():
        _legally(plans.revise_plan, row, by=SYSTEM, effective_on=world.day - draw(days_back), reason="왜", **change)


def report(world: World, draw: Draw) -> None:
    """For today or an earlier day."""
    row = one(draw, world.milestones)
    if row is None:
        return
    verb, day = draw(st.sampled_from(Verb.values)), world.day - draw(days_back)
    values = ReportValues(
        verb=verb,
        progress_bp=None if verb == Verb.COMPLETE else draw(st.none() | st.integers(0, 9_999)),
        forecast=draw(st.none() | days_back.map(lambda days: world.day + days)),
        completed_on=day if verb == Verb.COMPLETE else None,
        effective_on=day,
        reason="왜",
    )
    _legally(reports.report_milestone, row, values, by=SYSTEM)


def withdraw(world: World, draw: Draw) -> None:
    found = one(draw, StatusReport.objects.filter(milestone__in=world.milestones, status="accepted").order_by("pk"))
    if found is not None:
        _legally(reports.withdraw_report, found, by=SYSTEM)


OPERATIONS = (create, create, revise, revise, report, report, report, withdraw)
Figures = dict[Tier, Rows]


def new_world(day: Any) -> World:
    strategy = plans.create_strategy(
        by=SYSTEM, slug="past", title_ko="가", title_en="A", announced_on=day, first_year=2023, last_year=2027
    )
    for number in (1, 2):
        names = {"slug": f"past-{number}", "title_ko": "가", "title_en": "A"}
        task = plans.create_strategic_task(
            by=SYSTEM, effective_on=day - timedelta(90), strategy=strategy, number=number, **names
        )
        plans.create_measure(
            by=SYSTEM, effective_on=day, strategic_task=task, code=f"P{number}", title_ko="가", title_en="A"
        )
    return World(strategy, day)


def read(strategy: Strategy) -> Figures:
    return {tier: stored_figures(strategy, tier) for tier in Tier}


def play(data):
    """Changes of today and of earlier days on three or four days; everything is rolled back at the end."""
    with time_machine.travel(datetime(2024, 5, 1, 12, tzinfo=SEOUL), tick=False) as clock, transaction.atomic():
        world = new_world(datetime.now(SEOUL).date())
        # Classification is today's, in readings of the past too: where there is any, a move changes what was seen.
        classified = data.draw(st.booleans())
        world.tiers = st.integers(1, 3) if classified else st.just(1)
        known: list[tuple[Any, datetime, Figures]] = []
        for _ in range(data.draw(st.integers(2, 4))):
            for _ in range(data.draw(st.integers(1, 5))):
                clock.shift(timedelta(seconds=1))
                data.draw(st.sampled_from(OPERATIONS))(world, data.draw)
            rollups.drain()
            stored = read(world.strategy)
            with past.reading(world.day):
                assert read(world.strategy) == stored, "the past says something else of today than what is stored"
            known.append((world.day, datetime.now(SEOUL), stored))
            clock.shift(timedelta(days=data.draw(st.integers(1, 40))))
            world.day = datetime.now(SEOUL).date()
        for day, moment, then in known:
            with past.reading(day, moment):
                assert classified or read(world.strategy) == then
            with past.reading(day):
                assert differences(world.strategy, day) == []
                assert broken_sums(world.strategy) == []
        transaction.set_rollback(True)


@sequences(5)
@given(data=st.data())
def test_what_was_known_then_stays_and_what_is_known_now_is_that_of_the_reference_model(data):
    play(data)


@pytest.mark.drill
@sequences(int(os.environ.get("SEQUENCES", "300")))
@given(data=st.data())
def test_hundreds_of_histories(data):
    play(data)


def test_a_late_report_changes_the_past_as_known_now_and_not_as_known_then(strategy_tree):
    tree, day = strategy_tree, timezone.localdate() - timedelta(days=10)
    before = timezone.now()

    def progress(known_at=None):
        return rollups.figures("strategy", strategy=tree.strategy, tier=3, as_of=day, known_at=known_at)[0].sums.earned

    was = progress()
    values = ReportValues(verb=Verb.COMPLETE, completed_on=day - timedelta(days=1))
    reports.report_milestone(Milestone.objects.get(code="T1-1-M2"), values, by=SYSTEM)
    assert progress() > was
    assert progress(before) == was


def test_a_link_made_later_was_not_known_then(strategy_tree):
    first, second = Milestone.objects.order_by("pk")[:2]
    before = timezone.now()
    plans.add_dependency(first, second, by=SYSTEM)
    made = timezone.now()
    plans.remove_dependency(Dependency.objects.get(predecessor=first, successor=second), by=SYSTEM, reason="왜")

    def links(moment):
        with past.reading(timezone.localdate(), moment):
            return list(Dependency.objects.filter(predecessor=first).values_list("successor", flat=True))

    assert (links(before), links(made), links(None)) == ([], [second.pk], [])


def test_whatever_is_written_in_a_reading_is_thrown_away(strategy_tree):
    with past.reading(timezone.localdate()):
        User.objects.create(username="new")
    assert not User.objects.filter(username="new").exists()


def test_every_column_of_a_table_stands_in_its_view(db):
    with connection.cursor() as cursor:
        for model in past.models_with_a_past():
            columns = {
                column.name for column in connection.introspection.get_table_description(cursor, model._meta.db_table)
            }
            cursor.execute(
                f"SELECT attname FROM pg_attribute WHERE attrelid = 'past.{model._meta.db_table}'::regclass AND attnum > 0"
            )
            assert {name for (name,) in cursor.fetchall()} == columns, model
