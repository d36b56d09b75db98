"""`manage.py migrate`: as the owner of the schema; then the application's role gets its rights."""

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections
from psycopg import sql

from common import past

# Written by the database or by migrations alone; the application reads them.
READ_ONLY = ("tasks_change", "django_migrations")
# Written once and never again.
INSERT_ONLY = ("tasks_snapshot", "tasks_snapshotfigure")
RESERVED: tuple[tuple[tuple[str, ...], Any], ...] = (
    (READ_ONLY, "INSERT, UPDATE, DELETE"),
    (INSERT_ONLY, "UPDATE, DELETE"),
)


class Command(Migrate):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["database"] != "owner" or options["plan"] or options["check_unapplied"]:
            super().handle(*args, **options)
            return
        past.drop_views()
        super().handle(*args, **options)
        past.create_views()
        grant_rights(connections["default"].settings_dict["USER"])


def grant_rights(role: str) -> None:
    """Rows yes, schema no, history and the views of the past read-only; nothing to do where one role is both."""
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("SELECT current_user = %s OR %s = ''", [role, role])
        if cursor.fetchone()[0]:
            return
        name = sql.Identifier(role)
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
            "GRANT USAGE ON SCHEMA past TO {}",
            "GRANT SELECT ON ALL TABLES IN SCHEMA past TO {}",
        ):
            cursor.execute(sql.SQL(statement).format(name).as_string(owner.connection))
        existing = set(owner.introspection.table_names())
        for tables, rights in RESERVED:
            for table in existing.intersection(tables):
                revoke = sql.SQL("REVOKE {} ON {} FROM {}").format(sql.SQL(rights), sql.Identifier(table), name)
                cursor.execute(revoke.as_string(owner.connection))
