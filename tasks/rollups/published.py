"""What was published: snapshots read as figures and money, and where they differ from what is known by now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from common import past
from common.errors import Invalid
from tasks.interfaces import ExecutionRate, FigureView, GivenLight, Key, MoneyYear, Sums
from tasks.models import Snapshot, SnapshotFigure, Strategy
from tasks.models.figure import COUNTS, SUMS
from tasks.rollups.named import CELLS
from tasks.rollups.publishing import content_of, digest_of
from tasks.rollups.read import figures


@dataclass(frozen=True)
class Restated:
    """A figure of a snapshot that is another by now; either may be None: it is new, or gone."""

    row: SnapshotFigure | None
    then: FigureView | None
    now: FigureView | None


def latest_snapshot(strategy: Strategy, *, tier: int, as_of: date | None = None) -> Snapshot:
    """The last one that was taken of a day (default: of the latest period), as readers of a tier are given it.

    Raises Invalid where no period that ended on the day was closed, naming the days of which there is one.
    """
    rows: Any = Snapshot.objects.filter(period__strategy=strategy, tier=tier).select_related("period__strategy")
    rows = rows.order_by("-period__ends_on", "-number")
    found = (rows if as_of is None else rows.filter(period__ends_on=as_of)).first()
    if found is not None:
        return found
    days = rows.order_by("-period__ends_on").values_list("period__ends_on", flat=True).distinct()[:12]
    if not days:
        raise Invalid(_("No period has been closed yet, so nothing is published."), field="basis")
    known = ", ".join(day.isoformat() for day in days)
    words = _("No period that ended on this day was closed. Published are: %s.") % known
    raise Invalid(words, field="as_of")


def published(slice: str, snapshot: Snapshot, *, keys: Iterable[Key] | None = None) -> dict[Key, FigureView]:
    """Figures of a slice as they were published, by key (see `figures`)."""
    found = {key_of(row): row for row in snapshot.figures.filter(slice=slice)}
    return {key: view_of(row, snapshot) for key, row in found.items() if keys is None or key in set(keys)}


def published_money(slice: str, snapshot: Snapshot, *, keys: Iterable[int]) -> dict[int, tuple[MoneyYear, ...]]:
    """Likewise of its money (see `money`)."""
    rows = snapshot.figures.filter(slice=slice, key__in=list(keys), money__isnull=False)
    return {row.key: tuple(map(_year, row.money or ())) for row in rows}


def key_of(row: SnapshotFigure) -> Key:
    return (row.key, row.second_key) if row.slice in CELLS else row.key


def view_of(row: SnapshotFigure, snapshot: Snapshot) -> FigureView:
    """A row of a snapshot as doors show figures, with the light that was published, whatever thresholds say now."""
    given = {
        kind: GivenLight(light["light"], date.fromisoformat(light["assessed_on"]), light["confidence"])
        for kind, light in row.given.items()
    }
    return FigureView(
        slice=row.slice,
        key=key_of(row),
        as_of=snapshot.period.ends_on,
        tier=snapshot.tier,
        sums=Sums(**{name: getattr(row, name) for name in SUMS}),
        light=row.light,
        declared=given.get("declared"),
        independent=given.get("independent"),
        counts={name: getattr(row, name) for name in COUNTS if getattr(row, name)},
        next_due=row.next_due,
        version=snapshot.number,
        computed_at=snapshot.taken_at,
    )


def restated(snapshot: Snapshot, *slices: str) -> list[Restated]:
    """The figures of some slices that are others by now, in the order of the snapshot.

    Compared is what is stored of a figure: sums, counts, next due date; not the lights, which follow from thresholds.
    """
    with past.reading(snapshot.period.ends_on):
        return [found for slice in slices for found in _restated(snapshot, slice)]


def _restated(snapshot: Snapshot, slice: str) -> Iterator[Restated]:
    rows = {key_of(row): row for row in snapshot.figures.filter(slice=slice)}
    now = figures(slice, strategy=snapshot.period.strategy, tier=snapshot.tier)
    for key in [*rows, *(key for key in now if key not in rows)]:
        row = rows.get(key)
        then = None if row is None else view_of(row, snapshot)
        if _compared(then) != _compared(now.get(key)):
            yield Restated(row, then, now.get(key))


def content_and_digest(snapshot: Snapshot) -> tuple[bytes, str]:
    """The content of a snapshot made anew from its rows, and the sha256 of it, which should be `digest`."""
    below = Snapshot.objects.filter(period=snapshot.period, number=snapshot.number, tier__lt=snapshot.tier)
    content = content_of(snapshot, snapshot.figures.all(), dict(below.values_list("tier", "digest")))
    return content, digest_of(content)


def _compared(view: FigureView | None) -> Any:
    return None if view is None else (view.sums, view.counts, view.next_due)


def _year(row: dict[str, Any]) -> MoneyYear:
    rate = row["execution_rate"]
    executed = rate and ExecutionRate(rate["executed"], rate["of"], rate["base"])
    return MoneyYear(row["fiscal_year"], row["amounts"], tuple(row["at_least"]), executed)
