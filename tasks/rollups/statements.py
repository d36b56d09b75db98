"""The engine's SQL, put together from the templates in sql/: one way to sum, for a few measures or for all."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, BooleanField, DateField, Func, Max, Q, QuerySet, Value

from common.tiers import Tier
from tasks.choices import MilestoneState, Slice
from tasks.models import CountedMilestone, CountedNode, Dependency, Milestone
from tasks.models.figure import COUNTS, SUMS, NodeKind
from tasks.models.measure import MAX_DEPTH
from tasks.querysets import schedule_light

_SQL = {path.stem: path.read_text() for path in (Path(__file__).parent / "sql").glob("*.sql")}

TOTALS = ("nodes", *SUMS, *COUNTS)
UNITS = ("public", "internal", "restricted")
MILESTONE = tuple(field.attname for field in CountedMilestone._meta.concrete_fields)
FACTS = tuple(name for name in MILESTONE[1:] if name not in UNITS)
NODE = tuple(field.attname for field in CountedNode._meta.concrete_fields)
PLACE = ("strategy_id", "task_id", "path", "region_id", "technology_id")
# Slice: its key and second key. Measures: all in the path.
SLICES = {
    Slice.STRATEGY: ("0", "0"),
    Slice.TASK: ("task_id", "0"),
    Slice.MINISTRY: ("ministry_id", "0"),
    Slice.REGION: ("region_id", "0"),
    Slice.TECHNOLOGY: ("technology_id", "0"),
    Slice.TASK_MINISTRY: ("task_id", "ministry_id"),
    Slice.TASK_REGION: ("task_id", "region_id"),
}
# Told by the ministry of each milestone; the others by the place of its measure.
BY_MINISTRY = (Slice.MINISTRY, Slice.TASK_MINISTRY)
TREE = (Slice.STRATEGY, Slice.TASK, Slice.MEASURE)
# What a milestone adds: its units in a tier times something, under a condition; null adds nothing.
MILESTONE_SUMS = {
    "share": ("1", ""),
    "undated": ("1", "plan IS NULL"),
    "reported": ("1", "done IS NOT NULL"),
    "earned": ("done", ""),
    "planned": ("plan", ""),
    "earned_compared": ("done", "plan IS NOT NULL"),
    "planned_compared": ("plan", "done IS NOT NULL"),
    "overdue": ("1", "light = 'overdue'"),
    "expected": ("1", "is_expected"),
    "fresh": ("1", "is_expected AND is_recent"),
    "slip_share": ("1", "slip_days IS NOT NULL"),
    "slip": ("slip_days", ""),
}
# Planned progress of milestone `r` at the end of a day, in basis points: linear in calendar days, rounded down.
PLAN = """CASE WHEN r.baseline_due IS NULL THEN NULL
              WHEN {day} >= r.baseline_due THEN 10000
              WHEN r.baseline_start IS NULL OR r.baseline_start >= r.baseline_due OR {day} <= r.baseline_start THEN 0
              ELSE 10000::bigint * ({day} - r.baseline_start) / (r.baseline_due - r.baseline_start) END::bigint"""
# When milestone `r` is expected to end, as seen on the parameter `today`; null where that day has passed.
EXPECTED_END = "CASE WHEN coalesce(r.forecast, r.current_due) >= %(today)s THEN coalesce(r.forecast, r.current_due) END"
MINISTRY_KEYS = "strategy_id, task_id, ministry_id"
# Those in the parameter of this name: a statement about some measures is put together once, whichever they are.
TOUCHED = Func(template="ANY(measures)", output_field=BigIntegerField())
# The lowest tier of which a predecessor keeps milestone `c` beyond its due date, from `late` (l).
BLOCKED_FROM = """CASE WHEN l.public > c.current_due THEN 1 WHEN l.internal > c.current_due THEN 2
    WHEN l.restricted > c.current_due THEN 3 END"""


def shares() -> str:
    return _SQL["shares"]


@lru_cache
def recount(day: date, *, is_shared: bool) -> str:
    """Brings the counted milestones in line with all rows; how many differed. `late` sees to `blocked_from`.

    `is_shared`: units have been shared out anew (else it need not look for them).
    """
    facts = tuple(name for name in FACTS if name != "blocked_from")
    written = " + ".join(f"(SELECT count(*) FROM {name})" for name in ("milestone_written", "milestone_removed"))
    return f"WITH {_facts(day, some=False, is_shared=is_shared)}, {_differing(facts, None)} SELECT {written}"


@lru_cache
def late(day: date) -> str:
    """Counts anew which milestones a predecessor makes late, once all else is counted."""
    is_open = f"state <> '{MilestoneState.COMPLETED}' AND current_due >= '{day}'"
    return _fill("late", late=_compiled(_late(day)), is_open=is_open, blocked_from=BLOCKED_FROM)


@lru_cache
def carry(day: date, tiers: tuple[int, ...]) -> str:
    """Recounts some measures, tasks, strategies (parameters) and adds the differences to the figures above.

    Returns ids of figures that lost their next due date, and of those in which nothing stands any more.
    """
    columns = _list(MILESTONE)
    before = f"({_compiled(_counted(day, some=True))}) AS before"
    milestones = f"""SELECT 1 AS sign, {columns}, light FROM differing WHERE stands
        UNION ALL
        SELECT -1, {columns}, light FROM {before} JOIN (SELECT milestone_id FROM differing) AS d USING (milestone_id)"""
    nodes = f"""SELECT 1 AS sign, {_list(NODE)} FROM node
        UNION ALL SELECT -1, {_list(NODE)} FROM node_before"""
    places = f"""SELECT sign, node_id AS measure_id, strategy_id, task_id FROM ({nodes}) AS n WHERE kind = 2"""
    ending = _fill(
        "carry",
        totals_only=_list(TOTALS),
        no_totals=_list("0" for _ in TOTALS),
        additions=_list(f"{name} = f.{name} + m.{name}" for name in TOTALS),
        totals=_list((*TOTALS, "next_due")),
        f_stands=_stands("f."),
    )
    moved_measure = f"""moved_measure AS (
        SELECT n.node_id FROM node n JOIN node_before b USING (node_id, kind)
         WHERE kind = 2 AND ({_of("n", PLACE)}) IS DISTINCT FROM ({_of("b", PLACE)}))"""
    parts = (
        f"late AS MATERIALIZED ({_compiled(_late(day, some=True))})",
        _facts(day, some=True),
        _nodes("milestone", some=True),
        moved_measure,
        _differing(FACTS, "m.measure_id IN (SELECT node_id FROM moved_measure)"),
        _totals(tiers, tuple(Slice), milestones, places, nodes),
        ending,
    )
    return "WITH " + ", ".join(parts)


@lru_cache
def replace(day: date, tiers: tuple[int, ...], slices: tuple[Slice, ...]) -> str:
    """Adds up all that is counted; stores nodes and figures that differ, how many of each did."""
    totals = (*TOTALS, "next_due")
    milestones = f"SELECT 1 AS sign, {_list(MILESTONE)}, light FROM ({_compiled(_counted(day))}) AS c"
    places = """SELECT 1 AS sign, m.id AS measure_id, t.strategy_id, t.id AS task_id
        FROM tasks_measure m JOIN tasks_strategictask t ON t.id = m.strategic_task_id"""
    nodes = f"SELECT 1 AS sign, {_list(NODE)} FROM node"
    ending = _fill(
        "replace",
        stands=_stands(""),
        replacements=_list(f"{name} = w.{name}" for name in totals),
        totals=_list(totals),
        f_totals=_of("f", totals),
        w_totals=_of("w", totals),
    )
    # Nodes ask the groups which measures have a milestone of positive weight, so a pass adds the milestones up once.
    of_groups = ", " + _nodes("grouped", some=False)
    sums = _totals(tiers, slices, milestones, places, nodes, of_groups)
    return f"WITH {sums}, {ending}"


def contributions(
    day: date, tier: int, *, milestones: QuerySet | None, kept: QuerySet, figures: QuerySet | None, by_task: bool
) -> str:
    """What the milestones and figures add and the nodes keep: `limit` of them after one of `after_kind` and `after_id`,
    the largest first, then all of them added up in a row without an id.

    `by_task`: what they add in each task, instead of one by one.
    """
    entries = [f"SELECT kind, id, {_list(TOTALS)} FROM added"]
    if figures is not None:
        below = figures.values("kind", "key", *TOTALS)
        entries.append(f"SELECT kind, key AS id, {_list(TOTALS)} FROM ({_compiled(below)}) AS f")
    none = CountedMilestone.objects.filter(milestone_id=0)
    rows = _with_light(none if milestones is None else milestones, day).values(*MILESTONE, "light")
    parts = _parts(
        (tier,),
        f"SELECT 1 AS sign, {_list(MILESTONE)}, light FROM ({_compiled(rows)}) AS c",
        places=f"JOIN tasks_countednode n ON n.kind = {NodeKind.MEASURE:d} AND n.node_id = measure_id"
        if by_task
        else "",
        keys_of_rows="n.task_id AS id" if by_task else "r.milestone_id AS id",
        keys="id",
        grouping="measure_id, id, seen",
    )
    unit = UNITS[tier - 1]
    return _fill(
        "contributions",
        parts=parts,
        kind=f"{NodeKind.TASK if by_task else NodeKind.MILESTONE:d}",
        kept=f"SELECT 1 AS sign, node_id, kind, task_id, {unit} AS kept FROM ({_compiled(kept)}) AS k",
        own_values=_own_values(),
        below_strategy=f"kind <> {NodeKind.STRATEGY:d}" if by_task else "false",
        task=f"{NodeKind.TASK:d}",
        entries=" UNION ALL ".join(entries),
        totals=_list(TOTALS),
        summed=_list(f"exact_sum({name}) AS {name}" for name in TOTALS),
    )


def curve(milestones: QuerySet, tier: int) -> str:
    """What is planned, and done if all ends as forecast, by each of the parameter `days`: units × basis points."""
    unit = f"r.{UNITS[tier - 1]}"
    is_done = f"r.state = 'completed' OR {EXPECTED_END} <= d.day"
    return f"""SELECT d.day, exact_sum({unit} * {PLAN.format(day="d.day")}) AS planned,
        exact_sum({unit} * CASE WHEN {is_done} THEN 10000 ELSE coalesce(r.progress_bp, 0) END) AS expected
        FROM ({_compiled(milestones.values(*MILESTONE))}) r CROSS JOIN unnest(%(days)s::date[]) AS d (day)
        GROUP BY d.day ORDER BY d.day"""


def curves(slices: tuple[Slice, ...]) -> str:
    """The same of a strategy (parameter) in these slices of it, by tier, slice and key; `days` are ends of months."""
    owners = {slice: SLICES[slice][0] for slice in slices if slice != Slice.STRATEGY}
    slice_of = " ".join(f"WHEN grouping({key}) = 0 THEN '{slice}'" for slice, key in owners.items())
    kinds = ("whole", "partly", "gained")
    tiers = dict(enumerate(UNITS, 1))
    return _fill(
        "curves",
        expected_end=EXPECTED_END,
        plan=PLAN.format(day="d.day"),
        units=_list(
            f"CASE WHEN r.effective_tier <= {tier} THEN r.{unit} END AS {unit}" for tier, unit in tiers.items()
        ),
        sums=_list(f"exact_sum({unit} * {kind}) AS {kind}_{unit}" for unit in UNITS for kind in kinds),
        measure=f"{NodeKind.MEASURE:d}",
        slice=f"CASE {slice_of} ELSE '{Slice.STRATEGY}' END",
        key=f"coalesce({_list(owners.values())}, 0)",
        sets=_list(("(day)", *(f"({key}, day)" for key in owners.values()))),
        tiers=_list(f"({tier}, {_list(f'{kind}_{unit}' for kind in kinds)})" for tier, unit in tiers.items()),
    )


def added(milestones: QuerySet, tier: int) -> str:
    """Of each milestone its id and what it adds to `earned` and `planned` on the parameter `day`."""
    unit, plan = UNITS[tier - 1], PLAN.format(day="%(day)s::date")
    return f"""SELECT r.milestone_id, coalesce(r.{unit} * r.progress_bp::bigint, 0), coalesce(r.{unit} * {plan}, 0)
        FROM ({_compiled(milestones.values(*MILESTONE))}) r"""


def next_due() -> str:
    owners = {"task_id": "n.task_id", "ministry_id": "c.ministry_id", "region_id": "n.region_id"}
    owners |= {"technology_id": "n.technology_id", "0": "0"}
    cases = (
        f"WHEN '{slice}' THEN {owners[key]} = f.key AND {owners[second]} = f.second_key"
        for slice, (key, second) in SLICES.items()
    )
    return _fill("next_due", cases=" ".join(cases))


def _facts(day: date, *, some: bool, is_shared: bool = True) -> str:
    return _fill(
        "facts",
        shared="shared AS (DELETE FROM tasks_newshare RETURNING *), " if is_shared else "",
        kept="MATERIALIZED" if some else "NOT MATERIALIZED",
        is_shared="s.milestone_id IS NOT NULL" if is_shared else "false",
        units=_list(f"s.{name}" if is_shared else f"NULL::bigint AS {name}" for name in UNITS),
        milestones=_compiled(_milestones(day, some=some)),
        with_shared="LEFT JOIN shared s ON s.milestone_id = c.id" if is_shared else "",
        late="LEFT JOIN late l ON l.successor_id = c.id" if some else "",
        more=f", c.light, {BLOCKED_FROM} AS blocked_from" if some else "",
    )


def _differing(facts: tuple[str, ...], moved: str | None) -> str:
    return _fill(
        "differing",
        m_facts=_of("m", facts),
        b_facts=_of("b", facts),
        light="m.light" if moved else "NULL",
        of_milestones="b.measure_id = ANY(%(measures)s)" if moved else "true",
        moved=moved or "false",
        columns=_list((MILESTONE[0], *UNITS, *facts)),
        assignments=_assignments((*UNITS, *facts)),
    )


def _nodes(passing: str, *, some: bool) -> str:
    """`some`: of the strategies, tasks and measures in the parameters of these names; else all."""
    columns = NODE[2:]
    depths = range(MAX_DEPTH - 1, 0, -1)

    def of(name: str, column: str) -> str:
        return f"{column} = ANY(%({name})s)" if some else "true"

    def any_kind(row: str) -> str:
        kinds = ((NodeKind.STRATEGY, "strategies"), (NodeKind.TASK, "tasks"), (NodeKind.MEASURE, "measures"))
        return " OR ".join(f"{row}.kind = {kind:d} AND {of(name, f'{row}.node_id')}" for kind, name in kinds)

    return _fill(
        "nodes",
        passing=passing,
        of_parents=of("measures", "m.parent_id"),
        of_strategies=of("strategies", "s.id"),
        of_tasks=of("tasks", "t.id"),
        of_measures=of("measures", "m.id"),
        of_nodes=f"({any_kind('b')})" if some else "true",
        of_shares=f"({any_kind('s')})" if some else "true",
        kept="NOT MATERIALIZED" if some else "MATERIALIZED",
        kept_before="MATERIALIZED" if some else "NOT MATERIALIZED",
        with_measures_below="" if some else "JOIN below ON below.parent_id = a.id",
        ancestors=" ".join(f"LEFT JOIN ancestor a{d} ON a{d}.id = m.path[{d}]" for d in depths),
        lead_ministries=_list(f"a{d}.lead_ministry_id" for d in depths),
        regions=_list(f"a{d}.region_id" for d in depths),
        technologies=_list(f"a{d}.technology_id" for d in depths),
        columns=_list(columns),
        n_columns=_of("n", columns),
        b_columns=_of("b", columns),
        assignments=_assignments(columns),
    )


def _totals(
    tiers: tuple[int, ...], slices: tuple[Slice, ...], milestones: str, places: str, nodes: str, of_groups: str = ""
) -> str:
    summed = _list((*(f"exact_sum({name}) AS {name}" for name in TOTALS), _dues()))
    structural = ", ".join(f"'{slice}'" for slice in TREE)
    own_nodes = f"CASE WHEN slice IN ({structural}) THEN nodes ELSE 0 END"
    by_ministry = [slice for slice in BY_MINISTRY if slice in slices]
    signed = "sign, " if not of_groups else ""
    by_measure = f"measure_id, {signed}seen"
    parts = _parts(
        tiers,
        milestones,
        places=f"JOIN ({places}) n ON n.measure_id = r.measure_id AND n.sign = r.sign" if by_ministry else "",
        keys_of_rows="n.strategy_id, n.task_id, r.ministry_id" if by_ministry else "NULL",
        keys=MINISTRY_KEYS if by_ministry else "NULL",
        grouping=f"GROUPING SETS (({by_measure}), ({MINISTRY_KEYS}, seen))" if by_ministry else by_measure,
        sign="sign" if signed else "1",
        of_groups=of_groups,
    )
    return _fill(
        "totals",
        parts=parts,
        by_ministry=_SQL["by_ministry"] if by_ministry else "",
        nodes=nodes,
        own_values=_own_values(),
        with_own=_list(f"coalesce(s.{name}, 0) + {_own(name)} AS {name}" for name in TOTALS),
        values=_list((*TOTALS, "next_due")),
        summed=summed,
        total=summed.replace("exact_sum(nodes)", f"exact_sum({own_nodes})"),
        ministry_slices=_slices(by_ministry),
        place_slices=_slices(slice for slice in SLICES if slice in slices and slice not in BY_MINISTRY),
    )


def _parts(
    tiers: tuple[int, ...],
    milestones: str,
    *,
    keys_of_rows: str,
    keys: str,
    grouping: str,
    places: str = "",
    sign: str = "1",
    of_groups: str = "",
) -> str:
    """What milestones add, in each tier: for the engine and for explanations alike."""
    return _fill(
        "parts",
        plan=PLAN.format(day="%(day)s::date"),
        keys_of_rows=keys_of_rows,
        keys=keys,
        grouping=grouping,
        sign=sign,
        lost_due="min(lost_due)" if sign == "sign" else "NULL::date",
        milestones=milestones,
        places=places,
        of_groups=of_groups,
        counts=_list(_count(name) for name in COUNTS),
        wide=_list(_wide(tier) for tier in tiers),
        tall=_list(f"({tier}, {_list(f'{name}_{tier}' for name in MILESTONE_SUMS)})" for tier in tiers),
        sums=_list(MILESTONE_SUMS),
        sums_of_t=_list(f"t.{name}" if name in MILESTONE_SUMS else f"0::bigint AS {name}" for name in SUMS),
        counts_of_g=_list(_count_in_tier(name) for name in COUNTS),
    )


def _own_values() -> str:
    return _list(f"{_own(name)} AS {name}" for name in TOTALS)


def _own(total: str) -> str:
    """What a node itself adds: it stands, and it keeps units."""
    return {"nodes": "o.sign", "share": "o.sign * o.kept", "unplanned": "o.sign * o.kept"}.get(total, "0::bigint")


def _dues() -> str:
    return "min(next_due) AS next_due, min(lost_due) AS lost_due"


def _slices(names: Iterable[Slice]) -> str:
    return ", ".join(f"('{name}', {SLICES[name][0]}::bigint, {SLICES[name][1]}::bigint)" for name in names)


def _stands(row: str) -> str:
    """A figure exists while a node, a milestone or units without milestones stand in it."""
    states = " + ".join(f"{row}{name}" for name in COUNTS if name.startswith("state_"))
    return f"{row}nodes + {row}unplanned + {states} > 0"


def _milestones(day: date, *, some: bool) -> QuerySet:
    """Milestones that exist, with their light as far as it does not depend on others."""
    rows = Milestone.objects.filter(in_scope=True).order_by()
    rows = rows.filter(measure_id=TOUCHED) if some else rows
    renamed = {"milestone_id": "id", "ministry_id": "responsible_ministry_id"}
    derived = {*UNITS, "blocked_from", "weighs"}
    columns = [renamed.get(name, name) for name in MILESTONE if name not in derived]
    return _with_light(rows, day).values(*columns, "weight", "light")


def _counted(day: date, *, some: bool = False) -> QuerySet:
    rows = CountedMilestone.objects.order_by()
    rows = rows.filter(measure_id=TOUCHED) if some else rows
    return _with_light(rows, day).values(*MILESTONE, "light")


def _with_light(rows: QuerySet, day: date) -> QuerySet:
    return rows.annotate(light=schedule_light(on=day, blocked=Value(False, output_field=BooleanField())))


def _late(day: date, *, some: bool = False) -> QuerySet:
    """Successors, and the day until which predecessors keep them, of those in each tier alone.

    Of `some` measures those that are open and not due yet; `late.sql` sees to that itself.
    """
    rows = Dependency.objects.order_by()
    if some:
        is_open = ~Q(successor__state=MilestoneState.COMPLETED) & Q(successor__current_due__gte=day)
        rows = rows.filter(is_open, successor__measure_id=TOUCHED)
    latest = {
        tier.code: Max("keeps_until", filter=Q(predecessor__effective_tier=tier), output_field=DateField())
        for tier in Tier
    }
    return rows.with_end(on=day).values("successor_id").annotate(**latest)


def _compiled(rows: QuerySet) -> str:
    composed = connection.ops.compose_sql(*rows.query.sql_with_params())  # type: ignore[attr-defined]
    return composed.replace("%", "%%").replace("(ANY(measures))", "ANY(%(measures)s::bigint[])")


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


def _of(row: str, names: Iterable[str]) -> str:
    return _list(f"{row}.{name}" for name in names)


def _assignments(names: Iterable[str]) -> str:
    return _list(f"{name} = excluded.{name}" for name in names)


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)


def _fill(template: str, **values: Any) -> str:
    text = _SQL[template]
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text
