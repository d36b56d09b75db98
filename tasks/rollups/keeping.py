"""Keeps past days: computes those of which something else is known by now, and those that should be kept."""

from datetime import date, timedelta

from django.db import models, transaction

from common import past
from tasks.choices import Slice
from tasks.models import Figure, KeptDay, KeptFigure, Strategy
from tasks.rollups.kept import (
    TOTALS,
    earliest_money_spoken_of,
    earliest_spoken_of,
    few_milestones,
    is_true,
    keep_money,
    keep_outlooks,
    money_of,
    new_day,
    snapshot_now,
)
from tasks.rollups.outlook import outlooks
from tasks.rollups.past import reading_with_figures

DAYS_BACK = 62


def keep(day: date) -> None:
    """Compute a past day as it is known now, and keep it."""
    has_measures = few_milestones()
    snapshot = snapshot_now()
    with past.reading(day):
        reading_with_figures()
        rows: models.QuerySet = Figure.objects.all() if has_measures else Figure.objects.exclude(slice=Slice.MEASURE)
        found = list(rows.values(*TOTALS))
        seen = outlooks(day, found)
        money = money_of(day)
    with transaction.atomic():
        kept = new_day(day, snapshot, has_measures)
        KeptFigure.objects.bulk_create((KeptFigure(day=kept, **row) for row in found), batch_size=2_000)
        keep_outlooks(kept, seen)
        keep_money(kept, money)


def keep_what_is_due(today: date) -> int:
    """Compute anew what is kept and no longer true, and what should be kept: the last weeks, and ends of months.

    How many days were computed, the latest first.
    """
    first = Strategy.objects.order_by("announced_on").values_list("announced_on", flat=True).first()
    if first is None:
        return 0
    wanted = {today - timedelta(days=back) for back in range(1, DAYS_BACK)} if few_milestones() else set()
    wanted |= set(month_ends(first, today)) if few_milestones() else {today - timedelta(days=1)}
    kept = {row.as_of: row for row in KeptDay.objects.all()}
    snapshot = snapshot_now()
    seen = {row.snapshot for row in kept.values()}
    earliest = {each: (earliest_spoken_of(each), earliest_money_spoken_of(each)) for each in seen}
    count = 0
    for day in sorted({*wanted, *kept}, reverse=True):
        row = kept.get(day)
        if row is not None and all(is_true(day, told) for told in earliest[row.snapshot]):
            row.snapshot = snapshot
            row.save(update_fields=["snapshot"])
        elif day >= first:
            keep(day)
            count += 1
    return count


def month_ends(first: date, last: date) -> list[date]:
    """The last days of the months from that of `first` to that before `last`."""
    found = []
    day = first.replace(day=1)
    while (following := (day + timedelta(days=32)).replace(day=1)) <= last:
        found.append(following - timedelta(days=1))
        day = following
    return found
