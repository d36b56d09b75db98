"""What the core's charts show, as data for the chart component and the table beside it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from common.records import MARKED
from common.templatetags.display import exact_day
from tasks.choices import DatePrecision, method_label
from tasks.interfaces import FigureView, Ratio, Series
from tasks.models import Indicator, StrategicTask
from tasks.templatetags.figures import dated_alone


def plan_and_actual(nodes: Iterable[Any], views: dict[int, FigureView]) -> dict[str, Any]:
    """Two bars for each node: the plan of today and what was reported; words where one of them is missing."""
    nodes = list(nodes)
    found = [views.get(node.pk) for node in nodes]
    without_due = [view.without_due for view in found if view]
    whole = Ratio(sum(each.numerator for each in without_due), sum(each.denominator for each in without_due))
    return {
        "kind": "bar",
        "unit": "bp",
        "horizontal": True,
        "head": _("Strategic task") if all(isinstance(node, StrategicTask) for node in nodes) else _("Measure"),
        "x": [_name(node) for node in nodes],
        "links": [node.get_absolute_url() for node in nodes],
        "marks": [_mark([node]) for node in nodes],
        "series": [
            {
                "name": _("Actual"),
                "role": "actual",
                "missing": _("No data"),
                "data": [view and _bp(view.progress) for view in found],
            },
            {
                "name": _("Plan"),
                "role": "plan",
                "missing": _("No plan"),
                "data": [view and _bp(view.plan) for view in found],
            },
        ],
        "labels": True,
        "note": dated_alone(whole),
    }


def course(found: Series) -> dict[str, Any]:
    """Plan, actual and forecast by month, with the day that is read."""
    lines = (("plan", _("Plan")), ("actual", _("Actual")), ("forecast", _("Forecast")))
    return {
        "kind": "line",
        "x_type": "date",
        "unit": "bp",
        "today": found.as_of.isoformat(),
        "head": _("Day"),
        "x": [point.day.isoformat() for point in found.points],
        "series": [
            {
                "name": name,
                "role": role,
                "data": [ratio and _bp(ratio) for point in found.points for ratio in [getattr(point, role)]],
            }
            for role, name in lines
        ],
        "note": dated_alone(found.without_due),
    }


def observations_and_targets(indicator: Indicator, observations: list[Any], targets: list[Any]) -> dict[str, Any]:
    """One line per method of observation, and the targets."""
    lines: dict[str, dict[Any, float]] = {}
    for row in observations:
        lines.setdefault(method_label(row.method) or _("Observed"), {})[row.observed_on] = float(row.value)
    path = {row.due_on: float(row.value) for row in targets}
    dated: dict[Any, list[Any]] = {}
    for row in (*observations, *targets):
        dated.setdefault(getattr(row, "observed_on", None) or row.due_on, []).append(row)
    days = sorted({day for points in (*lines.values(), path) for day in points})
    series = [_line(_("Target"), path, days, "plan")] if path else []
    series += [_line(name, points, days, "actual" if i == 0 else "") for i, (name, points) in enumerate(lines.items())]
    return {
        "kind": "line",
        "x_type": "date",
        **({"unit": "won"} if indicator.is_money else {"suffix": f" {indicator.unit}"}),
        "x": [day.isoformat() for day in days],
        "words": [_known(day, dated[day]) for day in days],
        "marks": [_mark(dated.get(day, ())) for day in days],
        "series": series,
    }


def _line(name: str, points: dict[Any, float], days: list[Any], role: str) -> dict[str, Any]:
    """Points of different lines fall on different days: the line runs on over the days of the others."""
    return {"name": name, "role": role, "connect": True, "data": [points.get(day) for day in days]}


def _known(on: date, rows: Iterable[Any]) -> str:
    """A day as exactly as the least exact of its rows is known."""
    coarse = max((row.precision for row in rows), key=list(DatePrecision).index)
    return strip_tags(str(exact_day(on, coarse))).strip()


def _mark(rows: Iterable[Any]) -> str | None:
    """How sure the least sure of the rows is, where that is to be told."""
    return next((row.confidence for row in rows if row.confidence in MARKED), None)


def _name(node: Any) -> str:
    return f"{node.number}. {node.title}" if isinstance(node, StrategicTask) else f"{node.title} ({node.code})"


def _bp(ratio: Ratio) -> int | None:
    # Rounded as it is shown, to a tenth of a percent, so that a chart never says other than a card.
    return None if ratio.value is None else round(ratio.value * 1_000) * 10
