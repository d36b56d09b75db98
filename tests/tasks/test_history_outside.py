"""The change log of writes that come from another program."""

import psycopg
from django.db import connection

from accounts.models import Ministry
from tasks.models import Change
from tests import databases


def test_a_write_from_outside_is_logged_with_the_database_role(committed_db):
    """As in psql: another program, another connection."""
    ministry = Ministry.objects.create(key="MOE", name_ko="교육부", name_en="Ministry of Education")
    with psycopg.connect(databases.address(committed_db)) as other:
        other.execute("UPDATE accounts_ministry SET name_en = 'Education' WHERE id = %s", [ministry.pk])
    change = Change.objects.filter(table="accounts_ministry", object_id=ministry.pk).latest("sequence")
    assert (change.door, change.operation, change.after) == ("database", "update", {"name_en": "Education"})
    assert change.database_role == connection.settings_dict["USER"]
