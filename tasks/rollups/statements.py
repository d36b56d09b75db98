"""The engine's SQL, put together from the templates in sql/: one way to sum, for a few measures or for all."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Min, QuerySet, Value

from tasks.choices import Slice
from tasks.models import Dependency, Milestone
from tasks.models.figure import COUNTS, SUMS
from tasks.querysets import schedule_light

_SQL = {path.stem: path.read_text() for path in (Path(__file__).parent / "sql").glob("*.sql")}

TOTALS = ("nodes", *SUMS, *COUNTS)
PLACE = ("strategy_id", "task_id", "path", "region_id", "technology_id")
COLUMNS = (*PLACE, *TOTALS, "next_due")
# Slice: what its key and second key are in a contribution. A measure's totals count in all of its path besides.
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
MILESTONE_COLUMNS = (
    "id",
    "measure_id",
    "responsible_ministry_id",
    "effective_tier",
    "weight",
    "state",
    "progress_bp",
    "baseline_start",
    "baseline_due",
    "current_due",
    "forecast",
    "completed_on",
    "reported_on",
    "light",
)
# What the milestones of a measure and ministry add; `u` stands for their units in a tier, null is not added.
MILESTONE_SUMS = {
    "share": "u",
    "undated": "u FILTER plan IS NULL",
    "reported": "u FILTER done IS NOT NULL",
    "earned": "u * done",
    "planned": "u * plan",
    "earned_compared": "u * done FILTER plan IS NOT NULL",
    "planned_compared": "u * plan FILTER done IS NOT NULL",
    "overdue": "u FILTER is_overdue",
    "expected": "u FILTER is_expected",
    "fresh": "u FILTER is_expected AND is_recent",
    "slip_share": "u FILTER slip_days IS NOT NULL",
    "slip": "u * slip_days",
}


def shares() -> str:
    return _SQL["shares"]


def touched() -> str:
    """Parameters are arrays of ids, also empty ones."""
    return re.sub(r"%\((\w+)\)s", r"%(\1)s::bigint[]", _SQL["touched"])


def orphaned_shares() -> str:
    """Nodes that were deleted; nobody reads their units."""
    tables = {"strategy": 0, "strategictask": 1, "measure": 2, "milestone": 3}
    gone = " OR ".join(
        f"s.kind = {kind} AND NOT EXISTS (SELECT 1 FROM tasks_{table} n WHERE n.id = s.node_id)"
        for table, kind in tables.items()
    )
    return f"DELETE FROM tasks_share s WHERE {gone}"


def contributions(day: date, tiers: Iterable[int]) -> str:
    """Compares and stores the contributions of everything; how many rows differed."""
    ending = "SELECT (SELECT count(*) FROM written) + (SELECT count(*) FROM removed)"
    return f"{_contributions(day, tiers, None)} {ending}"


def carry(day: date, tiers: Iterable[int], measures: list[int]) -> str:
    """The same, and adds the differences to the figures above; ids of figures without due date and of empty ones."""
    delta = f"""delta AS (
      SELECT ministry_id, tier, {_list(COLUMNS)}, NULL::date AS lost_due FROM changed
      UNION ALL
      SELECT ministry_id, tier, {_list(PLACE)}, {_list(f"-{name}" for name in TOTALS)}, NULL, next_due FROM gone
    )"""
    ending = _fill(
        "carry",
        totals_only=_list(TOTALS),
        no_totals=_list("0" for _ in TOTALS),
        additions=_list(f"{name} = f.{name} + m.{name}" for name in TOTALS),
        totals=_list((*TOTALS, "next_due")),
        f_stands=_stands("f."),
    )
    return ", ".join([_contributions(day, tiers, measures), delta, _totals("delta"), ending])


def replace() -> str:
    """Adds up all stored contributions and stores the figures that differ; how many rows did."""
    totals = (*TOTALS, "next_due")
    ending = _fill(
        "replace",
        stands=_stands(""),
        replacements=_list(f"{name} = w.{name}" for name in totals),
        totals=_list(totals),
        f_totals=_list(f"f.{name}" for name in totals),
        w_totals=_list(f"w.{name}" for name in totals),
    )
    source = "(SELECT *, NULL::date AS lost_due FROM tasks_contribution WHERE tier = ANY(%(tiers)s)) AS stored"
    return f"WITH {_totals(source)}, {ending}"


def next_due() -> str:
    cases = " ".join(f"WHEN '{slice}' THEN {_stands_in(keys)}" for slice, keys in SLICES.items())
    return _fill("next_due", cases=cases)


def _contributions(day: date, tiers: Iterable[int], measures: list[int] | None) -> str:
    tiers, some = tuple(tiers), measures is not None
    return _fill(
        "contributions",
        blocked=_compiled(_blocked(day, measures)),
        milestones=_compiled(_milestones(day, measures)),
        counts=_counts(),
        wide=", ".join(_wide(tier) for tier in tiers),
        tall=", ".join(f"({tier}, {_list(f'{name}_{tier}' for name in MILESTONE_SUMS)})" for tier in tiers),
        sums=_list(MILESTONE_SUMS),
        sums_of_t=_list(f"t.{name}" if name in MILESTONE_SUMS else f"0::bigint AS {name}" for name in SUMS),
        zeros=_list("0" for _ in (*SUMS[2:], *COUNTS)),
        summed=_summed(),
        of_strategies="s.id = ANY(%(strategies)s)" if some else "true",
        of_tasks="t.id = ANY(%(tasks)s)" if some else "true",
        of_measures="m.id = ANY(%(measures)s)" if some else "true",
        stored="""(c.kind = 0 AND c.node_id = ANY(%(strategies)s) OR c.kind = 1 AND c.node_id = ANY(%(tasks)s)
                   OR c.kind = 2 AND c.node_id = ANY(%(measures)s))"""
        if some
        else "true",
        columns=_list(COLUMNS),
        o_columns=_list(f"o.{name}" for name in COLUMNS),
        f_columns=_list(f"f.{name}" for name in COLUMNS),
        assignments=_list(f"{name} = excluded.{name}" for name in COLUMNS),
    )


def _totals(source: str) -> str:
    structural = ", ".join(f"'{slice}'" for slice in (Slice.STRATEGY, Slice.TASK, Slice.MEASURE))
    summed = f"{_summed()}, min(lost_due) AS lost_due"
    own = f"CASE WHEN slice IN ({structural}) THEN nodes ELSE 0 END"
    return _fill(
        "totals",
        source=source,
        summed_with_lost=summed,
        values=_list((*TOTALS, "next_due")),
        total=summed.replace("exact_sum(nodes)", f"exact_sum({own})"),
        ministry_slices=_slices(slice for slice in SLICES if slice not in BY_PLACE),
        place_slices=_slices(BY_PLACE),
    )


def _slices(names: Iterable[Slice]) -> str:
    return ", ".join(f"('{name}', {SLICES[name][0]}::bigint, {SLICES[name][1]}::bigint)" for name in names)


def _stands_in(keys: tuple[str, str]) -> str:
    return f"c.{keys[0]} = f.key AND c.{keys[1]} = f.second_key".replace("c.0 ", "0 ")


def _stands(row: str) -> str:
    """A figure exists while a node, a milestone or units without milestones stand in it."""
    states = " + ".join(f"{row}{name}" for name in COUNTS if name.startswith("state_"))
    return f"{row}nodes + {row}unplanned + {states} > 0"


def _milestones(day: date, measures: list[int] | None) -> QuerySet:
    """Milestones that exist, with their light as far as it does not depend on others."""
    rows = Milestone.objects.filter(in_scope=True).order_by()
    rows = rows if measures is None else rows.filter(measure_id__in=measures or [0])
    alone = Value(False, output_field=BooleanField())
    return rows.annotate(light=schedule_light(on=day, blocked=alone)).values(*MILESTONE_COLUMNS)


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
    return ", ".join(f"{_sum(formula, f'units_{tier}')} AS {name}_{tier}" for name, formula in MILESTONE_SUMS.items())


def _sum(formula: str, units: str) -> str:
    value, _, condition = formula.replace("u", units, 1).partition(" FILTER ")
    return f"exact_sum({value})" + (f" FILTER (WHERE {condition})" if condition else "")


def _counts() -> str:
    counted = "count(*) FILTER (WHERE {0} = '{1}') AS {0}_{1}"
    return ", ".join(counted.format(*name.split("_", 1)) for name in COUNTS)


def _summed() -> str:
    return _list((*(f"exact_sum({name}) AS {name}" for name in TOTALS), "min(next_due) AS next_due"))


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)


def _fill(template: str, **values: Any) -> str:
    text = _SQL[template]
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text
