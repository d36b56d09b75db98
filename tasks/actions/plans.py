"""Plans: making nodes of the tree and changing their plan, every change a dated PlanVersion."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Ministry
from common import history
from common.errors import Invalid
from common.tiers import clearance_of
from tasks.actions.records import create_record, locked_as_seen, save_record
from tasks.choices import PlanKind, Scope
from tasks.models import Dependency, Measure, MeasureCooperation, Milestone, PlanVersion, StrategicTask, Strategy
from tasks.permissions import Actor, System, require

Node = StrategicTask | Measure | Milestone

# PlanVersion column → column of the node that it projects to.
COLUMNS: dict[type, dict[str, str]] = {
    StrategicTask: {"weight": "weight", "ministry": "lead_ministry"},
    Measure: {
        "in_task": "strategic_task",
        "parent": "parent",
        "weight": "weight",
        "scope": "scope",
        "superseded_by": "superseded_by",
        "tier": "tier",
        "ministry": "lead_ministry",
        "region": "region",
        "technology": "technology",
    },
    Milestone: {
        "parent": "measure",
        "weight": "weight",
        "tier": "tier",
        "baseline_start": "baseline_start",
        "baseline_due": "baseline_due",
        "current_due": "current_due",
        "ministry": "responsible_ministry",
        "office": "responsible_office",
    },
}
# Columns of the node itself that the same form changes: they are no commitment of date or weight, and have no day.
TITLES = ("title_ko", "title_en")
AT_ONCE: dict[type, tuple[str, ...]] = {
    StrategicTask: (),
    Measure: TITLES,
    Milestone: (*TITLES, "due_precision", "required_evidence"),
}
LINKS = {StrategicTask: "strategic_task", Measure: "measure", Milestone: "milestone"}


def create_strategy(*, by: Actor, **values: Any) -> Strategy:
    return create_record(Strategy, by=by, verb="strategy.created", **values)


def create_strategic_task(*, by: Actor, effective_on: date, **values: Any) -> StrategicTask:
    return _create_node(StrategicTask, "strategic_task.created", by, effective_on, values)


def create_measure(*, by: Actor, effective_on: date, cooperating: Iterable[Ministry] = (), **values: Any) -> Measure:
    """Make a measure with its first plan version; `cooperating` are the ministries that help (협조)."""
    with history.context(actor=by, verb="measure.created"):
        measure = _create_node(Measure, "measure.created", by, effective_on, values)
        for ministry in cooperating:
            MeasureCooperation.objects.create(measure=measure, ministry=ministry)
    return measure


def create_milestone(*, by: Actor, effective_on: date, **values: Any) -> Milestone:
    """Make a milestone; it is planned until a report says otherwise."""
    return _create_node(Milestone, "milestone.created", by, effective_on, values)


def create_planned(
    strategy: Strategy,
    *,
    by: Actor,
    kind: str,
    code: str,
    parent: str,
    ministry: Ministry | None,
    start: date | None,
    due: date | None,
    **values: Any,
) -> Node:
    """Make one node of a whole plan, in force since the strategy was announced.

    `kind` is a `PlanKind`, `parent` the code of what it stands below: of a measure a measure's, or the short name of a
    task. Raises Forbidden, Invalid.
    """
    values |= {"by": by, "effective_on": strategy.announced_on}
    if kind == PlanKind.TASK:
        number = strategy.strategic_tasks.count() + 1
        return create_strategic_task(strategy=strategy, number=number, slug=code, lead_ministry=ministry, **values)
    measure = Measure.objects.filter(code=parent, strategic_task__strategy=strategy).first()
    task = measure.strategic_task if measure else strategy.strategic_tasks.filter(slug=parent).first()
    if task is None or (measure is None and kind == PlanKind.MILESTONE):
        raise Invalid(_("There is no “%s” in this strategy.") % parent, field="parent")
    if kind == PlanKind.MEASURE:
        return create_measure(code=code, parent=measure, strategic_task=task, lead_ministry=ministry, **values)
    values |= {"baseline_start": start, "baseline_due": due, "current_due": due}
    return create_milestone(code=code, measure=measure, responsible_ministry=ministry, **values)


def revise_plan(
    node: Node,
    *,
    by: Actor,
    effective_on: date,
    reason: str,
    expected_version: int | None = None,
    verb: str = "plan.revised",
    known_from: date | None = None,
    **changes: Any,
) -> PlanVersion:
    """Change a node's plan from a day on (re-weighting, move, re-baseline, re-assignment, tier, scope).

    `changes` are PlanVersion columns. A version for an earlier day than the latest becomes part of
    the past and leaves the node's own columns alone. Raises Forbidden, Invalid, Stale.
    """
    require(by, "plan", node)
    columns = COLUMNS[type(node)]
    if unknown := set(changes) - set(columns):
        raise Invalid(_("A plan has no “%s”.") % sorted(unknown)[0], field=sorted(unknown)[0])
    if not reason.strip():
        raise Invalid(_("Enter the reason of the change."), field="reason")
    if not changes:
        raise Invalid(_("Nothing was changed: change a field, or go back."))
    with history.context(actor=by, verb=verb, reason=reason):
        locked = locked_as_seen(node, expected_version)
        earlier = _version_on(locked, effective_on)
        # A row that came past the actions has no version: its own columns are its plan.
        stands = {name: getattr(earlier, name) if earlier else getattr(locked, of) for name, of in columns.items()}
        values = stands | changes
        if isinstance(locked, Measure):
            _settle_succession(locked, values, changes)
            _settle_task(values, changes)
        version = _write_version(locked, by, effective_on, values, reason, known_from)
        _project(locked)
    node.refresh_from_db()
    return version


def _settle_task(values: dict[str, Any], changes: dict[str, Any]) -> None:
    """A measure with a parent stands in its task; only one at the top is moved to a task by itself."""
    if "in_task" in changes and changes["in_task"] is None:
        raise Invalid(_("Choose a strategic task."), field="in_task")
    if (parent := values["parent"]) is None:
        return
    if changes.get("in_task", parent.strategic_task) != parent.strategic_task:
        raise Invalid(
            _("It belongs to a measure of another task: let it belong to none, or leave its task."), field="in_task"
        )
    if "parent" in changes:
        values["in_task"] = parent.strategic_task


def change_node(
    node: Node, *, by: Actor, effective_on: date, reason: str, expected_version: int | None = None, **changes: Any
) -> None:
    """Change what has no day at once and the plan from a day on, all or none. Raises Forbidden, Invalid, Stale."""
    at_once = {name: changes.pop(name) for name in AT_ONCE[type(node)] if name in changes}
    with transaction.atomic():
        if at_once:
            change_at_once(node, by=by, reason=reason, expected_version=expected_version, **at_once)
            expected_version = None
        if changes or not at_once:
            revise_plan(
                node, by=by, effective_on=effective_on, reason=reason, expected_version=expected_version, **changes
            )


def change_at_once(node: Node, *, by: Actor, reason: str, expected_version: int | None = None, **values: Any) -> None:
    """Give a node other titles, or say how exactly it is due and which evidence its completion needs (`AT_ONCE`).

    The change log keeps the former ones. Raises as `revise_plan`.
    """
    require(by, "plan", node)
    if not reason.strip():
        raise Invalid(_("Enter the reason of the change."), field="reason")
    verb = "renamed" if set(values) & set(TITLES) else "changed"
    with history.context(actor=by, verb=f"{node._meta.model_name}.{verb}", reason=reason):
        locked = locked_as_seen(node, expected_version)
        for name, value in values.items():
            setattr(locked, name, value)
        save_record(locked)
    node.refresh_from_db()


def project_due_plans(*, by: Actor) -> int:
    """Let plans that were made for a later day take effect once it has come; how many were looked at."""
    rows = PlanVersion.objects.filter(effective_on__lte=timezone.localdate(), effective_on__gt=TruncDate("recorded_at"))
    nodes = {version.node for version in rows.select_related(*LINKS.values())}
    for node in sorted(nodes, key=lambda node: (type(node).__name__, node.pk)):
        with history.context(actor=by, verb="plan.took_effect"):
            _project(type(node)._default_manager.select_for_update().get(pk=node.pk))
    return len(nodes)


def reassign_ministry(
    nodes: Iterable[Node],
    ministry: Ministry,
    *,
    by: Actor,
    effective_on: date,
    reason: str,
    known_from: date | None = None,
) -> int:
    """Hand nodes over to a ministry from a day on (a reorganisation), all or none; how many were handed over."""
    count = 0
    with history.context(actor=by, verb="plan.reassigned", reason=reason):
        for node in nodes:
            revise_plan(
                node, by=by, effective_on=effective_on, reason=reason, verb="plan.reassigned", known_from=known_from,
                ministry=ministry,
            )  # fmt: skip
            count += 1
    return count


def add_dependency(
    predecessor: Milestone, successor: Milestone, *, by: Actor, lag_days: int = 0, **provenance: Any
) -> Dependency:
    """Let `successor` wait for `predecessor`. A loop is refused, naming it."""
    require(by, "record", successor)
    if predecessor == successor:
        raise Invalid(_("A milestone cannot wait for itself."), field="predecessor", code="loop")
    loop = _path(successor, predecessor)
    if loop:
        names = " → ".join(_name_for(by, each) for each in (predecessor, *loop))
        raise Invalid(_("This would close a loop: %s.") % names, field="predecessor", code="loop")
    return create_record(
        Dependency,
        by=by,
        verb="dependency.added",
        predecessor=predecessor,
        successor=successor,
        lag_days=lag_days,
        **provenance,
    )


def remove_dependency(dependency: Dependency, *, by: Actor, reason: str) -> Milestone:
    """Let its successor no longer wait; the successor."""
    require(by, "record", dependency)
    if not reason.strip():
        raise Invalid(_("Enter the reason of the change."), field="reason")
    with history.context(actor=by, verb="dependency.removed", reason=reason):
        dependency.delete()
    return dependency.successor


def _name_for(reader: Actor, milestone: Milestone) -> str:
    is_seen = isinstance(reader, System) or milestone.effective_tier <= clearance_of(reader)
    return milestone.code if is_seen else _("(not visible to you)")


def _path(start: Milestone, goal: Milestone) -> list[Milestone]:
    """The chain of successors from `start` to `goal`, both included; empty where there is none."""
    came_from: dict[int, Milestone | None] = {start.pk: None}
    front = [start]
    while front and goal.pk not in came_from:
        rows = Dependency.objects.filter(predecessor__in=front).select_related("predecessor", "successor")
        front = []
        for row in rows:
            if row.successor_id not in came_from:
                came_from[row.successor_id] = row.predecessor
                front.append(row.successor)
    if goal.pk not in came_from:
        return []
    chain, step = [], goal
    while step is not None:
        chain.append(step)
        step = came_from[step.pk]  # type: ignore[assignment]
    return chain[::-1]


def _create_node(model: type, verb: str, by: Actor, effective_on: date, values: dict[str, Any]) -> Any:
    """`reason` among the values is what the history says, not the plan: of a file that it came by."""
    require(by, "plan", model)
    known_from, reason = values.pop("known_from", None), values.pop("reason", "")
    node = model(**values)
    with history.context(actor=by, verb=verb, reason=reason):
        save_record(node, force_insert=True)
        plan = {name: getattr(node, column) for name, column in COLUMNS[model].items()}
        _write_version(node, by, effective_on, plan, "", known_from)
        node.refresh_from_db()
    return node


def _settle_succession(measure: Measure, values: dict[str, Any], changes: dict[str, Any]) -> None:
    """What takes the place of a measure is named as long as its scope is “Superseded”, and checked where it is new."""
    if values["scope"] != Scope.SUPERSEDED:
        if changes.get("superseded_by"):
            message = _("Only a measure with the scope “Superseded” names what takes its place.")
            raise Invalid(message, field="superseded_by")
        values["superseded_by"] = None
    elif successor := changes.get("superseded_by"):
        _check_successor(measure, successor)


def _check_successor(measure: Measure, successor: Measure) -> None:
    if measure.pk in successor.path:
        raise Invalid(_("A measure is not superseded by itself or by one below it."), field="superseded_by")
    if successor.strategic_task.strategy_id != measure.strategic_task.strategy_id:
        raise Invalid(_("What takes its place belongs to the same strategy."), field="superseded_by")
    step: Measure | None = successor
    while step is not None and step != measure:
        step = step.superseded_by
    if step is not None:
        raise Invalid(_("That measure is itself superseded by this one."), field="superseded_by", code="loop")


def _write_version(
    node: Node, by: Actor, effective_on: date, values: dict[str, Any], reason: str, known_from: date | None
) -> PlanVersion:
    version = PlanVersion(
        **{LINKS[type(node)]: node},
        effective_on=effective_on,
        known_from=known_from,
        reason=reason,
        approved_by=None if isinstance(by, System) else by,
        confidence=node.confidence,
        source=node.source,
        **values,
    )
    save_record(version, force_insert=True)
    return version


def _versions(node: Node) -> Any:
    joined = [name for name in COLUMNS[type(node)] if PlanVersion._meta.get_field(name).is_relation]
    rows = PlanVersion.objects.filter(**{LINKS[type(node)]: node}).select_related(*joined)
    return rows.order_by("-effective_on", "-pk")


def _version_on(node: Node, day: date) -> PlanVersion | None:
    """The version in force on a day; before the first one, the first; None where there is none."""
    versions = _versions(node)
    return versions.filter(effective_on__lte=day).first() or versions.last()


def _project(node: Node) -> None:
    """Write the version in force today into the node's own columns."""
    version = _version_on(node, timezone.localdate())
    for name, column in COLUMNS[type(node)].items():
        setattr(node, column, getattr(version, name))
    save_record(node)
