"""The plan of a new strategy from a table: its strategic tasks, measures and milestones, one row each.

A row names what it stands below by that one's code, which stands further up in the sheet or in the strategy already.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Ministry
from common.entry import SOURCE_HINT
from common.imports.declaration import Column, Importer, Role, Row
from common.imports.values import Choice, Code, Number, PlannedDay, Text
from common.imports.words import Wrong, folded
from common.uploads import Cell
from tasks.actions import plans
from tasks.choices import PlanKind
from tasks.models import Measure, Milestone, StrategicTask, Strategy
from tasks.models.measure import MAX_DEPTH
from tasks.permissions import Denied, may

BLANK_ROWS = 300
MOST_WEIGHT = 1_000_000
_LONGEST = {PlanKind.TASK: 40, PlanKind.MEASURE: 40, PlanKind.MILESTONE: 60}
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE = re.compile(r"[\w.()-]+")
_NODES: dict[str, tuple[Any, str]] = {
    PlanKind.TASK: (StrategicTask, "slug"),
    PlanKind.MEASURE: (Measure, "code"),
    PlanKind.MILESTONE: (Milestone, "code"),
}


@dataclass(frozen=True)
class Weight(Number):
    """A whole number from 0 to a million."""

    digits: int = 7
    places: int = 0
    format: str = "0"

    def read(self, cell: Cell) -> int:  # type: ignore[override]
        number = super().read(cell)
        if not 0 <= number <= MOST_WEIGHT:
            raise Wrong(_("Not a weight"), _("Enter a whole number from 0 to 1,000,000."))
        return int(number)


class PlanRows(Importer):
    slug = "plan"
    title = gettext_lazy("Import the plan of a new strategy")
    sheet = gettext_lazy("Plan")
    identity = ("strategy", "kind", "code")
    columns = (
        Column("strategy", gettext_lazy("Strategy"), Code(), Role.KEY, hint=gettext_lazy("do not change"), width=20),
        Column("kind", gettext_lazy("Kind"), Choice(of_class=PlanKind), width=16),
        Column("code", gettext_lazy("Code"), Text(longest=60), width=16,
               hint=gettext_lazy("of a strategic task its short name in addresses, as in clean-energy")),
        Column("parent", gettext_lazy("Stands below"), Text(longest=60), required=False, width=16,
               hint=gettext_lazy("code of the task or measure, which stands further up")),
        Column("title_ko", gettext_lazy("Title (Korean)"), Text(longest=200), width=40),
        Column("title_en", gettext_lazy("Title (English)"), Text(longest=200), width=40),
        Column("weight", gettext_lazy("Weight"), Weight(), width=9),
        Column("ministry", gettext_lazy("Ministry"), Text(longest=120), required=False, width=24),
        Column("start", gettext_lazy("Start"), PlannedDay(), required=False, width=14,
               hint=gettext_lazy("of milestones; a date, as in 2026-01-31")),
        Column("due", gettext_lazy("Due"), PlannedDay(), required=False, width=14,
               hint=gettext_lazy("of milestones; a date, as in 2026-01-31")),
        Column("source", gettext_lazy("Source"), Text(longest=2_000), hint=SOURCE_HINT, width=40),
    )  # fmt: skip

    def refusal(self, user: Any) -> str:
        return _refusal(user, Strategy)

    def denied(self, user: Any, row: Row) -> str:
        return _refusal(user, row.target)

    def targets(self, user: Any) -> Mapping[str, Strategy]:
        return {folded(strategy.slug): strategy for strategy in Strategy.objects.visible_to(user)}

    def codes(self, user: Any) -> list[tuple[Column, list[Any]]]:
        column = next(column for column in self.columns if column.name == "ministry")
        valid = Ministry.objects.visible_to(user).valid(on=timezone.localdate())
        return [*super().codes(user), (column, [SimpleNamespace(label=ministry) for ministry in valid])]

    def judge(self, row: Row) -> Iterator[tuple[str, Wrong]]:
        kind, code, values = row.values["kind"], row.values["code"], row.values
        pattern = _SLUG if kind == PlanKind.TASK else _CODE
        if not pattern.fullmatch(code) or len(code) > _LONGEST[kind]:
            remedy = _("Of a task small letters, digits and hyphens, of others no spaces; at most %s characters.")
            yield "code", Wrong(_("Not a code"), remedy % _LONGEST[kind])
        if kind == PlanKind.TASK and values["parent"]:
            yield "parent", Wrong(_("A strategic task stands below nothing"), _("Leave the cell empty."))
        if kind != PlanKind.TASK and not values["parent"]:
            yield "parent", Wrong(_("It is not said where this stands"), _("Enter the code of what stands above it."))
        for name in ("start", "due"):
            if values[name] and kind != PlanKind.MILESTONE:
                yield name, Wrong(_("Only milestones have dates"), _("Leave the cell empty."))
        if values["start"] and values["due"] and values["start"] > values["due"]:
            yield "due", Wrong(_("The start lies after the due date."), _("Correct one of the two dates."))

    def judge_together(self, rows: Sequence[Row], faulty: Sequence[Row], user: Any) -> Iterator[tuple[Row, str, Wrong]]:
        """What a row alone does not tell: codes that are taken, ministries, and what the rows stand below."""
        taken = {kind: _taken(rows, kind) for kind in _NODES}
        ministries = _ministries(user)
        tree = _Tree(rows, faulty, user)
        for row in rows:
            values = row.values
            if values["code"] in taken[values["kind"]]:
                remedy = _("Choose another code; what stands already is changed on the page “Structure”.")
                yield row, "code", Wrong(_("This code is taken"), remedy)
            if values["ministry"] and folded(values["ministry"]) not in ministries:
                yield row, "ministry", Wrong(_("Not a ministry of today"), _("Choose one of the sheet “Codes”."))
            if values["kind"] != PlanKind.TASK and (wrong := tree.wrong_of(row)):
                yield row, "parent", wrong
            tree.add(row)

    def compare(self, rows: Sequence[Row], user: Any) -> None:
        for row in rows:
            row.will = " · ".join(
                str(each) for each in (row.values["parent"], row.values["ministry"], row.values["due"]) if each
            )

    def describe(self, row: Row) -> str:
        return f"{PlanKind(row.values['kind']).label} {row.values['code']} {row.values['title_ko']}"

    def lock(self, rows: Sequence[Row], user: Any) -> None:
        strategies = Strategy.objects.visible_to(user).filter(pk__in={row.target.pk for row in rows})
        list(strategies.order_by("pk").select_for_update(of=("self",), no_key=True))

    def write(self, row: Row, *, by: Any, reason: str) -> None:
        values = dict(row.values)
        for name in ("strategy", "start", "due", "ministry"):
            del values[name]
        named, start, due = (row.values[name] for name in ("ministry", "start", "due"))
        ministry = _ministries(by)[folded(named)] if named else None
        plans.create_planned(row.target, by=by, reason=reason, ministry=ministry, start=start, due=due, **values)

    def prefill(self, user: Any) -> Iterator[dict[str, Any]]:
        """Empty rows for every strategy that has no plan yet."""
        for strategy in Strategy.objects.visible_to(user).filter(strategic_tasks=None):
            for _number in range(BLANK_ROWS):
                yield {"strategy": strategy.slug}


class _Tree:
    """What the rows so far stand for: by strategy and code the depth, 0 of a task."""

    def __init__(self, rows: Sequence[Row], faulty: Sequence[Row], user: Any) -> None:
        self.depths: dict[tuple[int, str], int] = {}
        self.named = {row.values.get("code") for row in rows}
        self.faulty = {row.values.get("code") for row in faulty}
        for strategy in {row.target.pk for row in rows}:
            tasks = StrategicTask.objects.visible_to(user).filter(strategy=strategy)
            self.depths |= {(strategy, slug): 0 for slug in tasks.values_list("slug", flat=True)}
            measures = Measure.objects.visible_to(user).filter(strategic_task__strategy=strategy)
            self.depths |= {(strategy, code): depth for code, depth in measures.values_list("code", "depth")}

    def add(self, row: Row) -> None:
        values = row.values
        if values["kind"] == PlanKind.TASK:
            self.depths.setdefault((row.target.pk, values["code"]), 0)
        elif values["kind"] == PlanKind.MEASURE:
            above = self.depths.get((row.target.pk, values["parent"]), 0)
            self.depths.setdefault((row.target.pk, values["code"]), above + 1)

    def wrong_of(self, row: Row) -> Wrong | None:
        parent, depth = row.values["parent"], self.depths.get((row.target.pk, row.values["parent"]))
        if depth is None:
            return None if parent in self.faulty else self._missing(parent)
        if row.values["kind"] == PlanKind.MILESTONE and depth == 0:
            return Wrong(_("A milestone stands below a measure"), _("Enter the code of a measure."))
        if row.values["kind"] == PlanKind.MEASURE and depth == MAX_DEPTH:
            return Wrong(_("Measures can be nested five deep at most."), _("Let it stand higher up."))
        return None

    def _missing(self, parent: str) -> Wrong:
        if parent in self.named:
            return Wrong(_("It stands further down, or is a milestone"), _("Move its row above this one."))
        return Wrong(_("There is no such task or measure"), _("Enter a code of a row further up."))


def _taken(rows: Sequence[Row], kind: str) -> set[str]:
    """Codes are unique whoever sees them."""
    model, field = _NODES[kind]
    codes = [row.values["code"] for row in rows if row.values["kind"] == kind]
    return set(model.objects.filter(**{f"{field}__in": codes}).values_list(field, flat=True))


def _ministries(user: Any) -> dict[str, Ministry]:
    """Those of today, by key and by their names in both languages."""
    rows = Ministry.objects.visible_to(user).valid(on=timezone.localdate())
    return {folded(name): row for row in rows for name in (row.key, row.short_ko, row.name_ko, row.name_en) if name}


def _refusal(user: Any, obj: Any) -> str:
    answer = may(user, "plan", obj)
    return answer.reason if isinstance(answer, Denied) else ""
