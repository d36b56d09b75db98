"""The engine against the reference model: the worked example, and random strategies."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from common.tiers import Tier
from tasks import rollups
from tasks.models import Figure, Milestone, Share
from tasks.models.figure import NodeKind
from tests.reference.example import load_example
from tests.reference.strategies import cases
from tests.rollups.compare import expected_figures, stored_figures
from tests.rollups.store import Stored

pytestmark = pytest.mark.django_db


def test_the_worked_example_has_its_figures():
    example = load_example()
    stored = Stored(example.plan)
    rollups.recompute(example.as_of)
    for tier in Tier:
        expected = example.expected[tier.code]
        found = stored_figures(stored.strategy, tier)
        for slice in ("task", "measure", "ministry"):
            for name, row in expected[slice].items():
                sums, counts, _, light = found[slice, stored.key(slice, name)]
                assert {k: sums[k] for k in row["sums"]} == row["sums"], (tier, slice, name)
                assert (counts, light) == (row["counts"], row["computed_light"])
        sums, counts, _, light = found["strategy", 0]
        assert {k: sums[k] for k in expected["strategy"]["sums"]} == expected["strategy"]["sums"]
        units = dict(Share.objects.filter(kind=NodeKind.MILESTONE).values_list("node_id", tier.code))
        for name, milestone in stored.milestones.items():
            assert units.get(milestone.pk) == expected["shares"].get(name)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(case=cases())
def test_random_strategies_agree_with_the_reference_model(case):
    with transaction.atomic():
        stored = Stored(case.plan)
        rollups.recompute(case.as_of)
        for tier in Tier:
            assert stored_figures(stored.strategy, tier) == expected_figures(stored.strategy, case.as_of, tier)
        transaction.set_rollback(True)


def test_a_second_computation_changes_nothing(strategy_tree):
    assert rollups.recompute() == 0


def test_a_change_from_any_door_waits_for_the_drain_and_moves_the_figures(strategy_tree):
    before = Figure.objects.get(slice="strategy", tier=3)
    Milestone.objects.filter(pk=strategy_tree.milestones.open.pk).update(state="in_progress", progress_bp=5000)
    assert rollups.drain() > 0
    after = Figure.objects.get(slice="strategy", tier=3)
    assert after.earned > before.earned
    assert after.version > before.version
    assert rollups.drain() == 0


def test_a_failed_drain_leaves_the_changes_waiting(strategy_tree, monkeypatch):
    Milestone.objects.filter(pk=strategy_tree.milestones.open.pk).update(state="in_progress")
    with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
        patch.setattr("tasks.rollups.engine._carry", lambda touched, day: 1 / 0)
        rollups.drain()
    assert rollups.drain() > 0
