"""What the overview shows of single milestones: those late, those due next, how many fall due.

Of many milestones none is found by what it was on a past day, but by looking at all: so these lists are kept with
the day (`KeptOutlook`), like its figures.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

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
        self.day = day
        self.kept = kept
        self.all: Any = Milestone.objects.within(tier).filter(**{_STRATEGY: strategy})
        self.counted = self.all.filter(in_scope=True)

    def late(self) -> QuerySet[Milestone]:
        """The longest overdue, at most `SHOWN`."""
        return self._first(None if self.kept is None else self.kept.late, self.counted.overdue(on=self.day))

    def due_next(self) -> QuerySet[Milestone]:
        """The open ones due in the longest of the windows, at most `SHOWN`."""
        until = self.day + timedelta(days=WINDOWS[-1])
        rows = self.counted.active().filter(current_due__range=(self.day, until))
        return self._first(None if self.kept is None else self.kept.due_next, rows)

    def due_within(self) -> dict[int, int]:
        """How many open ones fall due within so many days."""
        if self.kept is not None:
            return dict(zip(WINDOWS, self.kept.due_within, strict=True))
        ends = {days: self.day + timedelta(days=days) for days in WINDOWS}
        counts = {
            f"due_{days}": Count("pk", filter=Q(current_due__range=(self.day, end))) for days, end in ends.items()
        }
        found = self.counted.active().aggregate(**counts)
        return {days: found[f"due_{days}"] for days in WINDOWS}

    def known_dues(self, views: dict[Any, FigureView], node: str = "") -> dict[Any, FigureView]:
        """`known_dues` of the strategy's figure, or with `node` of those of its tasks."""
        rows = self.all if self.kept is None else self.all.filter(pk__in=self.kept.due_first)
        return known_dues(rows, views, node)

    def _first(self, kept: list[int] | None, rows: Any) -> QuerySet[Milestone]:
        if kept is not None:
            rows = self.counted.filter(pk__in=kept)
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
    first = _due_on(found.all, dues).order_by().values(_TASK, "current_due", "due_precision").annotate(one=Min("pk"))
    return KeptOutlook(
        strategy_id=strategy,
        tier=tier,
        late=[row.pk for row in found.late()],
        due_next=[row.pk for row in found.due_next()],
        due_first=[row["one"] for row in first],
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
    rows = _due_on(milestones, dues)
    found: dict[tuple[Any, date | None], list[str]] = defaultdict(list)
    for row in rows.order_by().values(*([node] if node else []), "current_due", "due_precision").distinct():
        found[row.get(node), row["current_due"]].append(row["due_precision"])
    exact = DatePrecision.values

    def told(key: Any, view: FigureView) -> FigureView:
        known = found.get((key if node else None, view.next_due), [])
        return replace(view, next_due_precision=min(known, key=exact.index, default=""))

    return {key: told(key, view) for key, view in views.items()}
