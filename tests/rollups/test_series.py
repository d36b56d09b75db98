"""The course by month: its points are the figures of those days, the plan runs on, the forecast ends where offices say."""

from datetime import date, timedelta

import pytest
import time_machine

from common import past
from common.errors import Invalid
from tasks import rollups
from tasks.actions import reports
from tasks.actions.reports import ReportValues
from tasks.choices import Verb
from tasks.models import CurvePoint, Milestone
from tasks.permissions import SYSTEM
from tasks.rollups import kept
from tests.reference.database import read_plan
from tests.reference.schedule import planned_bp

pytestmark = pytest.mark.django_db
SLICES = ("strategy", "task", "measure", "ministry")


def key_of(tree, slice_):
    keys = {
        "strategy": 0,
        "task": tree.technology.pk,
        "measure": tree.measures.m11.pk,
        "ministry": tree.ministries.lead.pk,
    }
    return keys[slice_]


@pytest.mark.parametrize("slice_", SLICES)
def test_each_point_of_the_past_is_the_figure_of_its_day(strategy_tree, slice_):
    values = ReportValues(verb=Verb.COMPLETE, completed_on=date(2024, 5, 20))
    reports.report_milestone(strategy_tree.milestones.late, values, by=SYSTEM)
    rollups.drain()
    key = key_of(strategy_tree, slice_)
    found = rollups.series(slice_, key, strategy=strategy_tree.strategy, tier=3)
    for point in found.points:
        if point.day not in (date(2024, 4, 30), date(2024, 5, 31), found.as_of):
            continue
        with past.reading(point.day):
            figure = rollups.figure(slice_, key, strategy=strategy_tree.strategy, tier=3)
        assert point.actual.exact == figure.progress.exact
    assert [point.actual for point in found.points if point.day > found.as_of] == [None] * sum(
        point.day > found.as_of for point in found.points
    )


def test_the_plan_of_each_day_is_that_of_the_reference_model(strategy_tree):
    strategy = strategy_tree.strategy
    found = rollups.series("strategy", 0, strategy=strategy, tier=3)
    plan = {milestone.id: milestone for milestone in read_plan(strategy).milestones}
    shares = dict(rollups.with_share(Milestone.objects.all(), kind=3, tier=3).values_list("pk", "share"))
    for point in found.points:
        planned = sum((shares[pk] or 0) * (planned_bp(row, point.day) or 0) for pk, row in plan.items() if shares[pk])
        assert point.plan.numerator == planned


def test_a_forecast_ends_where_offices_say(strategy_tree):
    day = past.day()
    row = strategy_tree.milestones.open
    for values in (ReportValues(verb=Verb.START), ReportValues(verb=Verb.UPDATE, forecast=day + timedelta(days=40))):
        reports.report_milestone(Milestone.objects.get(pk=row.pk), values, by=SYSTEM)
    rollups.drain()
    found = rollups.series("strategy", 0, strategy=strategy_tree.strategy, tier=3)
    ahead = [point for point in found.points if point.day > day]
    assert ahead == sorted(ahead, key=lambda point: point.day)
    before = [point.forecast.numerator for point in ahead if point.day < day + timedelta(days=40)]
    after = [point.forecast.numerator for point in ahead if point.day >= day + timedelta(days=40)]
    assert not (before and after) or after[0] > before[-1]


def test_what_should_have_ended_already_stays_open_in_the_forecast(strategy_tree):
    strategy, late = strategy_tree.strategy, strategy_tree.milestones.late
    assert late.current_due < past.day()
    share = rollups.with_share(Milestone.objects.filter(pk=late.pk), kind=3, tier=3).get().share
    found = rollups.series("measure", late.measure_id, strategy=strategy, tier=3)
    last = found.points[-1].forecast
    assert share and last.denominator - last.numerator >= share * 10_000


def test_a_course_of_a_past_day_is_what_was_planned_then(strategy_tree):
    with time_machine.travel(date.today() + timedelta(days=1)), past.reading(date(2024, 6, 30)):
        found = rollups.series("strategy", 0, strategy=strategy_tree.strategy, tier=3)
    assert found.as_of == date(2024, 6, 30)
    assert all(point.actual is None for point in found.points if point.day > found.as_of)


def test_of_many_milestones_the_curve_of_last_night_is_read(strategy_tree, monkeypatch):
    strategy = strategy_tree.strategy
    few = {
        slice_: rollups.series(slice_, key_of(strategy_tree, slice_), strategy=strategy, tier=3) for slice_ in SLICES
    }
    monkeypatch.setattr(kept, "MANY_MILESTONES", 0)
    rollups.store_curves(past.day())
    for slice_ in ("strategy", "task", "ministry"):
        many = rollups.series(slice_, key_of(strategy_tree, slice_), strategy=strategy, tier=3)
        assert many.curve_at is not None and few[slice_].curve_at is None
        assert [(point.day, point.plan, point.forecast) for point in many.points] == [
            (point.day, point.plan, point.forecast) for point in few[slice_].points
        ]
        assert any(point.forecast for point in many.points) and any(point.plan for point in many.points)


def test_of_many_milestones_nothing_is_told_that_nobody_kept(strategy_tree, monkeypatch):
    monkeypatch.setattr(kept, "MANY_MILESTONES", 0)
    found = rollups.series("strategy", 0, strategy=strategy_tree.strategy, tier=3)
    today = [point for point in found.points if point.day == found.as_of]
    assert today[0].actual is not None and today[0].plan is not None
    others = [point for point in found.points if point.day != found.as_of]
    assert all((point.actual, point.plan, point.forecast) == (None, None, None) for point in others)
    with past.reading(date(2024, 6, 30)), pytest.raises(Invalid):
        rollups.series("strategy", 0, strategy=strategy_tree.strategy, tier=3)


def test_a_night_with_few_milestones_leaves_no_curve(strategy_tree, monkeypatch):
    with monkeypatch.context() as many:
        many.setattr(kept, "MANY_MILESTONES", 0)
        rollups.store_curves(past.day())
    assert CurvePoint.objects.exists()
    rollups.store_curves(past.day())
    assert not CurvePoint.objects.exists()
