"""The base of forms for rows that hang on a measure or milestone: which rows they offer."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.cautions import Caution
from common.entry import EntryForm
from tasks.models import Measure, Milestone
from tasks.permissions import node_of, recordable


def another_method(known: Sequence[str], method: str) -> list[Caution]:
    """Of an observation by a method that was not used before; all as they are shown."""
    if not method or not known or method in known:
        return []
    words = _now("So far the method was %s. “%s” becomes a line of its own and is never joined with it.")
    return [Caution("method", words % (", ".join(f"“{each}”" for each in known), method))]


class RowForm(EntryForm):
    """A new row names its measure, among those that the reader enters data for; later it stays there."""

    fixed: tuple[str, ...] = ("measure",)
    labels = {
        "measure": _("Measure"),
        "milestone": _("Milestone"),
        "tier": _("Classification"),
    }

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
