"""The engine: computes the figures of a strategy from its rows and stores what changed.

Plain first: everything of a strategy is computed again for each tier, in one transaction. It is
idempotent, so any number of wake-ups and workers give the same figures.
"""

from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from common.tiers import Tier
from tasks.choices import MilestoneState, ScheduleLight
from tasks.models import Milestone, Strategy
from tasks.models.figure import SUMS

UNITS = 10**11
MAX_LEVEL = 7  # task, five measures, milestone
# One drain at a time: a second one waits, then finds nothing to do.
LOCK_KEY = 20_230_315

_SQL = {path.stem: path.read_text() for path in (Path(__file__).parent / "sql").glob("*.sql")}
_COUNTS = [("state", state) for state in MilestoneState.values] + [("light", light) for light in ScheduleLight.values]


def drain() -> int:
    """Take every waiting change and bring the figures up to date; how many changes were taken.

    One transaction: where it fails or the worker dies, the changes wait on for the next one.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK_KEY])
        cursor.execute(
            "DELETE FROM rollup_outbox WHERE ctid = ANY(ARRAY(SELECT ctid FROM rollup_outbox FOR UPDATE SKIP LOCKED))"
        )
        taken = cursor.rowcount
        if taken:
            _store_all(timezone.localdate())
    return taken


def recompute(day: date | None = None) -> int:
    """Compute every strategy's figures from nothing; how many stored rows were different."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK_KEY])
        return _store_all(day or timezone.localdate())


def _store_all(day: date) -> int:
    return sum(_store(strategy, day, tier) for strategy in Strategy.objects.order_by("pk") for tier in Tier.values)


def _store(strategy: Strategy, day: date, tier: int) -> int:
    with connection.cursor() as cursor:
        _prepare(cursor, strategy, day, tier)
        parameters: dict[str, Any] = {"strategy": strategy.pk, "tier": tier, "day": day}
        changed = 0
        cursor.execute(f"CREATE TEMPORARY TABLE rollup_figure ON COMMIT DROP AS {_figures_sql()}")
        for statement in (*_share_statements(), *_figure_statements()):
            cursor.execute(statement, parameters)
            changed += cursor.rowcount
        cursor.execute("DROP TABLE rollup_figure, rollup_leaf, rollup_node")
    return changed


def _prepare(cursor: Any, strategy: Strategy, day: date, tier: int) -> None:
    """Lay out the tier's nodes with their units, and what every leaf adds, in temporary tables."""
    cursor.execute(_SQL["nodes"], {"strategy": strategy.pk, "tier": tier, "units": UNITS})
    for level in range(1, MAX_LEVEL + 1):
        cursor.execute(_SQL["shares"], {"level": level})
    milestones = Milestone.objects.filter(measure__strategic_task__strategy=strategy, in_scope=True)
    lights = milestones.within(tier).with_light(on=day, tier=tier).order_by().values("id", "light")  # type: ignore[misc]
    sql, parameters = lights.query.sql_with_params()
    composed = connection.ops.compose_sql(sql, parameters).replace("%", "%%")  # type: ignore[attr-defined]
    cursor.execute(_SQL["leaves"].replace("{lights}", composed), {"day": day})


def _figures_sql() -> str:
    counted = "'{0}_{1}', nullif(count(*) FILTER (WHERE {0} = '{1}'), 0)"
    counts = ", ".join(counted.format(kind, value) for kind, value in _COUNTS)
    return _SQL["figures"].format(
        sums=", ".join(f"sum({name})::bigint AS {name}" for name in SUMS),
        names=", ".join(f"coalesce({name}, 0) AS {name}" for name in SUMS),
        counts=counts,
    )


def _share_statements() -> list[str]:
    wanted = """(SELECT CASE kind WHEN 't' THEN 'task' WHEN 'm' THEN 'measure' ELSE 'milestone' END AS kind, id, units
                   FROM rollup_node WHERE kind <> 's')"""
    return [
        f"""INSERT INTO tasks_share (strategy_id, tier, kind, node_id, units)
            SELECT %(strategy)s, %(tier)s, kind, id, units FROM {wanted} n
            ON CONFLICT (kind, node_id, tier) DO UPDATE SET units = excluded.units
             WHERE tasks_share.units <> excluded.units""",
        f"""DELETE FROM tasks_share s WHERE strategy_id = %(strategy)s AND tier = %(tier)s
               AND NOT EXISTS (SELECT 1 FROM {wanted} n WHERE n.kind = s.kind AND n.id = s.node_id)""",
    ]


def _figure_statements() -> list[str]:
    columns = [*SUMS, "next_due", "counts", "as_of"]
    new, old = (", ".join(f"{table}.{name}" for name in columns) for table in ("excluded", "f"))
    assignments = ", ".join(f"{name} = excluded.{name}" for name in columns)
    return [
        f"""INSERT INTO tasks_figure AS f (strategy_id, tier, slice, key, {", ".join(columns)}, version, computed_at)
            SELECT %(strategy)s, %(tier)s, slice, key, {", ".join(columns[:-1])}, %(day)s, 1, clock_timestamp()
              FROM rollup_figure
            ON CONFLICT (strategy_id, tier, slice, key)
            DO UPDATE SET {assignments}, version = f.version + 1, computed_at = excluded.computed_at
             WHERE ({old}) IS DISTINCT FROM ({new})""",
        """DELETE FROM tasks_figure f WHERE strategy_id = %(strategy)s AND tier = %(tier)s
              AND NOT EXISTS (SELECT 1 FROM rollup_figure n WHERE n.slice = f.slice AND n.key = f.key)""",
    ]
