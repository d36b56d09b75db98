"""Whatever happens to a plan, in whatever order: stored figures are those of the reference model, to the unit."""

import os
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.tiers import Tier
from tasks import rollups
from tasks.models import Measure
from tests.reference.strategies import cases
from tests.rollups.compare import broken_sums, differences, stored_figures
from tests.rollups.operations import (
    OPERATIONS,
    World,
    create_measure,
    create_milestone,
    create_task,
    forget_versions,
    link,
)
from tests.rollups.store import Stored

pytestmark = pytest.mark.django_db
SEOUL = ZoneInfo("Asia/Seoul")


def sequences(examples):
    health = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=examples, deadline=None, suppress_health_check=health)


def play(case, data):
    """A sequence of changes with drains in between, and two nights; everything is rolled back at the end."""
    with (
        time_machine.travel(datetime(case.as_of.year, case.as_of.month, case.as_of.day, 12, tzinfo=SEOUL)) as clock,
        transaction.atomic(),
    ):
        world = World(Stored(case.plan).strategy, case.as_of)
        # Something to choose from, siblings above all.
        for make in (create_task, create_measure, create_measure, *[create_milestone] * 6, link):
            make(world, data.draw)
        rollups.drain()
        assert differences(world.strategy, world.day) == []
        for _ in range(data.draw(st.integers(1, 4))):
            for _ in range(data.draw(st.integers(1, 5))):
                data.draw(st.sampled_from(OPERATIONS))(world, data.draw)
            if data.draw(st.sampled_from((False, False, False, True))):
                clock.shift(timedelta(days=data.draw(st.integers(1, 40))))
                world.day = datetime.now(SEOUL).date()
            rollups.drain()
            assert differences(world.strategy, world.day) == []
        assert broken_sums(world.strategy) == []
        assert rollups.audit() == 0, "what was carried on differs from what is computed from nothing"
        hide_and_compare(world)
        transaction.set_rollback(True)


def hide_and_compare(world):
    """A tier's figures are the same once everything above it is gone."""
    for tier in (Tier.INTERNAL, Tier.PUBLIC):
        before = stored_figures(world.strategy, tier)
        for rows in (world.milestones, world.measures.order_by("-depth")):
            for row in rows.filter(effective_tier__gt=tier):
                forget_versions(row)
                if not (isinstance(row, Measure) and (row.children.exists() or row.milestones.exists())):
                    row.delete()
        rollups.drain()
        assert stored_figures(world.strategy, tier) == before


@sequences(30)
@given(case=cases(), data=st.data())
def test_any_sequence_of_changes_leaves_the_figures_of_the_reference_model(case, data):
    play(case, data)


@pytest.mark.drill
@sequences(int(os.environ.get("SEQUENCES", "3000")))
@given(case=cases(max_measures=8, max_milestones=12), data=st.data())
def test_thousands_of_sequences_leave_the_figures_of_the_reference_model(case, data):
    play(case, data)
