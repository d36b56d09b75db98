"""Explanations: every figure opens to parts that sum to it, to the unit, down to milestones and kept units."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from common import past
from tasks import rollups
from tests.reference.strategies import cases
from tests.rollups.explained import broken_explanations
from tests.rollups.operations import OPERATIONS, World
from tests.rollups.store import Stored
from tests.rollups.test_past import OPERATIONS as DATED
from tests.rollups.test_past import new_world
from tests.rollups.test_sequences import sequences

pytestmark = pytest.mark.django_db
SEOUL = ZoneInfo("Asia/Seoul")


def noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=SEOUL)


@sequences(15)
@given(case=cases(), data=st.data())
def test_every_figure_opens_to_parts_that_sum_to_it(case, data):
    with time_machine.travel(noon(case.as_of), tick=False), transaction.atomic():
        world = World(Stored(case.plan).strategy, case.as_of)
        for _ in range(data.draw(st.integers(0, 6))):
            data.draw(st.sampled_from(OPERATIONS))(world, data.draw)
        rollups.drain()
        limit = data.draw(st.integers(1, 4))
        assert broken_explanations(world.strategy, world.day, limit) == []
        transaction.set_rollback(True)


@sequences(8)
@given(data=st.data())
def test_figures_of_a_past_day_open_as_well(data):
    with time_machine.travel(noon(datetime(2024, 5, 1)), tick=False) as clock, transaction.atomic():
        world = new_world(datetime.now(SEOUL).date())
        world.tiers = st.integers(1, 3)
        for _ in range(data.draw(st.integers(3, 10))):
            clock.shift(timedelta(seconds=1))
            data.draw(st.sampled_from(DATED))(world, data.draw)
        then = world.day
        clock.shift(timedelta(days=data.draw(st.integers(1, 40))))
        rollups.drain()
        with past.reading(then):
            assert broken_explanations(world.strategy, then, limit=2) == []
        transaction.set_rollback(True)
