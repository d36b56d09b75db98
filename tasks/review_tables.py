"""The columns of reports that wait for review: what was, and what will be once they are accepted."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from common.tables import Column, Table
from common.templatetags.display import amount, bp_percent, dash, exact_day, moment, part_points, state_badge
from tasks.choices import ReportStatus
from tasks.desks import Desk, Stay
from tasks.domain_tables import itself, related
from tasks.models import StatusReport
from tasks.rollups import Effect
from tasks.templatetags.figures import coded_link


def _waited(report: StatusReport) -> int:
    """Whole days since it was submitted, Korean time."""
    submitted = timezone.localdate(report.submitted_at) if report.submitted_at else timezone.localdate()
    return (timezone.localdate() - submitted).days


def _days(days: int) -> str:
    return str(_("Today")) if days == 0 else ngettext("%s day", "%s days", days) % days


def arrow(before: Any, after: Any) -> SafeString:
    """Both where they differ, else the one that stays."""
    if str(before) == str(after):
        return format_html("{}", after)
    words = _("becomes")
    return format_html('{} <span aria-hidden="true">→</span><span class="sr-only">{}</span> {}', before, words, after)


def _state(report: StatusReport) -> SafeString:
    found = report.milestone
    return arrow(
        state_badge(found.state, found.get_state_display()), state_badge(report.state, report.get_state_display())
    )


def _progress(report: StatusReport) -> SafeString:
    return arrow(bp_percent(report.milestone.progress_bp), bp_percent(report.progress_bp))


def _end_of(row: Any) -> Any:
    """The completion, else what is expected."""
    return exact_day(row.completed_on, row.completed_precision) if row.completed_on else exact_day(row.forecast)


def _end(report: StatusReport) -> SafeString:
    return arrow(_end_of(report.milestone), _end_of(report))


def effect_words(effects: tuple[Effect, ...]) -> SafeString:
    """By how many points measure and task rise."""
    if not any(effect.by for effect in effects):
        return format_html("{}", _("None"))
    return format_html_join("", "<div>{} {}</div>", ((each.node, part_points(each.points)) for each in effects))


def _effects(report: Any) -> list[str]:
    return [f"{effect.node}: {part_points(effect.points)}" for effect in report.effects]


def _step(report: StatusReport) -> Any:
    return _("Coordinating office") if report.endorsed_at else _("Ministry")


def desk_days(report: Any) -> int:
    """Whole days since it came to the desk where it lies, Korean time."""
    return (timezone.localdate() - timezone.localdate(report.desk_since)).days


def _desk(report: Any) -> SafeString:
    badge = state_badge("escalated", str(ESCALATED), "bad") if report.is_escalated else ""
    return format_html("{} <span class='soft nowrap'>{}</span> {}", _step(report), _days(desk_days(report)), badge)


def _escalated(report: Any) -> Any:
    return ESCALATED if report.is_escalated else None


ESCALATED = _("Escalated")
WAY = (
    Column("state", _("State"), "stay", lambda stay: stay_badge(stay), is_row_head=True),
    Column("desk", _("On whose desk"), kind="wide"),
    Column("since", pgettext_lazy("report", "Since"), show=moment, kind="num"),
    Column(
        "days",
        pgettext_lazy("report", "Days"),
        show=lambda days: dash(days, _("Nobody acts on it any more.")),
        kind="num",
    ),
)


def stay_badge(stay: Stay) -> SafeString:
    label = _("Approved by the ministry") if stay.is_endorsed and stay.desk else ReportStatus(stay.status).label
    return state_badge(stay.status, str(label))


def way_table(report: StatusReport, way: list[Stay]) -> Table:
    """Where a report was and is, the earliest first; with the name of each desk."""
    rows = [Step(stay, desk_name(report, stay.desk)) for stay in way]
    return Table(WAY, rows, _("The way of this report"), "way")


@dataclass(frozen=True)
class Step:
    stay: Stay
    desk: Any

    @property
    def since(self) -> Any:
        return self.stay.since

    @property
    def days(self) -> int | None:
        return self.stay.days


def desk_name(report: StatusReport, desk: Desk) -> Any:
    """Who acts next, in words."""
    names = {"ministry": report.ministry or _("the reporting ministry"), "person": report.author or _("system")}
    words = {
        Desk.REPORTER: _("%(person)s, %(ministry)s"),
        Desk.APPROVER: _("Approver of %(ministry)s"),
        Desk.APPROVER_OR_COORDINATOR: _("Approver of %(ministry)s, or the coordinating office"),
        Desk.COORDINATOR: _("Coordinating office"),
    }
    return str(words[desk]) % names if desk in words else None


def _tick(report: StatusReport) -> SafeString:
    label = _("Tick: %s") % report.milestone.title
    return format_html(
        '<input type="checkbox" name="report" value="{}" form="approve" aria-label="{}" data-key="a">',
        report.uuid,
        label,
    )


def _return(report: StatusReport) -> SafeString:
    """To the reason, on the report's page."""
    return format_html(
        '<a class="link" href="{}#return_words" data-key="r">{}<span class="sr-only"> {}</span></a>',
        report.get_absolute_url(),
        _("Return"),
        report.milestone.title,
    )


# On the page alone: what is approved together, and the way back of one.
TICK = Column("tick", _("Tick"), itself, _tick)
RETURN = Column("return", _("Return"), itself, _return)
REVIEW = (
    Column("waited", _("Waits since"), _waited, _days, "num", order="submitted_at"),
    Column(
        "milestone",
        _("Milestone"),
        itself,
        lambda report: coded_link(report.milestone, report),
        "wide",
        is_row_head=True,
        plain="milestone",
    ),
    Column("state", _("State"), itself, _state, plain="get_state_display"),
    Column("progress", _("Progress"), itself, _progress, "num", plain="progress_bp"),
    Column("end", _("Completed or expected on"), itself, _end, "num", plain=lambda r: r.completed_on or r.forecast),
    Column("effect", _("Effect on progress"), "effects", effect_words, plain=_effects),
    Column("evidence", _("Evidence"), "evidence_count", amount, "num"),
    related("ministry", _("Ministry"), "ministry__name_ko"),
    Column("author", _("Reported by"), lambda report: report.author),
    Column(
        "step",
        _("Review step"),
        itself,
        _desk,
        plain=_step,
        beside=(
            Column("desk_days", _("Days on this desk"), desk_days),
            Column("escalated", _("Escalated"), _escalated),
        ),
    ),
)
