"""What templates need to show values alike: filters for figures and dates, tags for badges, bars and charts."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select, Textarea
from django.http import HttpRequest
from django.template.context import RequestContext
from django.utils.html import format_html, format_html_join, json_script, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common import about, badges, charts, formats, past
from common.past_addresses import address_in
from common.publishers import ADDRESS, host_of, names_publisher, publisher, said_by
from common.records import local_source, own_words
from common.templatetags.terms import term_mark

register = template.Library()
register.filter(own_words)

DISPLAY_COOKIE = "display_mode"
# The cookie's word for a mode, and KRDS's own for it.
DISPLAY_MODES = {"light": "light", "dark": "theme", "contrast": "high-contrast"}


def _lang() -> str:
    return "en" if (get_language() or "ko").startswith("en") else "ko"


# Values ---------------------------------------------------------------------------------------------------------------


@register.filter
def dash(value: Any, reason: Any = "") -> Any:
    """The value; an en dash that says why where it is not known. 0 is a value, and what cannot be is `instead`."""
    if value is not None and value != "":
        return value
    why = reason or _("No data")
    return format_html(
        '<span class="none" title="{}"><span aria-hidden="true">{}</span><span class="sr-only">{}</span></span>',
        why,
        formats.DASH,
        why,
    )


@register.filter
def instead(value: Any, words: Any) -> Any:
    """The value; words in its place where there can be none: what does not apply, or not yet, is no gap in the data."""
    if value is not None and value != "":
        return value
    return format_html('<span class="moot">{}</span>', words)


LONG_FACT = 120  # characters: some four lines of a column of facts


@register.filter
def is_long(markup: str) -> bool:
    """Whether what a reader sees of a fact is a text of sentences, for which its column is too narrow."""
    return len(" ".join(strip_tags(str(markup)).split())) > LONG_FACT


@register.filter
def won(amount: int | None, reason: str = "") -> SafeString:
    """Whole won in words, exact on hover."""
    return _money(amount, formats.won, reason)


@register.filter
def won_short(amount: int | None, reason: str = "") -> SafeString:
    """Whole won in one unit with one decimal, exact on hover: for cards and narrow columns."""
    return _money(amount, formats.won_short, reason)


def _money(amount: int | None, shown: Any, reason: str) -> SafeString:
    if amount is None:
        return dash(None, reason)
    lang = _lang()
    return format_html(
        '<data class="won" value="{}" title="{}">{}</data>',
        int(amount),
        formats.won_exact(amount, lang),
        shown(amount, lang),
    )


@register.filter
def won_exact(amount: int | None) -> str:
    """Every digit of it; plain text."""
    return formats.DASH if amount is None else formats.won_exact(amount, _lang())


@register.filter
def won_full(amount: int | None) -> str:
    """In words, and every digit beside it; plain text."""
    return formats.DASH if amount is None else formats.won_full(amount, _lang())


@register.filter
def percent(ratio: formats.Number | None, reason: str = "") -> str | SafeString:
    """A ratio of one as 71.4%."""
    return dash(None, reason) if ratio is None else formats.percent(ratio)


@register.filter
def bp_percent(basis_points: int | None, reason: str = "") -> str | SafeString:
    """Basis points as 71.4%."""
    return dash(None, reason) if basis_points is None else formats.bp_percent(basis_points)


@register.filter
def bp_points(basis_points: int | None, reason: str = "") -> str | SafeString:
    """A difference in basis points as ▼ 6.6%p."""
    return dash(None, reason) if basis_points is None else formats.bp_points(basis_points, _lang())


@register.filter
def part_points(basis_points: formats.Number | None) -> str | SafeString:
    """The same to the basis point, of parts of a difference: ▼ 0.07%p."""
    return dash(None) if basis_points is None else formats.bp_points(basis_points, _lang(), 2)


@register.filter
def amount(value: formats.Number | None, places: int | None = None) -> str | SafeString:
    """A number grouped by thousands."""
    return dash(None) if value is None else formats.number(value, places)


@register.filter
def day(date: dt.date | None, reason: Any = "") -> SafeString:
    """2026. 11. 22.(일) / 22 Nov 2026."""
    if date is None:
        return dash(None, reason or _("No date"))
    local = formats.local(date)
    iso = local.date() if isinstance(local, dt.datetime) else local
    return format_html('<time datetime="{}">{}</time>', iso.isoformat(), formats.day(date, _lang()))


@register.filter
def exact_day(date: dt.date | None, precision: str = "") -> SafeString:
    """As `day`, but only as exact as the source: 2026. 11., the half-year or the year; it counts as the last day.

    `about`: a day that was counted on from such a date.
    """
    if date is not None and precision == "about":
        return format_html(_("about {}"), day(date))
    if date is None or precision not in ("month", "half", "year"):
        return day(date)
    text = formats.as_known(date, precision, _lang())
    why = _("Not known more exactly; it counts as the last day.")
    return format_html('<time datetime="{}" title="{}">{}</time>', date.isoformat(), why, text)


@register.filter
def day_text(date: dt.date | None) -> str:
    """As `day`, plain text."""
    return formats.DASH if date is None else formats.day(date, _lang())


@register.filter
def moment(at: dt.datetime | None, reason: str = "") -> SafeString:
    """Day and time to the minute, Korean time."""
    if at is None:
        return dash(None, reason or _("No date"))
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), formats.moment(at, _lang()))


@register.filter
def month(date: dt.date | None) -> str | SafeString:
    """2026. 11. / Nov 2026."""
    return dash(None, _("No date")) if date is None else formats.month(date, _lang())


@register.filter
def late_days(value: int | dt.date | None, on: dt.date | None = None) -> str | SafeString:
    """D+12 / 12 days late of a number of days, or of a due date as seen on another (default: the day that is read)."""
    return _late_days(value, on, short=False)


@register.filter
def late_days_short(value: int | dt.date | None, on: dt.date | None = None) -> str | SafeString:
    """The same for narrow columns: 12 d late."""
    return _late_days(value, on, short=True)


def _late_days(value: int | dt.date | None, on: dt.date | None, *, short: bool) -> str | SafeString:
    if value is None:
        return dash(None, _("No date"))
    if isinstance(value, dt.date):
        value = ((on or past.day()) - value).days
    tone = "late" if value > 0 else "soon" if value >= -30 else "ahead"
    return format_html('<span class="days days-{}">{}</span>', tone, formats.late_days(value, _lang(), short=short))


# Badges and bars ------------------------------------------------------------------------------------------------------


@register.simple_tag
def light_badge(value: str | None, label: str = "", compact: bool = False) -> SafeString:
    """A light as shape, word and colour; `compact` keeps the word for screen readers and hover only."""
    look = badges.light(value)
    word = label or look.label
    title = look.hint or (word if compact else "")
    return format_html(
        '<span class="light light-{}"{}>{}<span{}>{}</span>{}</span>',
        look.tone,
        format_html(' title="{}"', title) if title else "",
        badges.shape(look.shape),
        mark_safe(' class="sr-only"') if compact else "",
        word,
        format_html('<span class="sr-only">: {}</span>', look.hint) if look.hint else "",
    )


@register.simple_tag
def three_lights(declared: Any, computed: Any, independent: Any) -> SafeString:
    """The office's own, the computed and the independent light side by side; they are never averaged.

    Each is the value of a light, or what is shown of it.
    """
    rows = ((_("Declared"), declared), (_("Computed"), computed), (_("Independent"), independent))
    shown = ((word, light if isinstance(light, SafeString) else light_badge(light)) for word, light in rows)
    return format_html(
        '<ul class="three-lights" aria-label="{}">{}</ul>',
        _("Three ratings"),
        format_html_join("", '<li><span class="whose">{}</span> <span>{}</span></li>', shown),
    )


@register.simple_tag
def state_badge(value: str | None, label: str = "", tone: str = "") -> SafeString:
    """State of a milestone, report, period or anything else: `{% state_badge m.state m.get_state_display %}`."""
    if not value:
        return dash(None)
    look = badges.state(value)
    return format_html('<span class="badge badge-{}">{}</span>', tone or look.tone, label or look.label)


@register.simple_tag
def tier_badge(tier: int | str | None) -> SafeString:
    """Classification tier. Public needs no badge and gets none."""
    look = badges.tier(tier)
    if look is None:
        return mark_safe("")
    return format_html('<span class="badge badge-{} badge-tier">{}</span>', look.tone, look.label)


LONG_ADDRESS = 60  # characters, of a link that tells the publisher too


@register.filter
def linked(source: str) -> SafeString:
    """A source, each address in it as a link that says whose page it is: 뉴스1 · news1.kr/amp/…"""

    def whose(url: str, before: str) -> SafeString:
        name, address = publisher(url), _short_address(url)
        if names_publisher(before, url):
            return _link(url, address)
        return _link(url, f"{name} · {address}") if name else _of_unknown(url, address)

    return _with_links(source, whose)


@register.filter
def linked_briefly(source: str) -> SafeString:
    """The same for narrow columns: the publisher alone, or the host where it is not known or named already."""

    def whose(url: str, before: str) -> SafeString:
        if names_publisher(before, url):
            return _link(url, host_of(url))
        name = publisher(url)
        return _link(url, name) if name else _of_unknown(url, host_of(url))

    return _with_links(source, whose)


def _with_links(source: str, link: Callable[[str, str], SafeString]) -> SafeString:
    """The text, each address in it as `link` makes it of the address and of the words before it."""
    parts = ADDRESS.split(source)  # every other one is an address
    shown = (link(part, parts[place - 1]) if place % 2 else part for place, part in enumerate(parts))
    return format_html_join("", "{}", ((part,) for part in shown))


def _link(url: str, text: str) -> SafeString:
    return format_html('<a href="{0}" title="{0}" rel="noreferrer">{1}</a>', url, text)


def _of_unknown(url: str, text: str) -> SafeString:
    return format_html('{} <span class="soft small">({})</span>', _link(url, text), _("publisher not known"))


def _short_address(url: str) -> str:
    # The ellipsis is given: Django's Korean catalogue has three dots for it.
    return Truncator(url.split("://", 1)[1].removeprefix("www.").rstrip("/")).chars(LONG_ADDRESS, "…")


@register.simple_tag
def provenance_mark(provenance: str | None, source: str = "", of: Any = "") -> SafeString:
    """How sure a starter fact is, and what `of` it; the source on hover. Figures entered here need and get no mark."""
    look = badges.provenance(provenance)
    if look is None:
        return mark_safe("")
    label = f"{look.label}: {of}" if of else look.label
    title = f"{look.hint} {said_by(local_source(source))}".strip()
    return format_html('<span class="mark mark-{}" title="{}">{}</span>', look.tone, title, label)


@register.simple_tag
def progress_bar(actual_bp: int | None, plan_bp: int | None = None, label: str = "") -> SafeString:
    """Actual as the bar, plan as the mark on it. Basis points; null draws no bar, and a plan of nothing no mark."""
    parts = [_("Actual %(value)s") % {"value": formats.DASH if actual_bp is None else formats.bp_percent(actual_bp)}]
    if plan_bp is not None:
        parts.append(_("Plan %(value)s") % {"value": formats.bp_percent(plan_bp)})
    text = f"{label}: {', '.join(parts)}" if label else ", ".join(parts)
    behind = actual_bp is not None and plan_bp is not None and actual_bp < plan_bp
    bar = format_html('<rect class="bar-fill" width="{}%" height="100%"/>', _bar_width(actual_bp)) if actual_bp else ""
    mark = ""
    if plan_bp:
        x = _bar_width(plan_bp)
        mark = format_html('<line class="bar-plan" x1="{}%" x2="{}%" y1="0" y2="100%"/>', x, x)
    return format_html(
        '<svg class="bar{}" role="img" aria-label="{}"><title>{}</title>'
        '<rect class="bar-track" width="100%" height="100%"/>{}{}</svg>',
        " bar-behind" if behind else " bar-none" if actual_bp is None else "",
        text,
        text,
        bar,
        mark,
    )


def _bar_width(basis_points: int) -> str:
    return f"{min(max(basis_points, 0), 10_000) / 100:g}"


@register.simple_tag
def sparkline(values: list[int | float | None], label: str = "") -> SafeString:
    """A trend without axes. Missing values break the line; the last one is marked."""
    return charts.sparkline(values, label or _("Trend"))


@register.simple_tag
def date_line(
    baseline: dt.date | None,
    current: dt.date | None,
    forecast: dt.date | None = None,
    actual: dt.date | None = None,
    today: dt.date | None = None,
    due_precision: str = "",
    actual_precision: str = "",
) -> SafeString:
    """Baseline → current → forecast → actual of a milestone on one line, to scale, with today."""
    known = {"baseline": due_precision, "current": due_precision, "actual": actual_precision}
    return charts.date_line(
        baseline, current, forecast, actual, today, lambda kind, date: exact_day(date, known.get(kind, ""))
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """A KRDS icon, for decoration only: `angle`, `down`, `sch`, `filter`, `reset`, `go`, `plus`, `help` …"""
    return format_html('<i class="svg-icon ico-{}" aria-hidden="true"></i>', name)


@register.simple_tag(takes_context=True)
def past_of(context: RequestContext, day: dt.date | None) -> str:
    """The address of this page as of another day; without one, of today."""
    return address_in(context["request"], {"as_of": day.isoformat()} if day else {})


# Tables, lists, forms -------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def sort_head(context: RequestContext, field: str, label: str, kind: str = "", param: str = "sort") -> SafeString:
    """A column head that sorts: first a click up, then down. `kind="num"` aligns it with figures."""
    request: HttpRequest = context["request"]
    current = request.GET.get(param, "").split(",")[0]
    state = "ascending" if current == field else "descending" if current == f"-{field}" else ""
    query = request.GET.copy()
    query.pop("page", None)
    query[param] = f"-{field}" if state == "ascending" else field
    mark = mark_safe('<span class="sort-mark" aria-hidden="true"></span>')
    return format_html(
        '<th scope="col"{}{}><a class="sort" href="?{}">{}{}</a>{}</th>',
        format_html(' class="{}"', kind) if kind else "",
        format_html(' aria-sort="{}"', state) if state else "",
        query.urlencode(),
        *((mark, label) if kind == "num" else (label, mark)),
        term_mark(label),
    )


@register.simple_tag
def more_rows(total: int, kind: str = "first") -> SafeString:
    """Behind a table, for narrow screens: the rest of its rows, or with `deep` the rows below others, on demand."""
    less = _("Show the first five") if kind == "first" else _("Show the upper ones alone")
    return format_html(
        '<details class="more-rows more-{}"><summary><span class="when-shut">{}</span><span class="when-open">{}</span>'
        "</summary></details>",
        kind,
        _("Show %s rows") % total,
        less,
    )


@register.filter
def page_range(page: Page) -> Iterator[int | str]:
    """Page numbers around the current one, with an ellipsis for what is left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


@register.filter
def value_of(mapping: Mapping[str, Any], key: str) -> Any:
    """The value under a key that is itself a variable; None where there is none."""
    return mapping.get(key)


@register.filter
def field_kind(field: BoundField) -> str:
    """Which markup a field takes: `check`, `choices`, `select`, `text` or `area`."""
    widget = field.field.widget
    if isinstance(widget, CheckboxInput):
        return "check"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, Textarea):
        return "area"
    return "select" if isinstance(widget, Select) else "text"


@register.simple_tag
def control(field: BoundField, size: str = "medium") -> SafeString:
    """A form control in KRDS's look, tied to its hint and its error."""
    kind = field_kind(field)
    classes = {"select": f"krds-form-select {size}", "text": f"krds-input {size}", "area": "krds-input"}.get(kind, "")
    attrs: dict[str, str | bool] = {"class": f"{field.field.widget.attrs.get('class', '')} {classes}".strip()}
    if field.field.widget.attrs.get("placeholder") == field.label:
        attrs["placeholder"] = False  # it repeats the label
    if field.errors:
        attrs["aria-invalid"] = "true"
        attrs["class"] = f"{attrs['class']} is-error".strip()
    described = [f"{field.auto_id}-hint"] if field.help_text else []
    described += [f"{field.auto_id}-error"] if field.errors else []
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs=attrs)


# The page -------------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def display_mode(context: RequestContext) -> str:
    """KRDS's word for the mode that the reader chose: light, theme (dark) or high-contrast."""
    request = context.get("request")
    return DISPLAY_MODES.get(request.COOKIES.get(DISPLAY_COOKIE, ""), "light") if request else "light"


@register.simple_tag
def chart_data(spec: dict[str, Any], element_id: str) -> SafeString:
    """A chart's data for the script, as a JSON block that is never executed."""
    return json_script(spec, element_id)


@register.simple_tag
def chart_foot() -> str:
    """What a chart's picture says of itself at its foot; plain text."""
    return f"{_('As of')} {about.as_of()} · {_('Source')}: {about.whence()}"


@register.filter
def chart_start(spec: dict[str, Any]) -> str:
    """Where the axis of a chart starts, where that is not 0."""
    return charts.shown(spec["min"], spec, _lang()) if spec.get("min") else ""


@register.filter
def chart_columns(spec: dict[str, Any]) -> list[str]:
    """Heads of the table beside a chart."""
    return charts.columns(spec)


@register.filter
def chart_rows(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """The same data as rows of the table beside the chart."""
    return charts.rows(spec, _lang())


@register.simple_tag
def script_texts() -> SafeString:
    """What the scripts say, in the reader's language."""
    return json_script(
        {
            "failed": _("That did not work. Nothing was changed; please try again."),
            "offline": _("No connection to the server: nothing was sent. What you typed is kept; save it again later."),
            "unanswered": _("The server does not answer. What you typed is kept; save it again: it counts only once."),
            "refused": _("You may not do this."),
            "gone": _("This no longer exists, or is not visible to you."),
            "conflict": _("Someone else changed this in the meantime."),
            "tooBig": _("The file is too large to be sent."),
            "uploading": _("Files are still being uploaded. File the report once they are there."),
            "copied": _("Copied"),
            "unsaved": _("There are changes that are not saved yet."),
            "restored": _("What you had typed was put back."),
            "table": _("Show as a table"),
            "picture": _("Show as a chart"),
            "noData": _("No data"),
            "plan": _("Plan"),
            "today": _("Today") if past.current() is None else _("As of"),
        },
        "texts",
    )
