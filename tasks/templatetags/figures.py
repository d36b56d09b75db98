"""How figures of the core stand on a page: ratios, cells of tables, addresses of the lists that a number counts."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common import formats, past
from common.records import MARKED, SAID, Confidence, local_source
from common.templatetags.display import (
    amount,
    bp_percent,
    bp_points,
    dash,
    day,
    exact_day,
    instead,
    late_days,
    late_days_short,
    light_badge,
    linked,
    part_points,
    progress_bar,
    provenance_mark,
    state_badge,
    three_lights,
    tier_badge,
    won,
)
from common.templatetags.terms import light_term, term, term_mark
from tasks.choices import (
    ENDED,
    AssessmentKind,
    Bound,
    ComputedLight,
    DatePrecision,
    LightTest,
    MilestoneState,
    ScheduleLight,
    method_label,
    verdict_sure,
)
from tasks.interfaces import RATED, FigureView, GivenLight, Measured, Ratio, Slack, TestedLight

NONE_GIVEN: dict[str, Any] = {
    AssessmentKind.DECLARED: gettext_lazy("The lead ministry has declared no light."),
    AssessmentKind.INDEPENDENT: gettext_lazy("The coordinating office has given no light."),
}

NOTHING_WEIGHS = gettext_lazy("Nothing with a weight is planned here. Milestones of weight 0 are shown and not counted")

# Where a milestone comes by a report alone.
BEGUN = (MilestoneState.IN_PROGRESS, MilestoneState.SUSPENDED, MilestoneState.COMPLETED)
BP = 10_000
OF_INDEX = (LightTest.INDEX_BELOW_RED, LightTest.INDEX_BELOW_AMBER)

register = template.Library()
register.filter(method_label)
register.filter(verdict_sure)


@register.filter
def next_due(view: FigureView) -> SafeString:
    """The next day on which something is due, as exactly as it is known; where nothing is to come, that."""
    if view.next_due is None:
        return instead(None, _("None to come"))
    return exact_day(view.next_due, view.next_due_precision)


@register.filter
def bp(ratio: Ratio | None) -> Any:
    """Basis points of a ratio, unrounded; None stays None."""
    return None if ratio is None or ratio.value is None else ratio.value * 10_000


@register.filter
def percent_of(ratio: Ratio | None, reason: str = "") -> str | SafeString:
    """71.4%, or a dash that says why there is none."""
    value = bp(ratio or None)
    return dash(None, reason) if value is None else bp_percent(value)


@register.simple_tag
def before_after(before: Ratio | str | None, after: Ratio | str | None) -> SafeString:
    """`41.7% → 45.1% (▲ 3.40 pp)`; what is the same on both sides stands once."""
    sides = [side if isinstance(side, Ratio) and side.denominator else None for side in (before, after)]
    first, then = sides
    if first is None or then is None:
        same = first is then
        return dash(None) if same else format_html("{} → {}", percent_of(first), percent_of(then))
    moved = (then.exact - first.exact) * 10_000
    if not moved:
        return format_html("{}", percent_of(then))
    return format_html(
        '{} → {} <span class="soft small">({})</span>', percent_of(first), percent_of(then), part_points(moved)
    )


@register.filter
def progress_of(view: FigureView) -> str | SafeString:
    """71.4%, or a dash that says why no progress is known."""
    return percent_of(view.progress, unreported(view))


def unreported(measured: Measured) -> str:
    """Why no progress is known: nothing that weighs anything is planned there, or nobody has reported."""
    if measured.is_weightless:
        return str(NOTHING_WEIGHS)
    has_begun = any(measured.counts.get(f"state_{state}") for state in BEGUN)
    return _("The reports name no progress") if has_begun else _("Nobody has reported yet")


@register.filter
def gap_bp(view: FigureView | None) -> Any:
    """How far the actual lies from the plan; None where one is unknown or undated milestones forbid it."""
    if view is None or view.sums.undated or view.progress.value is None or view.plan.value is None:
        return None
    return (view.progress.value - view.plan.value) * 10_000


@register.simple_tag
def plan_line(view: FigureView) -> SafeString:
    """What the light was computed from: plan and gap, or the schedule index where undated milestones forbid a gap."""
    parts = [format_html("{} {}", term(_("Plan")), percent_of(view.plan))]
    gap = gap_bp(view)
    if gap is not None:
        parts.append(format_html("{} {}", term(_("Gap")), bp_points(gap)))
    else:
        index = view.schedule_index.value
        shown = dash(None, _("Nothing is both reported and dated")) if index is None else formats.number(index, 2)
        parts.append(format_html("{} {}", term(_("Schedule index")), shown))
    if view.light in (ComputedLight.AMBER, ComputedLight.RED):
        parts.append(format_html("{} {}", term(_("Overdue share")), percent_of(view.overdue_share)))
    return format_html_join(" · ", "{}", ((part,) for part in parts))


def dated_alone(without_due: Ratio | None) -> str:
    """In a sentence, that a plan beside an actual is not of the same milestones; "" where it is of all."""
    if without_due is None or not without_due.numerator:
        return ""
    words = _(
        "Plan counts only milestones with a due date: %s of the weight has none, or nothing is planned there yet."
        " Actual counts all and is a minimum: what nobody reported adds nothing."
    )
    return words % percent_of(without_due)


@register.simple_tag
def plan_limits(view: FigureView) -> SafeString:
    """In words, what plan, index and light beside a progress leave out; nothing where they leave out nothing."""
    if view.is_weightless:
        found = [f"{NOTHING_WEIGHS}."]
    elif view.light == ComputedLight.NONE:
        found = [_("Nothing is planned up to this date to compare with: %s.") % _without_plan(view)]
    else:
        found = [dated_alone(view.without_due), _compared(view)]
    return format_html_join("", '<p class="small soft">{}</p>', ((words,) for words in found if words))


def _compared(view: FigureView) -> str:
    """How much of what is due the schedule index compares, where that is not all of it."""
    share = percent_of(view.compared)
    if view.light == ComputedLight.NO_DATA:
        words = _("Only %s of what should be done by this day has a report: too little for a light.")
        return words % share
    if view.schedule_index.value is None or view.sums.planned_compared == view.sums.planned:
        return ""
    words = _("%s of what should be done by this day has a report: only that is compared.") % share
    outside = _("Late milestones without a report are outside it.")
    return f"{words} {outside}" if view.late else words


def _without_plan(view: Measured) -> str:
    """Undated 66.7% · Unplanned 33.3%."""
    shares = ((_("Undated"), view.undated), (_("Unplanned"), view.unplanned), (_("Due later"), view.not_begun))
    return " · ".join(f"{word} {percent_of(share)}" for word, share in shares if share.numerator)


@register.simple_tag
def figure_light(view: FigureView | None) -> SafeString:
    """The computed light in a list, with what decided it: beside a progress alone it could seem to contradict it."""
    if view is None:
        return dash(None)
    badge, why = light_badge(view.light), light_reason(view, view.decided_by)
    return format_html('{} <span class="small soft beside">{}</span>', badge, why) if why else badge


def light_reason(of: Measured, test: TestedLight | None) -> str:
    """Overdue share 33.3% (threshold 20.0%): why a computed light is not green, in short; else ""."""
    if test is None or test.light == ComputedLight.GREEN:
        return ""
    if test.light == ComputedLight.NONE:
        return f"({without})" if (without := _without_plan(of)) else ""
    if test.light == ComputedLight.NO_DATA:
        return _("(less than half of what is due is in milestones with a report)")
    name = _("Schedule index") if test.test in OF_INDEX else _("Overdue share")
    measured, limit = tested(test)
    return f"{name} {measured} ({_('threshold')} {limit})"


def tested(test: TestedLight) -> tuple[str, str]:
    """What a test measured and its threshold, both in the same unit; of a test that measures."""
    value, limit_bp = test.measured.value if test.measured else None, test.threshold_bp or 0
    if test.test in OF_INDEX:
        return formats.DASH if value is None else formats.number(value, 3), formats.number(limit_bp / BP, 2)
    return formats.DASH if value is None else formats.bp_percent(value * BP), formats.bp_percent(limit_bp)


@register.simple_tag
def computed_light(view: FigureView) -> SafeString:
    """The light of a figure by itself, by its name: a light alone could be one that somebody gave."""
    return format_html(
        '<span class="light-line"><span class="whose">{}</span> {}{}</span>',
        _("Computed light"),
        light_badge(view.light),
        light_term(view.light),
    )


@register.simple_tag
def figure_lights(view: FigureView) -> SafeString:
    """Declared, computed and independent light side by side, and that they differ; the computed one alone of others."""
    if view.slice not in RATED:
        return format_html('<p class="small">{}</p>', computed_light(view))
    computed = format_html('<span class="light-line">{}{}</span>', light_badge(view.light), light_term(view.light))
    lights = three_lights(
        given_light(view.declared, None, "declared"), computed, given_light(view.independent, None, "independent")
    )
    return format_html("{}{}", lights, divergence_flag(view.divergence))


@register.simple_tag
def divergence_flag(steps: int | None) -> SafeString:
    """In words, that the lights say different things; nothing where they agree or cannot be compared."""
    if not steps:
        return SafeString("")
    words = ngettext("Lights %(steps)s step apart", "Lights %(steps)s steps apart", steps) % {"steps": steps}
    mark = term_mark(key="light-divergence")
    return format_html('<span class="light-line">{}{}</span>', state_badge("apart", words, "warn"), mark)


def rated(view: FigureView | None, kind: str) -> tuple[GivenLight | None, int | None]:
    """The light of this kind; and, beside the last one that was given, how far the three lie apart."""
    if view is None or (given := getattr(view, kind)) is None:
        return None, None
    is_last = kind == AssessmentKind.INDEPENDENT or view.independent is None
    return given, view.divergence if is_last else None


@register.simple_tag
def rated_light(view: FigureView | None, kind: str) -> SafeString:
    """In a table, the light of this kind that stands beside the computed one."""
    return given_light(*rated(view, kind), kind)


def given_light(given: GivenLight | None, steps: int | None, kind: str) -> SafeString:
    """A light with its day, its mark and how far the lights lie apart; the dash that says why there is none."""
    if given is None:
        return dash(None, NONE_GIVEN[kind])
    on = format_html('<span class="small soft nowrap">{}</span>', day(given.assessed_on))
    light = format_html('<span class="nowrap">{} {}</span>', light_badge(given.light), mark(given.confidence))
    return format_html("{} {} {}", light, on, divergence_flag(steps))


@register.simple_tag
def figure_bar(view: FigureView | None, label: str = "") -> SafeString:
    """Actual and plan of a figure as one bar, the actual in words beside it, the plan and what it leaves out below.

    Of what has no weight, that alone.
    """
    if view is not None and view.milestones and not view.sums.share:
        return format_html("{}", instead(None, _("Without weight: not counted")))
    if view is None:
        return format_html(
            '<div class="bar-row">{}<span>{}</span></div>',
            progress_bar(None, None, label),
            dash(None, _("No figure yet")),
        )
    shown = progress_of(view)
    plan = [_("No plan") if view.plan.value is None else f"{_('Plan')} {percent_of(view.plan)}"]
    if view.plan.value is not None and view.undated.numerator:
        plan.append(f"{_('Undated')} {percent_of(view.undated)}")
    bar = progress_bar(bp(view.progress), bp(view.plan), label)
    return format_html(
        '<div class="bar-row">{}<span>{}</span></div><p class="small soft beside">{}</p>', bar, shown, " · ".join(plan)
    )


BARS_NOTE: Any = gettext_lazy(
    "Bar and number: actual, of all milestones. Tick and “Plan”: plan, only of milestones with a due date."
)


@register.simple_tag
def bars_note() -> str:
    """How bars of `figure_bar` are read, once beside all of them."""
    return str(BARS_NOTE)


@register.simple_tag
def sure(row: Any) -> SafeString:
    """The mark of a row whose content is not verified or was generated; other rows need none."""
    return provenance_mark(row.confidence, row.source, row.unsure_of) if _is_marked(row) else SafeString("")


@register.simple_tag
def coded_link(node: Any, told_by: Any = None) -> SafeString:
    """A task, measure or milestone by its title, its code or number small behind it: who reads hears the title first.

    `told_by` is the row that tells of it, whose mark is shown; one with a page of its own leads there.
    """
    href = told_by.get_absolute_url() if hasattr(told_by, "get_absolute_url") else node.get_absolute_url()
    return format_html(
        '<a href="{}">{}</a> <span class="small soft nowrap">{}</span> {} {}',
        href,
        node.title,
        node.code if hasattr(node, "code") else _("Task %s") % node.number,
        tier_badge(getattr(node, "effective_tier", None)),
        sure(told_by or node),
    )


@register.simple_tag
def sure_name(ministry: Any) -> SafeString:
    """The mark of a ministry one of whose names was not checked, although the row was; it says which."""
    unsure = ministry.unsure_name
    return provenance_mark(Confidence.UNVERIFIED, "", unsure) if unsure else SafeString("")


@register.filter
def named(row: Any) -> Any:
    """The name of a row that another one points to, its mark, and its last day where it has ended; else the dash.

    One of which only a part is not sure (`unsure_of`) is marked where that part is shown.
    """
    if row is None:
        return dash(None)
    beside = [sure(row)] if _is_marked(row) and not getattr(row, "unsure_of", "") else []
    if ended := until(row):
        beside.append(ended)
    return format_html("{} {}", row, format_html_join(" ", "{}", ((part,) for part in beside))) if beside else row


def until(row: Any) -> SafeString:
    """The last day of a ministry or office that has ended; nothing for others."""
    ended = getattr(row, "valid_to", None)
    if not ended or ended >= past.day():
        return SafeString("")
    return format_html('<span class="small soft">({})</span>', format_html(_("until {}"), day(ended)))


def _is_marked(row: Any) -> bool:
    return getattr(row, "confidence", "") in MARKED


@register.simple_tag
def mark(confidence: str) -> SafeString:
    """The same for one fact of a row that says of itself how sure it is."""
    return provenance_mark(confidence) if confidence in MARKED else SafeString("")


@register.simple_tag
def value_mark(confidence: str | None, of: Any = "") -> SafeString:
    """The mark of a value, or of what `of` it, which also says that it was computed; nothing where a source says it."""
    return provenance_mark(confidence, of=of) if confidence and confidence not in SAID else SafeString("")


@register.simple_tag
def reported_mark(milestone: Any) -> SafeString:
    """The same for what was last reported of a milestone (`standing_confidence`, where it was joined)."""
    confidence = getattr(milestone, "standing_confidence", None)
    return provenance_mark(confidence) if confidence in MARKED else SafeString("")


@register.filter
def no_progress(milestone: Any) -> Any:
    """Why a milestone has no progress."""
    return _("The report names no progress") if milestone.reported_on else _("Nobody has reported yet")


@register.simple_tag
def lateness(milestone: Any, *, short: bool = False) -> SafeString:
    """How late an overdue milestone is (`light`); where it has no report at all, that no outcome was published.

    Nothing for others; `short` for narrow columns, where it stands below.
    """
    if getattr(milestone, "light", None) != ScheduleLight.OVERDUE:
        return SafeString("")
    late = SafeString((late_days_short if short else late_days)(milestone.current_due))
    if milestone.due_precision != DatePrecision.DAY:
        late = about_days(late)
    if not is_unheard(milestone):
        return late
    beside = '<span>{} <span class="small soft">{}</span></span>'
    below = '{}<br><span class="small soft">{}</span>'
    return format_html(below if short else beside, late, _("No outcome published"))


def is_unheard(milestone: Any) -> bool:
    """Whether it is past its due date and was never reported: it may have ended long ago."""
    is_due = milestone.current_due is not None and milestone.current_due < past.day()
    return is_due and milestone.state not in ENDED and not milestone.reported_on


@register.filter
def about_days(shown: Any) -> SafeString:
    """A number of days between dates of which one is not known to the day."""
    why = _("Counted with a date that is known only to the month, half-year or year; that counts as its last day.")
    return format_html(
        '<span class="nowrap" title="{}"><span aria-hidden="true">≈</span><span class="sr-only">{}</span> {}</span>',
        why, _("about"), shown,
    )  # fmt: skip


@register.filter
def slack(found: Slack | None) -> SafeString:
    """D+12 / 12 days late where a due date is missed by twelve days, else the days that are left until it."""
    if found is None:
        return dash(None, _("A date is not known"))
    days = found.days
    shown = late_days(-days) if days < 0 else ngettext("%s day", "%s days", days) % amount(days)
    return format_html('<span class="nowrap">{}</span>', shown if found.is_exact else about_days(shown))


@register.filter
def cited(sources: str | list[str]) -> list[str]:
    """Every source by itself, in the reader's language: a text may join several by ` ; `."""
    texts = [sources] if isinstance(sources, str) else sources
    return [part.strip() for text in texts for part in local_source(text).split(" ; ") if part.strip()]


@register.filter
def sources(text: str | list[str]) -> list[SafeString]:
    """The same, each with its address as a link."""
    return [linked(part) for part in cited(text)]


@register.simple_tag
def bounded_won(amount_won: int | None, bound: str | None) -> SafeString:
    """The amount; one of which the source says "at least" says so too."""
    return format_html(_("at least {}"), won(amount_won)) if bound == Bound.AT_LEAST else won(amount_won)


@register.filter
def kept(milestone: Any, today: dt.date) -> str:
    """What became of a due date by a day, in a word; "" where there is none. The day itself still counts."""
    if milestone.current_due is None:
        return ""
    if milestone.completed_on is None:
        return _("Still open") if today <= milestone.current_due else _("Missed")
    return _("Met") if milestone.completed_on <= milestone.current_due else _("Met late")


@register.filter
def measured(value: Any, indicator: Any) -> Any:
    """A value of the indicator: money in words, anything else as a number."""
    return won(int(value)) if indicator.is_money and value is not None else amount(value)


@register.simple_tag
def list_url(name: str, **filters: Any) -> str:
    """Address of a list narrowed to what a number counts: `{% list_url "tasks:milestones" light="overdue" %}`."""
    query = urlencode({key: value for key, value in filters.items() if value not in (None, "")})
    return reverse(name) + (f"?{query}" if query else "")
