"""The one way to read a figure: pages, API, exports and briefings call it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.db.models import DateField, QuerySet, Subquery, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from common import past
from common.errors import Invalid
from tasks.choices import AssessmentKind, Slice
from tasks.interfaces import FigureView, GivenLight, Key, Sums
from tasks.models import Figure, RollupPass, Strategy
from tasks.models.figure import COUNTS, SUMS
from tasks.rollups.kept import kept_day
from tasks.rollups.lights import deciding_test, given_lights
from tasks.rollups.outlook import Outlook
from tasks.rollups.past import reading_with_figures

CELLS = (Slice.TASK_MINISTRY, Slice.TASK_REGION)


def figures(
    slice: str,
    *,
    strategy: Strategy,
    tier: int,
    keys: Iterable[Key] | None = None,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> dict[Key, FigureView]:
    """Figures of a slice in a reader's tier, by key: an id, or (task, id) in a cell (see `Figure`).

    Those stored are of today. `as_of` (up to today) gives those of a past day, as known at `known_at` (default now);
    without it they are of the day that is read (`common.past`). Raises Invalid for a day to come.
    """
    if known_at is not None or (as_of is not None and as_of != stored_day()):
        with past.reading(past_day(as_of), known_at):
            return figures(slice, strategy=strategy, tier=tier, keys=keys)
    reading = past.current()
    if reading is None:
        latest = RollupPass.objects.order_by("-pk").values("as_of")[:1]
        rows: QuerySet = Figure.objects.annotate(as_of=Subquery(latest))
    else:
        rows = _of_past(reading, Slice(slice)).annotate(as_of=Value(reading.as_of, output_field=DateField()))
    keys = None if keys is None else set(keys)
    rows = _of(Slice(slice), keys, rows.filter(strategy=strategy, tier=tier, slice=Slice(slice)))
    found = list(rows)
    given = given_lights(Slice(slice), [row.key for row in found])
    views = [view_of(row, strategy, row.as_of, given) for row in found]
    return {view.key: view for view in views if keys is None or view.key in keys}


def _of_past(reading: past.Reading, slice: Slice) -> QuerySet:
    """Those kept of the day, where they are true of it; else computed."""
    if "figures" not in reading.has:
        day = kept_day(reading)
        if day is not None and (day.has_measures or slice != Slice.MEASURE):
            return day.figures.all()
    reading_with_figures()
    return Figure.objects.all()


def figure(slice: str, key: Key, *, strategy: Strategy, tier: int) -> FigureView | None:
    """One figure, or None where the slice holds nothing in this tier (or is not computed yet)."""
    return figures(slice, strategy=strategy, tier=tier, keys=[key]).get(key)


def outlook(strategy: Strategy, *, tier: int) -> Outlook:
    """What lies before a strategy, to readers of a tier, on the day that is read."""
    reading, kept = past.current(), None
    if reading is not None and (day := kept_day(reading)):
        kept = day.outlooks.filter(strategy=strategy, tier=tier).first()
    return Outlook(strategy.pk, tier, past.day(), kept)


def stored_day() -> date | None:
    """The day that the stored figures are of."""
    return RollupPass.objects.order_by("-pk").values_list("as_of", flat=True).first()


def past_day(as_of: date | None) -> date:
    """The day asked for, default today; Invalid for one that is still to come."""
    today = timezone.localdate()
    if as_of is not None and as_of > today:
        raise Invalid(_("This day is still to come. Enter today or an earlier day."), field="as_of")
    return as_of or today


def condition() -> str:
    """`ok`; `drifted`: the last audit found (and mended) figures that differed from their computation."""
    audited = RollupPass.objects.filter(drift__isnull=False).first()
    if audited is not None and audited.drift:
        return "drifted"
    return "ok" if RollupPass.objects.exists() else "not computed yet"


def _of(slice: Slice, keys: Iterable[Key] | None, rows: QuerySet) -> QuerySet:
    if keys is None:
        return rows
    if slice not in CELLS:
        return rows.filter(key__in=[key for key in keys if isinstance(key, int)])
    wanted = [key for key in keys if isinstance(key, tuple)]
    return rows.filter(key__in={task for task, _ in wanted}, second_key__in={other for _, other in wanted})


def view_of(
    row: Any, strategy: Strategy, as_of: date, given: Mapping[tuple[int, str], GivenLight] = MappingProxyType({})
) -> FigureView:
    """A stored or kept row as doors show it, with the lights that stand beside the computed one."""
    sums = Sums(**{name: getattr(row, name) for name in SUMS})
    decided_by = deciding_test(sums, strategy)
    return FigureView(
        slice=row.slice,
        key=(row.key, row.second_key) if row.slice in CELLS else row.key,
        as_of=as_of,
        tier=row.tier,
        sums=sums,
        light=decided_by.light,
        decided_by=decided_by,
        declared=given.get((row.key, AssessmentKind.DECLARED)),
        independent=given.get((row.key, AssessmentKind.INDEPENDENT)),
        counts={name: getattr(row, name) for name in COUNTS if getattr(row, name)},
        next_due=row.next_due,
        version=getattr(row, "version", 1),
        computed_at=getattr(row, "computed_at", None),
    )
