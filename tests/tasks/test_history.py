"""The change log: written by the database, whatever the door."""

import pytest
from django.db import DatabaseError, connection, transaction

from common import history
from tasks.actions import reports
from tasks.models import Change, Milestone

pytestmark = pytest.mark.django_db


def changes_of(row):
    return Change.objects.filter(table=row._meta.db_table, object_id=row.pk).order_by("sequence")


def test_an_action_is_logged_with_actor_verb_reason_and_door(strategy_tree, users):
    milestone = strategy_tree.milestones.open
    with history.through("page", "request-1"):
        reports.report_milestone(milestone, reports.ReportValues("suspend", reason="예산 삭감"), by=users["staff"])
    change = changes_of(milestone).last()
    assert (change.verb, change.reason, change.door, change.request_id) == (
        "milestone.suspended",
        "예산 삭감",
        "page",
        "request-1",
    )
    assert change.actor_id == users["staff"].pk
    assert change.before["state"] == "planned"
    assert change.after["state"] == "suspended"
    assert change.version == 2


def test_a_bulk_update_is_logged_row_by_row_as_database(strategy_tree):
    Milestone.objects.filter(pk=strategy_tree.milestones.open.pk).update(title_en="Renamed")
    change = changes_of(strategy_tree.milestones.open).last()
    assert (change.door, change.verb, change.actor_id) == ("database", "update", None)
    assert change.after == {"title_en": "Renamed"}


def test_saving_without_a_change_logs_nothing_and_keeps_the_version(strategy_tree):
    milestone = Milestone.objects.get(pk=strategy_tree.milestones.open.pk)
    before = Change.objects.count()
    milestone.save()
    milestone.refresh_from_db()
    assert (Change.objects.count(), milestone.version) == (before, 1)


def test_nobody_sets_the_version_by_hand(strategy_tree):
    Milestone.objects.filter(pk=strategy_tree.milestones.open.pk).update(version=77, title_en="X")
    assert Milestone.objects.get(pk=strategy_tree.milestones.open.pk).version == 2


def test_a_password_is_logged_as_changed_and_never_shown(users):
    users["staff"].set_password("another-password")
    users["staff"].save()
    assert changes_of(users["staff"]).last().after == {"password": "(hidden)"}


def test_a_context_ends_with_its_action(strategy_tree, users):
    with history.context(actor=users["coordinator"], verb="outer"):
        with history.context(actor=users["staff"], verb="inner"):
            pass
        Milestone.objects.filter(pk=strategy_tree.milestones.open.pk).update(title_en="Y")
    assert changes_of(strategy_tree.milestones.open).last().verb == "outer"


@pytest.mark.parametrize(
    "attack",
    [
        "DELETE FROM tasks_change",
        "UPDATE tasks_change SET verb = 'x'",
        "TRUNCATE tasks_change",
        "INSERT INTO tasks_change SELECT * FROM tasks_change LIMIT 1",
        "ALTER TABLE tasks_milestone DISABLE TRIGGER history_record",
        "DROP TRIGGER history_record ON tasks_milestone",
        "SET session_replication_role = replica",
        "ALTER TABLE tasks_change OWNER TO CURRENT_USER",
        "DROP TABLE tasks_change",
        "CREATE OR REPLACE FUNCTION history_record() RETURNS trigger LANGUAGE sql AS 'SELECT 1'",
        "TRUNCATE tasks_milestone CASCADE",
        "SELECT history_track('tasks_milestone')",
        "GRANT ALL ON tasks_change TO CURRENT_USER",
        "CREATE RULE hide AS ON INSERT TO tasks_change DO INSTEAD NOTHING",
    ],
)
def test_the_application_cannot_touch_the_log(strategy_tree, attack):
    before = Change.objects.count()
    with transaction.atomic():
        savepoint = transaction.savepoint()
        try:
            with connection.cursor() as cursor:
                cursor.execute(attack)
            refused = attack.startswith("GRANT")  # without the grant option it is a warning, and grants nothing
        except DatabaseError:
            refused = True
        transaction.savepoint_rollback(savepoint)
    assert refused
    assert Change.objects.count() == before
