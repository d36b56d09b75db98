"""Single rules on small plans, with the answer worked out by hand."""

from dataclasses import replace
from datetime import date

import pytest

from . import (
    UNITS,
    Dependency,
    Measure,
    Milestone,
    Plan,
    StrategicTask,
    Sums,
    compute,
)
from .schedule import is_expected, is_fresh, planned_bp, schedule_light, slip_days

DAY = date(2024, 9, 30)
OPEN = Milestone("s", "m", 1, "A", "in_progress", current_due=date(2024, 12, 1), baseline_due=date(2024, 12, 1))
DONE = replace(OPEN, id="p", state="completed", completed_on=date(2024, 9, 1))
TASK = StrategicTask("t", 1, "A")


def d(month: int, day: int) -> date:
    return date(2024, month, day)


@pytest.mark.parametrize(
    ("start", "due", "expected"),
    [
        (d(9, 20), None, None),
        (None, d(9, 30), 10_000),
        (None, d(10, 1), 0),
        (d(9, 30), d(10, 30), 0),
        (d(9, 29), d(10, 2), 3_333),
        (d(9, 28), d(10, 1), 6_666),
        (d(10, 5), d(10, 5), 0),
        (d(9, 1), d(9, 29), 10_000),
    ],
)
def test_planned_progress(start: date | None, due: date | None, expected: int | None) -> None:
    assert planned_bp(replace(OPEN, baseline_start=start, baseline_due=due), DAY) == expected


@pytest.mark.parametrize(
    ("due", "forecast", "expected"),
    [
        (d(9, 29), d(12, 31), "overdue"),
        (d(9, 30), None, "due_soon"),
        (d(9, 30), d(10, 1), "at_risk"),
        (d(10, 30), d(10, 30), "due_soon"),
        (d(10, 31), None, "on_track"),
        (None, d(12, 31), None),
    ],
)
def test_schedule_light_by_dates(due: date | None, forecast: date | None, expected: str | None) -> None:
    assert schedule_light(replace(OPEN, current_due=due, forecast=forecast), [], DAY) == expected


@pytest.mark.parametrize(
    ("changes", "lag", "expected"),
    [
        ({}, 91, "on_track"),
        ({}, 92, "at_risk"),
        ({"completed_on": d(12, 2)}, 0, "at_risk"),
        ({"state": "planned", "completed_on": None, "current_due": d(11, 30)}, 1, "on_track"),
        ({"state": "planned", "completed_on": None, "current_due": d(11, 30)}, 2, "at_risk"),
        ({"state": "planned", "completed_on": None, "current_due": d(6, 30)}, 62, "on_track"),
        ({"state": "planned", "completed_on": None, "current_due": d(6, 30)}, 63, "at_risk"),
        (
            {
                "state": "planned",
                "completed_on": None,
                "current_due": d(6, 30),
                "forecast": d(12, 2),
            },
            0,
            "at_risk",
        ),
        (
            {
                "state": "planned",
                "completed_on": None,
                "current_due": d(12, 31),
                "forecast": d(11, 1),
            },
            30,
            "on_track",
        ),
        ({"state": "planned", "completed_on": None, "current_due": None}, 999, "on_track"),
    ],
)
def test_schedule_light_by_predecessor(changes: dict[str, object], lag: int, expected: str) -> None:
    assert schedule_light(OPEN, [(replace(DONE, **changes), lag)], DAY) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("hidden", [{"tier": "restricted"}, {"state": "cancelled"}])
def test_a_predecessor_counts_only_where_it_exists(hidden: dict[str, str]) -> None:
    late = replace(OPEN, id="p", current_due=d(12, 31))
    plan = Plan(
        tasks=(TASK,),
        measures=(Measure("m", "t", 1),),
        milestones=(OPEN, late),
        dependencies=(Dependency("p", "s"),),
    )
    assert compute(plan, DAY, "public").schedule_lights["s"] == "at_risk"
    hiding = replace(plan, milestones=(OPEN, replace(late, **hidden)))  # type: ignore[arg-type]
    assert compute(hiding, DAY, "public").schedule_lights == {"s": "on_track"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"state": "planned"}, False),
        ({"state": "planned", "baseline_start": d(10, 1)}, False),
        ({"state": "planned", "baseline_start": d(9, 30)}, True),
        ({"state": "planned", "current_due": d(9, 30)}, True),
        ({"state": "in_progress"}, True),
        ({"state": "suspended"}, True),
        ({"state": "completed", "current_due": d(6, 30)}, False),
    ],
)
def test_reports_expected(changes: dict[str, object], expected: bool) -> None:
    assert is_expected(replace(OPEN, **changes), DAY) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reported_on", "expected"),
    [
        (None, False),
        (d(8, 31), False),
        (d(9, 1), True),
        (d(9, 30), True),
        (date(2023, 9, 30), False),
    ],
)
def test_fresh_means_reported_in_the_month_of_the_day(reported_on: date | None, expected: bool) -> None:
    assert is_fresh(replace(OPEN, reported_on=reported_on), DAY) is expected
    assert not is_fresh(replace(DONE, reported_on=reported_on), DAY)


def test_slip_counts_from_the_baseline_to_the_actual_else_the_forecast() -> None:
    assert slip_days(OPEN) is None
    assert slip_days(replace(OPEN, forecast=d(12, 4))) == 3
    assert slip_days(replace(DONE, forecast=d(12, 4))) == -91
    assert slip_days(replace(DONE, baseline_due=None)) is None


def test_a_hidden_or_dropped_ancestor_hides_what_stands_below() -> None:
    inner, step = Measure("m2", "t", 1, parent="m1"), replace(OPEN, measure="m2")
    for change in ({"tier": "internal"}, {"scope": "cancelled"}, {"scope": "superseded"}):
        outer = replace(Measure("m1", "t", 1), **change)  # type: ignore[arg-type]
        plan = Plan(tasks=(TASK,), measures=(outer, inner), milestones=(step,))
        assert set(compute(plan, DAY, "public").shares) == {("strategy", None), ("task", "t")}


def test_ties_go_to_sub_measures_first_and_to_the_smaller_number() -> None:
    inner = Measure(20, "t", 1, parent=10)
    steps = tuple(replace(OPEN, id=i, measure=10, weight=1) for i in (9, 10, 5))
    plan = Plan(tasks=(TASK, StrategicTask("u", 2)), measures=(Measure(10, "t", 1), inner), milestones=steps)
    shares = compute(plan, DAY, "public").shares
    assert (shares["task", "t"], shares["task", "u"]) == (33_333_333_333, 66_666_666_667)
    parts = [shares[key] for key in (("measure", 20), ("milestone", 5), ("milestone", 9), ("milestone", 10))]
    assert parts == [8_333_333_334, 8_333_333_333, 8_333_333_333, 8_333_333_333]


def test_unplanned_units_are_credited_to_the_nearest_that_is_named() -> None:
    tasks = (TASK, StrategicTask("u", 1))
    outer = Measure("m1", "t", 1, lead_ministry="B", region="11")
    inner = Measure("m2", "t", 1, parent="m1", technology="batteries")
    rollup = compute(Plan(tasks=tasks, measures=(outer, inner)), DAY, "public")
    half = Sums(share=UNITS // 2, unplanned=UNITS // 2)
    assert {key: figure.sums for key, figure in rollup.of("ministry").items()} == {
        "B": half,
        "unassigned": half,
    }
    assert {key: figure.sums for key, figure in rollup.of("region").items()} == {
        "11": half,
        "none": half,
    }
    assert {key: figure.sums for key, figure in rollup.of("technology").items()} == {
        "batteries": half,
        "none": half,
    }
    assert set(rollup.of("task_ministry")) == {("t", "B"), ("u", "unassigned")}


def test_unplanned_units_fall_back_on_the_lead_of_the_task() -> None:
    inner = Measure("m2", "t", 1, parent="m1")
    plan = Plan(tasks=(TASK,), measures=(Measure("m1", "t", 1), inner))
    assert set(compute(plan, DAY, "public").of("ministry")) == {"A"}


def test_a_node_with_only_children_of_weight_0_keeps_its_units() -> None:
    step = replace(OPEN, weight=0)
    plan = Plan(tasks=(TASK,), measures=(Measure("m", "t", 1),), milestones=(step,))
    rollup = compute(plan, DAY, "public")
    assert rollup.kept == {("measure", "m"): UNITS}
    assert rollup.shares["milestone", "s"] == 0
    assert rollup.figures["measure", "m"].sums == Sums(share=UNITS, unplanned=UNITS)


def test_only_what_is_both_reported_and_dated_is_compared() -> None:
    undated = replace(OPEN, id="u", progress_bp=5_000, baseline_due=None)
    silent = replace(OPEN, id="v", baseline_due=DAY)
    both = replace(OPEN, id="w", progress_bp=2_000, baseline_due=DAY, weight=2)
    plan = Plan(tasks=(TASK,), measures=(Measure("m", "t", 1),), milestones=(undated, silent, both))
    sums, unit = compute(plan, DAY, "public").figures["measure", "m"].sums, UNITS // 4
    assert (sums.undated, sums.reported) == (unit, 3 * unit)
    assert (sums.earned, sums.planned) == (9_000 * unit, 30_000 * unit)
    assert (sums.earned_compared, sums.planned_compared) == (4_000 * unit, 20_000 * unit)


def test_a_milestone_counts_for_its_own_ministry_and_its_measures_region() -> None:
    measures = (
        Measure("m0", "t", 1, lead_ministry="B", region="11"),
        Measure("m", "t", 1, parent="m0"),
    )
    steps = (OPEN, replace(OPEN, id="s2", weight=0, responsible_ministry=None))
    rollup = compute(Plan(tasks=(TASK,), measures=measures, milestones=steps), DAY, "public")
    assert {key: figure.sums.share for key, figure in rollup.of("ministry").items()} == {
        "A": UNITS,
        "unassigned": 0,
    }
    assert set(rollup.of("task_region")) == {("t", "11")}
    assert rollup.figures["strategy", None].states == {"in_progress": 2}


def test_next_due_is_the_first_not_yet_past_of_what_is_not_completed() -> None:
    dues = (d(9, 1), d(11, 1), d(10, 1))
    steps = tuple(replace(OPEN, id=str(i), current_due=due, weight=0) for i, due in enumerate(dues))
    plan = Plan(
        tasks=(TASK,),
        measures=(Measure("m", "t", 1),),
        milestones=(*steps, replace(DONE, current_due=DAY)),
    )
    assert compute(plan, DAY, "public").figures["strategy", None].next_due == d(10, 1)
    assert compute(plan, d(11, 2), "public").figures["strategy", None].next_due is None


def test_a_plan_that_points_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown id"):
        Plan(milestones=(OPEN,))
    with pytest.raises(ValueError, match="twice"):
        Plan(tasks=(TASK, TASK))
    with pytest.raises(ValueError, match="different tasks"):
        Plan(
            tasks=(TASK, replace(TASK, id="u")),
            measures=(Measure("m", "t", 1), Measure("n", "u", 1, parent="m")),
        )
