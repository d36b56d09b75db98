"""What the overview shows of single milestones: those late, those due next, how many fall due.

Of many milestones none is found by what it was on a past day, but by looking at all: so these lists are kept with
the day (`KeptOutlook`), like its figures.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from tasks.choices import DatePrecision, MilestoneState, Slice
from tasks.interfaces import FigureView
from tasks.models import KeptOutlook, Milestone

SHOWN = 8
WINDOWS = (30, 60, 90)
_STRATEGY = "measure__strategic_task__strategy"
_TASK = "measure__strategic_task"


class Outlook:
    """That of a strategy (by its id), to readers of a tier, on a day."""

    def __init__(self, strategy: int, tier: int, day: date, kept: KeptOutlook | None = None) -> None:
        self.tier = tier
        self.day = day
        self.kept = kept
        self.all: Any = Milestone.objects.within(tier).filter(**{_STRATEGY: strategy})
        self.counted = self.all.filter(in_scope=True)

    def late(self) -> QuerySet[Milestone]:
        """The longest overdue, at most `SHOWN`."""
        return _first(self._of(self.kept.late) if self.kept else self.counted.overdue(on=self.day))

    def due_next(self) -> QuerySet[Milestone]:
        """The open ones due in the longest of the windows, at most `SHOWN`."""
        return _first(self._of(self.kept.due_next) if self.kept else self._due())

    def due_within(self) -> dict[int, int]:
        """How many open ones fall due within so many days."""
        if self.kept:
            return dict(zip(WINDOWS, self.kept.due_within, strict=True))
        ends = {days: self.day + timedelta(days=days) for days in WINDOWS}
        counts = {
            f"due_{days}": Count("current_due", filter=Q(current_due__range=(self.day, end)))
            for days, end in ends.items()
        }
        found = self._due().aggregate(**counts)
        return {days: found[f"due_{days}"] for days in WINDOWS}

    def known_dues(self, views: dict[Any, FigureView], node: str = "") -> dict[Any, FigureView]:
        """`known_dues` of the strategy's figure, or with `node` of those of its tasks."""
        if self.kept:
            known = ((task, date.fromisoformat(due), precision) for task, due, precision in self.kept.due_first)
            return _told(views, known, by_node=bool(node))
        return known_dues(self.all, views, node)

    def _due(self) -> Any:
        until = self.day + timedelta(days=WINDOWS[-1])
        return self.counted.active().filter(current_due__range=(self.day, until))

    def _of(self, ids: list[int]) -> Any:
        """Looked up one by one: of many rows of a past day, joined to their measures, none is found quickly."""
        return Milestone.objects.within(self.tier).filter(pk__in=ids)


def _first(rows: Any) -> QuerySet[Milestone]:
    found: QuerySet[Milestone] = rows.by_due()[:SHOWN]
    return found


def outlooks(day: date, figures: Iterable[Mapping[str, Any]]) -> list[KeptOutlook]:
    """To be kept with a day: one for each strategy and tier that has a figure (`strategy_id`, `tier`, `next_due`)."""
    dues: dict[tuple[int, int], set[date]] = defaultdict(set)
    for row in figures:
        if row["slice"] in (Slice.STRATEGY, Slice.TASK):
            dues[row["strategy_id"], row["tier"]] |= {row["next_due"]} - {None}
    return [_outlook(Outlook(*of, day), *of, found) for of, found in dues.items()]


def _outlook(found: Outlook, strategy: int, tier: int, dues: set[date]) -> KeptOutlook:
    first = _due_on(found.all, dues).order_by().values_list(_TASK, "current_due", "due_precision").distinct()
    return KeptOutlook(
        strategy_id=strategy,
        tier=tier,
        late=[row.pk for row in found.late()],
        due_next=[row.pk for row in found.due_next()],
        due_first=[(task, due.isoformat(), precision) for task, due, precision in first],
        due_within=list(found.due_within().values()),
    )


def _due_on(milestones: Any, dues: set[date]) -> Any:
    return milestones.filter(in_scope=True, current_due__in=dues).exclude(state=MilestoneState.COMPLETED)


def known_dues(milestones: Any, views: dict[Any, FigureView], node: str = "") -> dict[Any, FigureView]:
    """The same figures, each saying how exactly its next due date is known.

    `milestones` are those that the reader may see, `node` is the way from one of them to what the figures are of
    (none: they all belong to one figure). Where several are due on that date, the most exact one says it.
    """
    dues = {view.next_due for view in views.values() if view.next_due}
    if not dues:
        return views
    rows = _due_on(milestones, dues).order_by().values(*([node] if node else []), "current_due", "due_precision")
    known = ((row.get(node), row["current_due"], row["due_precision"]) for row in rows.distinct())
    return _told(views, known, by_node=bool(node))


def _told(
    views: dict[Any, FigureView], known: Iterable[tuple[Any, date | None, str]], *, by_node: bool
) -> dict[Any, FigureView]:
    found: dict[tuple[Any, date | None], list[str]] = defaultdict(list)
    for key, due, precision in known:
        found[key if by_node else None, due].append(precision)
    exact = DatePrecision.values

    def told(key: Any, view: FigureView) -> FigureView:
        exactly = found.get((key if by_node else None, view.next_due), [])
        return replace(view, next_due_precision=min(exactly, key=exact.index, default=""))

    return {key: told(key, view) for key, view in views.items()}
