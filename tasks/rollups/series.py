"""The course of a figure by month (S-curve): what was done, what today's plan asks for, what offices forecast."""

from datetime import date

from common import past
from tasks.choices import Slice
from tasks.interfaces import FigureView, Key, Ratio, Series, SeriesPoint
from tasks.models import KeptDay, KeptFigure, Strategy
from tasks.rollups.curves import curve_days, curve_of
from tasks.rollups.kept import earliest_spoken_of, few_milestones
from tasks.rollups.read import figure, view_of


def series(slice: str, key: Key, *, strategy: Strategy, tier: int) -> Series:
    """One point for the end of each month from the announcement to the end of the last year, and the day that is read.

    `actual`: the figure as of that day, as known now (or at the moment that is read); None for days to come. `plan`:
    what the plan of the day that is read asks for by then. `forecast`, from the day read on: progress if each milestone
    ends on its forecast, else its current due date, and nothing else moves; one of which that day has passed stays
    open. All are of the units of each day.

    Of more than 20,000 milestones plan and forecast are those of last night, None before the first one. Where there are
    as many in all, actual is None of days whose figures were not kept. Raises Invalid for the plan of many as of a past
    day: nobody kept it.
    """
    day = past.day()
    current = figure(slice, key, strategy=strategy, tier=tier)
    if current is None:
        return Series(slice, key, tier, day, ())
    days = curve_days(strategy, day)
    curve = curve_of(current, strategy, days)
    actual = _actual(slice, key, strategy, tier, [each for each in days if each < day])
    whole = current.sums.share * 10_000
    is_dated = current.plan.denominator > 0
    points = []
    for each in days:
        is_today = each == day
        planned, expected = curve.points.get(each, (None, None))
        known = current if is_today else actual.get(each)
        plan = current.plan if is_today else None if planned is None else Ratio(planned, whole)
        forecast = None if expected is None or each < day else Ratio(expected, whole)
        points.append(
            SeriesPoint(
                each,
                known.progress if known else None,
                plan if is_dated else None,
                current.progress if is_today else forecast,
            )
        )
    return Series(slice, key, tier, day, tuple(points), curve.computed_at, current.without_due)


def _actual(slice: str, key: Key, strategy: Strategy, tier: int, days: list[date]) -> dict[date, FigureView | None]:
    """Those that are kept and true in one go, the others computed, where that is quick."""
    reading = past.current()
    found: dict[date, FigureView | None] = {}
    if reading is None or reading.known_at is None:
        found = _kept(slice, key, strategy, tier, days)
    if not few_milestones():
        return found
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
