"""Small drawings made on the server, and the table that stands beside every chart drawn in the browser."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from common import formats, past

_WIDTH, _HEIGHT, _MARGIN = 120, 28, 3


def sparkline(values: Sequence[int | float | None], label: str) -> SafeString:
    """A line over equal steps; gaps where a value is missing, a dot on the last one."""
    known = [value for value in values if value is not None]
    if not known:
        return format_html('<span class="none" title="{}">{}</span>', _("No data"), formats.DASH)
    low, high = min(known), max(known)
    points = [_spark_point(i, value, len(values), low, high) for i, value in enumerate(values)]
    lines: list[list[str]] = [[]]
    for point in points:
        if point is None:
            lines.append([])
        else:
            lines[-1].append(f"{point[0]:g},{point[1]:g}")
    drawn = format_html_join("", '<polyline points="{}"/>', ((" ".join(line),) for line in lines if len(line) > 1))
    x, y = next(point for point in reversed(points) if point is not None)
    return format_html(
        '<svg class="sparkline" viewBox="0 0 {} {}" role="img" aria-label="{}">{}'
        '<circle cx="{}" cy="{}" r="2.5"/></svg>',
        _WIDTH,
        _HEIGHT,
        label,
        drawn,
        f"{x:g}",
        f"{y:g}",
    )


def _spark_point(
    index: int, value: int | float | None, count: int, low: int | float, high: int | float
) -> tuple[float, float] | None:
    if value is None:
        return None
    across = index / (count - 1) if count > 1 else 1
    up = (value - low) / (high - low) if high > low else 0.5
    x = _MARGIN + across * (_WIDTH - 2 * _MARGIN)
    return round(x, 1), round(_HEIGHT - _MARGIN - up * (_HEIGHT - 2 * _MARGIN), 1)


def date_line(
    baseline: dt.date | None,
    current: dt.date | None,
    forecast: dt.date | None,
    actual: dt.date | None,
    today: dt.date | None,
    say: Callable[[str, dt.date], str],
) -> SafeString:
    """The dates of a milestone as marks on one scale, with a legend that says each of them in words.

    `say` tells a date of a kind (`baseline`, `current`, `forecast`, `actual`, `today`) as exactly as it is known.
    """
    named = [
        ("baseline", _("Baseline"), baseline),
        ("current", _("Current plan"), current),
        ("forecast", _("Forecast"), forecast),
        ("actual", _("Actual"), actual),
        ("today", _("Today") if past.current() is None else _("As of"), today),
    ]
    marks = [(kind, name, date) for kind, name, date in named if date is not None]
    if not marks:
        return format_html('<p class="empty-line">{}</p>', _("No date"))
    first, last = min(date for *_rest, date in marks), max(date for *_rest, date in marks)
    span = (last - first).days or 1

    def x(date: dt.date) -> str:
        return f"{4 + 92 * (date - first).days / span:.2f}%"

    def mark(kind: str, at: str, middle: int) -> SafeString:
        if kind == "today":
            return format_html('<line x1="{}" x2="{}" y1="{}" y2="{}"/>', at, at, middle - 10, middle + 10)
        # The first plan as a ring around the dot of today's, which stands on the same day until it is changed.
        return format_html('<circle cx="{}" cy="{}" r="{}"/>', at, middle, 8 if kind == "baseline" else 5)

    drawn = format_html_join(
        "", '<g class="mark-{}">{}</g>', ((kind, mark(kind, x(date), 20)) for kind, _name, date in marks)
    )
    slip = ""
    end = actual or forecast or current
    if baseline and end:
        tone = "late" if end > baseline else "early"
        left, right = sorted((baseline, end))
        slip = format_html('<line class="slip slip-{}" x1="{}" x2="{}" y1="20" y2="20"/>', tone, x(left), x(right))
    legend = format_html_join(
        "",
        '<div class="mark-{}"><dt><svg viewBox="0 0 20 20" aria-hidden="true">{}</svg>{}</dt><dd>{}</dd></div>',
        ((kind, mark(kind, "50%", 10), name, say(kind, date)) for kind, name, date in marks),
    )
    return format_html(
        '<div class="date-line"><svg height="40" width="100%" aria-hidden="true">'
        '<line class="axis" x1="0" x2="100%" y1="20" y2="20"/>{}{}</svg><dl>{}</dl></div>',
        slip,
        drawn,
        legend,
    )


def shown(value: Any, spec: dict[str, Any], lang: str) -> str:
    """A value of a chart in its unit: `bp`, `won` or a plain number with a suffix."""
    if value is None:
        return formats.DASH
    unit = spec.get("unit", "")
    if unit == "bp":
        return formats.bp_percent(value)
    if unit == "won":
        return formats.won(value, lang)
    return f"{formats.number(value)}{spec.get('suffix', '')}"


def axis_start(items: Sequence[dict[str, Any]]) -> int:
    """Where the axis of a waterfall starts: where its bars are all long, a round number well under the lowest of them.

    From 0 the small causes between them would not show.
    """
    levels = [0]
    for item in items:
        levels.append((item["value"] or 0) + (0 if item.get("total") else levels[-1]))
    low, high = min(levels[1:]), max(levels)
    if low <= 0 or high > 2 * low:
        return 0
    step = 10 ** (len(str(low)) - 1)
    return low * 85 // 100 // step * step


def columns(spec: dict[str, Any]) -> list[str]:
    """Heads of the table beside a chart, the first of them over the row heads."""
    kind = spec["kind"]
    if kind == "gantt":
        return [spec.get("head", _("Item")), _("Begins"), _("Ends"), _("State")]
    if kind == "waterfall":
        return [spec.get("head", _("Step")), spec.get("name", _("Change"))]
    if kind == "map":
        return [spec.get("head", _("Region")), spec.get("name", _("Value"))]
    return [spec.get("head", _("Period")), *(series["name"] for series in spec["series"])]


def rows(spec: dict[str, Any], lang: str) -> list[dict[str, Any]]:
    """Rows of that table: `head`, `href` and the cells, each with its exact value (for files) and its text."""
    kind = spec["kind"]
    if kind == "gantt":
        return [
            {
                "head": item["name"],
                "href": item.get("href"),
                "cells": [
                    (item.get("start") or "", _day(item.get("start"), lang)),
                    (item.get("end") or "", _day(item.get("end"), lang)),
                    (item.get("state", ""), item.get("state", formats.DASH)),
                ],
            }
            for item in spec["items"]
        ]
    if kind in ("waterfall", "map"):
        return [
            {
                "head": item["name"],
                "href": item.get("href"),
                "cells": [_cell(item["value"], spec, item.get("shown") or _step(item, spec, lang))],
            }
            for item in spec["items"]
        ]
    links, marks, words = (spec.get(name) or [None] * len(spec["x"]) for name in ("links", "marks", "words"))
    return [
        {
            "head": words[i] or _head(label, spec, lang),
            "href": links[i],
            "mark": marks[i],
            "cells": [_cell(s["data"][i], spec, shown(s["data"][i], spec, lang)) for s in spec["series"]],
        }
        for i, label in enumerate(spec["x"])
    ]


def _cell(value: Any, spec: dict[str, Any], text: str) -> tuple[str, str]:
    """Percentages as per cent with two decimals, everything else as it is; nothing for what is not known."""
    if value is None:
        return "", text
    return (f"{value / 100:.2f}" if spec.get("unit") == "bp" else str(value)), text


def _step(item: dict[str, Any], spec: dict[str, Any], lang: str) -> str:
    """A bar of a waterfall is a difference unless it is a total; percentages differ by points."""
    if spec["kind"] == "waterfall" and spec.get("unit") == "bp" and not item.get("total"):
        return formats.bp_points(item["value"], lang)
    return shown(item["value"], spec, lang)


def _head(label: Any, spec: dict[str, Any], lang: str) -> str:
    return _day(label, lang) if spec.get("x_type") == "date" else str(label)


def _day(value: Any, lang: str) -> str:
    if value is None or value == "":
        return formats.DASH
    return formats.day(dt.date.fromisoformat(value) if isinstance(value, str) else value, lang)
