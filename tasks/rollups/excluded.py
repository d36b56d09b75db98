"""What a reader sees and a figure leaves out, with the reason."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Count, QuerySet, Window

from tasks.choices import LeftOut, MilestoneState, Scope
from tasks.interfaces import Excluded, Sums
from tasks.models import Milestone
from tasks.rollups.places import Place

NAMED = 5


def excluded(place: Place, sums: Sums) -> tuple[Excluded, ...]:
    """By reason, in the order of `LeftOut`; a branch that is out of scope is named once, by its topmost measure."""
    return tuple(_excluded(place, sums))


def _excluded(place: Place, sums: Sums) -> Iterator[Excluded]:
    seen = place.milestones
    counted = seen.filter(in_scope=True)
    dropped = place.dropped
    unreported = sums.share - sums.unplanned - sums.reported
    weightless = [rows.filter(weight=0) for rows in (place.tasks, place.measures.filter(in_scope=True), counted)]
    found: list[tuple[LeftOut, Sequence[QuerySet[Any]], int]] = [
        (LeftOut.CANCELLED, [seen.filter(state=MilestoneState.CANCELLED, measure__in_scope=True)], 0),
        (LeftOut.SUPERSEDED, [dropped.filter(scope=Scope.SUPERSEDED)], 0),
        (LeftOut.OUT_OF_SCOPE, [dropped.exclude(scope=Scope.SUPERSEDED)], 0),
        (LeftOut.WEIGHTLESS, weightless, 0),
        (LeftOut.UNPLANNED, place.keepers, sums.unplanned),
        (LeftOut.UNDATED, [counted.filter(baseline_due__isnull=True)], sums.undated),
        (LeftOut.UNREPORTED, [counted.filter(progress_bp__isnull=True)], unreported),
    ]
    for reason, kinds, units in found:
        first = [list(rows.annotate(of_this_kind=Window(Count("*")))[:NAMED]) for rows in kinds]
        numbers = {type(named[0]): named[0].of_this_kind for named in first if named}
        if numbers or (units and reason != LeftOut.UNPLANNED):
            rows = tuple(row for named in first for row in named)[:NAMED]
            yield Excluded(reason, sum(numbers.values()), numbers.get(Milestone, 0), rows, units)
