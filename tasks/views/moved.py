"""Figures that a change would move, as a table before → after: of a change set, and of a file that is imported."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tasks.choices import Slice
from tasks.interfaces import Ratio, Sums
from tasks.models.figure import SUMS
from tasks.rollups import MovedFigure
from tasks.rollups.engine import UNITS

# Of a kind; the figures above them hold the rest.
SHOWN = 100
HEADS = {
    Slice.STRATEGY: _("Strategy"),
    Slice.TASK: _("Strategic tasks"),
    Slice.MEASURE: _("Measures"),
    Slice.MINISTRY: _("Ministries"),
}


@dataclass(frozen=True)
class Line:
    """A figure before and after; `exact`: its sums that are not the same, as they are stored."""

    moved: MovedFigure
    name: str
    url: str
    exact: list[tuple[str, int, int]]

    @property
    def part_before(self) -> Ratio | None:
        return Ratio(self.moved.before.sums.share, UNITS) if self.moved.before else None

    @property
    def part_after(self) -> Ratio | None:
        return Ratio(self.moved.after.sums.share, UNITS) if self.moved.after else None


@dataclass(frozen=True)
class Group:
    head: Any
    lines: list[Line]
    number: int

    @property
    def hidden(self) -> int:
        return self.number - len(self.lines)


def moved_groups(moved: Iterable[MovedFigure]) -> list[Group]:
    """Kind by kind; what moves most comes first."""
    by_slice: dict[str, list[MovedFigure]] = {slice: [] for slice in HEADS}
    for each in moved:
        by_slice[each.slice].append(each)
    groups = []
    for slice, found in by_slice.items():
        found.sort(key=_by_size)
        if found:
            groups.append(Group(HEADS[Slice(slice)], [_line(each) for each in found[:SHOWN]], len(found)))
    return groups


def _by_size(each: MovedFigure) -> Any:
    """What moves most comes first: by the units that it gains or loses, then by what is achieved of them."""
    before, after = (view.sums if view else Sums() for view in (each.before, each.after))
    return -abs(after.share - before.share), -abs(after.earned - before.earned), str(each.node)


def _line(each: MovedFigure) -> Line:
    node = each.node
    is_old = each.before is not None and hasattr(node, "get_absolute_url")
    return Line(
        each,
        str(node) if node is not None else _now("No ministry named"),
        node.get_absolute_url() if is_old else "",
        _exact(each),
    )


def _exact(each: MovedFigure) -> list[tuple[str, int, int]]:
    sides = [[getattr(view.sums, name) if view else 0 for name in SUMS] for view in (each.before, each.after)]
    return [(name, one, other) for name, one, other in zip(SUMS, *sides, strict=True) if one != other]
