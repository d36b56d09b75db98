"""Every night what is stored is computed from nothing: a difference is mended, and not silent."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.db.models import F, Q
from django.test import Client
from django.utils import timezone

from tasks import rollups
from tasks.models import CountedMilestone, CountedNode, Figure, Measure, Milestone, NewShare, RollupPass, Share
from tasks.models.figure import NodeKind
from tests import furniture
from tests.rollups.compare import differences


def test_an_audit_mends_what_was_altered_by_hand_and_says_so(committed_db, caplog):
    furniture.furnish()
    assert rollups.audit() == 0
    Figure.objects.filter(slice="task").update(earned=F("earned") + 1)
    assert rollups.audit() > 0
    assert "figures drifted" in caplog.text
    assert rollups.audit() == 0


def unnoted(**values):
    """A change of every milestone under way that never reached the outbox."""
    rollups.drain()
    Milestone.objects.filter(state="in_progress").update(**values)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM rollup_outbox")


def counted(**values):
    CountedMilestone.objects.filter(state="in_progress").update(**values)


def measures(model):
    return model.objects.filter(kind=NodeKind.MEASURE)


def two_swapped():
    """No sum of the copy tells it from what it should be."""
    one, other = CountedMilestone.objects.filter(state="in_progress").order_by("pk")[:2]
    CountedMilestone.objects.filter(pk=one.pk).update(measure_id=other.measure_id)
    CountedMilestone.objects.filter(pk=other.pk).update(measure_id=one.measure_id)


FAULTS = {
    "a figure altered": lambda: Figure.objects.filter(slice="ministry").update(slip=F("slip") + 1),
    "a figure missing": lambda: Figure.objects.filter(slice="region").delete(),
    "a figure too many": lambda: Figure.objects.filter(slice="technology").update(key=F("key") + 1_000_000),
    "a counted progress altered": lambda: counted(progress_bp=1),
    "a counted date altered": lambda: counted(reported_on=date(2020, 1, 1)),
    "a counted place altered": lambda: counted(ministry_id=F("ministry_id") + 1_000_000),
    "counted units altered": lambda: counted(internal=F("internal") + 1),
    "a counted lateness altered": lambda: counted(blocked_from=1),
    "a counted weight altered": lambda: counted(weighs=~Q(weighs=True)),
    "two counted milestones swapped": two_swapped,
    "a counted milestone missing": lambda: CountedMilestone.objects.filter(state="in_progress").delete(),
    "a counted milestone too many": lambda: counted(milestone_id=F("milestone_id") + 1_000_000),
    "a counted node altered": lambda: measures(CountedNode).update(region_id=F("region_id") + 1),
    "a counted node missing": lambda: measures(CountedNode).delete(),
    "a counted node too many": lambda: CountedNode.objects.filter(kind=1).update(node_id=F("node_id") + 1_000_000),
    "a share altered": lambda: measures(Share).filter(public__gt=0).update(public=F("public") + 1),
    "a share missing": lambda: measures(Share).delete(),
    "a share too many": lambda: Share.objects.create(node_id=1_000_000, kind=NodeKind.MEASURE, public=1),
    "a report that was not noted": lambda: unnoted(progress_bp=77),
    "a plan that was not noted": lambda: unnoted(current_due=date(2031, 1, 1)),
    "a weight that was not noted": lambda: unnoted(weight=F("weight") + 7),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_an_audit_finds_and_mends(strategy_tree, fault):
    Milestone.objects.filter(pk=strategy_tree.milestones.open.pk).update(state="in_progress", progress_bp=5000)
    Milestone.objects.filter(pk=strategy_tree.milestones.of_other.pk).update(state="in_progress", progress_bp=2000)
    assert rollups.audit() == 0
    FAULTS[fault]()
    assert rollups.audit() > 0
    assert differences(strategy_tree.strategy, timezone.localdate()) == []
    assert rollups.audit() == 0
    assert not NewShare.objects.exists()


def test_units_that_nobody_shared_out_are_not_counted(strategy_tree):
    NewShare.objects.create(milestone_id=CountedMilestone.objects.first().pk, public=1)
    rollups.recompute()
    assert not NewShare.objects.exists()
    assert differences(strategy_tree.strategy, timezone.localdate()) == []


def test_what_is_gone_leaves_no_share(strategy_tree):
    measure = Measure.objects.create(strategic_task=strategy_tree.technology, code="T1-9", title_ko="가", title_en="A")
    shares = measures(Share).filter(node_id=measure.pk)
    rollups.drain()
    assert shares.exists()
    measure.delete()
    rollups.drain()
    assert not shares.exists()
    assert rollups.audit() == 0


def test_the_first_drain_of_a_day_audits_the_old_one_and_computes_the_new_one(committed_db, time_machine):
    time_machine.move_to(datetime(2026, 6, 1, 14, 59, tzinfo=UTC))  # one minute before midnight in Seoul
    furniture.furnish()
    rollups.drain()
    Figure.objects.filter(slice="task").update(earned=F("earned") + 1)
    time_machine.move_to(datetime(2026, 6, 1, 15, 0, 30, tzinfo=UTC))
    rollups.drain()
    latest = RollupPass.objects.first()
    assert (latest.as_of, latest.drift > 0) == (date(2026, 6, 2), True)
    assert Client().get("/readyz").json()["figures"] == "drifted"
    rollups.drain()
    assert RollupPass.objects.first() == latest
