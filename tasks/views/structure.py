"""The structure of a strategy: its tree, branch by branch, and the edits that the coordinating office collects."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Ministry
from common.pages import Crumb, DetailPage, Page
from common.parameters import whole_number
from common.tiers import clearance_of
from tasks.actions.change_sets import pending_changes, propose_edit
from tasks.choices import Operation
from tasks.forms.structure import (
    MOST_PARTS,
    PARTS,
    OperationForm,
    ReassignForm,
    SplitForm,
    answered_counts,
    strategy_of,
)
from tasks.interfaces import Ratio
from tasks.models import Measure, Milestone, StrategicTask, Strategy
from tasks.models.figure import NodeKind
from tasks.permissions import may
from tasks.rollups import with_share
from tasks.rollups.engine import UNITS
from tasks.views import base
from tasks.views.entry import EntryPage, Offer, doors

# Of a branch; the rest is a page further.
BRANCH = 100
HOME = Crumb(_("Structure"), "tasks:structure")
EDITS = {
    "add-measure": _("Add a measure"),
    "add-milestone": _("Add a milestone"),
    "weights": _("Set weights"),
    "move": _("Move"),
    "split": _("Split"),
    "rebaseline": _("Set new dates"),
    "assign": _("Assign"),
    "supersede": _("Supersede"),
    "cancel": _("Cancel"),
}
# What may become of a measure and of a milestone alike.
REVISED = ("move", "split", "rebaseline", "assign", "supersede", "cancel")


def offered(kind: str, *edits: str) -> tuple[Offer, ...]:
    """The edits of a kind of node, each with its address."""
    return tuple(Offer(EDITS[edit], f"tasks:structure-{kind}-{edit}", "plan") for edit in edits)


@dataclass(frozen=True)
class Line:
    """A node of the tree: its part of what stands above it, and of the strategy; None where it counts for nothing."""

    node: Any
    url: str
    ministry: Any
    among_siblings: Ratio | None
    of_strategy: Ratio | None
    has_below: bool

    @property
    def kind(self) -> str:
        return str(self.node._meta.model_name)


def home(strategy: Strategy) -> str:
    return f"{reverse('tasks:structure')}?strategy={strategy.slug}"


def node_url(node: Any) -> str:
    """The page of a node in the structure."""
    name, key = {StrategicTask: ("task", "slug"), Measure: ("measure", "code"), Milestone: ("milestone", "uuid")}[
        type(node)
    ]
    return reverse(f"tasks:structure-{name}", args=[getattr(node, key)])


def weights_of(rows: QuerySet, kind: NodeKind) -> int:
    """The sum of the weights of those that count."""
    counted = rows if kind == NodeKind.TASK else rows.filter(in_scope=True)
    return counted.order_by().aggregate(total=Sum("weight"))["total"] or 0


class StructurePage(Page):
    """What its pages share: the strategy, and what the reader has collected."""

    def get_strategy(self) -> Strategy:
        return base.strategy_of(self.request)

    @cached_property
    def strategy(self) -> Strategy:
        return self.get_strategy()

    @cached_property
    def may_plan(self) -> bool:
        return bool(may(base.reader(self.request), "plan", self.strategy))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pending = pending_changes(base.reader(self.request)) if self.may_plan else None
        shared = {"strategy": self.strategy, "pending": pending, "may_plan": self.may_plan, "home": home(self.strategy)}
        return super().get_context_data(**shared | kwargs)

    def lines(self, rows: QuerySet, kind: NodeKind, total: int, first: int = 0, number: int = BRANCH) -> list[Line]:
        """So many siblings from the first one on, with their parts in the reader's tier; `total`: of all weights."""
        ministry = "responsible_ministry" if kind == NodeKind.MILESTONE else "lead_ministry"
        found = with_share(rows.select_related(ministry), kind=kind, tier=clearance_of(self.request.user))
        if kind == NodeKind.MEASURE:
            below = [Measure.objects.filter(parent=OuterRef("pk")), Milestone.objects.filter(measure=OuterRef("pk"))]
            visible: Any = [Exists(each.visible_to(self.request.user)) for each in below]
            found = found.annotate(has_below=visible[0] | visible[1])
        return [self._line(row, total, getattr(row, ministry)) for row in found[first : first + number]]

    @staticmethod
    def _line(row: Any, total: int, ministry: Any) -> Line:
        counts = total and getattr(row, "in_scope", True)
        return Line(
            row, node_url(row), ministry,
            Ratio(row.weight, total) if counts else None,
            Ratio(row.share, UNITS) if counts and row.share is not None else None,
            getattr(row, "has_below", isinstance(row, StrategicTask)),
        )  # fmt: skip


class Structure(StructurePage):
    """The tree of a strategy (`?strategy=`): its tasks; branches open one by one."""

    title = _("Structure")
    lede = _("The tree of the plan: who leads what, and how much it counts.")
    template_name = "tasks/structure.html"
    offers = (
        Offer(_("Weights of the tasks"), "tasks:structure-weights", "plan"),
        Offer(_("Merge"), "tasks:structure-merge", "plan"),
        Offer(_("Reorganisation"), "tasks:structure-reassign", "plan"),
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = StrategicTask.objects.visible_to(self.request.user).filter(strategy=self.strategy)
        context = {
            "lines": self.lines(rows, NodeKind.TASK, weights_of(rows, NodeKind.TASK)),
            "doors": doors(base.reader(self.request), self.strategy, self.offers, "slug"),
        }
        return super().get_context_data(**context | kwargs)


class NodePage(StructurePage, DetailPage):
    """A node with what stands below it. htmx asks for the branch alone, once it is opened in the tree."""

    template_name = "tasks/structure_node.html"
    offers: tuple[Offer, ...] = ()

    def get_strategy(self) -> Strategy:
        return strategy_of(self.object)

    def get_title(self) -> str:
        return str(self.object)

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(HOME.label, home(self.strategy)), *self.above(), Crumb(self.get_title())]

    def above(self) -> list[Crumb]:
        return []

    def parts(self) -> list[tuple[QuerySet, NodeKind]]:
        """What stands right below, kind by kind."""
        return []

    def get_template_names(self) -> list[str]:
        is_branch = bool(self.request.htmx) and not self.request.htmx.boosted  # type: ignore[attr-defined]
        return ["tasks/_structure_branch.html"] if is_branch else [self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = whole_number(self.request.GET.get("page") or "1", 1_000_000) or 1
        lines, more = self._page(page)
        context = {
            "lines": lines,
            "more": f"{node_url(self.object)}?page={page + 1}" if more else "",
            "doors": doors(base.reader(self.request), self.object, self.offers, self.lookup),
            "own_url": self.object.get_absolute_url(),
        }
        return super().get_context_data(**context | kwargs)

    def _page(self, page: int) -> tuple[list[Line], bool]:
        parts = self.parts()
        total = sum(weights_of(rows, kind) for rows, kind in parts)
        first, wanted, lines = (page - 1) * BRANCH, BRANCH + 1, list[Line]()
        for rows, kind in parts:
            found = self.lines(rows, kind, total, first, wanted)
            lines, wanted = lines + found, wanted - len(found)
            first = 0 if found else first - rows.count()
        return lines[:BRANCH], len(lines) > BRANCH

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response = super().render_to_response(context, **kwargs)
        response.headers["Vary"] = ", ".join(filter(None, [response.headers.get("Vary"), "HX-Request"]))
        return response


class TaskNode(NodePage):
    model, lookup = StrategicTask, "slug"
    offers = offered("task", "add-measure", "weights", "assign")

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("strategy", "lead_ministry")

    def parts(self) -> list[tuple[QuerySet, NodeKind]]:
        rows = Measure.objects.visible_to(self.request.user)
        return [(rows.filter(strategic_task=self.object, parent=None), NodeKind.MEASURE)]


class BelowTask(NodePage):
    """A measure or a milestone: it stands below a task, and may stand below a measure of it."""

    def stands_below(self) -> tuple[StrategicTask, Measure | None]:
        raise NotImplementedError

    def above(self) -> list[Crumb]:
        task, measure = self.stands_below()
        found = [Crumb(task.title, node_url(task))]
        return [*found, Crumb(measure.code, node_url(measure))] if measure else found


class MeasureNode(BelowTask):
    model, lookup = Measure, "code"
    offers = offered("measure", "add-measure", "add-milestone", "weights", *REVISED)

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("strategic_task__strategy", "parent", "lead_ministry")

    def stands_below(self) -> tuple[StrategicTask, Measure | None]:
        return self.object.strategic_task, self.object.parent

    def parts(self) -> list[tuple[QuerySet, NodeKind]]:
        user = self.request.user
        return [
            (Measure.objects.visible_to(user).filter(parent=self.object), NodeKind.MEASURE),
            (Milestone.objects.visible_to(user).filter(measure=self.object), NodeKind.MILESTONE),
        ]


class MilestoneNode(BelowTask):
    model, lookup = Milestone, "uuid"
    offers = offered("milestone", *REVISED)

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("measure__strategic_task__strategy", "responsible_ministry")

    def stands_below(self) -> tuple[StrategicTask, Measure | None]:
        return self.object.measure.strategic_task, self.object.measure


class OperationPage(EntryPage, DetailPage):
    """One operation on the node of the address. It changes nothing yet: it goes into the reader's change set."""

    verb = "plan"
    submit = _("Add to the change set")
    recorded = _("Added to the change set:")
    template_name = "tasks/operation.html"
    model: Any = None

    def above(self) -> Any:
        return self.object

    def subject(self) -> Any:
        return self.object

    @property
    def strategy(self) -> Strategy:
        return strategy_of(self.object)

    @property
    def label(self) -> str:
        return str(Operation(self.form_class.operation).label)

    @property
    def lede(self) -> Any:  # type: ignore[override]
        return self.form_class.lede

    def get_title(self) -> str:
        return f"{self.label}: {self.object}"

    def get_crumbs(self) -> list[Crumb]:
        found = [Crumb(HOME.label, home(self.strategy))]
        if not isinstance(self.object, Strategy):
            found.append(Crumb(str(self.object), node_url(self.object)))
        return [*found, Crumb(self.label)]

    def act(self, form: OperationForm) -> Any:
        return propose_edit(self.strategy, form.operation, form.values(), by=base.reader(self.request))

    def said(self, form: Any, done: Any) -> str:
        return f"{self.label} ({len(done.edits)})"

    def target(self, done: Any) -> str:
        if done is not None:
            return reverse("tasks:change-set")
        return home(self.strategy) if isinstance(self.object, Strategy) else node_url(self.object)


class SplitPage(OperationPage):
    """`?parts=` asks for more parts than the usual ones."""

    def get_form(self, data: Any = None) -> Any:
        asked = whole_number(self.request.GET.get("parts") or "", MOST_PARTS)
        return SplitForm(data, reader=self.request.user, above=self.object, parts=asked or PARTS)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = kwargs["form"].number + 2
        return super().get_context_data(**{"more_parts": more if more <= MOST_PARTS else 0} | kwargs)


class HandOver(OperationPage):
    """What one ministry (`?from=`) answers for goes to another; without it, the ministries to choose from."""

    title = _("Reorganisation")
    lede = _("Hand over what one ministry answers for to another. The past stays with the former.")  # type: ignore[assignment]
    template_name = "tasks/reorganisation.html"

    @cached_property
    def former(self) -> Ministry | None:
        rows = Ministry.objects.visible_to(self.request.user)
        found: Ministry | None = rows.filter(key=self.request.GET.get("from", "")).first()
        return found

    def get_title(self) -> str:
        return f"{self.title}: {self.former}" if self.former else str(self.title)

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(HOME.label, home(self.object)), Crumb(str(self.title))]

    def get_form(self, data: Any = None) -> Any:
        return ReassignForm(data, reader=self.request.user, above=self.object, former=self.former)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bodies = [] if self.former else self.bodies()
        return super().get_context_data(**{"former": self.former, "bodies": bodies} | kwargs)

    def bodies(self) -> list[dict[str, Any]]:
        """Ministries that answer for something, those that are no more first, each with who succeeded it."""
        counts = answered_counts(self.object, self.request.user)
        rows = Ministry.objects.visible_to(self.request.user).filter(pk__in=counts)
        found = [
            {"ministry": row, "number": counts[row.pk], "is_gone": not row.is_valid(timezone.localdate()),
             "successors": [each.successor for each in row.successions.all()]}
            for row in rows.prefetch_related("successions__successor")
        ]  # fmt: skip
        return sorted(found, key=lambda each: (not each["is_gone"], -each["number"]))

    def target(self, done: Any) -> str:
        return reverse("tasks:change-set") if done is not None else home(self.object)
