"""The operations of a change set: each makes one edit of the tree by the actions of plans and reports.

Nodes are named `task:<slug>`, `measure:<code>`, `milestone:<code>`, so that an edit may speak of what an earlier one of
the same set has made. The values of each operation are plain JSON; its docstring says which.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Ministry, Office, User
from common.errors import Invalid
from common.records import known_day
from tasks.actions import plans
from tasks.actions.plans import Node
from tasks.actions.reports import end_milestone
from tasks.choices import Operation, Scope
from tasks.models import Measure, Milestone, StrategicTask, Strategy

Values = dict[str, Any]
KINDS: dict[str, tuple[Any, str]] = {
    "task": (StrategicTask, "slug"),
    "measure": (Measure, "code"),
    "milestone": (Milestone, "code"),
}
# What is asked of a node that is planned anew.
JOINED = {
    "task": ("strategy",),
    "measure": ("strategic_task__strategy", "parent"),
    "milestone": ("measure__strategic_task__strategy", "responsible_office"),
}
FEWEST_PARTS = 2


def name_of(node: Node) -> str:
    """`measure:T1-1`."""
    kind = next(kind for kind, (model, _field) in KINDS.items() if isinstance(node, model))
    return f"{kind}:{getattr(node, KINDS[kind][1])}"


def nodes_in(strategy: Strategy, kind: str, by: User) -> Any:
    """Those of a kind that the user sees in a strategy."""
    path = {"task": "strategy", "measure": "strategic_task__strategy", "milestone": "measure__strategic_task__strategy"}
    model: Any = KINDS[kind][0]
    return model.objects.visible_to(by).filter(**{path[kind]: strategy})


def changed_by(values: Values) -> list[str]:
    """The nodes whose own plan an edit changes, by name; each once."""
    found = [values["node"]] if "node" in values else []
    found += [*values.get("nodes", ()), *values.get("weights", ()), *values.get("dates", ())]
    found += [name for part in values.get("parts", ()) for name in part.get("takes", ())]
    return list(dict.fromkeys(found))


@dataclass(frozen=True)
class Site:
    """Where edits are made: by whom, in which strategy, from which day on, and why.

    `made_on` is the day that is written: `effective_on`, or today where a later day is rehearsed.
    """

    by: User
    strategy: Strategy
    effective_on: date
    made_on: date
    reason: str
    source: str = ""

    def node(self, name: str) -> Any:
        """Raises Invalid where the user sees none of this name in the strategy."""
        kind, _colon, key = name.partition(":")
        rows = nodes_in(self.strategy, kind, self.by).select_related(*JOINED[kind])
        found = rows.filter(**{KINDS[kind][1]: key}).first()
        if found is None:
            raise Invalid(_("There is no “%s” in this strategy.") % key)
        return found

    def measure(self, name: str, field: str = "") -> Measure:
        found = self.node(name)
        if not isinstance(found, Measure):
            raise Invalid(_("A milestone stands below a measure: name one."), field=field)
        return found

    def revise(self, node: Node, *, verb: str = "plan.revised", **changes: Any) -> None:
        """Change the plan of a node, of which nothing later is on record."""
        latest = node.plan_versions.order_by("-effective_on").values_list("effective_on", flat=True).first()
        if latest and latest > self.effective_on:
            raise Invalid(
                _("The plan of %(code)s was changed from %(day)s on. Choose that day or a later one.")
                % {"code": _code(node), "day": known_day(latest)},
                field="effective_on",
            )
        plans.revise_plan(node, by=self.by, effective_on=self.made_on, reason=self.reason, verb=verb, **changes)

    def make(self, create: Callable[..., Any], *, weight: int, **values: Any) -> Any:
        """A new node. One that is to count from a later day stands at once, and counts for nothing until then."""
        today = timezone.localdate()
        waits = self.made_on > today and weight > 0
        values |= {"weight": 0 if waits else weight, "source": self.source}
        node = create(by=self.by, effective_on=min(self.made_on, today), **values)
        if waits:
            self.revise(node, weight=weight)
        return node

    def end(self, node: Measure | Milestone, scope: Scope, by_node: Any = None) -> None:
        """Take a node out of the plan; `by_node` takes its place, where one does."""
        _require_standing(node)
        if isinstance(node, Measure):
            self.revise(node, scope=scope, superseded_by=by_node)
            return
        if self.effective_on > timezone.localdate():
            raise Invalid(
                _("A milestone is cancelled or replaced today or for an earlier day: %s.") % node.code,
                field="effective_on",
            )
        end_milestone(node, by=self.by, effective_on=self.made_on, reason=self.reason, superseded_by=by_node)


def add_measure(site: Site, values: Values) -> None:
    """`under` (task or measure), `code`, `title_ko`, `title_en`, `weight`, `ministry` (key or "")."""
    above = site.node(values["under"])
    place = (
        {"strategic_task": above}
        if isinstance(above, StrategicTask)
        else {"strategic_task": above.strategic_task, "parent": above}
    )
    site.make(plans.create_measure, lead_ministry=_ministry(site, values["ministry"]), **place, **_named(values))


def add_milestone(site: Site, values: Values) -> None:
    """`under` (measure), `code`, `title_ko`, `title_en`, `weight`, `ministry`, `start` and `due` (days or "")."""
    due = _day(values["due"])
    site.make(
        plans.create_milestone,
        measure=site.measure(values["under"], "under"),
        responsible_ministry=_ministry(site, values["ministry"]),
        baseline_start=_day(values["start"]),
        baseline_due=due,
        current_due=due,
        **_named(values),
    )


def move(site: Site, values: Values) -> None:
    """`node` (measure or milestone), `to` (measure; of a measure also a task)."""
    node, to = site.node(values["node"]), site.node(values["to"])
    changes: dict[str, Any] = {"parent": to}
    stands: Node
    if isinstance(node, Milestone):
        stands, changes = node.measure, {"parent": site.measure(values["to"], "to")}
    else:
        stands = node.parent or node.strategic_task
        if isinstance(to, StrategicTask):
            changes = {"parent": None, "in_task": to}
    if stands == to:
        raise Invalid(_("It stands there already."), field="to")
    if isinstance(to, Measure):
        _require_standing(to, field="to")
    site.revise(node, **changes)


def split(site: Site, values: Values) -> None:
    """`node` (measure or milestone), `parts`: of each `code`, `title_ko`, `title_en`, `weight`, `due`, `takes`.

    The parts stand where the node stood, and answer to whom it answered. Of a measure every part `takes` some of what
    stands below, and nothing is left behind; of a milestone each may have a `due` of its own.
    """
    node, parts = site.node(values["node"]), values["parts"]
    _require_standing(node)
    if len(parts) < FEWEST_PARTS:
        raise Invalid(_("Name at least two parts."))
    taken = [name for part in parts for name in part["takes"]]
    if isinstance(node, Measure):
        _require_all_taken(site, node, taken)
    for part in parts:
        made = site.make(_creator(node), split_from=node, **_like(node, _day(part["due"])), **_named(part))
        _hand_down(site, part["takes"], made)
    site.end(node, Scope.SUPERSEDED)


def merge(site: Site, values: Values) -> None:
    """`nodes` (measures or milestones), `code`, `title_ko`, `title_en`, `weight`, `due` (day or "").

    The new one stands where the first stood, under its ministry, and takes what stood below all of them, each with its
    weight. Its classification is the strictest. A milestone lasts from the first start to the last due date.
    """
    nodes = [site.node(name) for name in values["nodes"]]
    first = nodes[0]
    if len(nodes) < FEWEST_PARTS or any(type(node) is not type(first) for node in nodes):
        raise Invalid(_("Name at least two measures, or at least two milestones."), field="nodes")
    plan = _like(first, _day(values["due"])) | {"tier": max(node.tier for node in nodes)}
    if isinstance(first, Milestone):
        plan |= _span(nodes, _day(values["due"]))
    made = site.make(_creator(first), **plan, **_named(values))
    for node in nodes:
        if isinstance(node, Measure):
            below = _standing_below(site, node)
            _require_all_taken(site, node, [name_of(each) for each in below])
            _hand_down(site, map(name_of, below), made)
        site.end(node, Scope.SUPERSEDED, made)


def weights(site: Site, values: Values) -> None:
    """`weights`: of each node its new weight. What has it already is left alone."""
    changed = False
    for name, weight in values["weights"].items():
        node = site.node(name)
        if node.weight != weight:
            site.revise(node, weight=weight)
            changed = True
    if not changed:
        raise Invalid(_("Nothing was changed: change a weight, or go back."))


def cancel(site: Site, values: Values) -> None:
    """`node` (measure or milestone)."""
    site.end(site.node(values["node"]), Scope.CANCELLED)


def supersede(site: Site, values: Values) -> None:
    """`node` (measure or milestone), `to` (another of the same kind, which stands)."""
    node, to = site.node(values["node"]), site.node(values["to"])
    if node == to or type(node) is not type(to):
        raise Invalid(_("Name another one of the same kind."), field="to")
    _require_standing(to, field="to")
    site.end(node, Scope.SUPERSEDED, to)


def rebaseline(site: Site, values: Values) -> None:
    """`dates`: of each milestone those of `baseline_start`, `baseline_due`, `current_due` that are new."""
    for name, dates in values["dates"].items():
        changes: dict[str, Any] = {column: _day(day) for column, day in dates.items()}
        site.revise(site.node(name), **changes)


def assign(site: Site, values: Values) -> None:
    """`nodes`, `ministry` (key), `office` (key or ""): who answers for them.

    An office goes with its ministry: a milestone that changes hands keeps none of the former's.
    """
    ministry, office = _ministry(site, values["ministry"]), _office(values["office"])
    if ministry is None:
        raise Invalid(_("Choose a ministry."), field="ministry")
    for name in values["nodes"]:
        node = site.node(name)
        changes: dict[str, Any] = {"ministry": ministry}
        if isinstance(node, Milestone):
            kept = node.responsible_office
            changes["office"] = office or (kept if kept and kept.ministry_id == ministry.pk else None)
        site.revise(node, verb="plan.reassigned", **changes)


OPERATIONS: dict[str, Callable[[Site, Values], None]] = {
    Operation.ADD_MEASURE: add_measure,
    Operation.ADD_MILESTONE: add_milestone,
    Operation.MOVE: move,
    Operation.SPLIT: split,
    Operation.MERGE: merge,
    Operation.WEIGHTS: weights,
    Operation.CANCEL: cancel,
    Operation.SUPERSEDE: supersede,
    Operation.REBASELINE: rebaseline,
    Operation.ASSIGN: assign,
}


def _named(values: Values) -> Values:
    return {name: values[name] for name in ("code", "title_ko", "title_en", "weight")}


def _code(node: Node) -> str:
    return node.title if isinstance(node, StrategicTask) else node.code


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _ministry(site: Site, key: str) -> Ministry | None:
    if not key:
        return None
    found = Ministry.objects.filter(key=key).first()
    if found is None or not found.is_valid(site.effective_on):
        raise Invalid(
            _("%(ministry)s does not exist on %(day)s: choose its successor, or another day.")
            % {"ministry": found or key, "day": known_day(site.effective_on)},
            field="ministry",
        )
    return found


def _office(key: str) -> Office | None:
    return Office.objects.get(key=key) if key else None


def _creator(node: Measure | Milestone) -> Callable[..., Any]:
    return plans.create_measure if isinstance(node, Measure) else plans.create_milestone


def _like(node: Measure | Milestone, due: date | None) -> Values:
    """The place and the plan of a node, for one that comes to stand beside it."""
    if isinstance(node, Measure):
        own = ("strategic_task", "parent", "tier", "lead_ministry", "region", "technology")
        return {name: getattr(node, name) for name in own} | {"cooperating": list(node.cooperating_ministries.all())}
    answers = ("measure", "tier", "responsible_ministry", "responsible_office")
    plan = {name: getattr(node, name) for name in (*answers, "baseline_start", "baseline_due", "current_due")}
    return plan | {"baseline_due": due, "current_due": due} if due else plan | {"due_precision": node.due_precision}


def _span(milestones: Iterable[Milestone], due: date | None) -> Values:
    rows = list(milestones)
    starts = [row.baseline_start for row in rows if row.baseline_start]
    dues = {
        name: due or max((getattr(row, name) for row in rows if getattr(row, name)), default=None)
        for name in ("baseline_due", "current_due")
    }
    return {"baseline_start": min(starts, default=None)} | dues


def _below(measure: Measure) -> Iterator[Any]:
    """What stands right below, whoever sees it."""
    yield from Measure.objects.filter(parent=measure, scope=Scope.IN_SCOPE)
    yield from Milestone.objects.filter(measure=measure, in_scope=True)


def _standing_below(site: Site, measure: Measure) -> list[Measure | Milestone]:
    below: list[Measure | Milestone] = []
    for kind, condition in (("measure", {"parent": measure, "scope": Scope.IN_SCOPE}),
                            ("milestone", {"measure": measure, "in_scope": True})):  # fmt: skip
        below += nodes_in(site.strategy, kind, site.by).filter(**condition)
    return below


def _require_all_taken(site: Site, measure: Measure, taken: list[str]) -> None:
    """What a replaced measure holds would count for nothing: all of it goes somewhere."""
    seen = {name_of(node) for node in _standing_below(site, measure)}
    if stray := [name for name in taken if name not in seen]:
        raise Invalid(_("“%s” does not stand below it.") % stray[0].partition(":")[2])
    if left := sorted(seen - set(taken)):
        raise Invalid(_("Say to which part this goes: %s.") % ", ".join(name.partition(":")[2] for name in left))
    if any(name_of(node) not in seen for node in _below(measure)):
        raise Invalid(_("Below it stands something above your clearance: somebody who sees it must do this."))


def _hand_down(site: Site, names: Iterable[str], measure: Measure) -> None:
    for name in names:
        site.revise(site.node(name), parent=measure)


def _require_standing(node: Measure | Milestone, field: str = "") -> None:
    if not node.in_scope:
        raise Invalid(_("%s is out of scope already.") % node.code, field=field)
