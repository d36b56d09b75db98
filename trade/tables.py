"""The columns of trade's tables and facts, one tuple per noun."""

from dataclasses import replace
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.laws import law_name
from common.records import Confidence
from common.tables import Column, follow, sureness_of
from common.templatetags.display import amount, dash, exact_day, state_badge, tier_badge, won
from tasks.domain_tables import (
    MEASURE,
    MILESTONE,
    choice,
    country,
    dated,
    itself,
    latest_step,
    name_column,
    related,
    step_title,
)
from tasks.templatetags.figures import sure
from trade.choices import CaseStatus, FrameworkStatus, ProtectionUnit
from trade.models import ProtectionMeasure

TONES = {
    FrameworkStatus.IN_FORCE: "ok",
    FrameworkStatus.SIGNED: "ok",
    FrameworkStatus.CONCLUDED: "info",
    FrameworkStatus.NEGOTIATING: "info",
    CaseStatus.OPEN: "info",
}


def _status(row: Any) -> SafeString:
    if not row.status:
        return dash(None, _now("No source found gives its status."))
    return state_badge(row.status, row.get_status_display(), TONES.get(row.status, "mute"))


def _framework_status(row: Any) -> SafeString:
    """The status is what was verified: steps beyond it that were not say so beside it."""
    if not row.status:
        return dash(None, _now("No source gives one status for the whole. Each pillar has its own."))
    done = [step.milestone for step in row.steps.all() if step.milestone.completed_on]
    if not any(milestone.confidence == Confidence.UNVERIFIED for milestone in done):
        return _status(row)
    return format_html('{} <span class="small soft">{}</span>', _status(row), _now("Later steps are not verified"))


def _latest_step(row: Any) -> Any:
    return latest_step(row.steps.all())


def _latest(row: Any) -> Any:
    found = _latest_step(row)
    if found is None:
        return dash(None)
    return format_html("{} ({})", step_title(found), exact_day(found.completed_on, found.completed_precision))


def _titled(row: Any) -> SafeString:
    return format_html(
        '<a href="{}">{}</a> {} {}', row.get_absolute_url(), row.title, tier_badge(row.effective_tier), sure(row)
    )


STATUS = Column("status", _("Status"), itself, _status, order="status", plain="get_status_display")
LATEST = Column(
    "latest",
    _("Latest step"),
    itself,
    _latest,
    "wide",
    plain=_latest_step,
    beside=(
        Column("latest_on", _("Latest step on"), lambda row: follow(_latest_step(row), "completed_on")),
        sureness_of("latest", _("Latest step"), _latest_step),
    ),
)
TITLE = Column("title", _("Title"), itself, _titled, "wide", order="title_ko", is_row_head=True)
CASE = related("case", _("Negotiation case"), "case__name_ko")

FRAMEWORKS = (
    name_column(_("Framework")),
    related("parent", _("Part of")),
    replace(STATUS, show=_framework_status),
    Column("member_count", _("Members (countries)"), show=amount, kind="num", order="member_count"),
    dated("launched_on", _("Launched on")),
    LATEST,
)
FRAMEWORK_FACTS = (MEASURE, *FRAMEWORKS[1:5])
PILLARS = (FRAMEWORKS[0], *FRAMEWORKS[2:])
CASES = (
    name_column(_("Negotiation case")),
    country("counterpart", _("Counterpart")),
    STATUS,
    Column("issue", _("Issue"), kind="wide"),
    Column("stake", _("Stake")),
    Column("next_step", _("Next step")),
    LATEST,
)
CASE_FACTS = (MEASURE, *CASES[1:6])
POSITIONS = (TITLE, CASE, dated("taken_on", _("Taken on")), Column("text", _("Position"), kind="wide"))
CONSULTATIONS = (
    TITLE,
    choice("kind", _("Who was heard")),
    CASE,
    MEASURE,
    dated("held_on", _("Held on")),
    Column("input", _("What was said"), kind="wide"),
)


def _value(row: ProtectionMeasure, value: int | None, text: str) -> Any:
    if value is None:
        return dash(text)
    if row.unit == ProtectionUnit.WON_AT_MOST:
        return format_html(_now("up to {}"), won(value))
    return _now("up to %s times") % value


def _limit(name: str, head: Any) -> Column:
    """What holds before or after: a number with its unit, else a text."""

    def shown(row: ProtectionMeasure) -> Any:
        """In an element of its own: an amount among words stands left, as they do."""
        return format_html("<span>{}</span>", _value(row, getattr(row, f"value_{name}"), getattr(row, f"text_{name}")))

    def plain(row: ProtectionMeasure) -> Any:
        value = getattr(row, f"value_{name}")
        return getattr(row, f"text_{name}") if value is None else value

    unit = Column(f"{name}_unit", format_lazy("{}: {}", head, _("unit")), "get_unit_display")
    return Column(name, head, itself, shown, order=f"value_{name}", plain=plain, beside=(unit,))


PROTECTION_MEASURES = (
    name_column(_("Protection measure")),
    choice("kind", _("Kind")),
    _limit("before", _("Before")),
    _limit("after", _("After")),
    Column("law_ko", _("Law"), lambda row: law_name(row.law_ko)),
    related("bill", _("Bill")),
    MILESTONE,
)
PROTECTION_FACTS = (MEASURE, *PROTECTION_MEASURES[1:])
