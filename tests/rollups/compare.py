"""Stored figures beside those of the reference model, in the same shape."""

from datetime import date
from typing import Any

from common.tiers import Tier
from tasks import rollups
from tasks.choices import Slice
from tasks.models.figure import SUMS
from tests import reference
from tests.reference.database import read_plan

Rows = dict[tuple[str, Any], Any]
EMPTY = (None, reference.UNASSIGNED, reference.NONE)


def stored_figures(strategy: Any, tier: Tier) -> Rows:
    return {
        (slice, key): (
            {n: getattr(view.sums, n) for n in SUMS},
            view.counts,
            view.next_due,
            str(view.light),
        )
        for slice in Slice.values
        for key, view in rollups.figures(slice, strategy=strategy, tier=tier).items()
    }


def expected_figures(strategy: Any, day: date, tier: Tier) -> Rows:
    """What the reference model makes of the rows as they stand in the database."""
    result = reference.compute(read_plan(strategy), day, tier.code)
    return {
        (kind, as_key(key)): (
            {n: getattr(figure.sums, n) for n in SUMS},
            figure.counts,
            figure.next_due,
            figure.computed_light,
        )
        for (kind, key), figure in result.figures.items()
    }


def as_key(key: Any) -> Any:
    if isinstance(key, tuple):
        return tuple(as_key(part) for part in key)
    return 0 if key in EMPTY else key


def differences(strategy: Any, day: date) -> list[str]:
    """Every figure of every tier that is not what the reference model says."""
    found = []
    for tier in Tier:
        stored, expected = stored_figures(strategy, tier), expected_figures(strategy, day, tier)
        for place in sorted(set(stored) | set(expected), key=str):
            if stored.get(place) != expected.get(place):
                found.append(f"{tier.code} {place}: {stored.get(place)} is not {expected.get(place)}")
    return found


def broken_sums(strategy: Any) -> list[str]:
    """Slices that should partition the strategy or a task, and do not."""
    found = []
    for tier in Tier:
        rows = stored_figures(strategy, tier)
        whole = rows["strategy", 0]
        for kind in ("ministry", "region", "technology"):
            if _sum(rows, kind) != whole[0]:
                found.append(f"{tier.code} {kind}: {_sum(rows, kind)} is not {whole[0]}")
        for (kind, key), row in rows.items():
            if kind == "task":
                for cells in ("task_ministry", "task_region"):
                    if _sum(rows, cells, key) != row[0]:
                        found.append(f"{tier.code} {cells} of {key}: {_sum(rows, cells, key)} is not {row[0]}")
    return found


def _sum(rows: Rows, kind: str, task: int | None = None) -> dict[str, int]:
    chosen = [row[0] for (name, key), row in rows.items() if name == kind and task in (None, _task(key))]
    return {n: sum(sums[n] for sums in chosen) for n in SUMS}


def _task(key: Any) -> Any:
    return key[0] if isinstance(key, tuple) else None
