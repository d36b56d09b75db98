"""Every table of ours is under the change log, enabled, and by the log's own functions."""

import pytest
from django.apps import apps
from django.db import connection, connections

from common.records import Record
from tasks.models import (
    Change,
    ChangeSet,
    CountedMilestone,
    CountedNode,
    CurvePoint,
    Figure,
    ImportUpload,
    KeptDay,
    KeptFigure,
    KeptMoney,
    KeptOutlook,
    Mail,
    MoneyFigure,
    MoneyPass,
    NewShare,
    Notification,
    NotificationCursor,
    OutboxJob,
    RollupPass,
    Share,
    SnapshotFigure,
)
from tests.architecture.scan import PACKAGES

# Derived or kept for the machinery: rebuilt from the logged rows, thrown away, or the log itself. Those of a snapshot
# are never changed, and its digest, which is logged, is of them.
UNLOGGED = {
    Change,
    ChangeSet,
    CountedMilestone,
    CountedNode,
    CurvePoint,
    Figure,
    ImportUpload,
    KeptDay,
    KeptFigure,
    KeptMoney,
    KeptOutlook,
    Mail,
    MoneyFigure,
    MoneyPass,
    NewShare,
    Notification,
    NotificationCursor,
    OutboxJob,
    RollupPass,
    Share,
    SnapshotFigure,
}


def triggers():
    """Names of the log's enabled triggers by table."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.relname, t.tgname FROM pg_trigger t
                 JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
                WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND p.proname = t.tgname"""
        )
        found = {}
        for table, name in cursor.fetchall():
            found.setdefault(table, set()).add(name)
        return found


def ours(**options):
    return [model for model in apps.get_models(**options) if model._meta.app_label in PACKAGES and model._meta.managed]


def untracked():
    found = triggers()
    records = (model for model in ours() if issubclass(model, Record))
    return [
        m._meta.db_table
        for m in records
        if not {"history_version", "history_record"} <= found.get(m._meta.db_table, set())
    ]


@pytest.mark.django_db
def test_every_record_is_tracked_without_exception():
    assert untracked() == []


def test_every_other_model_is_named_as_derived():
    assert {model for model in ours() if not issubclass(model, Record)} == UNLOGGED


@pytest.mark.django_db
def test_links_between_records_are_tracked():
    found = triggers()
    links = {m._meta.db_table for m in ours(include_auto_created=True) if m._meta.auto_created}
    assert {table for table in links if "history_record" not in found.get(table, set())} == set()


@pytest.mark.parametrize(
    "fault", ["DROP TRIGGER history_version ON tasks_bill", "ALTER TABLE tasks_bill DISABLE TRIGGER history_record"]
)
def test_a_table_that_is_not_tracked_is_seen(committed_db, fault):
    with connections["owner"].cursor() as cursor:
        cursor.execute(fault)
    assert untracked() == ["tasks_bill"]
