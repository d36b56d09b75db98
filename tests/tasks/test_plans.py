"""Plans: dated versions of the tree, what they project, what is refused."""

from datetime import date, datetime

import pytest

from common.errors import Forbidden, Invalid, Stale
from common.tiers import Tier
from tasks.actions import plans
from tasks.models import Change, Dependency, Measure, Milestone, PlanVersion
from tasks.models.measure import MAX_DEPTH
from tasks.permissions import SYSTEM

pytestmark = pytest.mark.django_db

TODAY = date(2025, 6, 2)


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(datetime(2025, 6, 2, 3), tick=False)


@pytest.fixture
def measures(strategy_tree):
    return strategy_tree.measures


@pytest.fixture
def milestones(strategy_tree):
    return strategy_tree.milestones


def revise(node, effective_on=TODAY, by=SYSTEM, reason="사유", **changes):
    return plans.revise_plan(node, by=by, effective_on=effective_on, reason=reason, **changes)


def child(parent, code, **values):
    return plans.create_measure(
        by=SYSTEM, effective_on=TODAY, strategic_task=parent.strategic_task, parent=parent, code=code,
        title_ko="가", title_en="A", **values,
    )  # fmt: skip


def fresh(node):
    return type(node).objects.get(pk=node.pk)


def world():
    rows = [list(model.objects.order_by("pk").values()) for model in (Measure, Milestone, PlanVersion, Dependency)]
    return Change.objects.count(), rows


# Versions and their projection


def test_a_new_node_has_its_first_version(milestones):
    version = PlanVersion.objects.get(milestone=milestones.open)
    assert (version.effective_on, version.parent, version.current_due) == (
        date(2023, 3, 15), milestones.open.measure, date(2027, 12, 31),
    )  # fmt: skip


def test_a_revision_from_today_moves_the_columns_and_keeps_the_former_version(milestones, users):
    version = revise(milestones.open, by=users["coordinator"], current_due=date(2028, 6, 30), weight=7)
    node = fresh(milestones.open)
    assert (node.current_due, node.baseline_due, node.weight, node.version) == (
        date(2028, 6, 30), date(2027, 12, 31), 7, 2,
    )  # fmt: skip
    assert (version.approved_by, version.reason) == (users["coordinator"], "사유")
    assert PlanVersion.objects.filter(milestone=node).count() == 2


def test_a_revision_for_the_past_leaves_a_later_one_standing(milestones):
    revise(milestones.open, date(2025, 3, 1), current_due=date(2028, 1, 1))
    columns = Milestone.objects.filter(pk=milestones.open.pk).values().get()
    past = revise(milestones.open, date(2024, 3, 1), current_due=date(2027, 6, 30))
    assert Milestone.objects.filter(pk=milestones.open.pk).values().get() == columns
    assert past.baseline_due == date(2027, 12, 31)  # what it does not name is as it was on that day


def test_a_revision_for_the_future_takes_effect_on_its_day(milestones, time_machine):
    revise(milestones.open, date(2025, 7, 1), weight=9)
    assert fresh(milestones.open).weight == 1
    plans.project_due_plans(by=SYSTEM)
    assert fresh(milestones.open).weight == 1
    time_machine.move_to(datetime(2025, 7, 1, 3), tick=False)
    plans.project_due_plans(by=SYSTEM)
    assert fresh(milestones.open).weight == 9
    before = world()
    plans.project_due_plans(by=SYSTEM)
    assert world() == before


def test_a_change_made_meanwhile_makes_a_revision_stale(milestones):
    revise(milestones.open, weight=2)
    before = world()
    with pytest.raises(Stale) as refused:
        revise(milestones.open, expected_version=1, weight=3)
    assert refused.value.current.weight == 2
    assert world() == before


@pytest.mark.parametrize(
    ("node", "changes", "field"),
    [
        ("milestone", {"colour": "red"}, "colour"),
        ("milestone", {"scope": "cancelled"}, "scope"),
        ("milestone", {"reason": " "}, "reason"),
        ("milestone", {"baseline_start": date(2028, 1, 1)}, ""),
        ("milestone", {"weight": 1_000_001}, ""),
        ("milestone", {"weight": -1}, "weight"),
        ("measure", {"scope": "lost"}, "scope"),
        ("measure", {"tier": 4}, "tier"),
    ],
)
def test_a_plan_that_breaks_a_rule_is_refused_and_leaves_no_trace(milestones, measures, node, changes, field):
    before = world()
    with pytest.raises(Invalid) as refused:
        revise({"milestone": milestones.open, "measure": measures.m11}[node], **changes)
    assert refused.value.field == field
    assert world() == before


@pytest.mark.parametrize("name", ["staff", "approver", "analyst", "executive", "auditor", "admin", "nobody"])
def test_only_the_coordinating_office_plans(strategy_tree, users, name):
    before = world()
    attempts = [
        lambda: revise(strategy_tree.milestones.open, by=users[name], weight=2),
        lambda: plans.create_milestone(
            by=users[name], effective_on=TODAY, measure=strategy_tree.measures.m11, code="X"
        ),
        lambda: plans.reassign_ministry(
            [strategy_tree.measures.m11], strategy_tree.ministries.other, by=users[name], effective_on=TODAY, reason="r"
        ),
        lambda: plans.add_dependency(
            strategy_tree.milestones.restricted, strategy_tree.milestones.restricted, by=users[name]
        ),  # a loop, which a person without the right is not told of
    ]
    for attempt in attempts:
        with pytest.raises(Forbidden):
            attempt()
    assert world() == before


# The tree


def test_a_measure_moves_under_another_parent_with_all_below_it(measures, milestones):
    revise(measures.m11, parent=measures.m21)
    moved, below = fresh(measures.m11), fresh(measures.m111)
    assert (moved.depth, below.depth) == (2, 3)
    assert moved.strategic_task == below.strategic_task == measures.m21.strategic_task
    revise(moved, parent=None)
    assert (fresh(measures.m11).depth, fresh(measures.m111).depth) == (1, 2)


def test_a_measure_at_the_top_moves_to_a_task_and_one_below_stands_where_its_parent_does(measures, strategy_tree):
    talent = strategy_tree.talent
    revise(measures.m12, in_task=talent)
    assert Measure.objects.get(pk=measures.m12.pk).strategic_task == talent
    for measure, task in ((measures.m111, talent), (measures.m12, None)):
        with pytest.raises(Invalid) as refused:
            revise(measure, in_task=task)
        assert refused.value.field == "in_task"
    assert Measure.objects.get(pk=measures.m111.pk).strategic_task == strategy_tree.technology


def test_a_milestone_moves_to_another_measure_and_takes_its_tier(measures, milestones):
    revise(milestones.open, parent=measures.m12)
    assert (fresh(milestones.open).measure, fresh(milestones.open).effective_tier) == (measures.m12, Tier.INTERNAL)


def test_five_deep_is_the_end(measures):
    node = measures.m12
    for depth in range(2, MAX_DEPTH + 1):
        node = child(node, f"D{depth}")
        assert node.depth == depth
    before = world()
    with pytest.raises(Invalid):
        child(node, "D6")
    assert world() == before


def test_a_move_that_would_bury_a_grandchild_too_deep_is_refused_whole(measures):
    node = measures.m12
    for depth in range(2, MAX_DEPTH):
        node = child(node, f"D{depth}")
    before = world()
    with pytest.raises(Invalid):
        revise(measures.m11, parent=node)  # T1-1 would stand at 5, T1-1.1 at 6
    assert world() == before


@pytest.mark.parametrize("below", ["m11", "m111"])
def test_a_measure_is_never_moved_under_itself(measures, below):
    before = world()
    with pytest.raises(Invalid):
        revise(measures.m11, parent=getattr(measures, below))
    assert world() == before


def test_the_strictest_ancestor_decides_the_tier(measures, milestones):
    revise(measures.m11, tier=Tier.RESTRICTED)
    tiers = [fresh(node).effective_tier for node in (measures.m11, measures.m111, milestones.open, milestones.undated)]
    assert tiers == [Tier.RESTRICTED] * 4
    assert fresh(measures.m111).tier == Tier.PUBLIC
    revise(measures.m11, tier=Tier.PUBLIC)
    assert fresh(milestones.undated).effective_tier == Tier.PUBLIC
    assert fresh(milestones.restricted).effective_tier == Tier.RESTRICTED


@pytest.mark.parametrize("scope", ["cancelled", "superseded"])
def test_what_hangs_below_a_measure_out_of_scope_is_out_of_scope(measures, milestones, scope):
    revise(measures.m11, scope=scope)
    below = (measures.m11, measures.m111, milestones.open, milestones.undated)
    assert not any(fresh(node).in_scope for node in below)
    assert fresh(milestones.internal).in_scope
    revise(measures.m11, scope="in_scope")
    assert all(fresh(node).in_scope for node in below)


def test_the_cascade_is_neither_logged_nor_counted_as_a_change(measures, milestones):
    before = Change.objects.filter(table="tasks_milestone").count()
    revise(measures.m11, tier=Tier.INTERNAL)
    assert Change.objects.filter(table="tasks_milestone").count() == before
    assert fresh(milestones.open).version == 1


@pytest.mark.parametrize("other", ["itself", "below", "elsewhere", "not superseded"])
def test_only_another_measure_of_the_strategy_takes_its_place(measures, other):
    from tasks.models import StrategicTask

    scope, successor = "superseded", {"itself": measures.m11, "below": measures.m111}.get(other, measures.m21)
    if other == "elsewhere":
        strategy = plans.create_strategy(
            by=SYSTEM, slug="other", title_ko="가", title_en="A", announced_on=TODAY, first_year=2023, last_year=2027
        )
        StrategicTask.objects.filter(pk=measures.m21.strategic_task_id).update(strategy=strategy)
    elif other == "not superseded":
        scope = "cancelled"
    before = world()
    with pytest.raises(Invalid) as refused:
        revise(measures.m11, scope=scope, superseded_by=fresh(successor))
    assert refused.value.field == "superseded_by"
    assert world() == before


def test_what_takes_its_place_waits_with_the_scope_for_its_day(measures, time_machine):
    revise(measures.m11, date(2025, 7, 1), scope="superseded", superseded_by=measures.m21)
    assert fresh(measures.m11).superseded_by is None
    time_machine.move_to(datetime(2025, 7, 1, 3), tick=False)
    plans.project_due_plans(by=SYSTEM)
    assert fresh(measures.m11).superseded_by == measures.m21
    revise(fresh(measures.m11), date(2025, 7, 1), weight=4)
    assert fresh(measures.m11).superseded_by == measures.m21


# Responsibility


def test_nodes_are_handed_over_from_a_day_on(strategy_tree):
    nodes = [strategy_tree.technology, strategy_tree.measures.m11, strategy_tree.milestones.open]
    other = strategy_tree.ministries.other
    assert plans.reassign_ministry(nodes, other, by=SYSTEM, effective_on=TODAY, reason="개편") == 3
    assert (
        fresh(nodes[0]).lead_ministry == fresh(nodes[1]).lead_ministry == fresh(nodes[2]).responsible_ministry == other
    )
    assert set(Change.objects.filter(reason="개편").values_list("verb", flat=True)) == {"plan.reassigned"}


def test_a_hand_over_that_fails_in_the_middle_hands_over_nothing(strategy_tree, monkeypatch):
    nodes, seen, real = [strategy_tree.measures.m11, strategy_tree.measures.m21], [], plans._project

    def fail_at_the_second(node):
        seen.append(node)
        if len(seen) == 2:
            raise Invalid("broken")
        real(node)

    monkeypatch.setattr(plans, "_project", fail_at_the_second)
    before = world()
    with pytest.raises(Invalid):
        plans.reassign_ministry(nodes, strategy_tree.ministries.other, by=SYSTEM, effective_on=TODAY, reason="개편")
    assert world() == before


# Dependencies


def test_a_loop_is_refused_and_named(milestones):
    plans.add_dependency(milestones.open, milestones.late, by=SYSTEM)
    plans.add_dependency(milestones.late, milestones.internal, by=SYSTEM, lag_days=10)
    before = world()
    with pytest.raises(Invalid) as refused:
        plans.add_dependency(milestones.internal, milestones.open, by=SYSTEM)
    assert refused.value.code == "loop"
    assert "T1-2-M1 → T1-1-M1 → T1-1-M2 → T1-2-M1" in refused.value.message
    assert world() == before


def test_a_milestone_waits_for_no_self_and_for_another_once(milestones):
    with pytest.raises(Invalid):
        plans.add_dependency(milestones.open, milestones.open, by=SYSTEM)
    plans.add_dependency(milestones.open, milestones.late, by=SYSTEM)
    with pytest.raises(Invalid):
        plans.add_dependency(milestones.open, milestones.late, by=SYSTEM)
    assert Dependency.objects.count() == 1


def test_two_ways_to_one_milestone_are_no_loop(milestones):
    plans.add_dependency(milestones.open, milestones.late, by=SYSTEM)
    plans.add_dependency(milestones.open, milestones.internal, by=SYSTEM)
    plans.add_dependency(milestones.late, milestones.internal, by=SYSTEM)
    assert Dependency.objects.count() == 3


@pytest.mark.parametrize("lag", [-3651, 3651])
def test_a_lag_of_more_than_ten_years_is_refused(milestones, lag):
    with pytest.raises(Invalid):
        plans.add_dependency(milestones.open, milestones.late, by=SYSTEM, lag_days=lag)
