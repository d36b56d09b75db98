"""How the explanation of a figure stands on a page: its parts, its formulas with their numbers, the way to it."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from common import formats
from common.templatetags.display import amount, bp_percent, bp_points, dash, exact_day, light_badge, month, state_badge
from tasks.choices import LeftOut, LightTest, PartKind
from tasks.interfaces import Formula, Measured, Part, Ratio, TestedLight
from tasks.templatetags.figures import BP, OF_INDEX, bp, light_reason, percent_of, sure, tested, unreported

register = template.Library()

# Their sums are units times basis points; a reader is shown units on both sides, which changes no ratio.
_IN_BASIS_POINTS = ("progress", "plan", "schedule_index")


@register.simple_tag(takes_context=True)
def why_link(context: RequestContext, slice: str, name: Any) -> SafeString:
    """The way to why a figure is what it is, beside it; in the strategy that the page is of."""
    strategy = context["request"].GET.get("strategy")
    query = "?" + urlencode({"strategy": strategy}) if strategy else ""
    address = reverse("tasks:why", args=[slice, name]) + query
    return format_html(
        '<p class="small"><a class="link over" data-why href="{}">{}</a></p>', address, _("Why this figure")
    )


@register.simple_tag
def why_part(part: Part, url: str | None) -> SafeString:
    """A part by its name, which leads one level down, and what is known of it in a line below."""
    if part.kind == PartKind.REST:
        return format_html("{}", _("The other parts: %s") % amount(part.number))
    if part.kind == PartKind.KEPT:
        return format_html(
            '{} <p class="small soft">{}</p>',
            part.node,
            _("Counts by itself: nothing with a weight is planned below it"),
        )
    opens = SafeString(" data-why" if part.slice else "")
    name = format_html('<a class="link"{} href="{}">{}</a>', opens, url, part.node)
    whose = _("Schedule light") if part.kind == PartKind.MILESTONE else _("Computed light")
    marks = format_html(
        "{} {} {}",
        format_html("{}: {}", whose, light_badge(part.light)) if part.light else "",
        light_reason(part, part.decided_by),
        state_badge(part.state) if part.state else "",
    )
    return format_html('{} {}<p class="small soft">{} {}</p>', name, sure(part.node), marks, _reported(part, url))


def _reported(part: Part, url: str | None) -> Any:
    """Who reported last, and for when."""
    if part.kind != PartKind.MILESTONE:
        return ""
    if part.report is None:
        return _("Nobody has reported yet")
    by = _("system") if part.report.confidence == "generated" else _("Entered from the published record")
    if part.report.author_id:
        by = part.report.office or part.report.ministry or part.report.author
    on = exact_day(part.report.effective_on, part.report.effective_precision)
    return format_html('<a class="link" href="{}#reports">{} {}</a> · {}', url, _("Report"), on, by)


@register.filter
def why_percent(part: Part, name: str) -> str | SafeString:
    """Progress or plan of a part, or why it has none."""
    if part.sums.share == 0:
        reason = _("Of weight 0: it is shown and not counted")
    elif name == "plan":
        reason = _("Nothing has a due date")
    else:
        reason = _("The report names no progress") if part.report else unreported(part)
    return percent_of(getattr(part, name), reason)


@register.filter
def points(ratio: Ratio) -> str | SafeString:
    """A part of a progress in percentage points."""
    value = bp(ratio)
    return dash(None) if value is None else bp_points(value).lstrip("▲▼ ")


@register.filter
def left_out(reason: str) -> str:
    return str(LeftOut(reason).label)


def _missing(name: str) -> Any:
    """Why a ratio has no value: what is below it is 0."""
    reasons = {
        "progress": _("No progress is reported here"),
        "plan": _("Nothing here has a due date"),
        "schedule_index": _("Nothing that should have begun by this day is reported"),
        "freshness": _("No report is expected"),
        "slip_days": _("Nothing here has both a first plan and an end"),
    }
    return reasons.get(name, _("Nothing here counts"))


@register.simple_tag
def formula_numbers(formula: Formula, share: int) -> SafeString:
    """10.1% ÷ 21.0% = 0.481: what is divided as parts of a figure of `share` units; days have no such parts."""
    ratio = formula.ratio
    if ratio.value is None or formula.name == "slip_days":
        return format_html("= {}", _result(formula))
    return _divided(formula, lambda number: formats.bp_percent(number / share * BP))


@register.simple_tag
def formula_units(formula: Formula) -> SafeString:
    """21,574,074,073.4 ÷ 33,333,333,333 = 64.7%: the same in units, exactly."""
    if formula.ratio.value is None:
        return format_html("= {}", _result(formula))
    return _divided(formula, _exactly)


def _exactly(units: Fraction) -> str:
    return formats.number(units, 4).rstrip("0").rstrip(".")


@register.filter
def formulas_month(version: str) -> Any:
    """The month that names a version of the formulas: Nov 2026 / 2026. 11."""
    return month(date.fromisoformat(f"{version}-01"))


@register.filter
def share_of(units: int, view: Measured | None) -> str:
    """Units as a part of the figure; "" where there is none."""
    if view is None or not view.sums.share:
        return ""
    return " · " + _("%s of the figure") % percent_of(Ratio(units, view.sums.share))


def _divided(formula: Formula, say: Callable[[Fraction], str]) -> SafeString:
    """Both sides of the division in units, each as `say` says it."""
    scale = BP if formula.name in _IN_BASIS_POINTS else 1
    above, below = (say(Fraction(number, scale)) for number in (formula.ratio.numerator, formula.ratio.denominator))
    return format_html("{} ÷ {} = {}", above, below, _result(formula))


@register.simple_tag
def light_test(test: TestedLight) -> SafeString:
    """A test with what was measured, and whether it decided the light."""
    numbers = _measured(test)
    answer = format_html("{} {}", _("Yes"), light_badge(test.light)) if test.holds else _("No")
    return format_html('{}{}: <span class="why-answer">{}</span>', LightTest(test.test).label, numbers, answer)


def _measured(test: TestedLight) -> SafeString:
    if test.measured is None or test.threshold_bp is None:
        return SafeString("")
    measured, limit = tested(test)
    name = "schedule_index" if test.test in OF_INDEX else "overdue_share"
    shown = measured if test.measured.value is not None else dash(None, _missing(name))
    return format_html(' <span class="soft">({}, {} {})</span>', shown, _("threshold"), limit)


def _result(formula: Formula) -> Any:
    value = formula.ratio.value
    if value is None:
        return dash(None, _missing(formula.name))
    if formula.name == "schedule_index":
        return formats.number(value, 3)
    if formula.name == "slip_days":
        return _("%s days") % formats.number(value, 1)
    return bp_percent(bp(formula.ratio))
