"""The base of forms for rows that hang on a measure or milestone: which rows they offer."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.entry import EntryForm
from tasks.models import Measure, Milestone
from tasks.permissions import node_of, recordable


class RowForm(EntryForm):
    """A new row names its measure, among those that the reader enters data for; later it stays there."""

    fixed: tuple[str, ...] = ("measure",)
    labels = {"measure": _("Measure"), "milestone": _("Milestone"), "precision": _("How exact the date is")}

    @property
    def measure(self) -> Measure | None:
        """The measure that the row belongs to, where it is known already."""
        node = node_of(self.row or self.above)
        return node.measure if isinstance(node, Milestone) else node

    def offered(self, name: str, rows: Any) -> Any:
        if name == "measure":
            return recordable(self.reader, rows)
        if rows.model is Milestone and self.measure is not None:
            return rows.filter(measure__strategic_task=self.measure.strategic_task_id)
        return rows.valid(on=timezone.localdate()) if hasattr(rows, "valid") else rows


class ReasonForm(EntryForm):
    """For what takes a row back or away: only the reason."""

    has_source = False


class StepForm(RowForm):
    """A dated step of a row: a milestone in its place."""

    shown: tuple[str, ...] = ("milestone", "position")
    has_source = False
    hints = {
        "milestone": _("The step holds no date of its own: the milestone does, and is reported there."),
        "position": _("Its place in the order of the steps."),
    }
    steps = "steps"

    def proposed(self) -> dict[str, Any]:
        last = getattr(self.above, self.steps).order_by("-position").first()
        return {"position": last.position + 1 if last else 1}
