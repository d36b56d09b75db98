"""The engine's SQL, put together from the templates in sql/: one way to sum, for a few measures or for all."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Min, QuerySet, Value

from tasks.choices import Slice
from tasks.models import CountedMilestone, CountedNode, Dependency, Milestone
from tasks.models.figure import COUNTS, SUMS
from tasks.querysets import schedule_light

_SQL = {path.stem: path.read_text() for path in (Path(__file__).parent / "sql").glob("*.sql")}

TOTALS = ("nodes", *SUMS, *COUNTS)
MILESTONE = tuple(field.attname for field in CountedMilestone._meta.concrete_fields)
NODE = tuple(field.attname for field in CountedNode._meta.concrete_fields)
PLACE = ("strategy_id", "task_id", "path", "region_id", "technology_id")
# Slice: its key and second key, and whether it is told by place or by ministry. Measures: all in the path.
SLICES = {
    Slice.STRATEGY: ("0", "0"),
    Slice.TASK: ("task_id", "0"),
    Slice.MINISTRY: ("ministry_id", "0"),
    Slice.REGION: ("region_id", "0"),
    Slice.TECHNOLOGY: ("technology_id", "0"),
    Slice.TASK_MINISTRY: ("task_id", "ministry_id"),
    Slice.TASK_REGION: ("task_id", "region_id"),
}
BY_PLACE = (Slice.REGION, Slice.TECHNOLOGY, Slice.TASK_REGION)
WITH_NODES = (Slice.STRATEGY, Slice.TASK, Slice.MEASURE)
# What a milestone adds: its units in a tier times something, under a condition; null adds nothing.
MILESTONE_SUMS = {
    "share": ("1", ""),
    "undated": ("1", "plan IS NULL"),
    "reported": ("1", "done IS NOT NULL"),
    "earned": ("done", ""),
    "planned": ("plan", ""),
    "earned_compared": ("done", "plan IS NOT NULL"),
    "planned_compared": ("plan", "done IS NOT NULL"),
    "overdue": ("1", "is_overdue"),
    "expected": ("1", "is_expected"),
    "fresh": ("1", "is_expected AND is_recent"),
    "slip_share": ("1", "slip_days IS NOT NULL"),
    "slip": ("slip_days", ""),
}
GROUPINGS = (
    "(measure_id, sign, effective_tier, blocked_from)",
    "(strategy_id, task_id, ministry_id, effective_tier, blocked_from)",
)


def shares() -> str:
    return _SQL["shares"]


def recount(day: date) -> str:
    """Brings what is counted in line with all rows; how many counted rows differed."""
    written = ("milestone_written", "milestone_removed", "node_written", "node_removed")
    return _fresh(day, None) + " SELECT " + " + ".join(f"(SELECT count(*) FROM {name})" for name in written)


def carry(day: date, tiers: Iterable[int], measures: list[int]) -> str:
    """Recounts the given measures (tasks, strategies: parameters) and adds the differences to the figures above.

    Returns ids of figures that lost their next due date, and of those in which nothing stands any more.
    """
    columns = _list(MILESTONE)
    before = f"({_compiled(_counted(day, measures))}) AS before"
    milestones = f"""SELECT 1 AS sign, {columns}, light FROM differing WHERE stands
        UNION ALL
        SELECT -1, {columns}, light FROM {before} JOIN (SELECT milestone_id FROM differing) AS d USING (milestone_id)"""
    nodes = f"""SELECT 1 AS sign, {_list(NODE)} FROM node
        UNION ALL SELECT -1, {_list(NODE)} FROM node_before"""
    ending = _fill(
        "carry",
        totals_only=_list(TOTALS),
        no_totals=_list("0" for _ in TOTALS),
        additions=_list(f"{name} = f.{name} + m.{name}" for name in TOTALS),
        totals=_list((*TOTALS, "next_due")),
        f_stands=_stands("f."),
    )
    return ", ".join([_fresh(day, measures), _totals(tuple(tiers), milestones, nodes), ending])


def replace(day: date, tiers: Iterable[int]) -> str:
    """Adds up all that is counted and stores the figures that differ; how many did."""
    totals = (*TOTALS, "next_due")
    milestones = f"SELECT 1 AS sign, {_list(MILESTONE)}, light FROM ({_compiled(_counted(day, None))}) AS c"
    nodes = f"SELECT 1 AS sign, {_list(NODE)} FROM tasks_countednode"
    ending = _fill(
        "replace",
        stands=_stands(""),
        replacements=_list(f"{name} = w.{name}" for name in totals),
        totals=_list(totals),
        f_totals=_list(f"f.{name}" for name in totals),
        w_totals=_list(f"w.{name}" for name in totals),
    )
    return f"WITH {_totals(tuple(tiers), milestones, nodes)}, {ending}"


def next_due() -> str:
    owners = {"task_id": "n.task_id", "ministry_id": "c.ministry_id", "region_id": "n.region_id"}
    owners |= {"technology_id": "n.technology_id", "0": "0"}
    cases = (
        f"WHEN '{slice}' THEN {owners[key]} = f.key AND {owners[second]} = f.second_key"
        for slice, (key, second) in SLICES.items()
    )
    return _fill("next_due", cases=" ".join(cases))


def _fresh(day: date, measures: list[int] | None) -> str:
    some = measures is not None
    return _fill(
        "fresh",
        blocked=_compiled(_blocked(day, measures)),
        milestones=_compiled(_milestones(day, measures)),
        of_strategies="s.id = ANY(%(strategies)s)" if some else "true",
        of_tasks="t.id = ANY(%(tasks)s)" if some else "true",
        of_measures="m.id = ANY(%(measures)s)" if some else "true",
        milestones_before="b.measure_id = ANY(%(measures)s)" if some else "true",
        nodes_before="""(b.node_id = ANY(%(strategies)s) AND b.kind = 0 OR b.node_id = ANY(%(tasks)s) AND b.kind = 1
                         OR b.node_id = ANY(%(measures)s) AND b.kind = 2)"""
        if some
        else "true",
        milestone_columns=_list(MILESTONE[1:]),
        m_columns=_list(f"m.{name}" for name in MILESTONE[1:]),
        b_columns=_list(f"b.{name}" for name in MILESTONE[1:]),
        milestone_assignments=_assignments(MILESTONE[1:]),
        n_place=_list(f"n.{name}" for name in PLACE),
        b_place=_list(f"b.{name}" for name in PLACE),
        node_columns=_list(NODE),
        n_columns=_list(f"n.{name}" for name in NODE),
        nb_columns=_list(f"b.{name}" for name in NODE),
        node_assignments=_assignments(NODE),
    )


def _totals(tiers: tuple[int, ...], milestones: str, nodes: str) -> str:
    summed = _list((*(f"exact_sum({name}) AS {name}" for name in TOTALS), _dues()))
    structural = ", ".join(f"'{slice}'" for slice in WITH_NODES)
    own_nodes = f"CASE WHEN slice IN ({structural}) THEN nodes ELSE 0 END"
    return _fill(
        "totals",
        # The planner knows how many rows a table has, and not how many come out of a common table expression.
        kept="NOT MATERIALIZED" if nodes.endswith("tasks_countednode") else "MATERIALIZED",
        nodes=nodes,
        milestones=milestones,
        counts=_list(_count(name) for name in COUNTS),
        wide=_list(_wide(tier) for tier in tiers),
        groupings=_list(GROUPINGS),
        tall=_list(f"({tier}, {_list(f'{name}_{tier}' for name in MILESTONE_SUMS)})" for tier in tiers),
        sums=_list(MILESTONE_SUMS),
        sums_of_t=_list(f"t.{name}" if name in MILESTONE_SUMS else f"0::bigint AS {name}" for name in SUMS),
        counts_of_g=_list(_count_in_tier(name) for name in COUNTS),
        zeros=_list(f"0::bigint AS {name}" for name in (*SUMS[2:], *COUNTS)),
        values=_list((*TOTALS, "next_due")),
        summed=summed,
        total=summed.replace("exact_sum(nodes)", f"exact_sum({own_nodes})"),
        ministry_slices=_slices(slice for slice in SLICES if slice not in BY_PLACE),
        place_slices=_slices(BY_PLACE),
    )


def _dues() -> str:
    return "min(next_due) AS next_due, min(lost_due) AS lost_due"


def _slices(names: Iterable[Slice]) -> str:
    return ", ".join(f"('{name}', {SLICES[name][0]}::bigint, {SLICES[name][1]}::bigint)" for name in names)


def _stands(row: str) -> str:
    """A figure exists while a node, a milestone or units without milestones stand in it."""
    states = " + ".join(f"{row}{name}" for name in COUNTS if name.startswith("state_"))
    return f"{row}nodes + {row}unplanned + {states} > 0"


def _milestones(day: date, measures: list[int] | None) -> QuerySet:
    """Milestones that exist, with their light as far as it does not depend on others."""
    rows = Milestone.objects.filter(in_scope=True).order_by()
    rows = rows if measures is None else rows.filter(measure_id__in=measures or [0])
    renamed = {"milestone_id": "id", "ministry_id": "responsible_ministry_id"}
    derived = {"public", "internal", "restricted", "blocked_from"}
    columns = [renamed.get(name, name) for name in MILESTONE if name not in derived]
    return _with_light(rows, day).values(*columns, "weight", "light")


def _counted(day: date, measures: list[int] | None) -> QuerySet:
    rows = CountedMilestone.objects.order_by()
    rows = rows if measures is None else rows.filter(measure_id__in=measures or [0])
    return _with_light(rows, day).values(*MILESTONE, "light")


def _with_light(rows: QuerySet, day: date) -> QuerySet:
    return rows.annotate(light=schedule_light(on=day, blocked=Value(False, output_field=BooleanField())))


def _blocked(day: date, measures: list[int] | None) -> QuerySet:
    """Successors that a predecessor makes late, and the lowest tier that sees it."""
    rows = Dependency.objects.order_by()
    rows = rows if measures is None else rows.filter(successor__measure_id__in=measures or [0])
    late = rows.too_late(on=day, due=F("successor__current_due"))
    return late.values("successor_id").annotate(seen_from=Min("predecessor__effective_tier"))


def _compiled(rows: QuerySet) -> str:
    composed = connection.ops.compose_sql(*rows.query.sql_with_params())  # type: ignore[attr-defined]
    return composed.replace("%", "%%")


def _wide(tier: int) -> str:
    return _list(_sum(*formula, tier) + f" AS {name}_{tier}" for name, formula in MILESTONE_SUMS.items())


def _sum(factor: str, condition: str, tier: int) -> str:
    value = f"units_{tier}" if factor == "1" else f"units_{tier} * {factor}"
    return f"exact_sum({value})" + (f" FILTER (WHERE {condition})" if condition else "")


def _count(name: str) -> str:
    kind, value = name.split("_", 1)
    return f"sum(sign) FILTER (WHERE {kind} = '{value}') AS {name}"


def _count_in_tier(name: str) -> str:
    """In a tier that sees a late predecessor, what would be due soon or on track is at risk."""
    value, blocked = f"coalesce(g.{name}, 0)", "g.blocked_from <= t.tier"
    if name == "light_at_risk":
        others = "coalesce(g.light_due_soon, 0) + coalesce(g.light_on_track, 0)"
        value = f"{value} + CASE WHEN {blocked} THEN {others} ELSE 0 END"
    elif name in ("light_due_soon", "light_on_track"):
        value = f"CASE WHEN {blocked} THEN 0 ELSE {value} END"
    return f"{value} AS {name}"


def _assignments(names: Iterable[str]) -> str:
    return _list(f"{name} = excluded.{name}" for name in names)


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)


def _fill(template: str, **values: Any) -> str:
    text = _SQL[template]
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text
