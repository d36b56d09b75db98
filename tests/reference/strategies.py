"""Hypothesis strategies: random plans, legal on a day, with every rule of the rollups in reach."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from .plan import Dependency, Measure, Milestone, NodeId, Plan, StrategicTask, Strategy

MINISTRIES = ("A", "B", "C")
REGIONS = ("11", "26")
TECHNOLOGIES = ("batteries", "semiconductors")
MAX_DEPTH = 5
"""Levels of measures under a task."""

ID_STEP = 10
"""Ids are multiples of this, so that nodes added later can take ids in between."""


@dataclass(frozen=True)
class Case:
    """A plan whose states and reports are possible on `as_of`."""

    plan: Plan
    as_of: date


tiers = st.sampled_from(("public", "internal", "restricted"))
hidden_tiers = {"public": ("internal", "restricted"), "internal": ("restricted",), "restricted": ()}
weights = st.one_of(st.integers(0, 3), st.integers(1, 1_000_000))
as_of_dates = st.dates(date(2024, 1, 1), date(2026, 12, 31))
scopes = st.sampled_from(("in_scope",) * 6 + ("cancelled", "superseded"))
own_tiers = st.sampled_from(("public",) * 4 + ("internal", "restricted"))
day_offsets = st.one_of(st.sampled_from((-1, 0, 1, 29, 30, 31)), st.integers(-400, 400))
lags = st.integers(0, 60)


def optional(values: tuple[str, ...]) -> st.SearchStrategy[str | None]:
    return st.sampled_from((None, *values))


@st.composite
def thresholds(draw: st.DrawFn) -> Strategy:
    """The default ones, or any with red not beyond amber."""
    if draw(st.booleans()):
        return Strategy()
    index = sorted(draw(st.tuples(st.integers(0, 120), st.integers(0, 120))))
    overdue = sorted(draw(st.tuples(st.integers(0, 100), st.integers(0, 100))))
    return Strategy(index[0], index[1], overdue[1], overdue[0])


@st.composite
def measures(draw: st.DrawFn, tasks: tuple[StrategicTask, ...], max_size: int) -> tuple[Measure, ...]:
    """A forest under the tasks; parents may have larger or smaller ids than their children."""
    size = draw(st.integers(0, max_size)) if tasks else 0
    ids = draw(st.permutations([ID_STEP * (i + 1) for i in range(size)]))
    made: list[tuple[Measure, int]] = []
    for node_id in ids:
        parents = [None, *(pair for pair in made if pair[1] < MAX_DEPTH)]
        parent = draw(st.sampled_from(parents))
        task = draw(st.sampled_from(tasks)).id if parent is None else parent[0].strategic_task
        measure = Measure(
            id=node_id,
            strategic_task=task,
            parent=None if parent is None else parent[0].id,
            weight=draw(weights),
            lead_ministry=draw(optional(MINISTRIES)),
            tier=draw(own_tiers),
            scope=draw(scopes),
            region=draw(optional(REGIONS)),
            technology=draw(optional(TECHNOLOGIES)),
        )
        made.append((measure, 1 if parent is None else parent[1] + 1))
    return tuple(measure for measure, _ in made)


@st.composite
def milestones(draw: st.DrawFn, node_id: NodeId, measure: NodeId, as_of: date) -> Milestone:
    """Progress and actual date that fit the state, nothing reported or completed after the day."""
    planned = draw(_plan_dates(as_of))
    states = ("planned", "in_progress", "in_progress", "completed", "suspended", "cancelled")
    state = draw(st.sampled_from(states))
    past = st.integers(-400, 0)
    return replace(
        planned,
        id=node_id,
        measure=measure,
        weight=draw(weights),
        responsible_ministry=draw(optional(MINISTRIES)),
        state=state,
        progress_bp=draw(_progress(state)),
        forecast=_day(as_of, draw(st.none() | day_offsets)),
        completed_on=_day(as_of, draw(past)) if state == "completed" else None,
        reported_on=_day(as_of, draw(st.none() | st.integers(-31, 0) | past)),
        tier=draw(own_tiers),
    )


@st.composite
def _plan_dates(draw: st.DrawFn, as_of: date) -> Milestone:
    """Start not after due; both dues or neither."""
    due = draw(st.none() | day_offsets)
    start = draw(st.none() | st.integers(-500, 500 if due is None else due))
    current_due = None if due is None else due + draw(st.just(0) | st.integers(-60, 200))
    return Milestone(
        id=0,
        measure=0,
        weight=0,
        baseline_start=_day(as_of, start),
        baseline_due=_day(as_of, due),
        current_due=_day(as_of, current_due),
    )


def _progress(state: str) -> st.SearchStrategy[int | None]:
    if state == "completed":
        return st.just(10_000)
    return st.sampled_from((None, 0)) if state == "planned" else st.none() | st.integers(0, 10_000)


def _day(as_of: date, offset: int | None) -> date | None:
    return None if offset is None else as_of + timedelta(days=offset)


@st.composite
def dependencies(draw: st.DrawFn, ids: list[NodeId], max_size: int = 5) -> tuple[Dependency, ...]:
    """Acyclic, no pair twice: an earlier milestone of the list always precedes a later one."""
    if len(ids) < 2:
        return ()
    positions = st.tuples(st.integers(0, len(ids) - 1), st.integers(0, len(ids) - 1))
    pairs = draw(st.sets(positions.filter(lambda p: p[0] < p[1]), max_size=max_size))
    return tuple(Dependency(ids[first], ids[last], draw(lags)) for first, last in sorted(pairs))


@st.composite
def cases(draw: st.DrawFn, max_tasks: int = 3, max_measures: int = 6, max_milestones: int = 8) -> Case:
    """A whole plan and its day."""
    as_of = draw(as_of_dates)
    tasks = tuple(
        StrategicTask(ID_STEP * (i + 1), draw(weights), draw(optional(MINISTRIES)))
        for i in range(draw(st.integers(0, max_tasks)))
    )
    nodes = draw(measures(tasks, max_measures))
    size = draw(st.integers(0, max_milestones)) if nodes else 0
    ids = draw(st.permutations([ID_STEP * (i + 1) for i in range(size)]))
    steps = tuple(draw(milestones(i, draw(st.sampled_from(nodes)).id, as_of)) for i in ids)
    links = draw(dependencies(list(ids)))
    return Case(Plan(draw(thresholds()), tasks, nodes, steps, links), as_of)


@st.composite
def secrets(draw: st.DrawFn, case: Case, tier: str) -> Plan:
    """The case's plan with nodes added that do not exist in the tier.

    A hidden or dropped measure with a public milestone in it, a hidden or cancelled milestone
    beside the others, and dependencies of visible milestones on both. The plan must have a task.
    """
    plan = case.plan
    shell = draw(_hidden_measures(plan, tier))
    inside = draw(milestones(ID_STEP * draw(st.integers(0, 8)) + 1, shell.id, case.as_of))
    host = draw(st.sampled_from([measure.id for measure in (shell, *plan.measures)]))
    beside = draw(milestones(ID_STEP * draw(st.integers(0, 8)) + 2, host, case.as_of))
    beside = replace(beside, **draw(st.sampled_from(_hiding(tier, "state", "cancelled"))))
    links = tuple(
        Dependency(secret.id, milestone.id, draw(lags))
        for secret in (inside, beside)
        for milestone in plan.milestones[:2]
    )
    return replace(
        plan,
        measures=(*plan.measures, shell),
        milestones=(*plan.milestones, replace(inside, tier="public"), beside),
        dependencies=(*plan.dependencies, *links),
    )


@st.composite
def _hidden_measures(draw: st.DrawFn, plan: Plan, tier: str) -> Measure:
    places: list[tuple[NodeId, NodeId | None]] = [(task.id, None) for task in plan.tasks]
    places += [(measure.strategic_task, measure.id) for measure in plan.measures]
    task, parent = draw(st.sampled_from(places))
    lead = draw(optional(MINISTRIES))
    node_id = ID_STEP * draw(st.integers(0, 6)) + 1
    measure = Measure(node_id, task, draw(weights), parent, lead)
    return replace(measure, **draw(st.sampled_from(_hiding(tier, "scope", "cancelled"))))


def _hiding(tier: str, field: str, value: str) -> list[dict[str, Any]]:
    return [{field: value}, *({"tier": hidden} for hidden in hidden_tiers[tier])]
