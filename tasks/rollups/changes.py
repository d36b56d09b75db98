"""What changed between two points: one step after the other, each with the exact difference that it makes.

The order is part of the definition: what is now known of the first day, then – from its tree to that of the second –
what was taken away, moved, weighed anew, added, handed over, reported, what passing time alone does, and what was
planned anew. Each step's tree is computed by the engine, as everything is.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from common import past
from common.errors import Invalid
from tasks.choices import ComputedLight, Slice
from tasks.interfaces import ChangedNode, Changes, ChangeStep, FigureView, Key, Sums
from tasks.models import Milestone, RollupPass, Snapshot, Strategy
from tasks.models.measure import MAX_DEPTH
from tasks.rollups import engine, statements
from tasks.rollups.lights import BP
from tasks.rollups.past import own_tables
from tasks.rollups.places import Place
from tasks.rollups.read import figures

_SQL = (Path(__file__).parent / "sql" / "step.sql").read_text()

# What each step takes from the second state; the steps before it have taken theirs.
STEPS = ("restated", "removed", "moved", "reweighted", "added", "reassigned", "progress", "time", "replanned")
_REPORTED = ("state", "progress_bp", "forecast", "completed_on", "reported_on")
# As which everything comes that is new in the second state: its reports are of the step that reports.
_NOT_REPORTED = {"state": "planned"}
_PLANNED = ("baseline_start", "baseline_due", "current_due")
_PART_OF = {
    "weight": "reweighted",
    "lead_ministry_id": "reassigned",
    "region_id": "reassigned",
    "technology_id": "reassigned",
    "responsible_ministry_id": "reassigned",
    **dict.fromkeys(_REPORTED, "progress"),
    **dict.fromkeys(_PLANNED, "replanned"),
}
_MILESTONE = ("weight", "responsible_ministry_id", *_REPORTED, *_PLANNED)
_MEASURE = ("strategic_task_id", "weight", "lead_ministry_id", "region_id", "technology_id", "path")
_PLACES = ("parent_id", "strategic_task_id")
# How exactly dates are known: told with them, and no part of any step.
_EXACTNESS = ("due_precision", "completed_precision")
# Steps in which units stay where they are: what a milestone adds changes by what was reported or planned of it alone.
_ROW_BY_ROW = ("progress", "replanned")
# Temporary tables of the states: the rows in scope of what the engine reads of, each with its classification of today
# (`tier`) and with those it stood below (`seen`).
_STATES = {
    "task": """SELECT t.id, NULL::bigint AS parent_id, t.strategy_id, 1 AS tier, 1 AS seen, t.weight, t.lead_ministry_id
        FROM past.tasks_strategictask t WHERE t.strategy_id = %(strategy)s""",
    "measure": f"""SELECT m.id, m.parent_id, p.effective_tier AS tier, m.effective_tier AS seen,
        {", ".join(f"m.{n}" for n in _MEASURE)}
        FROM past.tasks_measure m JOIN {{prefix}}_task t ON t.id = m.strategic_task_id
        JOIN public.tasks_measure p ON p.id = m.id
        WHERE m.in_scope""",
    "milestone": f"""SELECT x.id, x.measure_id AS parent_id, p.effective_tier AS tier, x.effective_tier AS seen,
        {", ".join(f"x.{n}" for n in (*_MILESTONE, *_EXACTNESS))}
        FROM past.tasks_milestone x JOIN {{prefix}}_measure m ON m.id = x.measure_id
        JOIN public.tasks_milestone p ON p.id = x.id
        WHERE x.in_scope""",
}
# What the engine reads of its tree.
_TREE = {
    "tasks_strategictask": ("id", "strategy_id", "weight", "lead_ministry_id"),
    "tasks_measure": ("id", "parent_id", "effective_tier", "in_scope", *_MEASURE),
    "tasks_milestone": ("id", "measure_id", "effective_tier", "in_scope", *_MILESTONE),
}
# Beyond, ten passes over all of it take longer than anybody waits.
MANY_MILESTONES = 20_000
SHOWN_NODES = 200


def changes(
    slice: str,
    key: Key,
    *,
    strategy: Strategy,
    tier: int,
    since: date,
    until: date | None = None,
    known_at: datetime | None = None,
) -> Changes:
    """What moved a figure from one day to another (default: the day that is read), as known at a moment (default: now).

    The first state is what was known at the end of `since`; where a period that ended on that day was closed, what was
    known when its figures were published. Where no figures were kept yet by then it is what is known of that day now,
    and nothing is restated (`known_then` is None). Raises Invalid where the days are out of order or
    to come, and for a strategy with more than 20,000 milestones.
    """
    until = until or past.day()
    _check(strategy, since, until)
    published_at = _published_at(strategy, since, known_at)
    known_then = published_at or _known_then(since)
    with past.reading(until, known_at) as asked:
        for prefix, day, moment in (
            ("p", since, known_then or known_at),
            ("a", since, known_at),
            ("b", until, known_at),
        ):
            _keep(prefix, strategy, day, moment)
        _make_tree(asked)
        whole = _Whole(slice, key, strategy, tier)
        first, after = whole.figure("p", set(), since), whole.figure("a", set(), since)
        steps = [ChangeStep(STEPS[0], first, after, *whole.nodes(STEPS[0]))]
        taken: set[str] = set()
        for step in STEPS[1:]:
            taken.add(step)
            before, (nodes, total) = after, whole.nodes(step)
            added = whole.added(nodes, before) if step in _ROW_BY_ROW else None
            after = whole.figure("a", taken, until if "time" in taken else since)
            if added is not None:
                nodes = _with_points(nodes, added, whole.added(nodes, after))
            steps.append(ChangeStep(step, before, after, nodes, total))
    return Changes(slice, key, tier, since, until, known_then, known_at, tuple(steps), published_at is not None)


def columns_of(step: str) -> tuple[str, ...]:
    """What of a node a step changes; of the first it may be anything, of what comes and goes the whole."""
    if step == "moved":
        return _PLACES
    if step == "restated":
        return (*_PLACES, *_PART_OF)
    return tuple(name for name, part in _PART_OF.items() if part == step)


def _check(strategy: Strategy, since: date, until: date) -> None:
    today = timezone.localdate()
    for name, day in (("until", until), ("since", since)):
        if day > today:
            raise Invalid(_("This day is still to come. Enter today or an earlier day."), field=name)
    if since > until:
        raise Invalid(_("The first day lies after the second."), field="since")
    milestones = Milestone.objects.filter(measure__strategic_task__strategy=strategy)
    if len(milestones.values_list("pk")[: MANY_MILESTONES + 1]) > MANY_MILESTONES:
        raise Invalid(_("This strategy has too many milestones to tell what changed in it."))


def _published_at(strategy: Strategy, since: date, known_at: datetime | None) -> datetime | None:
    """When the figures of the period that ended on the day were published last, as known at a moment."""
    rows = Snapshot.objects.filter(period__strategy=strategy, period__ends_on=since)
    rows = rows if known_at is None else rows.filter(taken_at__lte=known_at)
    return rows.order_by("-taken_at").values_list("taken_at", flat=True).first()


def _known_then(since: date) -> datetime | None:
    """The end of the day; None where no figures were kept yet."""
    end = timezone.make_aware(datetime.combine(since, time.max))
    first = RollupPass.objects.order_by("pk").values_list("finished_at", flat=True).first()
    return end if first is not None and first <= end else None


def _keep(prefix: str, strategy: Strategy, day: date, moment: datetime | None) -> None:
    with connection.cursor() as cursor:
        past.turn_to(cursor, day, moment)
        for name, rows in _STATES.items():
            statement = f"CREATE TEMPORARY TABLE {prefix}_{name} AS {rows.format(prefix=prefix)}"
            cursor.execute(statement, {"strategy": strategy.pk})
            cursor.execute(f"CREATE UNIQUE INDEX ON {prefix}_{name} (id)")


def _make_tree(asked: past.Reading) -> None:
    """From here on the engine reads a tree of ours, and stores in tables of ours."""
    own_tables(asked)
    with connection.cursor() as cursor:
        for table, columns in _TREE.items():
            names = ", ".join(columns)
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
            cursor.execute(f"CREATE TEMPORARY TABLE {table} AS SELECT {names} FROM public.{table} WITH NO DATA")


class _Whole:
    """The figure that is asked about, in whatever tree stands."""

    def __init__(self, slice: str, key: Key, strategy: Strategy, tier: int) -> None:
        self.slice, self.key, self.strategy, self.tier = Slice(slice), key, strategy, tier

    def figure(self, first: str, taken: set[str], day: date) -> FigureView:
        """In the tree that has taken these steps from the state `first` on."""
        with connection.cursor() as cursor:
            cursor.execute("; ".join(f"DELETE FROM {table}" for table in _TREE))
            cursor.execute(_tree_of(first, taken))
        engine.compute(day)
        found = figures(self.slice, strategy=self.strategy, tier=self.tier, keys=[self.key]).get(self.key)
        empty = FigureView(self.slice, self.key, day, self.tier, Sums(), ComputedLight.NONE)
        return replace(found or empty, as_of=day)

    def nodes(self, step: str) -> tuple[tuple[ChangedNode, ...], int]:
        """What differs in a step, the first of them, and how many there are; those alone that the tier sees."""
        if step == "time":
            return (), 0
        states = ("p", "a") if step == "restated" else ("a", "b")
        with connection.cursor() as cursor:
            parameters = {"key": self._own_key(), "second": self._second_key(), "tier": self.tier, "limit": SHOWN_NODES}
            cursor.execute(_nodes_of(step, *states, self.slice), parameters)
            rows = cursor.fetchall()
        nodes = tuple(ChangedNode(kind, key, _read(before), _read(after)) for kind, key, before, after, _total in rows)
        return nodes, rows[0][-1] if rows else 0

    def added(self, nodes: Sequence[ChangedNode], view: FigureView) -> dict[int, dict[str, Fraction]]:
        """What milestones add to progress and plan of the figure, in the tree that stands, those that are in it."""
        if not nodes:
            return {}
        place = Place.of(self.slice, self.key, self.strategy, self.tier)
        rows = place.counted.filter(milestone_id__in=[node.id for node in nodes])
        with connection.cursor() as cursor:
            cursor.execute(statements.added(rows, self.tier), {"day": view.as_of})
            found = cursor.fetchall()
        whole = view.sums.share * BP
        return {
            key: {"progress": Fraction(int(e), whole), "plan": Fraction(int(p), whole)} for key, e, p in found if whole
        }

    def _own_key(self) -> int:
        return self.key[0] if isinstance(self.key, tuple) else self.key

    def _second_key(self) -> int:
        return self.key[1] if isinstance(self.key, tuple) else 0


def _with_points(
    nodes: Iterable[ChangedNode], before: dict[int, dict[str, Fraction]], after: dict[int, dict[str, Fraction]]
) -> tuple[ChangedNode, ...]:
    def points(key: int, ratio: str) -> Fraction:
        one, other = (added.get(key, {}).get(ratio, Fraction()) for added in (before, after))
        return other - one

    return tuple(
        replace(node, points={ratio: points(node.id, ratio) for ratio in ("progress", "plan")}) for node in nodes
    )


def _tree_of(first: str, taken: set[str]) -> str:
    is_on = {step: str(step in taken).lower() for step in STEPS}

    def part(column: str) -> str:
        flag = is_on[_PART_OF[column]]
        if column in _REPORTED:
            return (
                f"CASE WHEN b.id IS NULL THEN a.{column} WHEN {flag} THEN b.{column} ELSE {_reported('a', column)} END"
            )
        return f"CASE WHEN a.id IS NULL OR (b.id IS NOT NULL AND {flag}) THEN b.{column} ELSE a.{column} END"

    added, removed, moved = (is_on[step] for step in ("added", "removed", "moved"))
    values = {
        "first": first,
        "stands": f"CASE WHEN a.id IS NULL THEN {added} WHEN b.id IS NULL THEN NOT {removed} ELSE true END",
        "is_moved": f"""a.id IS NULL OR (b.id IS NOT NULL AND {moved} AND ({added} OR b.parent_id IS NULL
            OR EXISTS (SELECT 1 FROM {first}_measure above WHERE above.id = b.parent_id)))""",
        "max_depth": str(MAX_DEPTH),
        "milestone_values": ", ".join(f"{part(name)} AS {name}" for name in _MILESTONE),
        "milestone_columns": ", ".join(_MILESTONE),
        "x_milestone_columns": ", ".join(f"x.{name}" for name in _MILESTONE),
    } | {name: part(name) for name in ("weight", "lead_ministry_id", "region_id", "technology_id")}
    text = _SQL
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text


def _nodes_of(step: str, first: str, second: str, slice: Slice) -> str:
    parts = []
    for kind, columns in (("task", ("weight", "lead_ministry_id")), ("measure", _MEASURE), ("milestone", _MILESTONE)):
        compared = [name for name in columns_of(step) if name == "parent_id" or name in columns]
        both = {
            "removed": "b.id IS NULL",
            "added": "a.id IS NULL",
            "restated": "to_jsonb(a) IS DISTINCT FROM to_jsonb(b)",
        }
        is_new, before = "a.id IS NOT NULL", "to_jsonb(a)"
        if step == "progress":  # what is new has been reported since as well
            is_new, before = "true", f"coalesce(to_jsonb(a), '{json.dumps(_NOT_REPORTED)}')"
        earlier = ", ".join(_reported("a", name) if name in _REPORTED else f"a.{name}" for name in compared)
        differs = f"({earlier}) IS DISTINCT FROM ({_of('b', compared)})" if compared else "false"
        condition = both.get(step, f"{is_new} AND b.id IS NOT NULL AND {differs}")
        parts.append(f"""SELECT '{kind}' AS kind, id, {before} AS before, to_jsonb(b) AS after
            FROM {first}_{kind} a FULL JOIN {second}_{kind} b USING (id)
            WHERE {condition} AND greatest(a.seen, b.seen) <= %(tier)s
              AND ({_belongs("a", first, kind, slice)} OR {_belongs("b", second, kind, slice)})""")
    rows = " UNION ALL ".join(parts)
    return (
        f"SELECT kind, id, before, after, count(*) OVER () FROM ({rows}) AS node ORDER BY kind DESC, id LIMIT %(limit)s"
    )


def _reported(row: str, column: str) -> str:
    """What is reported in a state; of a node that it does not have, nothing."""
    unknown = f"'{_NOT_REPORTED[column]}'" if column in _NOT_REPORTED else "NULL"
    return f"CASE WHEN {row}.id IS NULL THEN {unknown} ELSE {row}.{column} END"


def _of(row: str, columns: Iterable[str]) -> str:
    return ", ".join(f"{row}.{name}" for name in columns)


def _belongs(row: str, state: str, kind: str, slice: Slice) -> str:
    """Whether a node of a state stands in the slice that is asked about; what hangs above it moves it as well."""
    if slice == Slice.STRATEGY:
        return "true"
    if kind == "task":
        return f"{row}.id = %(key)s" if slice in (Slice.TASK, Slice.TASK_MINISTRY, Slice.TASK_REGION) else "false"
    above = (
        f"(SELECT m.path FROM {state}_measure m WHERE m.id = {row}.parent_id)::bigint[]"
        if kind == "milestone"
        else f"{row}.path"
    )
    ministry = f"{row}.responsible_ministry_id" if kind == "milestone" else f"{row}.lead_ministry_id"

    def measures(condition: str) -> str:
        return f"EXISTS (SELECT 1 FROM {state}_measure m WHERE m.id = ANY ({above}) AND {condition})"

    of = {
        Slice.TASK: measures("m.strategic_task_id = %(key)s"),
        Slice.MEASURE: f"%(key)s = ANY ({above})",
        Slice.MINISTRY: f"coalesce({ministry}, 0) = %(key)s",
        Slice.REGION: measures("m.region_id = %(key)s"),
        Slice.TECHNOLOGY: measures("m.technology_id = %(key)s"),
        Slice.TASK_MINISTRY: f"({measures('m.strategic_task_id = %(key)s')} AND coalesce({ministry}, 0) = %(second)s)",
        Slice.TASK_REGION: f"({measures('m.strategic_task_id = %(key)s')} AND {measures('m.region_id = %(second)s')})",
    }
    return of[slice]


def _read(row: Any) -> dict[str, Any]:
    values = json.loads(row) if isinstance(row, str) else row
    return {} if values is None else values
