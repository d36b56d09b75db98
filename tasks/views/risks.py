"""Risks: the list with its matrix, the page of one, and their section on the page of what they threaten."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.pages import Crumb, ListPage, Table
from tasks import record_filters, risk_tables
from tasks.choices import LIVE_RISKS, RISK_LEVELS, Likelihood, RiskLevel, Severity, risk_level
from tasks.models import Decision, Measure, Milestone, Risk, StrategicTask
from tasks.views import base
from tasks.views.entry import CHANGE, Change, Offer, doors
from tasks.views.meetings import with_follow_up
from tasks.views.rows import RowPage

NODES = ("measure", "milestone__measure", "ministry", "office")


HIGHEST = max(Severity) * max(Likelihood)


@dataclass(frozen=True)
class Span:
    """The scores that a level covers."""

    value: RiskLevel
    least: int
    most: int


# From the lowest on.
LEVELS = [
    Span(level, least, above - 1)
    for (level, least), above in zip(
        reversed(RISK_LEVELS.items()), [*list(reversed(RISK_LEVELS.values()))[1:], HIGHEST + 1], strict=True
    )
]


@dataclass(frozen=True)
class Cell:
    """A field of the matrix: how many risks stand there, and the list of them."""

    score: int
    level: RiskLevel
    count: int
    url: str


def joined(rows: Any, user: Any) -> Any:
    """Risks with all that their columns show."""
    return rows.select_related(*NODES).with_score().with_waiting(user)


def matrix(user: Any) -> list[tuple[Severity, list[Cell]]]:
    """Live risks that the user sees: rows by severity, the gravest first, in each the cells by likelihood."""
    rows = Risk.objects.visible_to(user).live().order_by().values_list("severity", "likelihood")
    counts = {(severity, likelihood): count for severity, likelihood, count in rows.annotate(count=Count("pk"))}
    return [
        (severity, [_cell(severity, likelihood, counts.get((severity, likelihood), 0)) for likelihood in Likelihood])
        for severity in reversed(Severity)
    ]


def _cell(severity: int, likelihood: int, count: int) -> Cell:
    asked = {"live": "true", "severity": severity, "likelihood": likelihood}
    score = severity * likelihood
    return Cell(score, risk_level(score), count, f"{reverse('tasks:risks')}?{urlencode(asked)}")


class Risks(ListPage):
    model, columns, filterset_class = Risk, risk_tables.RISKS, record_filters.RiskFilter
    title = gettext_lazy("Risks")
    caption = gettext_lazy("Risks to measures and milestones, the latest first")
    template_name = "tasks/risks.html"
    empty_hint = gettext_lazy(
        "No risk is on record. Who answers for a measure or milestone enters one on its page, by “Add a risk”."
    )

    def prepare(self, rows: QuerySet) -> QuerySet:
        return joined(rows, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = matrix(self.request.user)
        context = {"matrix": rows, "matrix_total": sum(cell.count for _severity, cells in rows for cell in cells)}
        return super().get_context_data(**context | {"likelihoods": Likelihood, "levels": LEVELS} | kwargs)


class RiskPage(RowPage):
    model, lookup = Risk, "uuid"
    parent = Crumb(gettext_lazy("Risks"), "tasks:risks")
    facts = risk_tables.RISK_FACTS
    offers = (
        Offer(gettext_lazy("Change the state"), "tasks:risk-state-change"),
        Offer(CHANGE, "tasks:risk-change"),
    )

    def prepare(self, rows: Any) -> QuerySet:
        return joined(rows, self.request.user)

    def tables(self) -> list[Table]:
        rows = Decision.objects.visible_to(self.request.user).filter(risks=self.object)
        return [
            Table(
                risk_tables.DECISIONS, with_follow_up(rows, self.request), _("Decisions about it"), "decisions",
                _("No decision yet"), _("A decision of a meeting that names this risk stands here."),
            )
        ]  # fmt: skip


class MoveRisk(Change):
    submit = gettext_lazy("Change the state")
    short = gettext_lazy("Change the state")

    def prepare(self, rows: Any) -> QuerySet:
        return rows.select_related(*NODES)

    def get_title(self) -> str:
        return _("Change the state: %s") % self.object


def risks_of(request: HttpRequest, node: StrategicTask | Measure | Milestone) -> dict[str, Any]:
    """The section of a page: the risks of a node and of all below it, those to act on first."""
    user: Any = base.reader(request)
    rows = joined(Risk.objects.visible_to(user).below(node), user)
    found = sorted(rows, key=lambda risk: (risk.state not in LIVE_RISKS, -risk.score, risk.pk))
    columns = risk_tables.RISKS_OF_ONE if isinstance(node, Milestone) else risk_tables.RISKS_BELOW
    kind = node._meta.model_name
    offers = [] if isinstance(node, StrategicTask) else [Offer(_("Add a risk"), f"tasks:{kind}-risk-new")]
    lookup = "code" if isinstance(node, Measure) else "uuid"
    return {
        "risks": Table(columns, found, _("Risks, those to act on first"), "risk-rows"),
        "risk_doors": doors(user, node, offers, lookup),
        "risks_url": _list_of(node),
    }


def _list_of(node: StrategicTask | Measure | Milestone) -> str:
    asked = {"strategictask": "strategic_task", "measure": "below", "milestone": "milestone"}
    code = node.slug if isinstance(node, StrategicTask) else node.code
    return f"{reverse('tasks:risks')}?{urlencode({asked[str(node._meta.model_name)]: code})}"


def needing_decision(user: Any, strategy: Any, most: int) -> tuple[list[Risk], int]:
    """Risks of a strategy that wait for a decision, the most urgent first, at most so many; and how many in all."""
    rows: Any = Risk.objects.visible_to(user).of_strategy(strategy).with_waiting(user)
    rows = rows.filter(is_waiting=True)
    return list(rows.select_related(*NODES).by_need()[:most]), rows.count()
