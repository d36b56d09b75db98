"""Money of slices: the latest level per budget line and phase, summed by fiscal year."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from common import past
from common.tiers import Tier
from tasks.choices import Bound, MoneyPhase, Slice
from tasks.interfaces import ExecutionRate, MoneyYear
from tasks.models import BudgetEntry, BudgetLine
from tasks.querysets import LATEST_LEVEL

_SQL = (Path(__file__).parent / "sql" / "money.sql").read_text()
# Those of which money is stored. Of measures it is summed from the lines below, which are few; there are no cells.
STORED = (Slice.STRATEGY, Slice.TASK, Slice.MINISTRY, Slice.REGION, Slice.TECHNOLOGY)


def latest_levels(*, as_of: date | None = None, known_at: datetime | None = None) -> QuerySet[BudgetEntry]:
    """The entry that stands per line and phase on a day (default today), as known at a moment."""
    rows = BudgetEntry.objects.in_force(known_at=known_at).filter(effective_on__lte=as_of or past.day())
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    return rows.order_by("line_id", "phase", *LATEST_LEVEL).distinct("line", "phase")


def with_levels(lines: QuerySet[BudgetLine], phases: Iterable[str] = MoneyPhase.values) -> QuerySet[BudgetLine]:
    """Adds `level_<phase>` to budget lines: the entry that stands today, None where there is none; and its bound."""
    columns = {"level": "amount_won", "bound": "bound"}
    return lines.annotate(
        **{
            f"{name}_{phase}": Subquery(_standing(phase, column))
            for name, column in columns.items()
            for phase in phases
        }
    )


def with_since(lines: QuerySet[BudgetLine]) -> QuerySet[BudgetLine]:
    """Adds `since_<phase>`: the day from which the level of today stands."""
    days = {f"since_{phase}": Subquery(_standing(phase, "effective_on")) for phase in MoneyPhase.values}
    return lines.annotate(**days)


def _standing(phase: str, column: str) -> QuerySet:
    rows = BudgetEntry.objects.in_force().filter(line=OuterRef("pk"), phase=phase, effective_on__lte=past.day())
    return rows.order_by(*LATEST_LEVEL).values(column)[:1]


def cells(as_of: date | None = None, known_at: datetime | None = None, *, below: Iterable[int] | None = None) -> str:
    """SQL that sums money by strategy, tier, slice, key and fiscal year (see `MoneyTotals`).

    What exists is what the tables say, that is today or the day that is read; the levels are those of `as_of`, of the
    lines `below` some measures if those alone are asked for.
    """
    levels = latest_levels(as_of=as_of, known_at=known_at)
    levels = levels if below is None else levels.filter(line__measure__path__overlap=list(below))
    shown = levels.values("line_id", "phase", "amount_won", "bound")
    composed = connection.ops.compose_sql(*shown.query.sql_with_params())  # type: ignore[attr-defined]
    phases = ", ".join(
        f"max(e.amount_won) FILTER (WHERE e.phase = '{phase}') AS {phase},"
        f" bool_or(e.bound = '{Bound.AT_LEAST}') FILTER (WHERE e.phase = '{phase}') AS {phase}_bound"
        for phase in MoneyPhase.values
    )
    sums = ", ".join(f"sum({phase}) AS {phase}, bool_or({phase}_bound) AS {phase}_bound" for phase in MoneyPhase.values)
    return _SQL.replace("{levels}", composed.replace("%", "%%")).replace("{phases}", phases).replace("{sums}", sums)


def all_stored() -> dict[str, Any]:
    """Parameters of `cells` for every strategy and tier, and the slices that are stored."""
    return {"strategies": None, "tiers": Tier.values, "slices": [slice.value for slice in STORED], "keys": None}


def computed(
    asked: dict[str, Any], *, as_of: date | None = None, known_at: datetime | None = None
) -> list[dict[str, Any]]:
    """Rows of `cells`, by their column names, for its parameters."""
    below = asked["keys"] if asked["slices"] == [Slice.MEASURE] else None
    rows_of = cells(as_of, known_at, below=below)
    statement = f"SELECT * FROM ({rows_of}) AS c ORDER BY strategy_id, tier, slice, key, fiscal_year"
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor]
    return [row | {"cells": json.loads(row["cells"])} for row in rows]


def year_of(fiscal_year: int, cells: dict[str, Any]) -> MoneyYear:
    """One row of it as doors show it."""
    amounts = {phase: cells[phase] for phase in MoneyPhase.values}
    at_least = tuple(phase for phase in MoneyPhase.values if cells[f"{phase}_bound"])
    return MoneyYear(fiscal_year, amounts, at_least, _rate(cells))


def _rate(cells: dict[str, Any]) -> ExecutionRate | None:
    """Executed of current; of appropriated where no line tells its current budget; None where neither is known."""
    for base in (MoneyPhase.CURRENT, MoneyPhase.APPROPRIATED):
        if cells[f"{base.value}_of_executed"] is not None:
            executed = cells[f"executed_of_{base.value}"]
            return ExecutionRate(executed, cells[f"{base.value}_of_executed"], base.value)
    return None
