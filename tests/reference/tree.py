"""Which nodes exist in a tier, and how a strategy's units are shared out among them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .plan import TIERS, Measure, NodeId, Plan

UNITS = 10**11
"""Units a whole strategy holds; times 10 000 it stays below 2**53."""

Key = tuple[str, NodeId | None]
"""A node: its kind (strategy, task, measure, milestone) and its id within that kind."""

STRATEGY: Key = ("strategy", None)

_RANK = {"task": 0, "measure": 1, "milestone": 2}


@dataclass(frozen=True)
class Allotment:
    """`shares`: units of every node. `kept`: units of the nodes that are no milestone and pass
    nothing on.
    """

    shares: dict[Key, int]
    kept: dict[Key, int]


def visible(plan: Plan, tier: str) -> Plan:
    """The plan reduced to what exists in the tier.

    A node exists if it and all its ancestors are in scope (measures neither cancelled nor
    superseded, milestones not cancelled) and of the tier or a wider one, so the strictest ancestor
    decides. A dependency exists if both ends do.
    """
    by_id = {measure.id: measure for measure in plan.measures}
    measures = tuple(m for m in plan.measures if _exists(m, by_id, tier))
    measure_ids = {m.id for m in measures}
    milestones = tuple(
        s for s in plan.milestones if s.state != "cancelled" and _within(s.tier, tier) and s.measure in measure_ids
    )
    ids = {s.id for s in milestones}
    dependencies = tuple(d for d in plan.dependencies if d.predecessor in ids and d.successor in ids)
    return replace(plan, measures=measures, milestones=milestones, dependencies=dependencies)


def _exists(measure: Measure, by_id: Mapping[NodeId, Measure], tier: str) -> bool:
    if measure.scope != "in_scope" or not _within(measure.tier, tier):
        return False
    return measure.parent is None or _exists(by_id[measure.parent], by_id, tier)


def _within(own: str, tier: str) -> bool:
    return TIERS.index(own) <= TIERS.index(tier)


def sibling_order(key: Key) -> tuple[int, NodeId | None]:
    """Order in which siblings win ties: sub-measures before milestones, then the smaller id
    (numbers as numbers, text as text). Tasks only have tasks beside them.
    """
    kind, node_id = key
    return _RANK[kind], node_id


def children(plan: Plan) -> dict[Key, list[tuple[Key, int]]]:
    """Each parent's children with their weights, in `sibling_order`; weight 0 included."""
    found: dict[Key, list[tuple[Key, int]]] = defaultdict(list)
    for task in plan.tasks:
        found[STRATEGY].append((("task", task.id), task.weight))
    for measure in plan.measures:
        parent = ("task", measure.strategic_task) if measure.parent is None else ("measure", measure.parent)
        found[parent].append((("measure", measure.id), measure.weight))
    for milestone in plan.milestones:
        found["measure", milestone.measure].append((("milestone", milestone.id), milestone.weight))
    return {parent: sorted(pairs, key=lambda pair: sibling_order(pair[0])) for parent, pairs in found.items()}


def largest_remainder(units: int, weights: Sequence[int]) -> list[int]:
    """Split whole units in proportion to positive weights: everyone gets the floor, the units left
    over go one each to the largest remainders, the earlier position winning a tie. The parts sum
    exactly to `units`.
    """
    total = sum(weights)
    parts = [units * weight // total for weight in weights]
    remainders = [units * weight % total for weight in weights]
    order = sorted(range(len(weights)), key=lambda position: (-remainders[position], position))
    for position in order[: units - sum(parts)]:
        parts[position] += 1
    return parts


def allot(plan: Plan) -> Allotment:
    """Units of every node of a plan already reduced to a tier.

    A node's units go to its children of positive weight; children of weight 0 get 0. A node without
    a child of positive weight keeps its units; if it is no milestone they are unplanned.
    """
    allotment = Allotment({}, {})
    _pass_on(STRATEGY, UNITS, children(plan), allotment)
    return allotment


def _pass_on(key: Key, units: int, below: Mapping[Key, list[tuple[Key, int]]], allotment: Allotment) -> None:
    allotment.shares[key] = units
    pairs = below.get(key, [])
    counted = [(child, weight) for child, weight in pairs if weight > 0]
    parts = largest_remainder(units, [weight for _, weight in counted])
    given = {child: part for (child, _), part in zip(counted, parts, strict=True)}
    if not counted and key[0] != "milestone":
        allotment.kept[key] = units
    for child, _ in pairs:
        _pass_on(child, given.get(child, 0), below, allotment)
