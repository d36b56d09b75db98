"""Bulk loading of rows through COPY, for data that are made in numbers."""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any
from uuid import uuid4

from django.db import connection, models
from django.utils import timezone


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """That many new ids of a table, in order; nobody else is given them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def copy_rows(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> int:
    """COPY rows (column → value) into a model's table; how many there were.

    Every row names the same columns; the others take the model's default or the moment, `uuid` a new one.
    Triggers and constraints apply as to any other write; what the log says of them is the caller's context.
    """
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return 0
    named = list(first)
    others = {
        str(field.column): timezone.now() if getattr(field, "auto_now_add", False) else field.get_default()
        for field in model._meta.concrete_fields
        if field.column not in {"id", "uuid", *named}
    }
    quoted = ", ".join(connection.ops.quote_name(column) for column in ("uuid", *named, *others))
    count = 0
    with connection.cursor() as cursor, cursor.copy(f"COPY {model._meta.db_table} ({quoted}) FROM STDIN") as copy:
        for row in chain([first], rows):
            copy.write_row([uuid4(), *(row[column] for column in named), *others.values()])
            count += 1
    return count
