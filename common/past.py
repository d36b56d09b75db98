"""Readings of the past: inside `reading(as_of, known_at)` the tables of the strategy are those of that day.

The schema `past` holds a view for each table whose rows have a history, of the same name and columns. A reading
puts that schema before `public`, so pages, API and engine ask as they always do and are answered for the day.
`as_of` is the day on which a thing was true, `known_at` the moment up to which it was known: recorded here, or
public where the row says since when (`known_from`). It is for reading alone: whatever is written inside is thrown
away at its end.

A package says in its `past.py` how a table looked:

    view(BudgetEntry, where="row.effective_on <= past.as_of() AND row.recorded_at <= past.known_at()")
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection, connections, models, transaction
from django.utils import timezone

SMALL = 20_000  # rows
# Unless they are named, temporary tables come first.
_PAST, _TODAY = "pg_temp, past, public", "public, pg_temp"
# Not set: all that has been recorded until now.
_FUNCTIONS = f"""
CREATE FUNCTION past.as_of() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
  RETURN current_setting('past.as_of')::date;
CREATE FUNCTION past.known_at() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(nullif(current_setting('past.known_at', true), ''), 'infinity')::timestamptz;
CREATE FUNCTION past.known_on() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (past.known_at() AT TIME ZONE '{settings.TIME_ZONE}')::date;
CREATE FUNCTION past.known(known_from date, recorded timestamptz) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN CASE WHEN known_from IS NULL THEN recorded <= past.known_at() ELSE known_from <= past.known_on() END;
"""


@dataclass
class Reading:
    """One reading; `has` names what has been prepared in it, `found` what has been looked up, once for all that ask."""

    as_of: date
    known_at: datetime | None
    has: set[str] = field(default_factory=set)
    found: dict[str, Any] = field(default_factory=dict)


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)
_views: dict[type[models.Model], str] = {}
_kept: list[type[models.Model]] = []
_told_by_others: set[type[models.Model]] = set()


def view(
    model: type[models.Model],
    *,
    rows: str = "",
    joins: str = "",
    where: str = "true",
    is_kept: bool = False,
    **columns: str,
) -> None:
    """Say how the table of a model looked: `row` is one of its rows (of `rows`), `columns` the SQL of what changed.

    `is_kept`: it is dear to read and asked row by row, so a reading writes it down first (`keep`).
    """
    table = model._meta.db_table
    names = [str(each.column) for each in model._meta.concrete_fields]
    shown = ", ".join(f"{columns.get(name, f'row.{name}')} AS {name}" for name in names)
    source = rows or f"public.{table}"
    if is_kept:
        _kept.append(model)
    _views[model] = f"CREATE VIEW past.{table} AS SELECT {shown} FROM {source} row {joins} WHERE {where}"


def models_with_a_past() -> list[type[models.Model]]:
    return list(_views)


def told_by_others(*nouns: type[models.Model]) -> None:
    """Nouns whose own columns are today's, while what is told of them – steps, levels, values – has a past."""
    _told_by_others.update(nouns)


def is_dated(model: type[models.Model]) -> bool:
    """Whether what is shown of a noun on a past day is of that day."""
    return model in _views or model in _told_by_others


def current() -> Reading | None:
    return _reading.get()


def day() -> date:
    """The day that is read: that of the reading, else today."""
    asked = _reading.get()
    return timezone.localdate() if asked is None else asked.as_of


@contextmanager
def reading(as_of: date, known_at: datetime | None = None) -> Iterator[Reading]:
    """Inside, everything asked on the default connection is answered for the day, as known at the moment."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT set_config('search_path', '{_PAST}', true)")
            turn_to(cursor, as_of, known_at)
            if _reading.get() is not None:
                # What an outer reading has written down is of its own day; the end of this one brings it back.
                _forget(cursor)
        asked = Reading(as_of, known_at)
        token = _reading.set(asked)
        try:
            with _grouped_by_every_column():
                if _is_small():
                    keep()
                yield asked
        finally:
            _reading.reset(token)
        transaction.set_rollback(True)


@contextmanager
def today() -> Iterator[None]:
    """Inside, also within a reading, everything is answered as it stands today: for titles of what has gone since."""
    asked = _reading.get()
    if asked is None:
        yield
        return
    token = _reading.set(None)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT set_config('search_path', '{_TODAY}', true)")
    try:
        yield
    finally:
        _reading.reset(token)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT set_config('search_path', '{_PAST}', true)")


def turn_to(cursor: Any, as_of: date, known_at: datetime | None) -> None:
    """From here on what is asked is answered for another day; a reading is turned back by its end alone."""
    cursor.execute(
        "SELECT set_config('past.as_of', %s, true), set_config('past.known_at', %s, true)",
        [as_of.isoformat(), known_at.isoformat() if known_at else ""],
    )


def _forget(cursor: Any) -> None:
    for model in _kept:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{model._meta.db_table}")


def keep() -> None:
    """Write the dear views down, once in a reading: in temporary tables of the same names, which come before them."""
    asked = _reading.get()
    if asked is None or "rows" in asked.has:
        return
    asked.has.add("rows")
    with connection.cursor() as cursor:
        for model in _kept:
            table = model._meta.db_table
            columns = ", ".join(str(field.column) for field in model._meta.concrete_fields)
            cursor.execute(
                f"CREATE TEMPORARY TABLE {table} (LIKE public.{table} INCLUDING INDEXES);"
                f" INSERT INTO pg_temp.{table} ({columns}) SELECT {columns} FROM past.{table}; ANALYZE pg_temp.{table}"
            )


def _is_small() -> bool:
    """Whether keeping costs less than a planner that guesses wrong; else it waits for who reads all (`keep`)."""
    tables = [f"public.{model._meta.db_table}" for model in _kept]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(max(reltuples), 0) < %s FROM pg_class WHERE oid = ANY(%s::regclass[])", [SMALL, tables]
        )
        return bool(cursor.fetchone()[0])


def again(asked: Reading | None) -> AbstractContextManager[Reading | None]:
    """The same reading once more, for what is read after the view that asked has left it; none where there was none."""
    return nullcontext() if asked is None else reading(asked.as_of, asked.known_at)


@contextmanager
def _grouped_by_every_column() -> Iterator[None]:
    """A view has no primary key that its other columns would follow from, so GROUP BY must name them all."""
    features: Any = connection.features
    usual = features.allows_group_by_selected_pks_on_model
    features.allows_group_by_selected_pks_on_model = lambda model: model not in _views and usual(model)
    try:
        yield
    finally:
        features.allows_group_by_selected_pks_on_model = usual


def drop_views() -> None:
    """Before a migration, which could not change what a view shows."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS past CASCADE")


def create_views() -> None:
    """After a migration; a table that is not there yet has none."""
    owner = connections["owner"]
    existing = set(owner.introspection.table_names())
    with owner.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA past; {_FUNCTIONS}")
        for model, statement in _views.items():
            if model._meta.db_table in existing:
                cursor.execute(statement)
