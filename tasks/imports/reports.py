"""Reports on many milestones from a table: My work, taken along to Excel and brought back."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import formats
from common.errors import DomainError
from common.imports.declaration import Column, Importer, Role, Row, state_of
from common.imports.values import Choice, Code, Day, Month, Number, PlannedDay, Share, Text
from common.imports.words import Wrong, folded, language
from common.tiers import clearance_of
from tasks.actions.periods import month_of
from tasks.actions.reports import WHOLE_BP, ReportValues, check_report, report_milestone
from tasks.actions.standing import stand_as_said
from tasks.choices import GOING, MilestoneState, Verb
from tasks.models import Milestone, ReportingPeriod, StatusReport, Strategy
from tasks.permissions import Denied, may, may_move, reportable
from tasks.rollups import MovedFigure, rehearse

WORDS = 2_000


class Reports(Importer):
    """A row of which nothing is typed is no report. `version` tells whether somebody was faster than the file."""

    slug = "reports"
    title = gettext_lazy("Import reports")
    sheet = gettext_lazy("My work")
    identity = ("milestone",)
    columns = (
        Column("milestone", gettext_lazy("Code"), Code(), Role.KEY, hint=gettext_lazy("do not change"), width=16),
        Column("title", gettext_lazy("Milestone"), Text(), Role.INFO, width=44),
        Column("ministry", gettext_lazy("Responsible ministry"), Text(), Role.INFO, width=24),
        Column("due", gettext_lazy("Due"), Day(), Role.INFO, width=14),
        Column("state", gettext_lazy("State"), Text(), Role.INFO, width=12),
        Column("stands", gettext_lazy("Progress now (%)"), Share(), Role.INFO, width=12),
        Column(
            "version", gettext_lazy("Version"), Number(places=0), Role.KEY, hint=gettext_lazy("do not change"), width=10
        ),
        Column(
            "month",
            gettext_lazy("Month that it reports"),
            Month(),
            Role.KEY,
            required=False,
            hint=gettext_lazy("empty: as of today"),
            width=14,
            is_open=True,
        ),
        Column("verb", gettext_lazy("What happened"), Choice(of_class=Verb), width=16),
        Column("progress", gettext_lazy("Progress (%)"), Share(), required=False, width=12),
        Column("forecast", gettext_lazy("Expected completion"), PlannedDay(), required=False, width=14),
        Column(
            "completed_on",
            gettext_lazy("Completed on"),
            Day(),
            required=False,
            hint=gettext_lazy("where it was completed"),
            width=14,
        ),
        Column("result", gettext_lazy("This month's result"), Text(longest=WORDS), required=False, width=40),
        Column("next_plan", gettext_lazy("Next month's plan"), Text(longest=WORDS), required=False, width=40),
        Column("issues", gettext_lazy("Issues"), Text(longest=WORDS), required=False, width=30),
        Column(
            "reason",
            gettext_lazy("Reason"),
            Text(longest=WORDS),
            required=False,
            hint=gettext_lazy("Suspending, cancelling and reopening need one."),
            width=30,
        ),
    )

    def refusal(self, user: Any) -> str:
        return "" if reportable(user, Milestone.objects.visible_to(user)).exists() else self._why_nothing(user)

    @staticmethod
    def _why_nothing(user: Any) -> str:
        return _("Your account reports for no ministry.") if user.is_authenticated else _("Sign in first.")

    def denied(self, user: Any, row: Row) -> str:
        verb = row.values.get("verb")
        answer = may_move(user, verb, row.target) if verb else may(user, "report", row.target)
        return answer.reason if isinstance(answer, Denied) else ""

    def targets(self, user: Any) -> Mapping[str, Milestone]:
        rows = Milestone.objects.visible_to(user).filter(in_scope=True)
        joined = rows.prefetch_related("measure__strategic_task__strategy", "responsible_ministry")  # few, of many rows
        return {folded(row.code): row for row in joined}

    def judge(self, row: Row) -> Iterator[tuple[str, Wrong]]:
        if row.values["version"] != row.target.version:
            yield (
                "version",
                Wrong(
                    _("Somebody changed this milestone after the table was downloaded"),
                    _("Download the table again and enter this row anew on top of what stands now."),
                ),
            )
        try:
            row.written = check_report(row.target, _said(row))
        except DomainError as error:
            field = "month" if error.field == "effective_on" else error.field
            yield field or "verb", Wrong(error.message, _("Correct the cell, or clear the row."))

    def judge_together(self, rows: Sequence[Row], faulty: Sequence[Row], user: Any) -> Iterator[tuple[Row, str, Wrong]]:
        """A closed month is restated on purpose, from the milestone's page, and not by a file."""
        found = ReportingPeriod.objects.visible_to(user).to_report(on=timezone.localdate())
        months = set(found.values_list("strategy", "starts_on"))
        for row in rows:
            month, strategy = row.values.get("month"), row.target.measure.strategic_task.strategy_id
            if month and row.values["verb"] in GOING and (strategy, month) not in months:
                yield (
                    row,
                    "month",
                    Wrong(
                        _("This month has not ended, has been closed, or was never opened"),
                        _("Name a month that is open, or clear the cell to report as of today."),
                    ),
                )

    def compare(self, rows: Sequence[Row], user: Any) -> None:
        for row in rows:
            row.standing, row.was, row.will = state_of(row.target), _shown(row.target), _shown(row.written)

    def moves(self, rows: Sequence[Row], user: Any) -> Sequence[MovedFigure]:
        """As if all of them were accepted; strategy by strategy."""
        by_strategy: dict[Strategy, list[StatusReport]] = {}
        for row in rows:
            by_strategy.setdefault(row.target.measure.strategic_task.strategy, []).append(row.written)
        return [
            moved
            for strategy, reports in by_strategy.items()
            for moved in rehearse(partial(stand_as_said, reports), strategy=strategy, tier=clearance_of(user))
        ]

    def describe(self, row: Row) -> str:
        return str(row.target)

    def lock(self, rows: Sequence[Row], user: Any) -> None:
        found = Milestone.objects.visible_to(user).filter(pk__in=[row.target.pk for row in rows])
        list(found.order_by("pk").select_for_update(of=("self",)))

    def write(self, row: Row, *, by: Any, reason: str) -> None:
        report_milestone(row.target, _said(row), by=by, expected_version=row.target.version)

    def prefill(self, user: Any) -> Iterator[dict[str, Any]]:
        today = timezone.localdate()
        months: dict[int, ReportingPeriod] = {}
        for period in ReportingPeriod.objects.visible_to(user).to_report(on=today):
            if period.is_due(today):
                months.setdefault(period.strategy_id, period)
        rows = reportable(user, Milestone.objects.visible_to(user).filter(in_scope=True).active())
        for row in rows.select_related("responsible_ministry", "measure__strategic_task").by_due():
            month = months.get(row.measure.strategic_task.strategy_id)
            yield {
                "milestone": row.code,
                "title": row.title,
                "ministry": row.responsible_ministry and row.responsible_ministry.name,
                "due": row.current_due,
                "state": row.get_state_display(),
                "stands": None if row.progress_bp is None else float(Decimal(row.progress_bp) / 100),
                "version": row.version,
                "month": month and str(month),
            }


def _said(row: Row) -> ReportValues:
    values = row.values
    verb = values["verb"]
    is_of_month = values.get("month") and verb in GOING
    return ReportValues(
        verb=verb,
        effective_on=month_of(values["month"])[1] if is_of_month else None,
        progress_bp=values["progress"],
        forecast=values["forecast"],
        completed_on=values["completed_on"] if verb == Verb.COMPLETE else None,
        result=values["result"],
        next_plan=values["next_plan"],
        issues=values["issues"],
        reason=values["reason"],
    )


def _shown(side: Any) -> str:
    """State, progress and the day of its end, of a milestone or a report."""
    end = side.completed_on or side.forecast
    progress = None if side.state == MilestoneState.COMPLETED else side.progress_bp
    parts = [
        str(MilestoneState(side.state).label),
        "" if progress is None else f"{formats.number(Decimal(progress) * 100 / WHOLE_BP)}%",
        formats.day(end, language()) if end else "",
    ]
    return " · ".join(filter(None, parts))
