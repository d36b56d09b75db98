"""Plan and forecast by month: added up for whoever asks; of many milestones once a night, and read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from common import past
from common.errors import Invalid
from tasks.interfaces import FigureView
from tasks.models import CurvePoint, Strategy
from tasks.rollups import kept, statements
from tasks.rollups.engine import SETTINGS, alone
from tasks.rollups.keeping import month_ends
from tasks.rollups.money import STORED
from tasks.rollups.past import reading_with_figures
from tasks.rollups.places import Place


@dataclass(frozen=True)
class Curve:
    """Planned and expected by day, in units × basis points; when it was stored, None where it was added up now."""

    points: Mapping[date, tuple[int, int]]
    computed_at: datetime | None = None


def curve_days(strategy: Strategy, day: date) -> list[date]:
    """The ends of the months from the announcement to the end of the last year, and the day."""
    return sorted({*_month_ends(strategy, day), day})


def _month_ends(strategy: Strategy, day: date) -> list[date]:
    last = max(day, date(strategy.last_year, 12, 31))
    return month_ends(strategy.announced_on, last + timedelta(days=1))


def curve_of(view: FigureView, strategy: Strategy, days: list[date]) -> Curve:
    """That of a figure."""
    if view.milestones <= kept.MANY_MILESTONES:
        reading_with_figures()
        milestones = Place.of(view.slice, view.key, strategy, view.tier).counted.filter(effective_tier__lte=view.tier)
        with connection.cursor() as cursor:
            cursor.execute(statements.curve(milestones, view.tier), {"days": days, "today": past.day()})
            return Curve({day: (planned, expected) for day, planned, expected in cursor.fetchall()})
    if past.current() is not None:
        raise Invalid(_("There are too many milestones here to draw their plan of a past day. Open the page of today."))
    stored = CurvePoint.objects.filter(strategy=strategy, tier=view.tier, slice=view.slice)
    rows = [] if isinstance(view.key, tuple) else list(stored.filter(key=view.key))
    computed_at = rows[0].computed_at if rows else None
    return Curve({row.day: (row.planned, row.expected) for row in rows}, computed_at)


def store_curves(today: date) -> None:
    """Add up the curves of what money is stored of, where there are many milestones; else there are none."""
    with alone("tasks_curvepoint"), connection.cursor() as cursor:
        CurvePoint.objects.all().delete()
        if kept.few_milestones():
            return
        cursor.execute(SETTINGS)
        for strategy in Strategy.objects.all():
            days = _month_ends(strategy, today)
            asked: dict[str, Any] = {
                "strategy": strategy.pk,
                "days": days,
                "first": days[0],
                "last": days[-1],
                "now": timezone.now(),
            }
            cursor.execute(
                f"""INSERT INTO tasks_curvepoint (strategy_id, tier, slice, key, day, planned, expected, computed_at)
                    SELECT %(strategy)s, tier, slice, key, day, planned, expected, %(now)s
                      FROM ({statements.curves(STORED)}) AS c""",
                asked | {"now": timezone.now(), "today": today},
            )
