"""What changed between two days: one bar for each kind of change, each opening to the rows behind it."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import formats, past
from common.charts import axis_start
from common.errors import Invalid
from common.pages import Page
from common.past_addresses import day_of
from common.templatetags.display import exact_day
from common.tiers import clearance_of
from tasks.choices import MilestoneState, Slice
from tasks.interfaces import ChangedNode, Changes, ChangeStep, FigureView
from tasks.models import Measure, Meeting, StatusReport, StrategicTask
from tasks.querysets import known_on
from tasks.record_filters import StatusReportFilter
from tasks.rollups import changes, columns_of
from tasks.rollups.named import changed_nodes, changed_references
from tasks.views import base

BP = 10_000
MEETINGS = 3  # that are offered as a first day
# The steps whose rows say by how much they moved the figure, with the ratio that they move; the other stays.
MOVED_BY_ROW = {
    "progress": ("progress", gettext_lazy("Progress")),
    "replanned": ("plan", gettext_lazy("Plan")),
}
TENTHS = 10  # basis points in a tenth of a percent, which is what is shown
# In the order of the steps; each with what it counts.
WORDS = {
    "restated": (gettext_lazy("Restated"), gettext_lazy("What has become known since of the first day.")),
    "removed": (gettext_lazy("Removed"), gettext_lazy("Cancelled, superseded or taken out of scope.")),
    "moved": (gettext_lazy("Moved"), gettext_lazy("Now stands below another measure.")),
    "reweighted": (gettext_lazy("Re-weighted"), gettext_lazy("Counts more or less among its siblings.")),
    "added": (gettext_lazy("Added"), gettext_lazy("New in the plan; what is new is not reported yet.")),
    "reassigned": (gettext_lazy("Re-assigned"), gettext_lazy("Another ministry, region or technology.")),
    "progress": (gettext_lazy("Reported"), gettext_lazy("Progress, states and dates that were reported.")),
    "time": (gettext_lazy("Time elapsed"), gettext_lazy("What the plan asks for more by the second day.")),
    "replanned": (gettext_lazy("Re-planned"), gettext_lazy("Other baseline or due dates.")),
}


@dataclass(frozen=True)
class Row:
    """A node that a step touches, in words what became of it, and by how many basis points it moved the figure."""

    node: Any
    words: list[tuple[str, Any, Any]]
    moved_bp: int | None


@dataclass(frozen=True)
class Moved:
    """What the rows of a step moved: `what` of the figure, basis points of each row and of those that are not shown.

    They sum to `total`.
    """

    what: str
    by_row: list[int]
    hidden: int
    total: int


@dataclass(frozen=True)
class Bar:
    step: ChangeStep
    name: str
    hint: str
    progress_bp: int
    plan_bp: int
    rows: list[Row]
    moved: Moved | None

    @property
    def exact_bp(self) -> dict[str, Fraction]:
        """Basis points by which it moves progress and plan, not rounded."""
        return {ratio: self.step.points(ratio) * BP for ratio in ("progress", "plan")}

    @property
    def moves(self) -> bool:
        """Whether it moves anything that is shown."""
        return bool(self.progress_bp or self.plan_bp)

    @property
    def hidden(self) -> int:
        return self.step.total - len(self.rows)


class WhatChanged(Page):
    """`of` names what the figure is of: a task by its short name, a measure by its code; nothing: the strategy."""

    title = gettext_lazy("What changed")
    lede = gettext_lazy("What moved a figure from one day to another, one kind of change after the other.")
    template_name = "tasks/what_changed.html"

    @cached_property
    def strategy(self) -> Any:
        return base.strategy_of(self.request)

    @cached_property
    def node(self) -> Any:
        """The task or measure that is asked about; None: the strategy."""
        of = self.request.GET.get("of", "")
        if not of:
            return None
        user = self.request.user
        task = StrategicTask.objects.visible_to(user).filter(strategy=self.strategy, slug=of).first()
        measures = Measure.objects.visible_to(user).filter(strategic_task__strategy=self.strategy)
        found = task or measures.filter(code__iexact=of).first()
        if found is None:
            raise Http404
        return found

    def slice(self) -> tuple[str, int]:
        if self.node is None:
            return Slice.STRATEGY, 0
        return (Slice.TASK if isinstance(self.node, StrategicTask) else Slice.MEASURE), self.node.pk

    def days(self) -> tuple[date, date]:
        """From the first of the month, up to the day that is read, where the address names no other."""
        until = day_of("until", self.request.GET) or past.day()
        return day_of("since", self.request.GET) or until.replace(day=1), until

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tasks = StrategicTask.objects.visible_to(self.request.user).filter(strategy=self.strategy)
        context: dict[str, Any] = {"node": self.node, "strategy": self.strategy, "tasks": tasks, "refused": ""}
        context["meetings"] = self._meetings()
        try:
            since, until = self.days()
            found = self._changes(since, until)
        except Invalid as error:
            asked = {name: self.request.GET.get(name, "") for name in ("since", "until")}
            return super().get_context_data(**context | {"refused": error.message, "asked": asked} | kwargs)
        bars = self._bars(found)
        context |= {"since": since, "until": until, "found": found, "bars": bars}
        context["late_reports"] = self._late_reports(since)
        context["chart"] = _chart(found, bars) if any(bar.progress_bp for bar in bars) else None
        context["plan_moved"] = any(bar.plan_bp for bar in bars)
        return super().get_context_data(**context | kwargs)

    def _meetings(self) -> list[tuple[Meeting, str]]:
        """The last meetings, each with what changed since its day."""
        of = self.request.GET.get("of", "")
        return [(meeting, address(meeting.meets_on, of)) for meeting in base.meetings_held(self.request, MEETINGS)]

    def _changes(self, since: date, until: date) -> Changes:
        slice_, key = self.slice()
        reading = past.current()
        return changes(
            slice_,
            key,
            strategy=self.strategy,
            tier=clearance_of(self.request.user),
            since=since,
            until=until,
            known_at=reading.known_at if reading else None,
        )

    def _late_reports(self, since: date) -> str:
        """The list of reports, of the task in question, that changed what was known of the first day or one before it.

        Empty where there is none.
        """
        task = self.node.strategic_task if isinstance(self.node, Measure) else self.node
        of = {"strategic_task": task.slug} if task else {}
        asked = {**of, "effective_on__lte": since.isoformat(), "restates": "true"}
        rows = StatusReport.objects.visible_to(self.request.user).annotate(known_on=known_on("accepted_at"))
        found = StatusReportFilter(asked, queryset=rows, request=self.request).qs
        return f"{reverse('tasks:reports')}?{urlencode(asked)}" if found.exists() else ""

    def _bars(self, found: Changes) -> list[Bar]:
        progress, plan = (_shown(found, ratio) for ratio in ("progress", "plan"))
        nodes = changed_nodes(self.request.user, found)
        words = _Words(found, self.request.user)
        bars = []
        for place, step in enumerate(found.steps):
            shown = [row for row in step.nodes if (row.kind, row.id) in nodes]
            moved = _moved(step, shown)
            rows = [
                Row(nodes[row.kind, row.id], words.of(row, step.name), moved.by_row[number] if moved else None)
                for number, row in enumerate(shown)
            ]
            name, hint = (str(text) for text in WORDS[step.name])
            bars.append(Bar(step, name, hint, progress[place], plan[place], rows, moved))
        return bars


def _moved(step: ChangeStep, shown: list[ChangedNode]) -> Moved | None:
    """None where no row can be told apart from its siblings."""
    if step.name not in MOVED_BY_ROW:
        return None
    ratio, name = MOVED_BY_ROW[step.name]
    exact = [row.points[ratio] * BP for row in shown]
    whole = step.points(ratio) * BP
    total = int(formats.rounded(whole, 0))
    *by_row, hidden = formats.apportioned([*exact, whole - sum(exact)], total)
    return Moved(str(name), by_row, hidden, total)


def _shown(found: Changes, ratio: str) -> list[int]:
    """Basis points of each bar in whole tenths of a percent, which sum to the difference of the figures as shown."""
    first, last = (_tenths(getattr(view, ratio).exact) for view in (found.before, found.after))
    tenths = formats.apportioned([step.points(ratio) * 1000 for step in found.steps], last - first)
    return [TENTHS * value for value in tenths]


def _tenths(value: Fraction) -> int:
    return int(formats.rounded(value * 1000, 0))


def _chart(found: Changes, bars: list[Bar]) -> dict[str, Any]:
    items = [_end(_("Before"), found.before)]
    items += [
        {"name": bar.name, "value": bar.progress_bp, "href": f"#step-{bar.step.name}"}
        for bar in bars
        if bar.progress_bp
    ]
    items.append(_end(_("After"), found.after))
    return {"kind": "waterfall", "unit": "bp", "name": _("Progress"), "items": items, "min": axis_start(items)}


def _end(name: str, view: FigureView) -> dict[str, Any]:
    """The figure at an end; where it is not known there is no bar."""
    if view.progress.value is None:
        return {"name": name, "value": None, "shown": _("No data"), "total": True}
    return {"name": name, "value": TENTHS * _tenths(view.progress.exact), "total": True}


class _Words:
    """Says what of a node differs, with the names of what rows name by their ids."""

    heads = (
        ("parent_id", gettext_lazy("Parent measure")),
        ("weight", gettext_lazy("Weight")),
        ("lead_ministry_id", gettext_lazy("Lead ministry")),
        ("responsible_ministry_id", gettext_lazy("Responsible ministry")),
        ("region_id", gettext_lazy("Region")),
        ("technology_id", gettext_lazy("Strategic technology")),
        ("state", gettext_lazy("State")),
        ("progress_bp", gettext_lazy("Progress")),
        ("forecast", gettext_lazy("Expected completion")),
        ("completed_on", gettext_lazy("Completed on")),
        ("baseline_start", gettext_lazy("Baseline start")),
        ("baseline_due", gettext_lazy("Baseline due")),
        ("current_due", gettext_lazy("Current due")),
    )

    def __init__(self, found: Changes, user: Any) -> None:
        self.references = changed_references(user, found)

    def of(self, row: ChangedNode, step: str) -> list[tuple[str, Any, Any]]:
        """Head, before and after of each part that differs in a step; nothing of what came or went."""
        if not (row.before and row.after):
            return []
        changed = columns_of(step)
        return [
            (str(head), self._value(name, row.before), self._value(name, row.after))
            for name, head in self.heads
            if name in changed and row.before.get(name) != row.after.get(name)
        ]

    def _value(self, name: str, row: dict[str, Any]) -> Any:
        value = row.get(name)
        if value is None:
            return "–"
        if name in self.references:
            other = self.references[name].get(value)
            return "–" if other is None else other.code if isinstance(other, Measure) else other.name
        if name == "state":
            return str(MilestoneState(value).label)
        if name == "progress_bp":
            return formats.bp_percent(value)
        return exact_day(date.fromisoformat(value), row.get(_DATES[name], "")) if name in _DATES else str(value)


# With what says how exactly they are known.
_DATES = {
    "forecast": "", "baseline_start": "",
    "completed_on": "completed_precision", "baseline_due": "due_precision", "current_due": "due_precision",
}  # fmt: skip


def address(since: date | None = None, of: str = "") -> str:
    """The page, for what a figure is of."""
    query = "&".join(f"{name}={value}" for name, value in (("since", since or ""), ("of", of)) if value)
    return f"{reverse('tasks:what-changed')}?{query}" if query else reverse("tasks:what-changed")
