"""How many of an incentive were issued: the latest value of its indicator, as the reader may see it."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from tasks.models import IndicatorObservation

LATEST = ("-observed_on", "-recorded_at", "-pk")


def with_issued(incentives: QuerySet, user: Any) -> QuerySet:
    """Adds `issued` (people, cumulative) with the last day of what was counted and how exact it is; null: unknown."""
    seen = IndicatorObservation.objects.visible_to(user).filter(indicator=OuterRef("indicator")).order_by(*LATEST)
    return incentives.annotate(
        issued=Subquery(seen.values("value")[:1]),
        issued_on=Subquery(seen.values("observed_on")[:1]),
        issued_precision=Subquery(seen.values("precision")[:1]),
    )
