"""The one way to read a figure: pages, API, exports and briefings call it."""

from collections.abc import Iterable
from datetime import date, datetime

from common.errors import Invalid
from tasks.choices import Slice
from tasks.interfaces import FigureView, Sums
from tasks.models import Figure, Strategy
from tasks.models.figure import SUMS
from tasks.rollups.lights import computed_light


def figures(
    slice: str,
    *,
    strategy: Strategy,
    tier: int,
    keys: Iterable[int] | None = None,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> dict[int, FigureView]:
    """Stored figures of a slice in a reader's tier, by key (see `Figure.key`).

    Raises Invalid for a date other than the stored one: only today's figures are kept.
    """
    rows = Figure.objects.filter(strategy=strategy, tier=tier, slice=Slice(slice))
    if keys is not None:
        rows = rows.filter(key__in=keys)
    found = {row.key: _view(row, strategy) for row in rows}
    if known_at is not None or any(as_of not in (None, view.as_of) for view in found.values()):
        raise Invalid("Figures of past dates are not kept yet.", field="as_of")
    return found


def figure(slice: str, key: int, *, strategy: Strategy, tier: int) -> FigureView | None:
    """One figure, or None where the slice holds nothing in this tier (or is not computed yet)."""
    return figures(slice, strategy=strategy, tier=tier, keys=[key]).get(key)


def _view(row: Figure, strategy: Strategy) -> FigureView:
    sums = Sums(**{name: getattr(row, name) for name in SUMS})
    return FigureView(
        slice=row.slice,
        key=row.key,
        as_of=row.as_of,
        tier=row.tier,
        sums=sums,
        light=computed_light(sums, strategy),
        counts=row.counts,
        next_due=row.next_due,
        version=row.version,
        computed_at=row.computed_at,
    )
