"""Snapshots: what is computed from nothing, the same however often, of one moment, and never touched again."""

import hashlib
import json
import os
import threading
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import DatabaseError, connection, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from common import past
from common.errors import Invalid
from common.tiers import Tier
from tasks import rollups
from tasks.actions import periods, plans, reports
from tasks.actions.reports import ReportValues
from tasks.choices import Slice, Verb
from tasks.models import Milestone, ReportingPeriod, Snapshot, SnapshotFigure
from tasks.models.figure import SUMS
from tasks.permissions import SYSTEM
from tasks.rollups import engine, keeping, publishing
from tests import furniture
from tests.rollups.compare import expected_figures
from tests.rollups.test_past import OPERATIONS, new_world
from tests.rollups.test_sequences import sequences

SEOUL = ZoneInfo("Asia/Seoul")
OCTOBER, LAST = date(2025, 10, 1), date(2025, 10, 31)


def close(strategy, first=OCTOBER):
    period = ReportingPeriod.objects.filter(strategy=strategy, starts_on=first).first()
    period = period or periods.open_period(strategy=strategy, starts_on=first, by=SYSTEM)
    return periods.close_period(period, by=SYSTEM, anyway=True)


def stored(snapshot):
    """Of each figure what the reference model computes, too."""
    return {
        (row.slice, rollups_key(row)): (
            {name: getattr(row, name) for name in SUMS},
            rollups.view_of(row, snapshot).counts,
            row.next_due,
            str(row.light),
        )
        for row in snapshot.figures.all()
    }


def rollups_key(row):
    return (row.key, row.second_key) if row.slice in ("task_ministry", "task_region") else row.key


# From nothing


@pytest.mark.django_db
def test_every_slice_of_every_tier_has_its_figures(strategy_tree):
    snapshots = close(strategy_tree.strategy)
    assert [snapshot.tier for snapshot in snapshots] == [1, 2, 3]
    for snapshot in snapshots:
        with past.reading(LAST):
            for slice_ in Slice.values:
                known = rollups.figures(slice_, strategy=strategy_tree.strategy, tier=snapshot.tier)
                found = rollups.published(slice_, snapshot)
                assert {k: (v.sums, v.counts, v.next_due, v.light) for k, v in found.items()} == {
                    k: (v.sums, v.counts, v.next_due, v.light) for k, v in known.items()
                }
                assert known or slice_ in ("region",)


def play(data):
    with time_machine.travel(datetime(2024, 5, 6, 12, tzinfo=SEOUL), tick=False) as clock, transaction.atomic():
        world = new_world(datetime.now(SEOUL).date())
        world.tiers = st.integers(1, 3)
        rollups.drain()
        for _ in range(data.draw(st.integers(3, 12))):
            clock.shift(timedelta(seconds=1))
            data.draw(st.sampled_from(OPERATIONS))(world, data.draw)
        clock.move_to(datetime(2024, 6, data.draw(st.integers(1, 20)), 12, tzinfo=SEOUL))
        for snapshot in close(world.strategy, date(2024, 5, 1)):
            with past.reading(date(2024, 5, 31)):
                assert stored(snapshot) == expected_figures(world.strategy, date(2024, 5, 31), Tier(snapshot.tier))
            assert rollups.content_and_digest(snapshot)[1] == snapshot.digest
        transaction.set_rollback(True)


@pytest.mark.django_db
@sequences(5)
@given(data=st.data())
def test_a_snapshot_is_what_the_reference_model_computes_from_nothing(data):
    play(data)


@pytest.mark.drill
@pytest.mark.django_db
@sequences(int(os.environ.get("SEQUENCES", "200")))
@given(data=st.data())
def test_snapshots_of_hundreds_of_histories(data):
    play(data)


@pytest.mark.django_db
def test_a_kept_day_that_is_wrong_is_not_published(strategy_tree):
    from tasks.models import KeptFigure

    keeping.keep(LAST)
    KeptFigure.objects.update(earned=1)
    assert rollups.published("strategy", close(strategy_tree.strategy)[-1])[0].sums.earned == 0


# The digest


@pytest.mark.django_db
def test_taking_it_twice_gives_the_same_digests(strategy_tree):
    first = close(strategy_tree.strategy)
    periods.reopen_period(first[0].period, reason="to see", by=SYSTEM)
    assert [s.digest for s in close(strategy_tree.strategy)] == [s.digest for s in first]


@pytest.mark.django_db
def test_the_digest_is_that_of_the_content_and_covers_the_tiers_below(strategy_tree):
    public, internal, restricted = close(strategy_tree.strategy)
    content, digest = rollups.content_and_digest(Snapshot.objects.get(pk=restricted.pk))
    assert digest == hashlib.sha256(content).hexdigest() == restricted.digest
    read = json.loads(content)
    assert read["below"] == {"public": public.digest, "internal": internal.digest}
    assert json.loads(rollups.content_and_digest(public)[0])["below"] == {}


@pytest.mark.django_db
def test_what_is_published_to_a_tier_is_the_same_whether_or_not_anything_is_hidden_from_it(strategy_tree):
    before = close(strategy_tree.strategy)
    periods.reopen_period(before[0].period, reason="to see", by=SYSTEM)
    milestone = Milestone.objects.get(pk=strategy_tree.milestones.restricted.pk)
    done = ReportValues(verb=Verb.COMPLETE, completed_on=LAST)
    reports.report_milestone(milestone, done, by=SYSTEM)
    after = close(strategy_tree.strategy)
    same = [one.digest == other.digest for one, other in zip(before, after, strict=True)]
    assert same == [True, True, False]


@pytest.mark.django_db
def test_later_names_thresholds_and_weights_change_nothing_of_it(strategy_tree):
    snapshot = close(strategy_tree.strategy)[-1]
    strategy_tree.measures.m11.__class__.objects.update(title_ko="다른 이름", weight=7)
    type(strategy_tree.strategy).objects.update(red_index_bp=9_000, amber_index_bp=12_000)
    assert rollups.content_and_digest(Snapshot.objects.get(pk=snapshot.pk))[1] == snapshot.digest
    assert snapshot.figures.get(slice="measure", code="T1-1").title_ko == "한국형 IMEC 도입"


@pytest.mark.django_db
def test_a_measure_that_is_classified_higher_by_now_is_not_named_to_those_below(strategy_tree):
    public = close(strategy_tree.strategy)[0]
    rows = SnapshotFigure.objects.filter(snapshot=public, slice="measure")
    before = set(rows.within(1).values_list("code", flat=True))
    plans.revise_plan(
        strategy_tree.measures.m21, by=SYSTEM, effective_on=date(2025, 1, 1), reason="secret by now", tier=3
    )
    assert set(rows.within(1).values_list("code", flat=True)) == before - {"T2-1"}
    assert set(rows.within(3).values_list("code", flat=True)) == before


@pytest.mark.django_db
def test_where_nothing_was_published_that_is_told(strategy_tree):
    with pytest.raises(Invalid) as error:
        rollups.latest_snapshot(strategy_tree.strategy, tier=3)
    assert error.value.field == "basis"
    snapshot = close(strategy_tree.strategy)[-1]
    assert rollups.latest_snapshot(strategy_tree.strategy, tier=3, as_of=LAST) == snapshot
    with pytest.raises(Invalid, match="2025-10-31") as error:
        rollups.latest_snapshot(strategy_tree.strategy, tier=3, as_of=OCTOBER)
    assert error.value.field == "as_of"


# Never touched again


ATTACKS = [
    "UPDATE tasks_snapshot SET digest = 'x'",
    "UPDATE tasks_snapshotfigure SET earned = 1",
    "DELETE FROM tasks_snapshot",
    "DELETE FROM tasks_snapshotfigure",
    "TRUNCATE tasks_snapshot CASCADE",
    "TRUNCATE tasks_snapshotfigure",
    "ALTER TABLE tasks_snapshotfigure DISABLE TRIGGER ALL",
    "DROP TABLE tasks_snapshotfigure",
    """INSERT INTO tasks_snapshotfigure SELECT (jsonb_populate_record(f, jsonb_build_object(
         'id', -1, 'slice', 'region', 'key', 99))).* FROM tasks_snapshotfigure f LIMIT 1""",
]


@pytest.fixture
def closed(committed_db):
    furniture.furnish()
    rollups.drain()
    return close(furniture.tree().strategy)


def refused(attack, alias):
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(attack)
    except DatabaseError:
        return True
    return False


def test_the_application_cannot_touch_a_snapshot(closed):
    before = [list(model.objects.order_by("pk").values()) for model in (Snapshot, SnapshotFigure)]
    assert [attack for attack in ATTACKS if not refused(attack, "default")] == []
    assert [list(model.objects.order_by("pk").values()) for model in (Snapshot, SnapshotFigure)] == before


def test_nor_does_the_owner_without_taking_the_triggers_off(closed):
    attacks = [attack for attack in ATTACKS if not attack.startswith(("ALTER", "DROP"))]
    assert [attack for attack in attacks if not refused(attack, "owner")] == []


# Of one moment


def test_two_who_close_at_once_are_one_effect(committed_db, monkeypatch):
    """The second waits for the first, then finds it closed."""
    furniture.furnish()
    rollups.drain()
    period = periods.open_period(strategy=furniture.tree().strategy, starts_on=OCTOBER, by=SYSTEM)
    answers, inside = [], threading.Event()
    plain = rollups.freeze

    def slow(*args):
        inside.set()
        second.join(0.5)  # it waits at the table meanwhile
        return plain(*args)

    def again():
        inside.wait(10)
        try:
            answers.append(len(periods.close_period(period, by=SYSTEM, anyway=True)))
        except Invalid as error:
            answers.append(error.code)
        finally:
            connection.close()

    monkeypatch.setattr(rollups, "freeze", slow)
    second = threading.Thread(target=again)
    second.start()
    answers.insert(0, len(periods.close_period(period, by=SYSTEM, anyway=True)))
    second.join(30)
    assert answers == [3, "closed"]
    assert Snapshot.objects.count() == 3


def test_what_is_reported_while_a_period_is_closed_is_wholly_after_it(committed_db, monkeypatch):
    """A report that is filed while the figures are computed waits, belongs to no open period, and restates."""
    furniture.furnish()
    rollups.drain()
    tree = furniture.tree()
    period = periods.open_period(strategy=tree.strategy, starts_on=OCTOBER, by=SYSTEM)
    done, inside, plain = [], threading.Event(), publishing.reading_with_figures

    def slow():
        found = plain()
        inside.set()
        reporter.join(0.5)  # it waits at the table meanwhile
        assert not done
        return found

    def report():
        inside.wait(10)
        values = ReportValues(verb=Verb.COMPLETE, completed_on=LAST)
        done.append(reports.report_milestone(tree.milestones.late, values, by=SYSTEM))
        connection.close()

    monkeypatch.setattr(publishing, "reading_with_figures", slow)
    reporter = threading.Thread(target=report)
    reporter.start()
    snapshot = periods.close_period(period, by=SYSTEM, anyway=True)[-1]
    reporter.join(30)
    assert rollups.published("strategy", snapshot)[0].sums.earned == 0
    [report] = done
    assert report.period is None
    assert report.accepted_at > snapshot.taken_at
    assert [each.row.code for each in rollups.restated(snapshot, "strategy")] == ["strategy"]


def test_all_tiers_and_slices_are_of_one_moment(committed_db, monkeypatch):
    """Also of what no report says: a plan that is changed between two slices enters none of them."""
    furniture.furnish()
    rollups.drain()
    tree = furniture.tree()
    changed, plain = [], publishing.figures

    def meanwhile(slice_, **asked):
        if not changed:
            changed.append(threading.Thread(target=change))
            changed[0].start()
            changed[0].join(10)
        return plain(slice_, **asked)

    def change():
        plans.revise_plan(tree.measures.m11, by=SYSTEM, effective_on=date(2025, 1, 1), reason="why", weight=9)
        connection.close()

    monkeypatch.setattr(publishing, "figures", meanwhile)
    snapshot = close(tree.strategy)[-1]
    assert rollups.restated(snapshot, "measure")
    whole = rollups.published("strategy", snapshot)[0].sums
    for slice_ in ("task", "ministry", "region", "technology", "task_ministry", "task_region"):
        rows = rollups.published(slice_, snapshot).values()
        assert {name: sum(getattr(row.sums, name) for row in rows) for name in SUMS} == whole.__dict__, slice_


def test_a_closing_that_fails_leaves_the_period_open_and_nothing_published(committed_db, monkeypatch):
    furniture.furnish()
    rollups.drain()
    period = periods.open_period(strategy=furniture.tree().strategy, starts_on=OCTOBER, by=SYSTEM)

    def fails(*args):
        raise ZeroDivisionError

    monkeypatch.setattr(engine, "compute", fails)
    with pytest.raises(ZeroDivisionError):
        periods.close_period(period, by=SYSTEM, anyway=True)
    period.refresh_from_db()
    assert (period.state, Snapshot.objects.count()) == ("open", 0)
