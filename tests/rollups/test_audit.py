"""Every night what is stored is computed from nothing: a difference is mended, and not silent."""

from datetime import UTC, date, datetime

from django.db.models import F
from django.test import Client

from tasks import rollups
from tasks.models import Figure, RollupPass
from tests import furniture


def test_an_audit_mends_what_was_altered_by_hand_and_says_so(committed_db, caplog):
    furniture.furnish()
    assert rollups.audit() == 0
    Figure.objects.filter(slice="task").update(earned=F("earned") + 1)
    assert rollups.audit() > 0
    assert "figures drifted" in caplog.text
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
