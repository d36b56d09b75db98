"""What changed between two days: the bars sum exactly, whatever happened, and the ends are the figures of those days."""

import os
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from common import past
from common.errors import Invalid
from common.tiers import Tier
from tasks import rollups
from tasks.interfaces import Sums
from tasks.models.figure import SUMS
from tests.rollups.test_past import OPERATIONS, new_world
from tests.rollups.test_sequences import sequences

pytestmark = pytest.mark.django_db
SEOUL = ZoneInfo("Asia/Seoul")


def figure(world, slice_, key, tier, day, known_at=None):
    with past.reading(day, known_at):
        view = rollups.figure(slice_, key, strategy=world.strategy, tier=tier)
    return view.sums if view else Sums()


def play(data):
    with time_machine.travel(datetime(2024, 5, 1, 12, tzinfo=SEOUL), tick=False) as clock, transaction.atomic():
        world = new_world(datetime.now(SEOUL).date())
        world.tiers = st.integers(1, 3)
        rollups.drain()
        days = []
        for _ in range(3):
            for _ in range(data.draw(st.integers(2, 6))):
                clock.shift(timedelta(seconds=1))
                data.draw(st.sampled_from(OPERATIONS))(world, data.draw)
            days.append(world.day)
            clock.shift(timedelta(days=data.draw(st.integers(1, 40))))
            world.day = datetime.now(SEOUL).date()
        since, until = sorted(data.draw(st.lists(st.sampled_from([*days, world.day]), min_size=2, max_size=2)))
        tier = data.draw(st.integers(1, 3))
        slices = [("strategy", 0), ("task", world.tasks[0].pk), ("measure", world.measures[0].pk), ("ministry", 0)]
        check(world, *data.draw(st.sampled_from(slices)), tier, since, until)
        transaction.set_rollback(True)


def check(world, slice_, key, tier, since, until):
    found = rollups.changes(slice_, key, strategy=world.strategy, tier=tier, since=since, until=until)
    first = figure(world, slice_, key, tier, since, found.known_then)
    known_now = figure(world, slice_, key, tier, since)
    last = figure(world, slice_, key, tier, until)
    assert (found.before.sums, found.steps[0].after.sums, found.after.sums) == (first, known_now, last)
    for name in SUMS:
        assert sum(getattr(step.sums, name) for step in found.steps) == getattr(last, name) - getattr(first, name)
    moved = sum(step.points("progress") for step in found.steps)
    assert moved == found.after.progress.exact - found.before.progress.exact
    for step in found.steps:
        if step.name in ("progress", "replanned") and tier == max(Tier):  # lower tiers see figures of unlisted rows
            for ratio in ("progress", "plan"):
                assert sum(node.points[ratio] for node in step.nodes) == step.points(ratio)
    if since == until:
        assert all(step.sums == Sums() for step in found.steps[1:])


@sequences(3)
@given(data=st.data())
def test_the_bars_of_any_history_sum_exactly(data):
    play(data)


@pytest.mark.drill
@sequences(int(os.environ.get("SEQUENCES", "200")))
@given(data=st.data())
def test_the_bars_of_hundreds_of_histories(data):
    play(data)


def test_days_out_of_order_and_days_to_come_are_refused(strategy_tree):
    today = past.day()
    for since, until, field in ((today, today - timedelta(1), "since"), (today, today + timedelta(1), "until")):
        with pytest.raises(Invalid) as error:
            rollups.changes("strategy", 0, strategy=strategy_tree.strategy, tier=1, since=since, until=until)
        assert error.value.field == field
