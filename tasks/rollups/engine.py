"""The engine: keeps the figures true to the rows they are computed from, by what changed or from nothing.

Beside the rows stands a narrow copy of what figures depend on, as it was last counted (`CountedMilestone`,
`CountedNode`). A change is noted by the database in an outbox. A drain recounts the touched measures and adds the
difference to the figures above; a pass recounts everything and adds it up. Both use the same statements.
"""

import logging
from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from common.tiers import Tier
from tasks.choices import Slice
from tasks.models import RollupPass, Strategy
from tasks.models.figure import NodeKind
from tasks.rollups import kept, statements
from tasks.rollups.touched import Touched, Waiting, touched_by

log = logging.getLogger(__name__)

UNITS = 10**11
# With more measures touched than this, computing everything is cheaper.
MANY_MEASURES = 20_000
TIERS: tuple[int, ...] = tuple(Tier.values)
# Of the transaction: what is touched lies in memory, so looking rows up is cheaper than reading whole tables. Groups of
# which the planner expects too many for memory are few in truth.
SETTINGS = """SET LOCAL random_page_cost = 1.1; SET LOCAL jit = off;
    SET LOCAL work_mem = '256MB'; SET LOCAL hash_mem_multiplier = 4"""

_METHODS = ("nestloop", "hashjoin", "mergejoin", "sort")
_OFF = "SET LOCAL enable_%s = off"
# Both sides come in the order of their ids; a hash of a million rows costs half as much again.
BY_MERGING = "; ".join(_OFF % name for name in ("nestloop", "hashjoin"))
AS_IT_LIKES = "; ".join(f"SET LOCAL enable_{name} TO DEFAULT" for name in _METHODS)
# Nothing comes in any order.
BY_HASHING = "; ".join((AS_IT_LIKES, *(_OFF % name for name in ("nestloop", "mergejoin", "sort"))))


def drain(day: date | None = None) -> int:
    """Take every waiting change and bring the figures up to date; how many changes were taken.

    One transaction: where it fails or the worker dies, the changes wait on for the next one. Once the
    day has turned, everything is computed for the new one, whoever comes first.
    """
    day = day or timezone.localdate()
    with alone() as on_own_snapshot:
        waiting = _take()
        latest = RollupPass.objects.first()
        if latest is None:
            _pass(day)
            return waiting.rows
        if waiting.rows:
            _apply(waiting, latest.as_of)
        if latest.as_of != day:
            drift = _audit(latest.as_of) if on_own_snapshot else None
            kept.keep_stored(latest.as_of)
            _pass(day, drift=drift)
    return waiting.rows


def catch_up() -> None:
    """Count every change that waits, the caller's own among them, for the day that the figures are of.

    Unlike a drain it never turns the day. For a caller that is `alone`.
    """
    waiting, latest = _take(), RollupPass.objects.first()
    if latest is None:
        _pass(timezone.localdate())
    else:
        _apply(waiting, latest.as_of)


def recompute(day: date | None = None) -> int:
    """Compute every figure from nothing; how many stored figures were different."""
    with alone():
        _take()
        return _pass(day or timezone.localdate())


def audit() -> int:
    """Drain, then compute everything of the same day from nothing; how many stored rows were different.

    None should be: a difference is logged as an error, kept in the `RollupPass`, and mended.
    """
    with alone():
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
def alone(table: str = "tasks_rolluppass") -> Iterator[bool]:
    """One engine at a time, of those that lock this table; what it reads is one snapshot, all of the same moment.

    The table lock comes before the snapshot: whoever waits here sees what the one before has stored.
    Inside a caller's transaction the snapshot is the caller's affair; yields whether it is our own.
    """
    own = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if own:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
        yield own


def _take() -> Waiting:
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH taken AS (
                 DELETE FROM rollup_outbox
                  WHERE ctid = ANY(ARRAY(SELECT ctid FROM rollup_outbox FOR UPDATE SKIP LOCKED))
                 RETURNING node, change, node_id
               )
               SELECT node, change, count(*), array_agg(DISTINCT node_id) FROM taken GROUP BY node, change"""
        )
        rows = cursor.fetchall()
    return Waiting(sum(row[2] for row in rows), {(node, change): ids for node, change, _, ids in rows})


def compute(day: date) -> None:
    """Shares and figures of all that stands, for a day; for a reading of the past, whose tables are its own."""
    _share_all()
    store(day)


def _apply(waiting: Waiting, day: date) -> None:
    """Share out anew where the tree changed, then carry on what the touched nodes add."""
    with connection.cursor() as cursor:
        cursor.execute(SETTINGS)
    touched = touched_by(waiting)
    if touched.roots:
        _share(touched.roots)
    if len(touched.measures) > MANY_MEASURES:
        store(day)
    else:
        _carry(touched, day)


def _share(roots: list[tuple[int, int]]) -> int:
    parameters: dict[str, Any] = {
        "kinds": [kind for kind, _ in roots],
        "ids": [key for _, key in roots],
        "units": UNITS,
    }
    with connection.cursor() as cursor:
        cursor.execute(statements.shares(), parameters)
        return int(cursor.fetchone()[0])


def _carry(touched: Touched, day: date) -> None:
    nodes = {"strategies": touched.strategies, "tasks": touched.tasks, "measures": touched.measures}
    with connection.cursor() as cursor:
        cursor.execute(statements.carry(day, TIERS), parameters(day) | nodes)
        without_due, empty = cursor.fetchone()
        if without_due:
            cursor.execute(statements.next_due(), {"day": day, "ids": without_due})
        if empty:
            cursor.execute("DELETE FROM tasks_figure WHERE id = ANY(%s)", [empty])


def _pass(day: date, *, drift: int | None = None) -> int:
    """Everything from nothing, as of a day; how many figures differed. An audit has just shared out and counted."""
    audited = drift is not None
    if not audited:
        _share_all()
    changed = store(day, recount=not audited)[1]
    _record(day, changed, drift)
    return changed


def _share_all() -> int:
    strategies = Strategy.objects.order_by("pk").values_list("pk", flat=True)
    with connection.cursor() as cursor:
        cursor.execute(SETTINGS)
        cursor.execute("DELETE FROM tasks_newshare")
    return _share([(NodeKind.STRATEGY, key) for key in strategies])


def store(
    day: date, tiers: tuple[int, ...] = TIERS, slices: tuple[Slice, ...] = tuple(Slice), *, recount: bool = True
) -> tuple[int, int]:
    """What is counted, then the figures, of everything with the units as stored; how many rows of each differed.

    Without `recount` what is counted has the facts of the rows already. It takes no lock and empties no
    outbox: that is for whoever calls it.
    """
    counted = 0
    with connection.cursor() as cursor:
        cursor.execute(SETTINGS)
        # The planner does not know how many rows a common table expression has, and takes a million for a few.
        if recount:
            cursor.execute(BY_MERGING)
            cursor.execute("SELECT EXISTS (SELECT 1 FROM tasks_newshare)")
            is_shared = bool(cursor.fetchone()[0])
            cursor.execute(statements.recount(day, is_shared=is_shared))
            counted += cursor.fetchone()[0]
        cursor.execute(BY_HASHING)
        cursor.execute(statements.late(day))
        counted += cursor.rowcount
        cursor.execute(statements.replace(day, tiers, slices), parameters(day, tiers) | {"slices": list(slices)})
        nodes, changed = cursor.fetchone()
        cursor.execute(AS_IT_LIKES)
    return counted + nodes, changed


def parameters(day: date, tiers: tuple[int, ...] = TIERS) -> dict[str, Any]:
    """What the statements ask about a day."""
    month_end = day.replace(day=monthrange(day.year, day.month)[1])
    return {"day": day, "tiers": list(tiers), "month_start": day.replace(day=1), "month_end": month_end}


def _audit(day: date) -> int:
    """Drift: rows that differ from what is computed from nothing of the same rows and day."""
    drift = _share_all() + sum(store(day))
    if drift:
        log.error("figures drifted: %s stored rows of %s differed from their computation and were mended", drift, day)
    return drift


def _record(day: date, changed: int, drift: int | None) -> None:
    RollupPass.objects.create(as_of=day, finished_at=timezone.now(), changed=changed, drift=drift)
