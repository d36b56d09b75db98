"""The engine: keeps the figures true to the rows they are computed from, by what changed or from nothing.

Figures are sums of contributions (see `Contribution`), which are sums over the milestones of a measure. A change
is noted by the database in an outbox; a drain computes the contributions of the touched measures anew and adds
what they differ by to the figures above. A pass computes everything. Both use the same statements.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from common.tiers import Tier
from tasks.models import RollupPass
from tasks.models.figure import NodeKind
from tasks.rollups import statements

log = logging.getLogger(__name__)

UNITS = 10**11
# With more measures touched than this, computing everything is cheaper.
MANY_MEASURES = 20_000
TIERS: tuple[int, ...] = tuple(Tier.values)


@dataclass
class Waiting:
    """What a drain took from the outbox, by kind of node and of change."""

    rows: int = 0
    ids: dict[str, list[int]] = field(default_factory=dict)


@dataclass
class Touched:
    root_kinds: list[int]
    root_ids: list[int]
    strategies: list[int]
    tasks: list[int]
    measures: list[int]


def drain(day: date | None = None) -> int:
    """Take every waiting change and bring the figures up to date; how many changes were taken.

    One transaction: where it fails or the worker dies, the changes wait on for the next one. Once the
    day has turned, everything is computed for the new one, whoever comes first.
    """
    day = day or timezone.localdate()
    with _alone() as on_own_snapshot:
        waiting = _take()
        latest = RollupPass.objects.first()
        if latest is None:
            _pass(day)
            return waiting.rows
        if waiting.rows:
            _apply(waiting, latest.as_of)
        if latest.as_of != day:
            drift = _audit(latest.as_of) if on_own_snapshot else None
            _pass(day, drift=drift)
    return waiting.rows


def recompute(day: date | None = None) -> int:
    """Compute every figure from nothing; how many stored figures were different."""
    with _alone():
        _take()
        return _pass(day or timezone.localdate())


def audit() -> int:
    """Drain, then compute everything of the same day from nothing; how many stored rows were different.

    None should be: a difference is logged as an error, kept in the `RollupPass`, and mended.
    """
    with _alone():
        waiting = _take()
        latest = RollupPass.objects.first()
        if latest is None:
            _pass(timezone.localdate())
            return 0
        _apply(waiting, latest.as_of)
        drift = _audit(latest.as_of)
        _record(latest.as_of, drift, drift)
        return drift


@contextmanager
def _alone() -> Iterator[bool]:
    """One engine at a time; what it reads is one snapshot, so all figures are of the same moment.

    The table lock comes before the snapshot: whoever waits here sees what the one before has stored.
    Inside a caller's transaction the snapshot is the caller's affair; yields whether it is our own.
    """
    own = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if own:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("LOCK TABLE tasks_rolluppass IN EXCLUSIVE MODE")
        yield own


def _take() -> Waiting:
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH taken AS (
                 DELETE FROM rollup_outbox WHERE ctid = ANY(ARRAY(SELECT ctid FROM rollup_outbox FOR UPDATE SKIP LOCKED))
                 RETURNING node, change, node_id
               )
               SELECT node || '_' || change, count(*), array_agg(DISTINCT node_id) FROM taken GROUP BY 1"""
        )
        rows = cursor.fetchall()
    return Waiting(sum(row[1] for row in rows), {name: ids for name, _, ids in rows})


def _apply(waiting: Waiting, day: date) -> None:
    """Share out anew where the tree changed, then carry on what the touched measures add."""
    touched = _touched(waiting)
    if touched.root_ids:
        _share(touched.root_kinds, touched.root_ids)
    if len(touched.measures) > MANY_MEASURES:
        _store_all(day)
    else:
        _carry(touched, day)


def _touched(waiting: Waiting) -> Touched:
    names = (
        "strategy_shape",
        "task_shape",
        "task_place",
        "measure_shape",
        "measure_place",
        "measure_leaf",
        "milestone_leaf",
    )
    with connection.cursor() as cursor:
        cursor.execute(statements.touched(), {name: waiting.ids.get(name, []) for name in names})
        return Touched(*cursor.fetchone())


def _share(kinds: list[int], ids: list[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statements.shares(), {"kinds": kinds, "ids": ids, "units": UNITS})
        return cursor.rowcount


def _carry(touched: Touched, day: date) -> None:
    parameters: dict[str, Any] = {
        "day": day,
        "tiers": list(TIERS),
        "strategies": touched.strategies,
        "tasks": touched.tasks,
        "measures": touched.measures,
    }
    with connection.cursor() as cursor:
        cursor.execute(statements.carry(day, TIERS, touched.measures), parameters)
        without_due, empty = cursor.fetchone()
        if without_due:
            cursor.execute(statements.next_due(), {"ids": without_due})
        if empty:
            cursor.execute("DELETE FROM tasks_figure WHERE id = ANY(%s)", [empty])


def _pass(day: date, *, drift: int | None = None) -> int:
    """Everything from nothing, as of a day; how many figures were different."""
    _share_all()
    changed = _store_all(day)[1]
    _record(day, changed, drift)
    return changed


def _share_all() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute("SELECT array_agg(id ORDER BY id) FROM tasks_strategy")
        ids = cursor.fetchone()[0] or []
        changed = _share([NodeKind.STRATEGY] * len(ids), ids)
        cursor.execute(statements.orphaned_shares())
        return changed


def _store_all(day: date, tiers: tuple[int, ...] = TIERS) -> tuple[int, int]:
    """Contributions, then figures, of everything; how many rows of each were different."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute(statements.contributions(day, tiers), {"day": day, "tiers": list(tiers)})
        contributions = cursor.fetchone()[0]
        cursor.execute(statements.replace(), {"tiers": list(tiers)})
        return contributions, cursor.fetchone()[0]


def _audit(day: date) -> int:
    """Drift: rows that differ from what is computed from nothing of the same rows and day."""
    drift = _share_all() + sum(_store_all(day))
    if drift:
        log.error("figures drifted: %s stored rows of %s differed from their computation and were mended", drift, day)
    return drift


def _record(day: date, changed: int, drift: int | None) -> None:
    RollupPass.objects.create(as_of=day, finished_at=timezone.now(), changed=changed, drift=drift)
