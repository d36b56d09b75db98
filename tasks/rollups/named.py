"""Which figure a name means: a public id or code, `none` for what names no row, `task:ministry` for a cell."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Ministry
from common import past
from common.errors import Invalid
from common.filters import as_uuid
from common.lookup import named
from tasks.choices import Slice
from tasks.interfaces import Changes, Key, Part
from tasks.models import Measure, Milestone, Region, StrategicTask, Strategy, Technology
from tasks.models.figure import NodeKind

NONE = "none"
# slice: its rows, the column of their code, the path to their strategy, the order
NODES: dict[str, tuple[type, str, str, str]] = {
    Slice.STRATEGY: (Strategy, "slug", "", "announced_on"),
    Slice.TASK: (StrategicTask, "slug", "strategy", "number"),
    Slice.MEASURE: (Measure, "code", "strategic_task__strategy", "code"),
    Slice.MINISTRY: (Ministry, "key", "", "key"),
    Slice.REGION: (Region, "key", "", "pk"),
    Slice.TECHNOLOGY: (Technology, "key", "", "number"),
}
# A cell is a task by one of these.
CELLS = {Slice.TASK_MINISTRY.value: Slice.MINISTRY.value, Slice.TASK_REGION.value: Slice.REGION.value}
# A task by one of these is named `task:code`; that of a technology is added up when it is asked for, none is stored.
_CUT = {**CELLS, Slice.TECHNOLOGY.value: Slice.TECHNOLOGY.value}
# Those that may stand for no row: what no ministry answers for, what names no region or technology.
_WITH_NONE = (Slice.MINISTRY, Slice.REGION, Slice.TECHNOLOGY)
_PARTS: dict[NodeKind, type] = {
    NodeKind.MILESTONE: Milestone,
    NodeKind.MEASURE: Measure,
    NodeKind.TASK: StrategicTask,
    NodeKind.STRATEGY: Strategy,
}

# Of the nodes that `changes` names.
_KINDS: dict[str, type] = {"task": StrategicTask, "measure": Measure, "milestone": Milestone}


@dataclass(frozen=True)
class NamedFigure:
    """Slice and key of a figure, as `figures` and `explain` take them, and how it is called.

    `node` is its row, None for what names none; `task` that of a cell.
    """

    slice: str
    key: Key
    strategy: Strategy
    node: Any
    task: StrategicTask | None = None

    @property
    def code(self) -> str:
        slice = _CUT.get(self.slice, self.slice)
        code = NONE if self.node is None else getattr(self.node, NODES[slice][1])
        return f"{self.task.slug}:{code}" if self.task else code

    @property
    def label(self) -> str:
        label = label_of(_CUT.get(self.slice, self.slice), self.node)
        return f"{self.task.title} × {label}" if self.task else label


def named_figure(user: Any, name: str, *, slice: str | None = None, strategy: str | None = None) -> NamedFigure | None:
    """What the name means to a reader; None where there is nothing of this name, or nothing visible.

    Without a slice the first that knows the name. `strategy`: slug or public id; without it that of the row, else the
    first announced.
    """
    whole = strategy_named(user, strategy)
    if whole is None:
        return None
    slices = [slice] if slice else [] if name == NONE else [*NODES, *CELLS]
    found = (_named_figure(user, name, each, whole, is_given=strategy is not None) for each in slices)
    return next((figure for figure in found if figure is not None), None)


def strategy_named(user: Any, name: str | None) -> Strategy | None:
    """Invalid where the strategy that was asked for is not there."""
    rows = Strategy.objects.visible_to(user)
    found = rows.first() if name is None else row_named(rows, name, "slug").first()
    if found is None and name is not None:
        raise Invalid(_("There is no “%s” here.") % name, field="strategy")
    return found


def row_named(rows: QuerySet, name: str, code: str) -> QuerySet:
    """The row with this public id or code; none for what is not there."""
    if "\x00" in name:
        return rows.none()
    return rows.filter(uuid=name) if as_uuid(name) else rows.filter(**{code: name})


def part_named(user: Any, name: str) -> tuple[int, int] | None:
    """Kind and id of the node with this public id, for `explain(after=…)`; None where there is none visible."""
    if not as_uuid(name):
        return None
    for kind, model in _PARTS.items():
        key = model._default_manager.visible_to(user).filter(uuid=name).values_list("pk", flat=True).first()  # type: ignore[attr-defined]
        if key is not None:
            return int(kind), key
    return None


# The columns of changed nodes that name other rows, each by the slice that such rows cut.
REFERENCES = {
    "parent_id": Slice.MEASURE,
    "strategic_task_id": Slice.TASK,
    "lead_ministry_id": Slice.MINISTRY,
    "responsible_ministry_id": Slice.MINISTRY,
    "region_id": Slice.REGION,
    "technology_id": Slice.TECHNOLOGY,
}


def changed_nodes(user: Any, found: Changes) -> dict[tuple[str, int], Any]:
    """The rows that the steps name, by kind and id, as far as the reader sees them.

    Titles are today's, also of what has gone meanwhile.
    """
    wanted: dict[str, set[int]] = {}
    for step in found.steps:
        for each in step.nodes:
            wanted.setdefault(each.kind, set()).add(each.id)
    with past.today():
        return {
            (kind, row.pk): row
            for kind, ids in wanted.items()
            for row in _KINDS[kind]._default_manager.visible_to(user).filter(pk__in=ids)  # type: ignore[attr-defined]
        }


def changed_references(user: Any, found: Changes) -> dict[str, dict[int, Any]]:
    """The rows that columns of the touched nodes name, by column and id, as far as the reader sees them: today's."""
    values = [row for step in found.steps for each in step.nodes for row in (each.before, each.after)]
    rows: dict[str, dict[int, Any]] = {}
    with past.today():
        for column, slice in REFERENCES.items():
            model = NODES[slice][0]
            ids = {row.get(column) for row in values} - {None}
            seen = model._default_manager.visible_to(user).filter(pk__in=ids) if ids else ()  # type: ignore[attr-defined]
            rows[column] = {row.pk: row for row in seen}
    return rows


def code_of(node: Any) -> str:
    """The code of a row; its slug or key where it has none."""
    return next(str(value) for name in ("code", "slug", "key") if (value := getattr(node, name, None)))


def part_address(named: NamedFigure, part: Part) -> tuple[str, str] | None:
    """Slice and name of the figure that a part is; None for one that is no figure."""
    if not part.slice:
        return None
    code = code_of(part.node)
    return part.slice, f"{code}:{named.code}" if isinstance(part.key, tuple) else code


def label_of(slice: str, node: Any) -> str:
    if node is None:
        return {Slice.MINISTRY: _("Unassigned"), Slice.REGION: _("No region")}.get(Slice(slice), _("No technology"))
    return node.name if hasattr(node, "name") else node.title


def _named_figure(user: Any, name: str, slice: str, strategy: Strategy, *, is_given: bool) -> NamedFigure | None:
    task = None
    if slice in CELLS or (slice in _CUT and ":" in name):
        of_task, _colon, name = name.partition(":")
        task = _node(user, of_task, Slice.TASK, strategy if is_given else None)
        if task is None:
            return None
        strategy = task.strategy
    inner = _CUT.get(slice, slice)
    if name == NONE and inner in _WITH_NONE:
        return NamedFigure(slice, 0 if task is None else (task.pk, 0), strategy, None, task)
    node = _node(user, name, inner, strategy if is_given else None)
    if node is None:
        return None
    if inner == Slice.STRATEGY:
        return NamedFigure(slice, 0, node, node)
    if path := NODES[inner][2]:
        strategy = attrgetter(path.replace("__", "."))(node)
    return NamedFigure(slice, node.pk if task is None else (task.pk, node.pk), strategy, node, task)


def _node(user: Any, name: str, slice: str, strategy: Strategy | None) -> Any:
    """The row of a slice with this name; of the strategy, where one was asked for."""
    model, code, path, _order = NODES[slice]
    rows = model._default_manager.visible_to(user)  # type: ignore[attr-defined]
    if path:
        rows = rows.select_related(path)
    if strategy is not None and (path or slice == Slice.STRATEGY):
        rows = rows.filter(**{path or "pk": strategy if path else strategy.pk})
    return named(rows, "uuid", as_uuid(name)) if as_uuid(name) else named(rows, code, name)
