"""What must hold of the figures of any plan, on any day, in any tier."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from . import (
    STRATEGY,
    UNITS,
    Dependency,
    Plan,
    Rollup,
    Strategy,
    Sums,
    compute,
    computed_light,
    largest_remainder,
    visible,
)
from .place import SliceKey
from .schedule import planned_bp
from .strategies import Case, cases, secrets, thresholds, tiers
from .tree import children

LEVELS = {"public": 0, "internal": 1, "restricted": 2}

some = settings(max_examples=35, deadline=None)


def total(rollup: Rollup, kind: str) -> Sums:
    return sum((figure.sums for figure in rollup.of(kind).values()), Sums())


def shuffled(nodes: tuple[Any, ...], random: Random) -> tuple[Any, ...]:
    return tuple(random.sample(nodes, len(nodes)))


def pruned(plan: Plan, tier: str) -> Plan:
    """The plan with every hidden node taken away, one layer after the other."""
    level = LEVELS[tier]
    gone = {m.id for m in plan.measures if m.scope != "in_scope" or LEVELS[m.tier] > level}
    while more := {m.id for m in plan.measures if m.parent in gone} - gone:
        gone |= more
    steps = tuple(
        s for s in plan.milestones if s.measure not in gone and s.state != "cancelled" and LEVELS[s.tier] <= level
    )
    left = {s.id for s in steps}
    links = tuple(d for d in plan.dependencies if {d.predecessor, d.successor} <= left)
    kept = tuple(m for m in plan.measures if m.id not in gone)
    return replace(plan, measures=kept, milestones=steps, dependencies=links)


@some
@given(cases(), tiers)
def test_shares_of_children_sum_to_the_parent(case: Case, tier: str) -> None:
    rollup = compute(case.plan, case.as_of, tier)
    assert rollup.shares[STRATEGY] == UNITS
    below = children(visible(case.plan, tier))
    for key, units in rollup.shares.items():
        if key[0] != "milestone":
            parts = sum(rollup.shares[child] for child, _ in below.get(key, []))
            assert parts + rollup.kept.get(key, 0) == units
            assert (key in rollup.kept) == all(weight == 0 for _, weight in below.get(key, []))


@some
@given(cases(), tiers)
def test_every_share_is_the_exact_part_rounded_up_or_down(case: Case, tier: str) -> None:
    shares = compute(case.plan, case.as_of, tier).shares
    for parent, pairs in children(visible(case.plan, tier)).items():
        whole = sum(weight for _, weight in pairs)
        for child, weight in pairs:
            exact = Fraction(shares[parent] * weight, whole) if whole else Fraction(0)
            assert abs(shares[child] - exact) < 1


@some
@given(st.integers(0, UNITS), st.lists(st.integers(1, 9), min_size=1, max_size=7))
def test_units_left_over_go_to_the_largest_remainders_first_come_first(units: int, weights: list[int]) -> None:
    parts = largest_remainder(units, weights)
    assert sum(parts) == units
    exact = [Fraction(units * weight, sum(weights)) for weight in weights]
    claims = [(-(value - value.__floor__()), i) for i, value in enumerate(exact)]
    raised = {i for i, value in enumerate(exact) if parts[i] == value.__floor__() + 1}
    assert all(parts[i] == value.__floor__() for i, value in enumerate(exact) if i not in raised)
    assert all(claims[i] < claims[j] for i in raised for j in range(len(parts)) if j not in raised)


@some
@given(cases(), tiers)
def test_slices_partition_the_strategy(case: Case, tier: str) -> None:
    rollup = compute(case.plan, case.as_of, tier)
    whole = rollup.figures[STRATEGY]
    for kind in ("ministry", "region", "technology"):
        assert total(rollup, kind) == whole.sums
        for name in ("states", "lights"):
            counted = sum(sum(getattr(figure, name).values()) for figure in rollup.of(kind).values())
            assert counted == sum(getattr(whole, name).values())
        dues = [f.next_due for f in rollup.of(kind).values() if f.next_due is not None]
        assert min(dues, default=None) == whole.next_due


@some
@given(cases(), tiers)
def test_tasks_sum_to_the_strategy_but_for_what_it_keeps(case: Case, tier: str) -> None:
    rollup = compute(case.plan, case.as_of, tier)
    kept = rollup.kept.get(STRATEGY, 0)
    assert total(rollup, "task") + Sums(share=kept, unplanned=kept) == rollup.figures[STRATEGY].sums
    for kind in ("task_ministry", "task_region"):
        for task, figure in rollup.of("task").items():
            rows = [f.sums for key, f in rollup.of(kind).items() if key[0] == task]  # type: ignore[index]
            assert sum(rows, Sums()) == figure.sums


@some
@given(cases(), tiers)
def test_rows_of_children_sum_to_the_row_of_the_measure(case: Case, tier: str) -> None:
    rollup, seen = compute(case.plan, case.as_of, tier), visible(case.plan, tier)
    for measure in seen.measures:
        inner = {m.id for m in seen.measures if m.parent == measure.id}
        own = [s for s in seen.milestones if s.measure == measure.id]
        sums = rollup.figures["measure", measure.id].sums
        kept = rollup.kept.get(("measure", measure.id), 0)
        milestones = sum(rollup.shares["milestone", s.id] for s in own)
        below = sum((rollup.figures["measure", m].sums for m in inner), Sums())
        assert sums.share == rollup.shares["measure", measure.id] == below.share + milestones + kept
        assert sums.unplanned == below.unplanned + kept
        earned = sum(rollup.shares["milestone", s.id] * (s.progress_bp or 0) for s in own)
        assert sums.earned == below.earned + earned


@some
@given(cases(), tiers)
def test_rows_of_a_tier_do_not_depend_on_what_is_hidden_from_it(case: Case, tier: str) -> None:
    assert compute(pruned(case.plan, tier), case.as_of, tier) == compute(case.plan, case.as_of, tier)


@some
@given(st.data(), cases(), tiers)
def test_rows_of_a_tier_stay_the_same_when_secrets_are_added(data: st.DataObject, case: Case, tier: str) -> None:
    assume(case.plan.tasks)
    more = data.draw(secrets(case, tier))
    assert compute(more, case.as_of, tier) == compute(case.plan, case.as_of, tier)


@some
@given(st.randoms(use_true_random=False), cases(), tiers)
def test_order_of_the_input_does_not_matter(random: Random, case: Case, tier: str) -> None:
    plan = case.plan
    mixed = replace(
        plan,
        tasks=shuffled(plan.tasks, random),
        measures=shuffled(plan.measures, random),
        milestones=shuffled(plan.milestones, random),
        dependencies=shuffled(plan.dependencies, random),
    )
    assert compute(mixed, case.as_of, tier) == compute(plan, case.as_of, tier)


@some
@given(cases(), tiers)
def test_sums_are_bounded(case: Case, tier: str) -> None:
    for figure in compute(case.plan, case.as_of, tier).figures.values():
        s = figure.sums
        for part in (s.unplanned, s.undated, s.reported, s.overdue, s.expected, s.slip_share):
            assert 0 <= part <= s.share <= UNITS
        assert 0 <= s.earned_compared <= s.earned <= s.reported * 10_000
        assert 0 <= s.planned_compared <= s.planned <= (s.share - s.undated - s.unplanned) * 10_000
        assert s.reported + s.unplanned <= s.share
        assert s.fresh <= s.expected
        assert s.overdue <= s.expected
        assert s.planned < 2**53


@some
@given(cases(), tiers)
def test_ratios_are_parts_of_one_or_unknown(case: Case, tier: str) -> None:
    for figure in compute(case.plan, case.as_of, tier).figures.values():
        for name in ("progress", "plan", "coverage", "freshness", "overdue_share"):
            ratio = figure.ratios[name]
            assert ratio is None or 0 <= ratio <= 1
        assert (figure.ratios["progress"] is None) == (figure.sums.reported == 0)


@some
@given(st.data(), cases(), tiers)
def test_more_progress_never_lowers_a_figure(data: st.DataObject, case: Case, tier: str) -> None:
    plan = case.plan
    assume(plan.milestones)
    chosen = data.draw(st.sampled_from(plan.milestones))
    ahead = data.draw(st.integers(chosen.progress_bp or 0, 10_000))
    better = tuple(replace(s, progress_bp=ahead) if s is chosen else s for s in plan.milestones)
    before = compute(plan, case.as_of, tier).figures
    after = compute(replace(plan, milestones=better), case.as_of, tier).figures
    for key, figure in before.items():
        assert after[key].sums.earned >= figure.sums.earned
        assert after[key].sums.earned_compared >= figure.sums.earned_compared
        assert after[key].sums.planned == figure.sums.planned
        assert (after[key].ratios["progress"] or 0) >= (figure.ratios["progress"] or 0)


@some
@given(cases(), tiers, st.integers(0, 500))
def test_the_plan_only_rises_with_time(case: Case, tier: str, days: int) -> None:
    later = case.as_of + timedelta(days=days)
    for milestone in case.plan.milestones:
        now, then = planned_bp(milestone, case.as_of), planned_bp(milestone, later)
        assert (now is None) == (then is None) == (milestone.baseline_due is None)
        assert 0 <= (now or 0) <= (then or 0) <= 10_000
    before, after = (
        compute(case.plan, case.as_of, tier).figures,
        compute(case.plan, later, tier).figures,
    )
    assert all(after[key].sums.planned >= figure.sums.planned for key, figure in before.items())
    assert all(after[key].sums.overdue >= figure.sums.overdue for key, figure in before.items())


@some
@given(cases(), tiers)
def test_counts_are_of_every_existing_milestone(case: Case, tier: str) -> None:
    rollup, seen = compute(case.plan, case.as_of, tier), visible(case.plan, tier)
    whole = rollup.figures[STRATEGY]
    assert sum(whole.states.values()) == len(seen.milestones) == len(rollup.schedule_lights)
    open_and_dated = [s for s in seen.milestones if s.state != "completed" and s.current_due is not None]
    assert sum(whole.lights.values()) == len(open_and_dated)
    assert "cancelled" not in whole.states


@some
@given(st.data(), cases(), tiers)
def test_one_more_dependency_only_turns_its_successor_to_at_risk(data: st.DataObject, case: Case, tier: str) -> None:
    ids = [s.id for s in case.plan.milestones]
    assume(len(ids) >= 2)
    first, second = data.draw(st.permutations(ids))[:2]
    links = (*case.plan.dependencies, Dependency(first, second, data.draw(st.integers(0, 400))))
    before = compute(case.plan, case.as_of, tier)
    after = compute(replace(case.plan, dependencies=links), case.as_of, tier)
    for key, light in before.schedule_lights.items():
        assert after.schedule_lights[key] in ((light, "at_risk") if key == second else (light,))
    assert {k: f.sums for k, f in after.figures.items()} == {k: f.sums for k, f in before.figures.items()}


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 120), min_size=6, max_size=6), thresholds())
def test_computed_light_agrees_with_exact_fractions(numbers: list[int], limits: Strategy) -> None:
    share, planned, planned_compared, earned_compared, overdue, scale = numbers
    sums = Sums(
        share=share,
        planned=planned * (scale + 1),
        planned_compared=planned_compared * (scale + 1),
        earned_compared=earned_compared * (scale + 1),
        overdue=min(overdue, share),
    )
    index, late = sums.ratios["schedule_index"], sums.ratios["overdue_share"]

    def crosses(index_pct: int, overdue_pct: int) -> bool:
        behind = index is not None and index < Fraction(index_pct, 100)
        return behind or (late is not None and late > Fraction(overdue_pct, 100))

    tests = (
        ("none", sums.planned == 0 and sums.overdue == 0),
        ("red", crosses(limits.index_red_pct, limits.overdue_red_pct)),
        ("no_data", Fraction(sums.planned_compared) < Fraction(sums.planned, 2)),
        ("amber", crosses(limits.index_amber_pct, limits.overdue_amber_pct)),
        ("green", True),
    )
    assert computed_light(sums, limits) == next(light for light, holds in tests if holds)


@some
@given(cases(), tiers)
def test_rows_exist_for_every_existing_task_and_measure(case: Case, tier: str) -> None:
    rollup, seen = compute(case.plan, case.as_of, tier), visible(case.plan, tier)
    expected: set[SliceKey] = {("task", task.id) for task in seen.tasks} | {("measure", m.id) for m in seen.measures}
    assert expected == {key for key in rollup.figures if key[0] in ("task", "measure")}
