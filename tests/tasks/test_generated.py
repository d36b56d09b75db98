"""`generate_demo`: a large strategy that says of itself that it is generated and leaves the real one alone."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from common.records import Confidence
from tasks.models import BudgetEntry, Figure, Measure, Milestone, PlanVersion, StatusReport, Strategy
from tasks.rollups import recompute
from tasks.seed import generated

COUNT = 300


def generate(count=COUNT):
    out = StringIO()
    call_command("generate_demo", milestones=count, stdout=out)
    return out.getvalue()


def figures_of(slug):
    rows = Figure.objects.filter(strategy__slug=slug).order_by("tier", "slice", "key")
    return list(
        rows.values("tier", "slice", "key", "share", "earned", "planned", "overdue", "state_completed", "version")
    )


def test_it_makes_that_many_milestones_and_their_figures(seeded_db):
    assert f"{COUNT} milestones generated" in generate()
    strategy = Strategy.objects.get(slug=f"generated-{COUNT}")
    rows = Milestone.objects.filter(measure__strategic_task__strategy=strategy)
    assert rows.count() == COUNT
    assert Figure.objects.get(strategy=strategy, slice="strategy", tier=1).share == 10**11
    call_command("check_rollups", stdout=StringIO())


def test_every_row_says_that_it_is_generated(seeded_db):
    generate()
    for model, link in (
        (Measure, "strategic_task__strategy"),
        (Milestone, "measure__strategic_task__strategy"),
        (StatusReport, "milestone__measure__strategic_task__strategy"),
        (PlanVersion, "milestone__measure__strategic_task__strategy"),
        (BudgetEntry, "line__measure__strategic_task__strategy"),
    ):
        rows = model.objects.filter(**{f"{link}__slug": f"generated-{COUNT}"})
        assert rows.exists()
        assert set(rows.values_list("confidence", flat=True)) == {Confidence.GENERATED}
    assert Strategy.objects.first().slug != f"generated-{COUNT}"


def test_nothing_of_it_enters_the_figures_of_the_real_strategy(seeded_db):
    real = Strategy.objects.get().slug
    before = figures_of(real)
    generate()
    assert figures_of(real) == before


def test_every_state_has_the_report_behind_it_and_every_node_its_plan(seeded_db):
    generate()
    moved = Milestone.objects.filter(code__startswith="G").exclude(state="planned")
    reports = StatusReport.objects.filter(milestone__in=moved, status="accepted")
    assert reports.count() == moved.count() > 0
    assert all((row.state, row.progress_bp) == (row.milestone.state, row.milestone.progress_bp) for row in reports)
    assert not Milestone.objects.filter(plan_versions__isnull=True).exists()
    assert not Measure.objects.filter(plan_versions__isnull=True).exists()


def test_its_figures_are_those_of_a_recompute_from_nothing(seeded_db):
    generate()
    first = figures_of(f"generated-{COUNT}")
    assert recompute() == 0
    assert figures_of(f"generated-{COUNT}") == first


@pytest.mark.parametrize("count", [0, -1, 1_000_001])
def test_a_number_out_of_bounds_is_refused(db, count):
    with pytest.raises(CommandError, match="between 1 and 1,000,000"):
        generate(count)


def test_one_milestone_is_enough(seeded_db):
    generate(1)
    call_command("check_rollups", stdout=StringIO())


def test_the_same_size_again_is_refused(seeded_db):
    generate()
    with pytest.raises(CommandError, match="stands already"):
        generate()


def test_outside_the_demo_mode_nothing_is_generated(seeded_db, settings):
    settings.DEMO_MODE = False
    with pytest.raises(CommandError, match="demo mode"):
        generate()
    assert Strategy.objects.count() == 1


def test_broken_on_the_way_it_leaves_nothing(seeded_db, monkeypatch):
    def broken(self):
        raise RuntimeError("no money")

    monkeypatch.setattr(generated._Generator, "_money", broken)
    with pytest.raises(RuntimeError, match="no money"):
        generate()
    assert Strategy.objects.count() == 1
    assert not Milestone.objects.filter(code__startswith="G").exists()
