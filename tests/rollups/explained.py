"""Figures opened down to their milestones, and what the reference model says that each of these adds."""

from collections import Counter
from datetime import date
from typing import Any

from common.tiers import Tier
from tasks import rollups
from tasks.choices import LeftOut, Slice
from tasks.interfaces import Explanation, FigureView, Part
from tasks.models.figure import SUMS, NodeKind
from tests import reference
from tests.reference.database import read_plan
from tests.reference.figures import milestone_line, unplanned_line

Leaf = tuple[str, int]
Added = dict[Leaf, dict[str, int]]
# The other slices are parts of these.
WHOLES = (Slice.STRATEGY, Slice.MINISTRY, Slice.REGION, Slice.TECHNOLOGY)
_BELOW = ("kept by task", "kept by measure")
_KINDS = {"task": NodeKind.TASK, "measure": NodeKind.MEASURE, "milestone": NodeKind.MILESTONE}
_KEEPERS = {"Strategy": NodeKind.STRATEGY, "StrategicTask": NodeKind.TASK, "Measure": NodeKind.MEASURE}


def broken_explanations(strategy: Any, day: date, limit: int) -> list[str]:
    """Figures of every slice and tier whose parts do not sum to them, or do not add what the reference model says."""
    found = []
    for tier in Tier:
        expected = added_by_the_reference(strategy, day, tier)
        for slice in WHOLES:
            for key, view in rollups.figures(slice, strategy=strategy, tier=tier).items():
                leaves: Added = {}
                place = f"{tier.code} {slice} {key}"
                found += [f"{place}: {fault}" for fault in _open(slice, key, strategy, tier, limit, leaves)]
                found += [f"{place}: {leaf}" for leaf, sums in leaves.items() if expected.get(leaf) != sums]
                if _total(leaves.values()) != _values(view.sums):
                    found.append(f"{place}: what it opens to does not sum to it")
                if _unplanned(slice, key, strategy, tier) != sum(kind in _BELOW for kind, _ in leaves):
                    found.append(f"{place}: other nodes are named as unplanned than keep its units")
    return found


def _unplanned(slice: str, key: Any, strategy: Any, tier: Tier) -> int:
    """How many nodes are named as unplanned."""
    left_out = rollups.explain(slice, key, strategy=strategy, tier=tier).excluded
    return sum(each.number for each in left_out if each.reason == LeftOut.UNPLANNED)


def added_by_the_reference(strategy: Any, day: date, tier: Tier) -> Added:
    plan = read_plan(strategy)
    rollup = reference.compute(plan, day, tier.code)
    lines: Added = {}
    for milestone in plan.milestones:
        if (units := rollup.shares.get(("milestone", milestone.id))) is not None:
            line = milestone_line(milestone, units, rollup.schedule_lights[milestone.id], day)
            lines["milestone", milestone.id] = _values(line.sums)
    for (kind, key), units in rollup.kept.items():
        lines[f"kept by {kind}", key or strategy.pk] = _values(unplanned_line(units).sums)
    return lines


def _open(
    slice: str, key: Any, strategy: Any, tier: Tier, limit: int, leaves: Added, seen_as: Part | None = None
) -> list[str]:
    """Every part down to the leaves, page by page."""
    pages = list(_pages(slice, key, strategy, tier, limit))
    found = [fault for page in pages for fault in _faults(page)]
    view = _figure(pages[0])
    if seen_as is not None and (view.sums, view.counts) != (seen_as.sums, seen_as.counts):
        found.append(f"{slice} {key} is not what it is as a part of another")
    parts = [part for page in pages for part in page.parts if part.kind != "rest"]
    for part in parts:
        if part.kind == "milestone" or part.kind == "kept":
            kind = "milestone" if part.kind == "milestone" else f"kept by {_keeper(part)}"
            leaves[kind, part.node.pk] = _values(part.sums)
            continue
        found += _open(part.slice, part.key, strategy, tier, limit, leaves, part)
    if _total(_values(part.sums) for part in parts) != _values(view.sums):
        found.append(f"the parts on all pages of {slice} {key} do not sum to it")
    return found


def _pages(slice: str, key: Any, strategy: Any, tier: Tier, limit: int) -> Any:
    after = None
    while True:
        page = rollups.explain(slice, key, strategy=strategy, tier=tier, after=after, limit=limit)
        yield page
        if not page.more:
            return
        last = [part for part in page.parts if part.kind != "rest"][-1]
        kind = _KEEPERS[type(last.node).__name__] if last.kind == "kept" else _KINDS[last.kind]
        after = (int(kind), last.node.pk)


def _faults(page: Explanation) -> list[str]:
    """What of a page does not sum to its figure."""
    view = _figure(page)
    found = []
    if _total(_values(part.sums) for part in page.parts) != _values(view.sums):
        found.append(f"the sums of {view.slice} {view.key}")
    counts: Counter[str] = Counter()
    for part in page.parts:
        counts.update(part.counts)
    if dict(counts) != view.counts:
        found.append(f"the counts of {view.slice} {view.key}")
    if page.tests[-1].light != view.light or sum(test.holds for test in page.tests) != 1:
        found.append(f"the light of {view.slice} {view.key}")
    return found


def _figure(page: Explanation) -> FigureView:
    assert page.figure is not None
    return page.figure


def _keeper(part: Part) -> str:
    return {NodeKind.STRATEGY: "strategy", NodeKind.TASK: "task", NodeKind.MEASURE: "measure"}[
        _KEEPERS[type(part.node).__name__]
    ]


def _values(sums: Any) -> dict[str, int]:
    return {name: getattr(sums, name) for name in SUMS}


def _total(rows: Any) -> dict[str, int]:
    total = dict.fromkeys(SUMS, 0)
    for row in rows:
        for name in SUMS:
            total[name] += row[name]
    return total
