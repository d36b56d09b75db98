"""What a change would do to the figures: it is made, counted and taken back, so the answer is that of the engine."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, transaction

from accounts.models import Ministry
from tasks.choices import Slice
from tasks.interfaces import FigureView, Key
from tasks.models import Measure, StrategicTask, Strategy
from tasks.rollups import engine
from tasks.rollups.read import figures

SLICES = (Slice.STRATEGY, Slice.TASK, Slice.MEASURE, Slice.MINISTRY)
_NODES: dict[str, Any] = {Slice.TASK: StrategicTask, Slice.MEASURE: Measure, Slice.MINISTRY: Ministry}
_TRIES = 3
_SERIALIZATION_FAILURE = "40001"


@dataclass(frozen=True)
class MovedFigure:
    """One figure that is not the same afterwards; exact. None: there is none on that side.

    `node` is its row, as it stands after the change; None for what no ministry answers for.
    """

    slice: str
    key: Key
    node: Any
    before: FigureView | None
    after: FigureView | None


def rehearse(change: Callable[[], Any], *, strategy: Strategy, tier: int) -> tuple[MovedFigure, ...]:
    """Every figure of the strategy, its tasks, measures and ministries that `change` would move, in a reader's tier.

    Both sides are of one snapshot and of the day that the stored figures are of; all that waited is counted in both.
    Nothing stays. The engine's own drain waits meanwhile: seconds, where `change` touches thousands of nodes. Raises
    what `change` raises.
    """
    for tried in range(1, _TRIES + 1):
        try:
            return _rehearsed(change, strategy, tier)
        except OperationalError as error:  # somebody changed one of the rows since the snapshot was taken
            if getattr(error.__cause__, "sqlstate", "") != _SERIALIZATION_FAILURE or tried == _TRIES:
                raise
    raise AssertionError("unreachable")


def _rehearsed(change: Callable[[], Any], strategy: Strategy, tier: int) -> tuple[MovedFigure, ...]:
    with engine.alone(), transaction.atomic():
        engine.catch_up()
        before = _read(strategy, tier)
        change()
        engine.catch_up()
        moved = tuple(_moved(before, _read(strategy, tier), strategy))
        transaction.set_rollback(True)
    return moved


def _read(strategy: Strategy, tier: int) -> dict[tuple[Slice, Key], FigureView]:
    return {
        (slice, key): view for slice in SLICES for key, view in figures(slice, strategy=strategy, tier=tier).items()
    }


def _moved(
    before: dict[tuple[Slice, Key], FigureView], after: dict[tuple[Slice, Key], FigureView], strategy: Strategy
) -> Iterator[MovedFigure]:
    """In the order of the slices; new ones where they come to stand."""
    places = [place for place in before | after if _said(before.get(place)) != _said(after.get(place))]
    nodes: dict[tuple[Slice, Key], Any] = {(Slice.STRATEGY, 0): strategy}
    for slice, model in _NODES.items():
        keys = [key for of, key in places if of == slice]
        nodes |= {(Slice(slice), key): row for key, row in model._default_manager.in_bulk(keys).items()}
    order = list(SLICES)
    for place in sorted(places, key=lambda each: order.index(each[0])):
        yield MovedFigure(place[0], place[1], nodes.get(place), before.get(place), after.get(place))


def _said(view: FigureView | None) -> Any:
    """What a figure says: all of it but when it was computed."""
    return None if view is None else (view.sums, view.counts, view.light, view.next_due)
