"""The bars of the rollups: a pass over everything, one change, a thousand, at sizes side by side."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from common.tiers import Tier
from tasks.choices import MilestoneState
from tasks.models import Milestone
from tasks.rollups import engine
from tests.bench.measuring import Bar, median
from tests.bench.world import as_owner

FLOOR = "SELECT count(*), sum(weight * progress_bp) FROM tasks_milestone"


@dataclass(frozen=True)
class Times:
    """Medians in one world, in seconds."""

    milestones: int
    floor: float
    one_tier: float
    three_tiers: float
    anew: float
    one_change: float
    a_thousand: float


def measure(milestones: int) -> Times:
    """In the world in use: what each kind of work takes."""
    day = timezone.localdate()
    floor = median(_floor)

    def passed(work: Callable[[], Any]) -> float:
        return median(work, before=lambda: _change_and_forget(milestones // 100))

    one_tier = passed(lambda: _store(day, (Tier.PUBLIC,)))
    three_tiers = passed(lambda: _store(day, engine.TIERS))
    anew = passed(engine.recompute)
    as_owner("VACUUM (ANALYZE)")
    return Times(
        milestones=milestones,
        floor=(floor + median(_floor)) / 2,
        one_tier=one_tier,
        three_tiers=three_tiers,
        anew=anew,
        one_change=_one_change(),
        a_thousand=median(engine.drain, before=lambda: _change(1_000)),
    )


def bars(times: list[Times]) -> Iterator[Bar]:
    """Ratios to the floor of the same size, and of the largest size to the smaller ones."""
    largest = times[-1]
    for each in times:
        wanted = (11.0, 30.0, None, 2.5) if each is largest and len(times) > 1 else (None,) * 4
        size = f"{each.milestones:,}"
        found = (each.one_tier, each.three_tiers, each.anew, each.a_thousand)
        names = (
            "pass over one tier, 1 % changed",
            "pass over three tiers, 1 % changed",
            "the same, units shared out anew",
            "1,000 changes at once",
        )
        for name, seconds, bar in zip(names, found, wanted, strict=True):
            note = f"{seconds * 1000:,.1f} ms"
            yield Bar(f"{name}: {size}", seconds / each.floor, each.floor, each.milestones, bar, note=note)
    for each in times[:-1]:
        pairs = [("pass over three tiers", largest.three_tiers, each.three_tiers, 12.0 if each is times[-2] else None)]
        pairs.append(
            ("one change to its figures", largest.one_change, each.one_change, 1.2 if each is times[0] else None)
        )
        for name, large, small, bar in pairs:
            name = f"{name}: {largest.milestones:,} to {each.milestones:,}"
            note = f"{large * 1000:,.2f} ms to {small * 1000:,.2f} ms"
            yield Bar(name, large / small, small, largest.milestones, bar, note=note)


def _floor() -> None:
    with connection.cursor() as cursor:
        cursor.execute(FLOOR)
        cursor.fetchone()


def _store(day: date, tiers: tuple[int, ...]) -> None:
    with transaction.atomic():
        engine.store(day, tiers)


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
