"""The course of a figure by month (S-curve): what was done, what today's plan asks for, what offices forecast."""

from datetime import date, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from common import past
from common.errors import Invalid
from tasks.choices import Slice
from tasks.interfaces import FigureView, Key, Ratio, Series, SeriesPoint
from tasks.models import KeptDay, KeptFigure, Strategy
from tasks.rollups import statements
from tasks.rollups.keeping import month_ends
from tasks.rollups.kept import earliest_spoken_of, few_milestones
from tasks.rollups.past import reading_with_figures
from tasks.rollups.places import Place
from tasks.rollups.read import figure, view_of


def series(slice: str, key: Key, *, strategy: Strategy, tier: int) -> Series:
    """One point for the end of each month from the announcement to the end of the last year, and the day that is read.

    `actual`: the figure as of that day, as known now (or at the moment that is read); None for days to come. `plan`:
    what the plan of the day that is read asks for by then. `forecast`, from the day read on: progress if each milestone
    ends on its forecast, else its current due date, and nothing else moves. All are of the units of each day. Raises
    Invalid for a strategy with more than 20,000 milestones.
    """
    if not few_milestones():
        raise Invalid(_("This strategy has too many milestones to draw their course by month."))
    day = past.day()
    current = figure(slice, key, strategy=strategy, tier=tier)
    if current is None:
        return Series(slice, key, tier, day, ())
    last = max(day, date(strategy.last_year, 12, 31))
    days = sorted({*month_ends(strategy.announced_on, last + timedelta(days=1)), day})
    actual = _actual(slice, key, strategy, tier, [each for each in days if each < day])
    curve = _curve(slice, key, strategy, tier, days)
    whole = current.sums.share * 10_000
    is_dated = current.plan.denominator > 0
    points = []
    for each in days:
        planned, expected = curve.get(each, (0, 0))
        known = current if each == day else actual.get(each)
        points.append(
            SeriesPoint(
                each,
                known.progress if known else None,
                Ratio(planned, whole) if is_dated else None,
                Ratio(expected, whole) if each > day else current.progress if each == day else None,
            )
        )
    return Series(slice, key, tier, day, tuple(points))


def _curve(slice: str, key: Key, strategy: Strategy, tier: int, days: list[date]) -> dict[date, tuple[int, int]]:
    reading_with_figures()
    milestones = Place.of(slice, key, strategy, tier).counted.filter(effective_tier__lte=tier)
    with connection.cursor() as cursor:
        cursor.execute(statements.curve(milestones, tier), {"days": days})
        return {day: (planned, expected) for day, planned, expected in cursor.fetchall()}


def _actual(slice: str, key: Key, strategy: Strategy, tier: int, days: list[date]) -> dict[date, FigureView | None]:
    """Those that are kept and true in one go, the others computed."""
    reading = past.current()
    found: dict[date, FigureView | None] = {}
    if reading is None or reading.known_at is None:
        found = _kept(slice, key, strategy, tier, days)
    for day in days:
        if day not in found:
            with past.reading(day, reading.known_at if reading else None):
                found[day] = figure(slice, key, strategy=strategy, tier=tier)
    return found


def _kept(slice: str, key: Key, strategy: Strategy, tier: int, days: list[date]) -> dict[date, FigureView | None]:
    with past.today():
        kept = list(KeptDay.objects.filter(as_of__in=days))
        if slice == Slice.MEASURE:
            kept = [day for day in kept if day.has_measures]
        if not kept:
            return {}
        earliest = {seen: earliest_spoken_of(seen) for seen in {day.snapshot for day in kept}}
        true = {day.pk: day.as_of for day in kept if day.as_of < (earliest[day.snapshot] or date.max)}
        first, second = key if isinstance(key, tuple) else (key, 0)
        rows = KeptFigure.objects.filter(day__in=true, strategy=strategy, tier=tier, slice=slice, key=first)
        views = {true[row.day_id]: view_of(row, strategy, true[row.day_id]) for row in rows.filter(second_key=second)}
        return {day: views.get(day) for day in true.values()}
