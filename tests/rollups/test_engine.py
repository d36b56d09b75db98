"""The engine against the reference model: the worked example, random strategies, and what single changes do."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from common.errors import Invalid
from common.tiers import Tier
from tasks import rollups
from tasks.actions import plans
from tasks.models import CountedMilestone, Dependency, Figure, Measure, Milestone, Strategy
from tasks.permissions import SYSTEM
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
        units = dict(CountedMilestone.objects.values_list("milestone_id", tier.code))
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


def counts(slice, key, tier=Tier.RESTRICTED):
    return rollups.figure(slice, key, strategy=Strategy.objects.get(slug="strategy"), tier=tier).counts


def test_a_late_predecessor_puts_its_successor_in_another_measure_at_risk(strategy_tree):
    due = timezone.localdate() + timedelta(days=200)
    first, last = strategy_tree.milestones.open, strategy_tree.milestones.of_other
    Milestone.objects.filter(pk__in=[first.pk, last.pk]).update(current_due=due, forecast=None, state="in_progress")
    Dependency.objects.create(predecessor=first, successor=last)
    rollups.drain()
    assert "light_at_risk" not in counts("measure", last.measure_id)
    Milestone.objects.filter(pk=first.pk).update(forecast=due + timedelta(days=1))
    rollups.drain()
    assert counts("measure", last.measure_id)["light_at_risk"] == 1
    Measure.objects.filter(pk=first.measure_id).update(tier=Tier.RESTRICTED)
    rollups.drain()
    assert counts("measure", last.measure_id)["light_at_risk"] == 1
    assert "light_at_risk" not in counts("task", last.measure.strategic_task_id, Tier.INTERNAL)
    assert rollups.audit() == 0


def test_the_next_due_date_passes_to_the_next_one(strategy_tree):
    today = timezone.localdate()
    rows = Milestone.objects.filter(measure__strategic_task__strategy=strategy_tree.strategy)
    rows.update(state="in_progress", current_due=today + timedelta(days=60), completed_on=None)
    first = rows.order_by("pk").first()
    Milestone.objects.filter(pk=first.pk).update(current_due=today + timedelta(days=5))
    rollups.drain()
    places = [("task", strategy_tree.technology.pk), ("measure", first.measure_id), ("strategy", 0)]
    assert {next_due(*place) for place in places} == {today + timedelta(days=5)}
    Milestone.objects.filter(pk=first.pk).update(current_due=today + timedelta(days=90))
    rollups.drain()
    assert {next_due(*place) for place in places} == {today + timedelta(days=60)}


def next_due(slice, key):
    return rollups.figure(slice, key, strategy=Strategy.objects.get(slug="strategy"), tier=Tier.RESTRICTED).next_due


def test_a_new_weight_shares_out_anew_and_only_among_siblings(strategy_tree):
    open_one, late = strategy_tree.milestones.open, strategy_tree.milestones.late
    before = dict(CountedMilestone.objects.values_list("milestone_id", "restricted"))
    Milestone.objects.filter(pk=open_one.pk).update(weight=open_one.weight + 5)
    rollups.drain()
    after = dict(CountedMilestone.objects.values_list("milestone_id", "restricted"))
    assert {key for key in after if after[key] != before[key]} >= {open_one.pk, late.pk}
    assert after[strategy_tree.milestones.of_other.pk] == before[strategy_tree.milestones.of_other.pk]
    assert rollups.audit() == 0


def test_a_title_or_a_threshold_leaves_nothing_waiting(strategy_tree):
    Milestone.objects.filter(pk=strategy_tree.milestones.open.pk).update(title_en="Another")
    Measure.objects.filter(pk=strategy_tree.measures.m11.pk).update(title_en="Another")
    Strategy.objects.filter(pk=strategy_tree.strategy.pk).update(red_index_bp=1)
    assert rollups.drain() == 0


def test_a_measure_cannot_be_moved_below_itself(strategy_tree):
    inner = strategy_tree.measures.m111
    with pytest.raises(Invalid) as refusal:
        plans.revise_plan(
            strategy_tree.measures.m11, by=SYSTEM, effective_on=timezone.localdate(), reason="왜", parent=inner
        )
    assert refusal.value.code == "measure_not_own_parent"
