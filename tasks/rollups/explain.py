"""Why a figure is what it is: its parts, what it leaves out, and its formulas with their numbers."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import IntegerField, Q, QuerySet, Sum, Value
from django.utils.translation import gettext_lazy as _

from common import past
from tasks.choices import MilestoneState, PartKind, ReportStatus, ScheduleLight, Slice
from tasks.interfaces import Explanation, FigureView, Formula, Key, Part, Ratio, Sums
from tasks.models import (
    CountedMilestone,
    CountedNode,
    Figure,
    Measure,
    Milestone,
    StatusReport,
    StrategicTask,
    Strategy,
)
from tasks.models.figure import COUNTS, SUMS, NodeKind
from tasks.rollups import statements
from tasks.rollups.engine import parameters
from tasks.rollups.excluded import excluded
from tasks.rollups.lights import BP, deciding_test, light_tests
from tasks.rollups.past import reading_with_figures
from tasks.rollups.places import CELL_OF, Place
from tasks.rollups.read import figure, stored_day

# Of the formulas below and of what a milestone adds (sql/parts.sql): told anew when one of them changes.
FORMULA_VERSION = "2026-11"
SHOWN = 50
# A ratio of `FigureView` by its name and in words; the sum above, the sum below, and its factor where the one above is
# in basis points.
FORMULAS: dict[str, tuple[Any, Any, str, str, int]] = {
    "progress": (
        _("Progress"), _("Weight done ÷ the whole weight. A milestone reported half done has done half of its weight."),
        "earned", "share", BP,
    ),
    "plan": (
        _("Plan"),
        _(
            "Weight that should be done by this day ÷ the whole weight. The plan of a milestone grows evenly from its "
            "start to its due date; where no start is known, all of it falls on the due date. Without one it adds"
            " nothing."
        ),
        "planned", "share", BP,
    ),
    "schedule_index": (
        _("Schedule index"),
        _("Weight done ÷ weight that should be done, of milestones with both a report and a due date."),
        "earned_compared", "planned_compared", 1,
    ),
    "overdue_share": (
        _("Overdue share"), _("Weight of milestones that are late ÷ the whole weight."), "overdue", "share", 1,
    ),
    "coverage": (
        _("Coverage"), _("Weight of milestones whose progress was reported ÷ the whole weight."),
        "reported", "share", 1,
    ),
    "freshness": (
        _("Reported this month"),
        _("Weight of milestones reported this month ÷ weight of milestones that a report is expected of."),
        "fresh", "expected", 1,
    ),
    "slip_days": (
        _("Slip days"),
        _(
            "Days behind the first plan on average, ahead of it below 0: weight × days ÷ weight, of milestones with a"
            " baseline and an end, reached or expected."
        ),
        "slip", "slip_share", 1,
    ),
}  # fmt: skip
# Nodes whose units the statement tells as kept by themselves have this added to their kind.
KEPT = 10
_NODES: dict[int, type] = {
    NodeKind.STRATEGY: Strategy,
    NodeKind.TASK: StrategicTask,
    NodeKind.MEASURE: Measure,
    NodeKind.MILESTONE: Milestone,
}
_KINDS = {NodeKind.TASK: PartKind.TASK, NodeKind.MEASURE: PartKind.MEASURE, NodeKind.MILESTONE: PartKind.MILESTONE}


def explain(
    slice: str,
    key: Key,
    *,
    strategy: Strategy,
    tier: int,
    after: tuple[int, int] | None = None,
    limit: int = SHOWN,
) -> Explanation:
    """A figure in a reader's tier as its parts, which sum to it to the unit, for every sum and count.

    A strategy opens to its tasks, a task to its measures, a measure to the measures below and its milestones; a
    ministry, region or technology to what it has in each task, that to milestones. Units that a node keeps are parts
    as well. The largest `limit` parts come first, and those left out as one row, the rest; `after` is kind and id of
    the node that the last page ended with. The technology of a task is asked for by (task, technology).

    Of the day that is read. Where there is no figure, the explanation has none, and no parts.
    """
    reading_with_figures()
    with _one_moment():
        place = Place.of(slice, key, strategy, tier)
        if place.slice == Slice.TECHNOLOGY and place.task is not None:
            view = _summed(place)
        else:
            view = figure(slice, key, strategy=strategy, tier=tier)
        left_out = excluded(place, Sums() if view is None else view.sums)
        if view is None:
            return Explanation(None, left_out, FORMULA_VERSION)
        parts, more = _page(place, view, after, limit)
        formulas, tests = tuple(_formulas(view)), light_tests(view.sums, strategy)
        return Explanation(view, left_out, FORMULA_VERSION, formulas, tests, parts, more)


@contextmanager
def _one_moment() -> Iterator[None]:
    """Figures and what they are made of as of one moment: the engine may store others meanwhile."""
    own = not connection.in_atomic_block
    with transaction.atomic():
        if own:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET LOCAL jit = off")
        yield


def _formulas(view: FigureView) -> Iterable[Formula]:
    for name, told in FORMULAS.items():
        yield Formula(name, *told, getattr(view, name))


# Parts ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Added:
    """A row of the statement: of a node (its kind, or kind and `KEPT`), or with none of all."""

    kind: int | None
    id: int | None
    number: int
    sums: Sums
    counts: dict[str, int]

    @property
    def node(self) -> tuple[int, int]:
        return (self.kind or 0) % KEPT, self.id or 0


def _summed(place: Place) -> FigureView | None:
    """Of what is stored as no figure: added up now."""
    (all_of_it,) = _added(place, _day(), None, 0)
    if not all_of_it.number:
        return None
    decided_by = deciding_test(all_of_it.sums, place.strategy)
    return FigureView(
        slice=place.slice,
        key=(place.task or 0, place.key),
        as_of=_day(),
        tier=place.tier,
        sums=all_of_it.sums,
        light=decided_by.light,
        decided_by=decided_by,
        counts=all_of_it.counts,
    )


def _day() -> date:
    """The day that the figures which are read are of."""
    return past.day() if past.current() else stored_day() or past.day()


def _page(place: Place, view: FigureView, after: tuple[int, int] | None, limit: int) -> tuple[tuple[Part, ...], bool]:
    """The parts after one of them, and the rest, all those before and behind; whether more follow."""
    *rows, all_of_it = _added(place, view.as_of, after, limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    nodes = _nodes(rows, place.tier)
    reports = _reports(nodes)
    weights = _weights(place)
    shown = [row for row in rows if row.node in nodes]
    parts = [_part(row, nodes[row.node], place, view, reports, weights) for row in shown]
    rest = all_of_it.number - len(shown)
    if rest:
        parts.append(_rest(view, all_of_it, shown, rest))
    return tuple(parts), more


def _added(place: Place, day: date, after: tuple[int, int] | None, limit: int) -> list[_Added]:
    kind, key = after or (None, None)
    asked = parameters(day, (place.tier,)) | {"after_kind": kind, "after_id": key, "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(statements.contributions(day, place.tier, **_sources(place)), asked)
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    found = [_read(row) for row in rows]
    return sorted(found, key=lambda row: (row.kind is None, -row.sums.share, row.kind or 0, row.id or 0))


def _read(row: dict[str, Any]) -> _Added:
    sums = Sums(**{name: row[name] for name in SUMS})
    counts = {name: int(row[name]) for name in COUNTS if row[name]}
    return _Added(row["kind"], row["id"], row["number"], sums, counts)


def _sources(place: Place) -> dict[str, Any]:
    """What a figure is made of: figures below that are stored, else milestones; units that nodes keep."""
    found: dict[str, Any] = {"milestones": None, "figures": None, "kept": place.keeping, "by_task": False}
    if place.is_cut and place.task is None:
        if place.slice == Slice.TECHNOLOGY:
            return found | {"milestones": place.counted, "by_task": True}
        cells = _figures(place, CELL_OF[place.slice], NodeKind.TASK).filter(second_key=place.key)
        return found | {"figures": cells, "kept": place.keeping.filter(kind=NodeKind.STRATEGY)}
    if place.is_cut:
        return found | {"milestones": place.counted}
    own = Q(kind=NodeKind.STRATEGY)
    if place.slice == Slice.STRATEGY:
        found["figures"] = _figures(place, Slice.TASK, NodeKind.TASK)
    elif place.slice == Slice.TASK:
        own = Q(kind=NodeKind.TASK)
        found["figures"] = _measures(place, 1)
    else:
        own = Q(kind=NodeKind.MEASURE, node_id=place.key)
        depth = len(CountedNode.objects.get(own).path)
        found["figures"] = _measures(place, depth + 1)
        found["milestones"] = CountedMilestone.objects.order_by().filter(measure_id=place.key)
    return found | {"kept": place.keeping.filter(own)}


def _measures(place: Place, depth: int) -> QuerySet[Figure]:
    below = place.nodes.filter(kind=NodeKind.MEASURE, path__len=depth)
    return _figures(place, Slice.MEASURE, NodeKind.MEASURE).filter(key__in=below.values("node_id"))


def _figures(place: Place, slice: Slice, kind: NodeKind) -> QuerySet[Figure]:
    rows = Figure.objects.order_by().filter(strategy=place.strategy, tier=place.tier, slice=slice)
    return rows.annotate(kind=Value(int(kind), output_field=IntegerField()))


def _nodes(rows: Iterable[_Added], tier: int) -> dict[tuple[int, int], Any]:
    """The rows that parts are of. One that went away since it was counted is missing: it is told with the rest."""
    found: dict[tuple[int, int], Any] = {}
    asked = {row.node for row in rows}
    for kind in sorted({kind for kind, _id in asked}):
        model: Any = _NODES[kind]
        ids = [key for of_kind, key in asked if of_kind == kind]
        nodes = model._default_manager.within(tier).filter(pk__in=ids)
        found |= {(kind, node.pk): node for node in nodes}
    return found


def _reports(nodes: dict[tuple[int, int], Any]) -> dict[int, StatusReport]:
    """The last accepted report of each milestone."""
    ids = [key for kind, key in nodes if kind == NodeKind.MILESTONE]
    if not ids:
        return {}
    rows = StatusReport.objects.filter(milestone__in=ids, status=ReportStatus.ACCEPTED)
    latest = rows.order_by("milestone_id", "-effective_on", "-accepted_at", "-pk").distinct("milestone_id")
    return {row.milestone_id: row for row in latest.select_related("ministry", "office", "author")}


def _weights(place: Place) -> int | None:
    """The sum of the weights among which a node's units are shared; None where the parts are no siblings."""
    if place.is_cut:
        return None
    if place.slice == Slice.STRATEGY:
        return _weight(StrategicTask.objects.filter(strategy=place.strategy))
    measures = Measure.objects.within(place.tier).filter(in_scope=True)
    if place.slice == Slice.TASK:
        return _weight(measures.filter(strategic_task=place.key, parent=None))
    milestones = Milestone.objects.within(place.tier).filter(in_scope=True, measure=place.key)
    return _weight(measures.filter(parent=place.key)) + _weight(milestones)


def _weight(rows: QuerySet) -> int:
    return rows.order_by().aggregate(all=Sum("weight", default=0))["all"]


def _part(
    row: _Added, node: Any, place: Place, view: FigureView, reports: dict[int, StatusReport], weights: int | None
) -> Part:
    is_kept = (row.kind or 0) >= KEPT
    kind = PartKind.KEPT if is_kept else _KINDS[NodeKind(row.node[0])]
    slice, key = ("", 0) if kind in (PartKind.KEPT, PartKind.MILESTONE) else _opens(place, kind, node.pk)
    decided_by = None if kind in (PartKind.KEPT, PartKind.MILESTONE) else deciding_test(row.sums, place.strategy)
    if kind == PartKind.MILESTONE:
        light, state = _one(row.counts, "light", ScheduleLight.values), _one(row.counts, "state", MilestoneState.values)
    else:
        light, state = decided_by.light if decided_by else None, None
    return Part(
        kind=kind,
        node=node,
        sums=row.sums,
        counts=row.counts,
        whole=view.sums.share,
        weight=None if is_kept or weights is None else Ratio(node.weight, weights),
        light=light,
        decided_by=decided_by,
        state=state,
        slice=slice,
        key=key,
        report=reports.get(node.pk) if kind == PartKind.MILESTONE else None,
    )


def _opens(place: Place, kind: PartKind, key: int) -> tuple[str, Key]:
    """The figure that a part is."""
    if place.is_cut:
        return CELL_OF.get(place.slice, place.slice), (key, place.key)
    return (Slice.TASK if kind == PartKind.TASK else Slice.MEASURE), key


def _one(counts: dict[str, int], prefix: str, values: Iterable[str]) -> str | None:
    """What a milestone counts as: it has one state, and one light or none."""
    return next((value for value in values if counts.get(f"{prefix}_{value}")), None)


def _rest(view: FigureView, all_of_it: _Added, shown: list[_Added], number: int) -> Part:
    sums = {name: getattr(all_of_it.sums, name) - sum(getattr(row.sums, name) for row in shown) for name in SUMS}
    counts = {name: all_of_it.counts.get(name, 0) - sum(row.counts.get(name, 0) for row in shown) for name in COUNTS}
    counts = {name: count for name, count in counts.items() if count}
    return Part(PartKind.REST, None, Sums(**sums), counts, view.sums.share, number)
