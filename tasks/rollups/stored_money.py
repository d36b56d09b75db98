"""Money as doors read it: stored rows where they are true, else computed for whoever asks.

What changes money is noted by the database in `money_outbox`, in the same transaction. While a note stands there, or
once the day has turned, what is stored is not read; so money is never old, only dearer to read for a moment.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from common import past
from tasks.choices import Slice
from tasks.interfaces import MoneyYear
from tasks.models import MoneyFigure, MoneyPass, Strategy
from tasks.rollups.engine import SETTINGS, alone
from tasks.rollups.kept import kept_money
from tasks.rollups.money import STORED, all_stored, cells, computed, year_of

_COLUMNS = "strategy_id, tier, slice, key, fiscal_year, cells"
_KEY = _COLUMNS.removesuffix(", cells")
_STORE = f"""
CREATE TEMPORARY TABLE wanted ON COMMIT DROP AS {{computed}};
DELETE FROM tasks_moneyfigure WHERE ({_KEY}) IN (
  SELECT {_KEY} FROM (SELECT {_COLUMNS} FROM tasks_moneyfigure EXCEPT SELECT {_COLUMNS} FROM wanted) AS old);
INSERT INTO tasks_moneyfigure ({_COLUMNS})
SELECT {_COLUMNS} FROM wanted EXCEPT SELECT {_COLUMNS} FROM tasks_moneyfigure"""
_IS_STORED = """
SELECT EXISTS (SELECT 1 FROM tasks_moneypass WHERE as_of = %s) AND NOT EXISTS (SELECT 1 FROM money_outbox)"""


def money(
    slice: str,
    *,
    strategy: Strategy,
    tier: int,
    keys: Iterable[int] | None = None,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> dict[int, tuple[MoneyYear, ...]]:
    """Whole won by key (see `Figure.key`) and fiscal year; None where nothing is known, never 0.

    Only lines of kind `level` are summed. The levels are those of `as_of` (default: the day that is read).
    """
    keys = None if keys is None else list(keys)
    is_of_the_day = known_at is None and as_of in (None, past.day())
    rows = _stored() if is_of_the_day and slice in STORED else None
    found: Iterable[dict[str, Any]]
    if rows is None:
        asked = {"strategies": [strategy.pk], "tiers": [tier], "slices": [Slice(slice).value], "keys": keys}
        found = computed(asked, as_of=as_of, known_at=known_at)
    else:
        rows = rows.filter(strategy=strategy, tier=tier, slice=Slice(slice))
        rows = rows if keys is None else rows.filter(key__in=keys)
        found = rows.order_by("key", "fiscal_year").values("key", "fiscal_year", "cells")
    years: dict[int, list[MoneyYear]] = {}
    for row in found:
        years.setdefault(row["key"], []).append(year_of(row["fiscal_year"], row["cells"]))
    return {key: tuple(of_key) for key, of_key in years.items()}


def store_money(*, anew: bool = False) -> bool:
    """Compute the money of the slices that are stored anew, where what is stored is not true; whether it was not.

    What is committed meanwhile stays noted. `anew`: also where nothing says that it is needed.
    """
    day = timezone.localdate()
    if is_stored(day) and not anew:
        return False
    with alone("tasks_moneypass"), connection.cursor() as cursor:
        cursor.execute(SETTINGS)
        cursor.execute(
            "DELETE FROM money_outbox WHERE ctid = ANY(ARRAY(SELECT ctid FROM money_outbox FOR UPDATE SKIP LOCKED))"
        )
        cursor.execute(_STORE.format(computed=cells(day)), all_stored())
        MoneyPass.objects.update_or_create(pk=1, defaults={"as_of": day})
    return True


def is_stored(day: date) -> bool:
    """Whether what is stored is of this day, and nothing has changed since."""
    with connection.cursor() as cursor:
        cursor.execute(_IS_STORED, [day])
        return bool(cursor.fetchone()[0])


def _stored() -> QuerySet[Any] | None:
    """Rows that are true of the day that is read, if there are any."""
    reading = past.current()
    if reading is None:
        return MoneyFigure.objects.all() if is_stored(past.day()) else None
    day = kept_money(reading)
    return None if day is None else day.money.all()
