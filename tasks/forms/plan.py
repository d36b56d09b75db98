"""Measures and milestones: new ones, changes of their plan, and what waits for what."""

from typing import Any

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.cautions import Caution
from common.entry import Effect, EntryForm
from common.forms import EXACT_HINT, DayField
from common.templatetags.display import day_text
from tasks.actions.plans import (
    AT_ONCE,
    COLUMNS,
    Node,
    add_dependency,
    change_node,
    create_measure,
    create_milestone,
    create_strategy,
    remove_dependency,
)
from tasks.forms.rows import ReasonForm, RowForm
from tasks.models import Dependency, Measure, Milestone, PlanVersion, StrategicTask, Strategy

NAMES = {
    "in_task": _("Strategic task"),
    "parent": _("Parent measure"),
    "ministry": _("Ministry"),
    "office": _("Office"),
    "region": _("Region"),
    "technology": _("Strategic technology"),
    "superseded_by": _("Superseding measure"),
    "lead_ministry": _("Lead ministry"),
    "cooperating_ministries": _("Cooperating ministries"),
    "responsible_ministry": _("Responsible ministry"),
    "responsible_office": _("Responsible office"),
    "current_due": _("Due"),
    "tier": _("Classification"),
    "predecessor": _("Predecessor"),
}
WEIGHT = _("How much it counts beside the others of the same measure or task. 0 is shown and not counted.")
SUPERSEDED = _("The measure that takes its place, where the scope is “Superseded”.")
NEEDED_EVIDENCE = _("Without evidence of each of these kinds nobody reports it completed.")
NO_DAY = _("Changed at once, whatever the day below; the history keeps the former one.")
EFFECTIVE = _("From this day on. An earlier day becomes part of the past, a later one waits until it has come.")


class StrategyForm(EntryForm):
    """A new strategy; its plan comes by a file, or node by node."""

    model = Strategy
    shown = ("slug", "title_ko", "title_en", "announced_on", "first_year", "last_year", "review_steps")
    hints = {"slug": _("Small letters, digits and hyphens, as in clean-energy. It never changes.")}
    record = staticmethod(create_strategy)


class NodeForm(EntryForm):
    """A new node of the tree, with its first plan."""

    labels = NAMES
    hints = {"weight": WEIGHT, "effective_on": EFFECTIVE}
    effective_on = DayField(label=_("In force from"))

    def proposed(self) -> dict[str, Any]:
        return {"effective_on": timezone.localdate()}

    def offered(self, name: str, rows: Any) -> Any:
        return rows.valid(on=timezone.localdate()) if hasattr(rows, "valid") else rows


class MeasureForm(NodeForm):
    model = Measure
    shown = (
        "code", "title_ko", "title_en", "lead_ministry", "cooperating_ministries", "weight", "tier", "region",
        "technology",
    )  # fmt: skip
    record = staticmethod(create_measure)

    def place(self) -> dict[str, Any]:
        if isinstance(self.above, StrategicTask):
            return {"strategic_task": self.above}
        return {"strategic_task": self.above.strategic_task, "parent": self.above}

    def values(self) -> dict[str, Any]:
        found = super().values()
        return found | {"cooperating": found.pop("cooperating_ministries")}


class MilestoneForm(NodeForm):
    model, parent = Milestone, "measure"
    shown = (
        "code", "title_ko", "title_en", "done_when_ko", "done_when_en", "responsible_ministry", "responsible_office",
        "weight", "tier", "baseline_start", "baseline_due", "due_precision", "required_evidence",
    )  # fmt: skip
    hints = NodeForm.hints | {"required_evidence": NEEDED_EVIDENCE}
    record = staticmethod(create_milestone)

    def proposed(self) -> dict[str, Any]:
        return super().proposed() | {"responsible_ministry": self.above.lead_ministry}

    def values(self) -> dict[str, Any]:
        """As long as nothing was re-planned, the current due date is the baseline's."""
        found = super().values()
        return found | {"current_due": found["baseline_due"]}


def _columns(node: type) -> dict[str, str]:
    """Field of the form → column of the node that it changes."""
    return {name: name for name in AT_ONCE[node]} | COLUMNS[node]


class PlanForm(NodeForm):
    """A change of a node's titles and plan: its fields are what changes at once and the columns of a plan version."""

    model, has_source = PlanVersion, False
    change = staticmethod(change_node)
    node: Any = StrategicTask
    columns: dict[str, str] = {}
    hints = NodeForm.hints | {"title_ko": NO_DAY, "title_en": NO_DAY}

    def column(self, name: str) -> Any:
        return (self.node if name in AT_ONCE[self.node] else self.model)._meta.get_field(name)

    def standing(self, row: Node) -> dict[str, Any]:
        return {name: getattr(row, column) for name, column in self.columns.items()}

    def get_initial_for_field(self, field: Any, field_name: str) -> Any:
        if field_name == "effective_on":
            return timezone.localdate()
        return super().get_initial_for_field(field, field_name)

    def effects(self) -> list[Effect]:
        return [each for each in self.compared(self.row) if each.stands != each.typed]

    def cautions(self) -> list[Caution]:
        day = self.cleaned_data.get("effective_on")
        if day is None or day <= timezone.localdate():
            return []
        words = _now("It takes effect on %s; until then the plan stands as it is.") % day_text(day)
        return [Caution("effective_on", words)]


class TaskPlanForm(PlanForm):
    columns = _columns(StrategicTask)
    shown = tuple(columns)


class MeasurePlanForm(PlanForm):
    node, columns = Measure, _columns(Measure)
    shown = tuple(columns)
    hints = PlanForm.hints | {"superseded_by": SUPERSEDED}

    def offered(self, name: str, rows: Any) -> Any:
        if name not in ("parent", "superseded_by"):
            return super().offered(name, rows)
        others = rows.exclude(pk__in=_below(self.row, rows))
        if name == "parent":
            return others.filter(strategic_task=self.row.strategic_task_id)
        return others.filter(strategic_task__strategy=self.row.strategic_task.strategy_id)


class MilestonePlanForm(PlanForm):
    node, columns = Milestone, _columns(Milestone)
    shown = (
        "title_ko", "title_en", "parent", "weight", "tier", "baseline_start", "baseline_due", "current_due",
        "due_precision", "required_evidence", "ministry", "office",
    )  # fmt: skip
    hints = PlanForm.hints | {
        "due_precision": format_lazy("{} {}", EXACT_HINT, NO_DAY),
        "required_evidence": format_lazy("{} {}", NEEDED_EVIDENCE, NO_DAY),
    }
    needed = ("parent",)

    def offered(self, name: str, rows: Any) -> Any:
        if name != "parent":
            return super().offered(name, rows)
        return rows.filter(strategic_task__strategy=self.row.measure.strategic_task.strategy_id)


def _below(measure: Measure, rows: Any) -> set[int]:
    """The measure and all below it: none of them can become its parent."""
    found, front = {measure.pk}, {measure.pk}
    while front:
        front = set(rows.filter(parent__in=front).values_list("pk", flat=True)) - found
        found |= front
    return found


class DependencyForm(RowForm):
    """The milestone of the page waits for the one chosen here."""

    model, parent = Dependency, "successor"
    shown = ("predecessor", "lag_days")
    labels = NAMES | {"lag_days": _("Lag (days)")}
    hints = {"lag_days": _("Calendar days after the end of the other; a minus for days before it.")}
    record = staticmethod(add_dependency)

    def offered(self, name: str, rows: Any) -> Any:
        return rows.exclude(pk=self.above.pk)


class RemoveDependencyForm(ReasonForm):
    model, parent = Dependency, "successor"
    change = staticmethod(remove_dependency)
