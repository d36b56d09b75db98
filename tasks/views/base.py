"""What the pages of the core share: whose tier, which strategy, which day, and stamps of figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.db.models import OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from common import past
from common.imports import Importer
from common.pages import Page
from common.tables import Table
from common.tiers import clearance_of
from tasks.choices import ReportStatus
from tasks.interfaces import FigureView, MoneyYear
from tasks.models import Measure, Meeting, StatusReport, Strategy
from tasks.money_tables import money_by_year
from tasks.querysets import DUE_SOON_DAYS
from tasks.rollups import figures, money

STAMP = "stamp"
WEEK = timedelta(days=7)


def today() -> date:
    """The day that pages speak of: that of a reading of the past, else today."""
    return past.day()


def reader(request: HttpRequest) -> Any:
    """Who asks: the signed-in user, or nobody. What nobody may do, `may` refuses."""
    return request.user


def strategy_of(request: HttpRequest) -> Strategy:
    """The strategy named in the address (`?strategy=`), else the first announced."""
    rows = Strategy.objects.visible_to(request.user)
    slug = request.GET.get("strategy")
    found = rows.filter(slug=slug).first() if slug else rows.first()
    if found is None:
        raise Http404
    return found


def meetings_held(request: HttpRequest, most: int) -> list[Meeting]:
    """The latest meetings that were held up to the day that pages speak of, as far as the reader sees them."""
    rows: Any = Meeting.objects.visible_to(request.user)
    return list(rows.held(by=today())[:most])


def is_announced(strategy: Strategy) -> bool:
    """Whether there is a strategy on the day that pages speak of, as known then: before, nothing was planned."""
    reading = past.current()
    known = reading.known_at if reading else None
    return strategy.announced_on <= (min(today(), timezone.localdate(known)) if known else today())


def figures_for(request: HttpRequest, slice_: str, strategy: Strategy, keys: Iterable[int] | None = None) -> Any:
    """Figures in the reader's own tier, by key."""
    return figures(slice_, strategy=strategy, tier=clearance_of(request.user), keys=keys)


@dataclass(frozen=True)
class Money:
    """The fiscal years of a slice."""

    years: tuple[MoneyYear, ...]

    @property
    def announced(self) -> int | None:
        return self._over("announced")

    @property
    def executed(self) -> int | None:
        return self._over("executed")

    @property
    def by_year(self) -> Table:
        return money_by_year(self.years)

    def _over(self, phase: str) -> int | None:
        known = [amount for year in self.years if (amount := year.amounts[phase]) is not None]
        return sum(known) if known else None


NO_MONEY = Money(())


def money_for(
    request: HttpRequest, slice_: str, strategy: Strategy, keys: Iterable[int] | None = None
) -> dict[int, Money]:
    """Money in the reader's own tier, by key."""
    found = money(slice_, strategy=strategy, tier=clearance_of(request.user), keys=keys)
    return {key: Money(years) for key, years in found.items()}


def stamp(views: Iterable[FigureView]) -> str:
    """A short word that changes when one of these figures does."""
    parts = sorted(f"{v.slice}:{v.key}:{v.version}:{v.as_of}:{v.declared}:{v.independent}" for v in views)
    return sha256("|".join(parts).encode()).hexdigest()[:16]


class Poll(Page):
    """What a page polls: 204 while it already shows these figures. Only where they moved is the rest asked for."""

    stamp: str

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_shown = request.GET.get(STAMP) == self.stamp
        return HttpResponse(status=204) if is_shown else super().get(request, *args, **kwargs)


def import_doors(request: HttpRequest, importer: Importer) -> list[dict[str, Any]]:
    """The ways to an import, for who may enter something."""
    if importer.refusal(reader(request)):
        return []
    name = importer.address
    return [
        {"label": _("Download template"), "url": reverse(f"{name}-template")},
        {"label": _("Upload Excel"), "url": reverse(name)},
    ]


def with_light(rows: Any, request: HttpRequest) -> Any:
    """Milestones with their schedule light as of today, and how sure the last accepted report is."""
    reports = StatusReport.objects.filter(milestone=OuterRef("pk"), status=ReportStatus.ACCEPTED)
    last = reports.order_by("-effective_on", "-accepted_at", "-pk").values("confidence")[:1]
    return rows.with_light(on=today(), tier=clearance_of(request.user)).annotate(standing_confidence=Subquery(last))


def milestone_links(**scope: str) -> dict[str, str]:
    """Addresses of the lists behind the counts of a figure: `scope` narrows to its slice."""
    day = today()
    until = (day + timedelta(days=DUE_SOON_DAYS)).isoformat()
    lists: dict[str, dict[str, str]] = {
        "all": {},
        "late": {"light": "overdue", "sort": "due"},
        "next": {"due_on__gte": day.isoformat(), "sort": "due"},
        "soon": {"due_on__gte": day.isoformat(), "due_on__lte": until, "sort": "due"},
        "weightless": {"weight": "0"},
        "undated": {"baseline_due__isnull": "true"},
        "unreported": {"progress_bp__isnull": "true"},
    }
    path = reverse("tasks:milestones")
    return {name: f"{path}?{urlencode({'in_scope': 'true'} | scope | filters)}" for name, filters in lists.items()}


def attach_figures(nodes: Iterable[Any], views: dict[int, FigureView]) -> list[Any]:
    """The same rows, each with its `figure` (None where the slice holds nothing)."""
    rows = list(nodes)
    for row in rows:
        row.figure = views.get(row.pk)
    return rows


def due_link(first: date, last: date) -> str:
    """The list of the open milestones that fall due from one day to another."""
    filters = {"in_scope": "true", "light__isnull": "false", "due_on__gte": first, "due_on__lte": last, "sort": "due"}
    return f"{reverse('tasks:milestones')}?{urlencode(filters)}"


def succession_of(node: Any, user: Any) -> list[tuple[Any, list[Any]]]:
    """What a measure or milestone came from and what came of it, as far as the reader sees: head and nodes.

    A cancelled milestone may come back (its report is withdrawn): then nothing takes its place any more.
    """
    is_replaced = not node.in_scope and not isinstance(node, Measure)  # whose page names it by itself
    named = [node.split_from_id, node.superseded_by_id if is_replaced else None]
    asked = Q(pk__in=[key for key in named if key]) | Q(split_from=node) | Q(superseded_by=node, in_scope=False)
    rows = list(type(node).objects.visible_to(user).filter(asked))
    found = (
        (_("Superseding milestone"), [row for row in rows if is_replaced and row.pk == node.superseded_by_id]),
        (_("Split into"), [row for row in rows if row.split_from_id == node.pk]),
        (_("Split from"), [row for row in rows if row.pk == node.split_from_id]),
        (_("Takes the place of"), [row for row in rows if row.superseded_by_id == node.pk]),
    )  # fmt: skip
    return [(head, each) for head, each in found if each]
