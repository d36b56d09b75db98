"""What the pages of the core share: whose tier, which strategy, which day, and stamps of figures."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from tasks.choices import ReportStatus
from tasks.interfaces import FigureView
from tasks.models import StatusReport, Strategy
from tasks.querysets import clearance_of
from tasks.rollups import figures

STAMP = "stamp"


def today() -> date:
    return timezone.localdate()


def strategy_of(request: HttpRequest) -> Strategy:
    """The strategy named in the address (`?strategy=`), else the first announced."""
    rows = Strategy.objects.visible_to(request.user)
    slug = request.GET.get("strategy")
    found = rows.filter(slug=slug).first() if slug else rows.first()
    if found is None:
        raise Http404
    return found


def figures_for(request: HttpRequest, slice_: str, strategy: Strategy, keys: Iterable[int] | None = None) -> Any:
    """Figures in the reader's own tier, by key."""
    return figures(slice_, strategy=strategy, tier=clearance_of(request.user), keys=keys)


def stamp(views: Iterable[FigureView]) -> str:
    """A short word that changes when one of these figures does."""
    parts = sorted(f"{view.slice}:{view.key}:{view.version}:{view.as_of}" for view in views)
    return sha256("|".join(parts).encode()).hexdigest()[:16]


def unchanged(request: HttpRequest, current: str) -> HttpResponse | None:
    """204 for a poll that already shows these figures."""
    return HttpResponse(status=204) if request.GET.get(STAMP) == current else None


def with_light(rows: QuerySet, request: HttpRequest) -> QuerySet:
    """Milestones with their schedule light as of today, and how sure the last accepted report is."""
    reports = StatusReport.objects.filter(milestone=OuterRef("pk"), status=ReportStatus.ACCEPTED)
    last = reports.order_by("-effective_on", "-accepted_at", "-pk").values("confidence")[:1]
    return rows.with_light(on=today(), tier=clearance_of(request.user)).annotate(  # type: ignore[attr-defined]
        standing_confidence=Subquery(last)
    )
