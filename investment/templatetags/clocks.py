"""How a permit's clock is drawn: one bar a stage, to scale, with today and the day of deeming."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common import formats
from investment import tables
from investment.choices import PermitState
from investment.rollups.clock import Stage, Standing

register = template.Library()
TICK_DAYS = 15


@dataclass(frozen=True)
class Scale:
    """Days as shares of the width, in percent."""

    first: date
    last: date

    def at(self, day: date) -> str:
        return f"{100 * (day - self.first).days / max((self.last - self.first).days, 1):.2f}"

    def span(self, start: date, end: date) -> tuple[str, str]:
        """Beginning and width; nothing where it ends before it begins."""
        return self.at(start), f"{max(float(self.at(end)) - float(self.at(start)), 0):.2f}"


@register.simple_tag
def clock_line(standing: Standing) -> SafeString:
    """The stages of a clock under each other on one scale, each with its days; the legend says what is drawn."""
    if not standing.stages:
        return SafeString("")
    scale = _scale(standing)
    rows = format_html_join("", "{}", ((_row(stage, standing, scale),) for stage in standing.stages))
    return format_html('<div class="clock-line">{}{}<dl>{}</dl></div>', rows, _axis(standing, scale), _legend(standing))


@register.simple_tag
def permit_state(clocked: Any) -> SafeString:
    return tables.permit_state(clocked)


@register.simple_tag
def permit_light(clocked: Any) -> SafeString:
    return tables.permit_light(clocked)


@register.filter
def cells_of(columns: Iterable[Any], row: Any) -> list[SafeString]:
    """The cells of one row of a table."""
    return [column.cell(row) for column in columns]


def _scale(standing: Standing) -> Scale:
    days = [day for stage in standing.stages for day in (stage.start, stage.due, stage.ended_on) if day]
    days += [day for day in (standing.deemed_on, None if standing.is_ended else standing.on) if day]
    return Scale(min(days), max(days))


def _row(stage: Stage, standing: Standing, scale: Scale) -> SafeString:
    limit_x, limit_width = scale.span(stage.start, stage.due or scale.last)
    used_x, used_width = scale.span(stage.start, min(stage.until, stage.due or stage.until))
    over_x, over_width = scale.span(stage.due or stage.until, stage.until)
    bars = format_html(
        '<rect class="clock-limit" x="{}%" width="{}%" y="6" height="16"/>'
        '<rect class="clock-used" x="{}%" width="{}%" y="6" height="16"/>'
        '<rect class="clock-over" x="{}%" width="{}%" y="6" height="16"/>',
        limit_x, limit_width, used_x, used_width, over_x, over_width,
    )  # fmt: skip
    return format_html(
        '<div class="clock-row"><p>{} <span class="soft">{}<br>{}</span></p>'
        '<svg height="48" width="100%" aria-hidden="true">{}{}{}</svg></div>',
        stage.label,
        tables.days_used(stage),
        _from_to(stage),
        bars,
        _limit(stage, scale),
        _marks(standing, scale),
    )


def _from_to(stage: Stage) -> str:
    """From the beginning to the end, or to the day of which the clock is."""
    start, until = formats.day(stage.start, _lang()), formats.day(stage.until, _lang())
    return f"{start} – {until}" if stage.ended_on else _("since %s") % start


def _limit(stage: Stage, scale: Scale) -> SafeString:
    """The last day of the limit as a tick with its date."""
    if stage.due is None:
        return SafeString("")
    at, anchor = scale.at(stage.due), _anchor(scale, stage.due, 15)
    return format_html(
        '<line class="clock-end" x1="{}%" x2="{}%" y1="2" y2="28"/><text x="{}%" y="44" text-anchor="{}">{}</text>',
        at, at, at, anchor, _("Limit: %s") % formats.day(stage.due, _lang()),
    )  # fmt: skip


def _lang() -> str:
    return "en" if (get_language() or "ko").startswith("en") else "ko"


def _marks(standing: Standing, scale: Scale) -> SafeString:
    marks = [("today", standing.on)] if scale.first <= standing.on <= scale.last else []
    marks += [("deemed", standing.deemed_on)] if standing.deemed_on else []
    return format_html_join(
        "",
        '<line class="clock-{}" x1="{}%" x2="{}%" y1="0" y2="28"/>',
        ((name, scale.at(day), scale.at(day)) for name, day in marks),
    )


def _axis(standing: Standing, scale: Scale) -> SafeString:
    """Days from the request: D, D+15, D+30 …"""
    if standing.requested_on is None:
        return SafeString("")
    start = standing.requested_on.toordinal()
    ticks = range(0, scale.last.toordinal() - start + 1, TICK_DAYS)
    drawn = format_html_join(
        "",
        '<text x="{}%" y="14" text-anchor="{}">{}</text>',
        (
            (scale.at(date.fromordinal(start + days)), _anchor(scale, date.fromordinal(start + days)), _tick(days))
            for days in ticks
        ),
    )
    return format_html(
        '<div class="clock-row clock-axis"><p class="soft">{}</p>'
        '<svg height="20" width="100%" aria-hidden="true">{}</svg></div>',
        _("Days since the request"),
        drawn,
    )


def _tick(days: int) -> str:
    return f"D+{days}" if days else "D"


def _anchor(scale: Scale, day: date, room: int = 4) -> str:
    """So that a text of twice `room` percent of the width does not stand out over its ends."""
    place = float(scale.at(day))
    return "start" if place < room else "end" if place > 100 - room else "middle"


def _legend(standing: Standing) -> SafeString:
    colours = (("used", _("Within the limit")), ("over", _("Beyond the limit")), ("limit", _("Left of the limit")))
    bars = format_html_join(
        "",
        '<div><dt><svg viewBox="0 0 12 12" aria-hidden="true">'
        '<rect class="clock-{}" width="12" height="12"/></svg>{}</dt></div>',
        colours,
    )
    days = format_html_join(
        "",
        '<div class="mark-{}"><dt><svg viewBox="0 0 12 12" aria-hidden="true">'
        '<rect x="5" width="3" height="12"/></svg>{}</dt><dd>{}</dd></div>',
        ((kind, words, formats.day(day, _lang())) for kind, words, day in _named(standing)),
    )
    return format_html("{}{}", bars, days)


def _named(standing: Standing) -> list[tuple[str, str, date]]:
    rows: list[tuple[str, str, date]] = [("today", _("As of"), standing.on)]
    if standing.deemed_on and standing.state == PermitState.DEEMED:
        rows.append(("deemed", _("Processing deemed completed on"), standing.deemed_on))
    elif standing.deemed_on and standing.missed and not standing.is_ended:
        rows.append(("deemed", _("Will be deemed completed on"), standing.deemed_on))
    elif standing.deemed_on and not standing.is_ended:
        rows.append(("deemed", _("Deemed completed only if a limit is missed, on"), standing.deemed_on))
    return rows
