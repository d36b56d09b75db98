"""Databases to measure in: one of each size, filled with a generated strategy."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import psycopg
from django.core.management import call_command
from django.utils import timezone

from tasks import rollups
from tasks.seed.generated import generate_strategy
from tests import databases

# What the database does beside a write; off while a world is filled, for its log is not what is measured.
LOGGED = (
    "strategictask",
    "measure",
    "milestone",
    "dependency",
    "budgetline",
    "budgetentry",
    "planversion",
    "statusreport",
)


@contextmanager
def migrated() -> Iterator[str]:
    """A database with the schema and the reference lists, from which worlds are copied."""
    with databases.made("bench") as name:
        with databases.used(name):
            databases.migrate()
            call_command("seed_strategy", verbosity=0, stdout=StringIO())
        yield name


@contextmanager
def world(template: str, milestones: int) -> Iterator[str]:
    """A database with a generated strategy of that size, its figures stored, in use until the end."""
    with databases.made(f"bench_{milestones}", template) as name, databases.used(name):
        _log(on=False)
        generate_strategy(milestones, today=timezone.localdate())
        _log(on=True)
        rollups.recompute()
        as_owner("VACUUM (ANALYZE)")
        yield name


def as_owner(*statements: str) -> None:
    """Statements that only the schema's owner may run, each by itself."""
    with psycopg.connect(databases.address(databases.current(), "owner"), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def _log(*, on: bool) -> None:
    word = "ENABLE" if on else "DISABLE"
    as_owner(*(f"ALTER TABLE tasks_{table} {word} TRIGGER history_record" for table in LOGGED))
