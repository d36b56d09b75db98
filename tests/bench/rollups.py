"""The bars of the rollups: a pass over everything, one change, a thousand, at sizes side by side."""

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from common.tiers import Tier
from tasks.choices import MilestoneState, Slice
from tasks.models import Milestone
from tasks.rollups import engine
from tasks.rollups.statements import TREE
from tests.bench.measuring import REPEATS, Bar, median
from tests.bench.world import as_owner

FLOOR = "SELECT count(*), sum(weight * progress_bp) FROM tasks_milestone"


@dataclass(frozen=True)
class Work:
    """Medians of one kind of work, in seconds, and of its ratio to the floor, which was read before each run."""

    seconds: float
    floor: float
    ratio: float


@dataclass(frozen=True)
class Times:
    """What was measured in one world."""

    milestones: int
    tree: Work
    three_tiers: Work
    anew: Work
    a_thousand: Work
    one_change: float
    shared_floor: float


def measure(milestones: int) -> Times:
    """In the world in use: what each kind of work takes."""
    day = timezone.localdate()
    changed = milestones // 100
    tree = _beside_floor(lambda: _store(day, (Tier.PUBLIC,), TREE), lambda: _change_and_forget(changed))
    three_tiers = _beside_floor(lambda: _store(day, engine.TIERS, tuple(Slice)), lambda: _change_and_forget(changed))
    anew = _beside_floor(engine.recompute, lambda: _change_and_forget(changed))
    as_owner("VACUUM (ANALYZE)")
    return Times(
        milestones=milestones,
        tree=tree,
        three_tiers=three_tiers,
        anew=anew,
        a_thousand=_beside_floor(engine.drain, lambda: _change(1_000)),
        one_change=_one_change(),
        shared_floor=median(lambda: _floor(workers=2)) / median(_floor),
    )


def _beside_floor(work: Callable[[], Any], before: Callable[[], Any]) -> Work:
    """Each run beside a floor of its own: whatever else the machine does then weighs on both.

    One run before them is not counted: it brings the tables into the server's memory, where they stay.
    """
    before()
    work()
    floors, times = [], []
    for _ in range(REPEATS):
        before()
        floors.append(median(_floor, repeats=1))
        times.append(median(work, repeats=1))
    ratio = statistics.median(time / floor for time, floor in zip(times, floors, strict=True))
    return Work(statistics.median(times), statistics.median(floors), ratio)


def bars(times: list[Times]) -> Iterator[Bar]:
    """Ratios to the floor of the same size, and of the largest size to the smaller ones."""
    largest = times[-1]
    for each in times:
        wanted = (11.0, 30.0, None, 2.5) if each is largest and len(times) > 1 else (None,) * 4
        size = f"{each.milestones:,}"
        found = (each.tree, each.three_tiers, each.anew, each.a_thousand)
        names = (
            "pass over one tier, tree only, 1 % changed",
            "pass over all slices and three tiers, 1 % changed",
            "the same, units shared out anew",
            "1,000 changes at once",
        )
        for name, work, bar in zip(names, found, wanted, strict=True):
            note = f"{work.seconds * 1000:,.1f} ms"
            yield Bar(f"{name}: {size}", work.ratio, work.floor, each.milestones, bar, note=note)
        yield Bar(
            f"the floor read by three processes, to by one: {size}", each.shared_floor, each.tree.floor, each.milestones
        )
    for each in times[:-1]:
        passes, ones = (largest.three_tiers.seconds, each.three_tiers.seconds), (largest.one_change, each.one_change)
        pairs = (
            ("pass over all slices and three tiers", *passes, 12.0 if each is times[-2] else None),
            ("one change to its figures", *ones, 1.2 if each is times[0] else None),
        )
        for name, large, small, bar in pairs:
            name = f"{name}: {largest.milestones:,} to {each.milestones:,}"
            note = f"{large * 1000:,.2f} ms to {small * 1000:,.2f} ms"
            yield Bar(name, large / small, small, largest.milestones, bar, note=note)


def _floor(workers: int = 0) -> None:
    """Read by one process, as a pass is, unless workers may help."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL max_parallel_workers_per_gather = {workers}")
        cursor.execute(FLOOR)
        cursor.fetchone()


def _store(day: date, tiers: tuple[int, ...], slices: tuple[Slice, ...]) -> None:
    with transaction.atomic():
        engine.store(day, tiers, slices)


def _change(count: int) -> None:
    """That many milestones under way, anywhere in the tree, each by some basis points."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE tasks_milestone SET progress_bp = (coalesce(progress_bp, 0) + 7) %% 9900
                WHERE id IN (SELECT id FROM tasks_milestone WHERE state = 'in_progress' ORDER BY random() LIMIT %s)""",
            [count],
        )


def _change_and_forget(count: int) -> None:
    """For a pass, which looks at everything, whatever waits."""
    _change(count)
    as_owner("DELETE FROM rollup_outbox")


def _one_change() -> float:
    """One milestone, then its figures: from the write to what a page reads."""
    ids = list(
        Milestone.objects.filter(state=MilestoneState.IN_PROGRESS).order_by("?").values_list("pk", flat=True)[:101]
    )

    def change() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE tasks_milestone SET progress_bp = (coalesce(progress_bp, 0) + 7) %% 9900 WHERE id = %s",
                [ids.pop()],
            )
        engine.drain()

    return median(change, repeats=len(ids))
