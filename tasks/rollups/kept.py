"""Figures, money and outlooks of past days that are kept, so that a page of one reads rows, as a page of today does.

A day that ends leaves its figures as they were stored. What is recorded later of earlier days makes those kept of them
untrue: the change log tells the earliest such day, and from there on days are computed anew – for whoever asks, and
once a night for all.
"""

from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone

from common import past
from tasks.choices import Slice
from tasks.models import KeptDay, KeptFigure, KeptMoney, KeptOutlook, Milestone
from tasks.models.figure import COUNTS, SUMS
from tasks.rollups.money import all_stored, computed
from tasks.rollups.outlook import outlooks

TOTALS = ("strategy_id", "tier", "slice", "key", "second_key", "nodes", *SUMS, *COUNTS, "next_due")
# With more milestones than this, days before the first kept one, and measures, are computed where somebody asks.
MANY_MILESTONES = 20_000

# Of transactions that a snapshot did not see; the first of those is found by the index.
_UNSEEN = """c.transaction_id >= pg_snapshot_xmin(%(snapshot)s::pg_snapshot)::text::bigint
    AND NOT pg_visible_in_snapshot(c.transaction_id::text::xid8, %(snapshot)s::pg_snapshot)"""
# What the log tells since a transaction: the days from which accepted reports and plans hold that were recorded,
# accepted or withdrawn; every day, where something was deleted, classified anew, linked or parted.
_SPOKEN_OF = f"""
SELECT min(day) FROM (
  SELECT least(r.effective_on, (c.before ->> 'effective_on')::date) AS day
    FROM public.tasks_change c LEFT JOIN public.tasks_statusreport r ON r.id = c.object_id
   WHERE {_UNSEEN} AND c.table_name = 'tasks_statusreport'
  UNION ALL
  SELECT least(v.effective_on, (c.before ->> 'effective_on')::date)
    FROM public.tasks_change c LEFT JOIN public.tasks_planversion v ON v.id = c.object_id
   WHERE {_UNSEEN} AND c.table_name = 'tasks_planversion'
  UNION ALL
  SELECT '0001-01-01' FROM public.tasks_change c
   WHERE {_UNSEEN}
     AND (c.table_name = 'tasks_dependency'
          OR (c.table_name IN ('tasks_measure', 'tasks_milestone') AND c.before ? 'tier')
          OR (c.table_name IN ('tasks_strategy', 'tasks_strategictask') AND c.operation = 'delete'))
) AS spoken
"""


# Likewise of money: the days from which levels hold; every day, where a line or the ministries' succession changed.
_MONEY_SPOKEN_OF = f"""
SELECT min(day) FROM (
  SELECT least(e.effective_on, (c.before ->> 'effective_on')::date) AS day
    FROM public.tasks_change c LEFT JOIN public.tasks_budgetentry e ON e.id = c.object_id
   WHERE {_UNSEEN} AND c.table_name = 'tasks_budgetentry'
  UNION ALL
  SELECT '0001-01-01' FROM public.tasks_change c
   WHERE {_UNSEEN}
     AND (c.table_name = 'tasks_budgetline' AND c.operation <> 'insert' OR c.table_name = 'accounts_ministrysuccession')
) AS spoken
"""


def kept_day(reading: past.Reading) -> KeptDay | None:
    """The day that is read as it is kept, if nothing has been recorded since that speaks of it."""
    if reading.known_at is not None:
        return None
    if "kept" not in reading.found:
        with past.today():
            day = KeptDay.objects.filter(as_of=reading.as_of).first()
        if day is not None and not is_true(day.as_of, earliest_spoken_of(day.snapshot)):
            day = None
        reading.found["kept"] = day
    found: KeptDay | None = reading.found["kept"]
    return found


def kept_money(reading: past.Reading) -> KeptDay | None:
    """Likewise of its money."""
    day = kept_day(reading)
    if day is None:
        return None
    if "kept money" not in reading.found:
        reading.found["kept money"] = is_true(day.as_of, earliest_money_spoken_of(day.snapshot))
    return day if reading.found["kept money"] else None


def is_true(day: date, earliest: date | None) -> bool:
    """Of a kept day, by the earliest one that something speaks of."""
    return earliest is None or day < earliest


def keep_stored(day: date) -> None:
    """Keep what is stored, which is of this day: it ends."""
    has_measures = few_milestones()
    kept = new_day(day, snapshot_now(), has_measures)
    names = ", ".join(TOTALS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO tasks_keptfigure (day_id, {names}) SELECT %s, {names} FROM tasks_figure"
            f" WHERE %s OR slice <> '{Slice.MEASURE}'",
            [kept.pk, has_measures],
        )
    keep_money(kept, money_of(day))
    keep_outlooks(kept, outlooks(day, kept.figures.values("strategy_id", "tier", "slice", "next_due")))


def money_of(day: date) -> list[KeptMoney]:
    """Money of the slices that are stored, as of a day; what exists is what the tables say, of a reading or today's."""
    return [KeptMoney(**row) for row in computed(all_stored(), as_of=day)]


def keep_money(day: KeptDay, found: list[KeptMoney]) -> None:
    for each in found:
        each.day = day
    KeptMoney.objects.bulk_create(found, batch_size=2_000)


def keep_outlooks(day: KeptDay, found: list[KeptOutlook]) -> None:
    for each in found:
        each.day = day
    KeptOutlook.objects.bulk_create(found)


def new_day(day: date, snapshot: str, has_measures: bool) -> KeptDay:
    KeptFigure.objects.filter(day__as_of=day).delete()
    KeptOutlook.objects.filter(day__as_of=day).delete()
    KeptMoney.objects.filter(day__as_of=day).delete()
    values = {"computed_at": timezone.now(), "snapshot": snapshot, "has_measures": has_measures}
    return KeptDay.objects.update_or_create(as_of=day, defaults=values)[0]


def few_milestones() -> bool:
    with past.today():
        return len(Milestone.objects.order_by().values_list("pk")[: MANY_MILESTONES + 1]) <= MANY_MILESTONES


def snapshot_now() -> str:
    """What is visible now, as text of a `pg_snapshot`, without this transaction: it may write more before it ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text, pg_current_xact_id_if_assigned()::text::bigint")
        seen, own = cursor.fetchone()
    first, end, running = seen.split(":")
    open_ones = {int(number) for number in running.split(",") if number}
    if own is not None and own < int(end):
        open_ones.add(own)
    return f"{first}:{end}:{','.join(map(str, sorted(open_ones)))}"


def earliest_spoken_of(snapshot: str) -> date | None:
    """The earliest day that something speaks of which the snapshot did not see; None where nothing does."""
    found: date | None = _one(_SPOKEN_OF, {"snapshot": snapshot})
    return found


def earliest_money_spoken_of(snapshot: str) -> date | None:
    """The same of what only money is made of."""
    found: date | None = _one(_MONEY_SPOKEN_OF, {"snapshot": snapshot})
    return found


def _one(statement: str, parameters: dict[str, Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone()[0]
