"""Columns that the tables of the six domains have in common. Steps are rows that point to a milestone."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from common.countries import country_name
from common.records import MARKED, local_source
from common.tables import Column, exactness, follow, hundredth, sureness, sureness_of
from common.templatetags.display import (
    bp_percent,
    dash,
    day,
    exact_day,
    instead,
    linked_briefly,
    provenance_mark,
    state_badge,
    tier_badge,
    won,
)
from tasks.choices import Bound, MilestoneState
from tasks.templatetags.figures import is_unheard, named, sure, value_mark


def itself(row: Any) -> Any:
    return row


def marked_link(row: Any) -> SafeString:
    """Name with a link to its page and the marks of the row: how secret, how sure (of a part alone, see `named`)."""
    name = getattr(row, "name", "") or str(row)
    return format_html(
        '<a href="{}">{}</a> {} {}',
        row.get_absolute_url(),
        name,
        tier_badge(getattr(row, "effective_tier", None)),
        "" if getattr(row, "unsure_of", "") else sure(row),
    )


def fiscal_year(line: str = "") -> Column:
    """Of a budget line, or of that which the path `line` leads to; one over several years says so."""
    path = f"{line}.fiscal_year" if line else "fiscal_year"

    def shown(year: int | None) -> Any:
        return instead(year, _("Over several years"))

    return Column("year", _("Fiscal year"), path, shown, "num", order=path.replace(".", "__"))


def link_of(row: Any) -> str | None:
    return row.get_absolute_url() if row is not None else None


def name_column(head: Any) -> Column:
    return Column("name", head, itself, marked_link, "wide", order="name_ko", is_row_head=True)


def choice(name: str, head: Any) -> Column:
    """The word of a field with choices."""
    return Column(name, head, f"get_{name}_display", lambda word: dash(word()), order=name)


def related(name: str, head: Any, order: str = "", field: str = "") -> Column:
    """A row that the path `field` (else `name`) leads to, with a link; the dash where there is none to be seen."""

    def found(row: Any) -> Any:
        return follow(row, field or name)

    beside = (sureness_of(name, head, found),)
    return Column(name, head, field, named, order=order, link=lambda row: link_of(found(row)), beside=beside)


def money(name: str, head: Any, mark: str = "") -> Column:
    """Whole won; `mark` names the field that says how sure the amount is."""

    def shown(row: Any) -> SafeString:
        amount = getattr(row, name)
        return won(amount) if amount is None or not mark else numbered(won(amount), getattr(row, mark))

    beside = (sureness(mark, head),) if mark else ()
    return Column(name, head, itself, shown, "num", order=name, plain=name, unit=_("won"), beside=beside)


def share(name: str, head: Any, mark: str = "") -> Column:
    """Basis points as percent; `mark` names the field that says how sure the share is."""

    def shown(row: Any) -> SafeString:
        return numbered(bp_percent(getattr(row, name)), getattr(row, mark) if mark else "")

    beside = (sureness(mark, head),) if mark else ()

    def percent(row: Any) -> Any:
        return hundredth(getattr(row, name))

    return Column(name, head, itself, shown, "num", order=name, plain=percent, unit="%", beside=beside)


def bounded(name: str, head: Any) -> Column:
    """Beside an amount: whether the source says "at least"."""

    def word(row: Any) -> Any:
        bound = getattr(row, name)
        return Bound(bound).label if bound else None

    return Column(name, format_lazy("{}: {}", head, _("bound")), word)


def dated(name: str, head: Any, precision: str = "") -> Column:
    """A date, no more exact than its source."""

    def shown(row: Any) -> Any:
        return exact_day(getattr(row, name), getattr(row, precision) if precision else "")

    beside = (exactness(precision, name, head),) if precision else ()
    return Column(name, head, itself, shown, "num", order=name, plain=name, beside=beside)


def words(name: str, head: Any) -> Column:
    """A list of words in one cell."""
    return Column(name, head, show=lambda values: dash(", ".join(values)))


def countries(name: str, head: Any) -> Column:
    return Column(
        name,
        head,
        show=lambda codes: dash(", ".join(map(country_name, codes))),
        plain=lambda row: [country_name(code) for code in getattr(row, name)],
    )


def country(name: str, head: Any) -> Column:
    return Column(name, head, show=country_name, order=name, plain=lambda row: country_name(getattr(row, name)))


def unsure(confidence: str) -> SafeString:
    return provenance_mark(confidence) if confidence in MARKED else SafeString("")


def marked(shown: Any, confidence: str) -> SafeString:
    """A value with the mark of how sure it is, where it is less than published; nothing needs no mark."""
    return format_html("<span>{} {}</span>", shown, unsure(confidence))


def how_sure(row: Any) -> Any:
    """How sure a row is, said once: by its mark where it has one, else in words."""
    return unsure(row.confidence) or row.get_confidence_display()


def numbered(shown: Any, confidence: str) -> SafeString:
    """The same of a number, also of one that was computed: the mark stands before it, so that digits stay aligned."""
    return format_html("<span>{} {}</span>", value_mark(confidence), shown)


def sourced(shown: Any, confidence: str) -> SafeString:
    """The same of a fact on a page of its own, behind it."""
    return format_html("<span>{} {}</span>", shown, value_mark(confidence))


def links(source: str) -> Any:
    """The places that a source names, each by who publishes it; the whole address on hover."""
    parts = [(linked_briefly(part),) for part in local_source(source).split(" ; ") if part]
    return dash(format_html_join(" · ", "{}", parts))


def note(row: Any) -> Any:
    """The note on a source in the reader's language."""
    return dash(row.notes[0])


SOURCE = Column("source", _("Source"), show=links, plain=lambda row: local_source(row.source))
MEASURE = Column("measure", _("Measure"), "measure.code", order="measure__code", link=lambda row: link_of(row.measure))
MINISTRY = related("ministry", _("Ministry"), "ministry__name_ko")
MILESTONE = related("milestone", _("Milestone"))


def step_title(milestone: Any) -> SafeString:
    return format_html(
        '<span><a href="{}">{}</a> {} {}</span>',
        milestone.get_absolute_url(),
        milestone.title,
        tier_badge(milestone.effective_tier),
        sure(milestone),
    )


def began_on(milestone: Any) -> SafeString:
    """The day on which it began; of one that is still planned, that it has not."""
    if milestone.state == MilestoneState.PLANNED:
        return instead(milestone.started_on and day(milestone.started_on), _("Not begun"))
    return day(milestone.started_on)


def done_on(milestone: Any) -> SafeString:
    """The day on which it was completed, as exactly as it is known; else that it is not, or that nobody knows."""
    if milestone.completed_on:
        return exact_day(milestone.completed_on, milestone.completed_precision)
    if milestone.state == MilestoneState.CANCELLED:
        return instead(None, _("Cancelled"))
    return instead(None, _("Not known") if is_unheard(milestone) else _("Not completed"))


def latest_step(links: Iterable[Any]) -> Any:
    """The milestone completed last, of links that the reader may see; None where none is."""
    done = [link.milestone for link in links if link.milestone.completed_on]
    return max(done, key=lambda milestone: milestone.completed_on, default=None)


# Of what is founded and ends: ministries and offices.
VALIDITY = (
    Column("valid_from", _("Exists since"), show=day, kind="num", order="valid_from"),
    Column(
        "valid_to",
        _("Exists until"),
        show=lambda on: day(on) if on else instead(None, _("Still exists")),
        kind="num",
        order="valid_to",
    ),
)

# A timeline: what, state, planned and actual date; a planned date is never an actual one.
STEPS = (
    Column("milestone", _("Milestone"), "milestone", step_title, "wide", is_row_head=True),
    Column("state", _("State"), "milestone", lambda m: state_badge(m.state, m.get_state_display())),
    Column("due", _("Planned for"), "milestone", lambda m: exact_day(m.current_due, m.due_precision), "num"),
    Column("started", _("Began"), "milestone", began_on, "num"),
    Column("done", _("Actual date"), "milestone", done_on, "num"),
)
