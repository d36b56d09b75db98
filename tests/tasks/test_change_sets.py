"""Change sets: what a preview says happens when it is saved, all of it or nothing, and two people do not overwrite."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from common.errors import DomainError, Forbidden, Invalid, Stale
from common.tiers import Tier
from tasks import rollups
from tasks.actions import change_sets, plans, reports
from tasks.actions.edits import name_of, nodes_in
from tasks.actions.reports import ReportValues
from tasks.choices import Operation
from tasks.models import Change, ChangeSet, Measure, Milestone, PlanVersion, StatusReport, Strategy
from tasks.permissions import SYSTEM
from tasks.rollups.rehearsal import SLICES
from tests.rollups.compare import differences

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 2)
TITLES = {"title_ko": "가", "title_en": "A"}


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(datetime(2026, 6, 2, 3), tick=False)
    rollups.drain()


@pytest.fixture
def by(users):
    return users["coordinator"]


@pytest.fixture
def strategy(strategy_tree):
    return strategy_tree.strategy


@pytest.fixture
def propose(strategy, by):
    def add(operation, **values):
        return change_sets.propose_edit(strategy, operation, values, by=by)

    return add


def save(by, *, effective_on=TODAY, reason="조직개편", basis=None):
    found = change_sets.describe_changes(by=by, effective_on=effective_on, reason=reason, source="결정 1호")
    return change_sets.save_changes(by=by, basis=basis or change_sets.plan_basis(found.strategy))


def preview(by):
    return change_sets.preview_changes(change_sets.pending_changes(by), by=by)


def part(code, weight=1, takes=(), due=""):
    return TITLES | {"code": code, "weight": weight, "takes": list(takes), "due": due}


def rows():
    kept = [list(model.objects.order_by("pk").values()) for model in (Measure, Milestone, PlanVersion, StatusReport)]
    return Change.objects.count(), kept


def measure(code):
    return Measure.objects.get(code=code)


def milestone(code):
    return Milestone.objects.get(code=code)


def said(view):
    """All of a figure but when it was computed."""
    return None if view is None else (view.sums, view.counts, view.light, view.next_due)


def read(strategy):
    """Every figure that a preview speaks of; measures by their codes, since new ones get another id when saved."""
    codes = dict(Measure.objects.values_list("pk", "code"))
    return {
        (slice, codes[key] if slice == "measure" else key): said(view)
        for slice in SLICES
        for key, view in rollups.figures(slice, strategy=strategy, tier=Tier.RESTRICTED).items()
    }


def told_by(moved):
    return {
        (each.slice, each.node.code if each.slice == "measure" else each.key): (said(each.before), said(each.after))
        for each in moved
    }


# What is shown is what happens


class Tree:
    """A strategy of its own, made by the actions, with reports."""

    def __init__(self, draw, ministries):
        self.draw, self.number = draw, 0
        days = {"announced_on": date(2023, 3, 15), "first_year": 2023, "last_year": 2027}
        self.strategy = plans.create_strategy(by=SYSTEM, slug="drawn", **TITLES, **days)
        self.ministries = [None, ministries.lead, ministries.other]
        self.tasks = [
            plans.create_strategic_task(
                by=SYSTEM, effective_on=days["announced_on"], strategy=self.strategy, number=n, slug=f"drawn-{n}",
                weight=self.weight(), **TITLES,
            )
            for n in (1, 2)
        ]  # fmt: skip
        for _ in range(draw(st.integers(2, 5))):
            self.make_measure()
        for _ in range(draw(st.integers(2, 8))):
            self.make_milestone()

    def weight(self):
        return self.draw(st.sampled_from((0, 1, 1, 2, 3, 7, 1000)))

    def one(self, rows):
        found = list(rows)
        return self.draw(st.sampled_from(found)) if found else None

    def code(self):
        self.number += 1
        return f"D-{self.number}"

    def seen(self, kind, by):
        return nodes_in(self.strategy, kind, by).order_by("pk")

    def make_measure(self):
        above = self.one([*self.tasks, *Measure.objects.filter(strategic_task__in=self.tasks, depth__lt=3)])
        place = {"strategic_task": above} if above in self.tasks else {
            "strategic_task": above.strategic_task, "parent": above,
        }  # fmt: skip
        plans.create_measure(
            by=SYSTEM, effective_on=date(2023, 3, 15), code=self.code(), weight=self.weight(),
            lead_ministry=self.one(self.ministries), **place, **TITLES,
        )  # fmt: skip

    def make_milestone(self):
        start = TODAY + timedelta(self.draw(st.integers(-400, 200)))
        due = start + timedelta(self.draw(st.integers(0, 300)))
        made = plans.create_milestone(
            by=SYSTEM, effective_on=date(2023, 3, 15), code=self.code(), weight=self.weight(),
            measure=self.one(Measure.objects.filter(strategic_task__in=self.tasks)),
            responsible_ministry=self.one(self.ministries), baseline_start=start, baseline_due=due, current_due=due,
            **TITLES,
        )  # fmt: skip
        if self.draw(st.booleans()):
            values = ReportValues("start", progress_bp=self.draw(st.integers(0, 9_999)))
            reports.report_milestone(made, values, by=SYSTEM)

    def edit(self, by):
        """An operation and its values; it may be refused."""
        operation = self.draw(st.sampled_from(Operation.values))
        kind = self.draw(st.sampled_from(("measure", "milestone")))
        node, other = self.one(self.seen(kind, by)), self.one(self.seen(kind, by))
        place = self.one([*self.tasks, *self.seen("measure", by)])
        new = TITLES | {"code": self.code(), "weight": self.weight(), "ministry": "MSIT"}
        name = name_of(node)
        values = {
            Operation.ADD_MEASURE: new | {"under": name_of(place)},
            Operation.ADD_MILESTONE: new | {"under": name_of(place), "start": "", "due": "2026-09-30"},
            Operation.MOVE: {"node": name, "to": name_of(place)},
            Operation.SPLIT: {"node": name, "parts": self.parts(node)},
            Operation.MERGE: new | {"nodes": sorted({name, name_of(other)}), "due": ""},
            Operation.WEIGHTS: {"weights": {name: self.weight(), name_of(self.tasks[0]): self.weight()}},
            Operation.CANCEL: {"node": name},
            Operation.SUPERSEDE: {"node": name, "to": name_of(other)},
            Operation.REBASELINE: {"dates": {
                name_of(row): {"current_due": (row.current_due + timedelta(30)).isoformat()}
                for row in self.seen("milestone", by).exclude(current_due=None)[:2]
            }},
            Operation.ASSIGN: {"nodes": [name, name_of(other)], "ministry": "MSIT", "office": ""},
        }  # fmt: skip
        return operation, values[Operation(operation)]

    def parts(self, node):
        below = []
        if isinstance(node, Measure):
            below = [*map(name_of, node.children.filter(scope="in_scope")),
                     *map(name_of, node.milestones.filter(in_scope=True))]  # fmt: skip
        cut = self.draw(st.integers(0, len(below)))
        return [part(self.code(), self.weight(), takes) for takes in (below[:cut], below[cut:])]


# Shrinking plays a failing story hundreds of times more; the first one tells enough.
@settings(max_examples=25, deadline=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_preview_is_what_happens_to_the_unit_and_what_the_reference_model_says(data, users, ministries):
    by = users["coordinator"]
    with transaction.atomic():
        tree = Tree(data.draw, ministries)
        rollups.drain()
        for _ in range(data.draw(st.integers(1, 5))):
            operation, values = tree.edit(by)
            try:
                change_sets.propose_edit(tree.strategy, operation, values, by=by)
            except DomainError:
                continue
        if change_sets.pending_changes(by) is not None:
            before, kept = read(tree.strategy), rows()
            told = preview(by)
            assert (rows(), read(tree.strategy)) == (kept, before), "a preview leaves a trace"
            save(by, basis=told.basis)
            rollups.drain()
            after = read(tree.strategy)
            assert told_by(told.moved) == {
                place: (before.get(place), after.get(place))
                for place in before | after
                if before.get(place) != after.get(place)
            }
            assert differences(tree.strategy, TODAY) == []
        transaction.set_rollback(True)


# Each operation


def settled(strategy):
    rollups.drain()
    return differences(strategy, TODAY)


def test_a_split_milestone_is_cancelled_keeps_its_reports_and_names_its_parts(propose, by, strategy, strategy_tree):
    old = strategy_tree.milestones.open
    report = reports.report_milestone(old, ReportValues("start", progress_bp=4_000), by=SYSTEM)
    propose("split", node="milestone:T1-1-M1", parts=[part("A", 3), part("B", 1, due="2026-12-31")])
    save(by)
    old = milestone("T1-1-M1")
    assert (old.state, old.in_scope, old.progress_bp) == ("cancelled", False, 4_000)
    assert StatusReport.objects.get(pk=report.pk).status == "accepted"
    assert [(p.code, p.weight, p.current_due, p.state) for p in old.split_into.order_by("code")] == [
        ("A", 3, date(2027, 12, 31), "planned"), ("B", 1, date(2026, 12, 31), "planned"),
    ]  # fmt: skip
    assert settled(strategy) == []


def test_a_merged_measure_takes_what_stood_below_both(propose, by, strategy):
    propose("merge", nodes=["measure:T1-1", "measure:T1-2"], code="T1-9", weight=5, due="", **TITLES)
    save(by)
    new = measure("T1-9")
    assert {m.code for m in new.milestones.all()} == {"T1-1-M1", "T1-1-M2", "T1-2-M1"}
    assert [m.code for m in new.children.all()] == ["T1-1.1"]
    assert {(m.scope, m.superseded_by) for m in Measure.objects.filter(code__in=["T1-1", "T1-2"])} == {
        ("superseded", new)
    }
    assert (new.tier, new.weight) == (2, 5)  # as hidden as the strictest of them
    assert settled(strategy) == []


@pytest.mark.parametrize("operation", ["cancel", "supersede"])
def test_what_leaves_the_plan_takes_its_branch_along_and_may_not_come_twice(propose, by, strategy, operation):
    values = {"to": "measure:T1-2"} if operation == "supersede" else {}
    propose(operation, node="measure:T1-1", **values)
    with pytest.raises(Invalid):
        propose(operation, node="measure:T1-1", **values)
    save(by)
    assert not measure("T1-1.1").in_scope and not milestone("T1-1-M1").in_scope
    assert measure("T1-1").superseded_by == (measure("T1-2") if values else None)
    assert settled(strategy) == []


def test_a_milestone_is_taken_out_at_once_even_where_reports_are_reviewed(propose, by, strategy):
    Strategy.objects.filter(pk=strategy.pk).update(review_steps=2)
    propose("supersede", node="milestone:T1-1-M1", to="milestone:T1-1-M2")
    save(by)
    old = milestone("T1-1-M1")
    assert (old.state, old.superseded_by) == ("cancelled", milestone("T1-1-M2"))
    assert old.reports.get().accepted_by == by


def test_an_edit_may_speak_of_what_an_earlier_one_makes(propose, by):
    new = {"code": "T2-9", "weight": 1, "ministry": "", **TITLES}
    propose("add_measure", under="task:talent", **new)
    propose("move", node="milestone:T1-1-M1", to="measure:T2-9")
    save(by)
    assert milestone("T1-1-M1").measure.code == "T2-9"


def test_one_edit_that_fails_takes_all_of_them_back(propose, by):
    propose("move", node="measure:T1-1.1", to="measure:T2-1")
    propose("cancel", node="measure:T1-2")
    before = rows()
    with pytest.raises(Invalid) as refused:
        save(by, effective_on=date(2020, 1, 1))  # before the plan that stands
    assert "1. " in refused.value.message and "T1-1.1" in refused.value.message
    assert (rows(), ChangeSet.objects.count()) == (before, 1)


def test_a_milestone_cannot_end_on_a_day_to_come_and_a_measure_can(propose, by, time_machine):
    later = TODAY + timedelta(30)
    propose("cancel", node="measure:T1-2")
    save(by, effective_on=later)
    assert measure("T1-2").in_scope
    propose("cancel", node="milestone:T1-1-M1")
    with pytest.raises(Invalid) as refused:
        save(by, effective_on=later)
    assert refused.value.field == "effective_on"
    time_machine.move_to(datetime(later.year, later.month, later.day, 3), tick=False)
    plans.project_due_plans(by=SYSTEM)
    assert not measure("T1-2").in_scope


def test_of_two_who_restructure_at_once_the_second_is_told(propose, by, strategy, users):
    from accounts.models import Membership, Role

    other = users["executive"]
    Membership.objects.create(user=other, role=Role.COORDINATOR)
    other = type(other).objects.get(pk=other.pk)
    propose("weights", weights={"measure:T1-1": 7})
    change_sets.propose_edit(strategy, "weights", {"weights": {"measure:T1-1": 9}}, by=other)
    save(by)
    with pytest.raises(Stale) as refused:
        save(other)
    assert "T1-1" in refused.value.message and measure("T1-1").weight == 7
    change_sets.look_again(by=other)
    save(other)
    assert measure("T1-1").weight == 9


def test_the_past_stays_with_the_former_ministry(propose, by):
    from common import past

    propose("assign", nodes=["measure:T2-1"], ministry="MSIT", office="")
    save(by, effective_on=date(2026, 1, 1))
    assert measure("T2-1").lead_ministry.key == "MSIT"
    with past.reading(date(2025, 12, 31)):
        assert measure("T2-1").lead_ministry.key == "MOTIR"


@pytest.mark.parametrize("name", ["staff", "approver", "executive", "admin", "auditor"])
def test_only_the_coordinating_office_restructures(users, strategy, name):
    with pytest.raises(Forbidden):
        change_sets.propose_edit(strategy, "cancel", {"node": "measure:T1-1"}, by=users[name])


def test_nobody_saves_the_set_of_another(propose, users):
    propose("cancel", node="measure:T1-2")
    assert change_sets.pending_changes(users["staff"]) is None
    with pytest.raises(Invalid):
        change_sets.save_changes(by=users["staff"], basis="")


def test_a_set_is_about_one_strategy_and_not_about_too_much(propose, by, monkeypatch):
    monkeypatch.setattr(change_sets, "MOST_NODES", 1)
    propose("cancel", node="measure:T1-2")
    with pytest.raises(Invalid, match=r"1 nodes|1개"):
        propose("cancel", node="measure:T2-1")
    days = {"announced_on": TODAY, "first_year": 2026, "last_year": 2027}
    second = plans.create_strategy(by=SYSTEM, slug="second", **TITLES, **days)
    with pytest.raises(Invalid, match=r"is about|관한 것입니다"):
        change_sets.propose_edit(second, "weights", {"weights": {}}, by=by)
