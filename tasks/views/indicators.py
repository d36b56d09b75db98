"""Indicators: what was observed against what was aimed at."""

from typing import Any

from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from common.pages import Crumb, DetailPage, ListPage
from tasks import charts, filters, outcome_tables
from tasks.changes import history_of
from tasks.imports import OBSERVATIONS
from tasks.models import Indicator, IndicatorObservation, IndicatorTarget
from tasks.views import base
from tasks.views.entry import CHANGE, Offer, doors
from tasks.views.records import INDICATOR_TABS

LATEST = ("-observed_on", "-recorded_at", "-pk")


def with_latest(rows: QuerySet) -> QuerySet:
    """Indicators with their latest observation and the next target (the last one, where all are past)."""
    seen = IndicatorObservation.objects.filter(indicator=OuterRef("pk")).order_by(*LATEST)
    targets = IndicatorTarget.objects.filter(indicator=OuterRef("pk"))
    # Future targets first, the nearest of them; then the past ones.
    wanted = targets.annotate(is_past=_is_past()).order_by("is_past", "due_on")
    return rows.select_related("measure").annotate(
        latest_value=Subquery(seen.values("value")[:1]),
        latest_on=Subquery(seen.values("observed_on")[:1]),
        latest_precision=Subquery(seen.values("precision")[:1]),
        target_value=Subquery(wanted.values("value")[:1]),
        target_on=Subquery(wanted.values("due_on")[:1]),
        target_precision=Subquery(wanted.values("precision")[:1]),
    )


def _is_past() -> Any:
    return Case(When(due_on__lt=base.today(), then=Value(1)), default=Value(0))


class Indicators(ListPage):
    model, columns, filterset_class = Indicator, outcome_tables.INDICATORS, filters.IndicatorFilter
    title = _("Indicators")
    caption = _("Indicators: observed against aimed at")
    tabs = INDICATOR_TABS

    def prepare(self, rows: QuerySet) -> QuerySet:
        return with_latest(rows)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"doors": base.import_doors(self.request, OBSERVATIONS)} | kwargs)


class IndicatorPage(DetailPage):
    model, lookup, template_name = Indicator, "key", "tasks/indicator.html"
    parent = Crumb(_("Indicators"), "tasks:indicators")
    offers = (
        Offer(_("Add an observation"), "tasks:observation-new"),
        Offer(_("Add a target"), "tasks:target-new"),
        Offer(CHANGE, "tasks:indicator-change"),
    )

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("measure__strategic_task")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        indicator, user = self.object, self.request.user
        rows = IndicatorObservation.objects.visible_to(user).filter(indicator=indicator).with_standing()
        observations: list[Any] = list(rows.order_by(*LATEST))
        targets = list(IndicatorTarget.objects.visible_to(user).filter(indicator=indicator))
        standing = [row for row in reversed(observations) if row.is_standing]
        chart = charts.observations_and_targets(indicator, standing, targets)
        context = {
            "observations": observations,
            "targets": targets,
            "chart": chart if standing else None,
            "doors": doors(base.reader(self.request), indicator, self.offers, "key"),
            "history": history_of(indicator, user, observations),
        }
        return super().get_context_data(**context | kwargs)
