"""The one way to read a figure: pages, API, exports and briefings call it."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet, Subquery

from common.errors import Invalid
from tasks.choices import Slice
from tasks.interfaces import FigureView, Key, Sums
from tasks.models import Figure, RollupPass, Strategy
from tasks.models.figure import COUNTS, SUMS
from tasks.rollups.lights import computed_light

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
    """Stored figures of a slice in a reader's tier, by key: an id, or (task, id) in a cell (see `Figure`).

    Raises Invalid for a date other than the stored one: only today's figures are kept.
    """
    keys = None if keys is None else set(keys)
    rows = _of(Slice(slice), keys, Figure.objects.filter(strategy=strategy, tier=tier, slice=Slice(slice)))
    latest = RollupPass.objects.order_by("-pk").values("as_of")[:1]
    views = [_view(row, strategy) for row in rows.annotate(as_of=Subquery(latest))]
    if known_at is not None or any(as_of not in (None, view.as_of) for view in views):
        raise Invalid("Figures of past dates are not kept yet.", field="as_of")
    return {view.key: view for view in views if keys is None or view.key in keys}


def figure(slice: str, key: Key, *, strategy: Strategy, tier: int) -> FigureView | None:
    """One figure, or None where the slice holds nothing in this tier (or is not computed yet)."""
    return figures(slice, strategy=strategy, tier=tier, keys=[key]).get(key)


def condition() -> str:
    """`ok`; `drifted`: the last audit found (and mended) figures that differed from their computation."""
    audited = RollupPass.objects.filter(drift__isnull=False).first()
    if audited is not None and audited.drift:
        return "drifted"
    return "ok" if RollupPass.objects.exists() else "not computed yet"


def _of(slice: Slice, keys: Iterable[Key] | None, rows: QuerySet[Figure]) -> QuerySet[Figure]:
    if keys is None:
        return rows
    if slice not in CELLS:
        return rows.filter(key__in=[key for key in keys if isinstance(key, int)])
    wanted = [key for key in keys if isinstance(key, tuple)]
    return rows.filter(key__in={task for task, _ in wanted}, second_key__in={other for _, other in wanted})


def _view(row: Figure, strategy: Strategy) -> FigureView:
    sums = Sums(**{name: getattr(row, name) for name in SUMS})
    return FigureView(
        slice=row.slice,
        key=(row.key, row.second_key) if row.slice in CELLS else row.key,
        as_of=row.as_of,  # type: ignore[attr-defined]
        tier=row.tier,
        sums=sums,
        light=computed_light(sums, strategy),
        counts={name: getattr(row, name) for name in COUNTS if getattr(row, name)},
        next_due=row.next_due,
        version=row.version,
        computed_at=row.computed_at,
    )
