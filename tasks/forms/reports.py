"""Reports on milestones."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common import formats
from common.forms import EXACT, EXACT_HINT, Day
from tasks.actions.reports import WHOLE_BP, ReportValues
from tasks.choices import GOING, DatePrecision, MilestoneState, Verb, moves_from
from tasks.models import Milestone, ReportingPeriod, StatusReport
from tasks.permissions import may_move

SUGGESTED = {
    MilestoneState.PLANNED: Verb.START,
    MilestoneState.IN_PROGRESS: Verb.UPDATE,
    MilestoneState.SUSPENDED: Verb.RESUME,
}


def _text(label: Any, help_text: Any = "", rows: int = 2) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=False, widget=widget)


class ReportForm(forms.Form):
    """A report on one milestone. The action judges the move; the form only reads what was typed.

    `version` is the version of the milestone that the reporter saw; `report` and `report_version` the draft or returned
    report that is gone on with, if any. `submission` names this form: sent twice, it is filed once.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    report = forms.UUIDField(widget=forms.HiddenInput, required=False)
    report_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)
    verb = forms.CharField(
        label=_("What happened"), widget=forms.RadioSelect, error_messages={"required": _("Choose what happened.")}
    )
    completed_on = forms.DateField(label=_("Completed on"), required=False, widget=Day())
    completed_precision = forms.ChoiceField(
        label=EXACT, help_text=EXACT_HINT, choices=DatePrecision, initial=DatePrecision.DAY, required=False
    )
    progress = forms.DecimalField(
        label=_("Progress (%)"),
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "max_digits", "max_decimal_places", "max_whole_digits"),
            _("Enter a number from 0 to 100 with at most two decimals."),
        ),
        decimal_places=2,
        max_digits=7,
        widget=forms.NumberInput(attrs={"min": 0, "max": 100, "step": "any", "inputmode": "decimal"}),
    )
    forecast = forms.DateField(label=_("Expected completion"), required=False, widget=Day())
    month = forms.ChoiceField(
        label=_("Month that it reports"),
        required=False,
        help_text=_("A report of a month that has ended takes effect on its last day."),
        error_messages={"invalid_choice": _("This month has been closed, or was never opened. Choose another one.")},
    )
    reason = _text(_("Reason"), _("Suspending, cancelling and reopening need one."))
    result = _text(_("This month's result"), rows=3)
    next_plan = _text(_("Next month's plan"))
    issues = _text(_("Issues"))

    def __init__(
        self,
        data: Any = None,
        *,
        milestone: Milestone,
        reporter: Any,
        continues: StatusReport | None = None,
        typed: dict[str, str] | None = None,
        months: Sequence[ReportingPeriod] | None = None,
        month: str | None = None,
    ) -> None:
        """`continues`: the draft or returned report that is written anew; `typed`: what is shown without judging it.

        `months`: those to report (`PeriodQuerySet.to_report`), where they have been read already. `month`: the one that
        is proposed, such as 2026-10, "" for as of today; None leaves it to the form.
        """
        initial = _initial(milestone) | (_said(continues) if continues else {}) | (typed or {})
        super().__init__(data, initial=initial, auto_id=f"m{milestone.pk}_%s")
        self.milestone, self.reporter, self.continues = milestone, reporter, continues
        for name in ("completed_on", "reason"):  # shown for the moves alone that need them
            self.fields[name].is_needed = True  # type: ignore[attr-defined]
        self._offer_months(months, month)
        moves = self._moves(reporter)
        self.fields["verb"].widget.choices = moves  # type: ignore[attr-defined]
        if len(moves) == 1:
            self.initial["verb"] = moves[0][0]

    def _offer_months(self, months: Sequence[ReportingPeriod] | None, proposed: str | None) -> None:
        """The months that have ended and are open; one that was sent all the same is refused, not passed over."""
        if months is None:
            months = list(ReportingPeriod.objects.visible_to(self.reporter).to_report(on=timezone.localdate()))
        strategy = self.milestone.measure.strategic_task.strategy_id
        ended = [period for period in months if period.strategy_id == strategy]
        self.month_ends = {str(period): period.ends_on for period in ended}
        if not ended and not self.data.get("month"):
            del self.fields["month"]
            return
        named = [(str(period), formats.month(period.starts_on, get_language() or "ko")) for period in ended]
        field: Any = self.fields["month"]
        field.choices = [("", _("The current month, as of today")), *named]
        going_on = str(self.continues.period) if self.continues and self.continues.period in ended else ""
        if proposed is None:
            proposed = self._month_due(ended)
        field.initial = going_on or ("" if self.continues or proposed not in self.month_ends else proposed)

    def _month_due(self, ended: Sequence[ReportingPeriod]) -> str:
        """For an update the latest month, while its reports are due."""
        is_update = SUGGESTED.get(MilestoneState(self.milestone.state)) == Verb.UPDATE
        return str(ended[0]) if ended and is_update and ended[0].is_due(timezone.localdate()) else ""

    @property
    def has_moves(self) -> bool:
        return bool(self.fields["verb"].widget.choices)  # type: ignore[attr-defined]

    def _moves(self, reporter: Any) -> list[tuple[str, Any]]:
        """The moves that are legal for this reporter; one that was sent all the same stays chosen."""
        legal = [
            move.verb for move in moves_from(self.milestone.state) if may_move(reporter, move.verb, self.milestone)
        ]
        sent = self.data.get("verb") if self.is_bound else self.initial.get("verb")
        if sent in Verb.values and sent not in legal:
            legal.append(Verb(sent))
        return [(verb.value, verb.label) for verb in legal]

    def values(self) -> ReportValues:
        """What the action takes. Valid forms only."""
        data = self.cleaned_data
        progress: Decimal | None = data["progress"]
        month = data.get("month") if data["verb"] in GOING else None  # others have a date of their own, or are of now
        return ReportValues(
            verb=data["verb"],
            progress_bp=None if progress is None else int(progress * 100),
            forecast=data["forecast"],
            effective_on=self.month_ends[month] if month else None,
            completed_on=data["completed_on"],
            completed_precision=data["completed_precision"] or DatePrecision.DAY,
            result=data["result"],
            next_plan=data["next_plan"],
            issues=data["issues"],
            reason=data["reason"],
        )

    def shown_fields(self) -> list[tuple[forms.BoundField, str]]:
        """Each field with the moves that it belongs to."""
        going = " ".join(GOING)
        return [
            (self["completed_on"], "complete"),
            (self["completed_precision"], "complete"),
            *([(self["month"], going)] if "month" in self.fields else []),
            (self["progress"], going),
            (self["forecast"], going),
            (self["reason"], "suspend cancel reopen"),
            (self["result"], f"{going} complete cancel"),
            (self["next_plan"], going),
            (self["issues"], going),
        ]


def _initial(milestone: Milestone) -> dict[str, Any]:
    today = timezone.localdate()
    progress = milestone.progress_bp
    is_partial = progress is not None and progress < WHOLE_BP and milestone.state != MilestoneState.PLANNED
    return {
        "version": milestone.version,
        "submission": uuid4(),
        "verb": SUGGESTED.get(MilestoneState(milestone.state)),
        "progress": percent_text(progress) if is_partial else None,
        "forecast": milestone.forecast if milestone.forecast and milestone.forecast >= today else None,
        "completed_on": today,
    }


WORDS = ("result", "next_plan", "issues")


def _said(report: StatusReport) -> dict[str, Any]:
    """All that a report says, as its form shows it."""
    return {name: getattr(report, name) for name in WORDS} | {
        "report": report.uuid,
        "report_version": report.version,
        "verb": report.verb,
        "progress": percent_text(report.progress_bp) if report.verb != Verb.COMPLETE else None,
        "forecast": report.forecast,
        "completed_on": report.completed_on or timezone.localdate(),
        "completed_precision": report.completed_precision,
        "reason": report.reason,
    }


def percent_text(progress_bp: int | None) -> str | None:
    """Basis points as they are typed: 1250 is `12.5`."""
    return None if progress_bp is None else f"{progress_bp / 100:g}"


class RowReportForm(ReportForm):
    """The same in the row of a table: the moves that need no reason, and the fields that fit."""

    moves_with_reason = (Verb.SUSPEND, Verb.CANCEL, Verb.REOPEN)
    in_row = ("verb", "progress", "forecast", "completed_on", "result")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moves = [move for move in self.fields["verb"].widget.choices if move[0] not in self.moves_with_reason]  # type: ignore[attr-defined]
        self.fields["verb"].widget = forms.Select(choices=[("", _("Choose")), *moves])
        self.fields["progress"].widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        self.fields["result"].widget = forms.Textarea(attrs={"rows": 1})
        if self.milestone.state == MilestoneState.PLANNED and self.continues is None:
            self.initial["verb"] = ""  # nothing is begun by an oversight
        for name in self.in_row:
            label = f"{self.fields[name].label}: {self.milestone.title}"
            self.fields[name].widget.attrs |= {"form": self.name, "aria-label": label}

    @property
    def name(self) -> str:
        """The id of the form, which stands in one cell; its fields stand in others."""
        return f"row-{self.milestone.uuid}"

    @property
    def has_moves(self) -> bool:
        return len(self.fields["verb"].widget.choices) > 1  # type: ignore[attr-defined]

    def carried(self) -> list[forms.BoundField]:
        """What has no cell goes with the row as it is."""
        return [field for field in self if field.name not in self.in_row]


# What is sent back most often, to be taken as it stands or written on.
COMMON_REASONS = (
    _("The date does not fit the evidence or the source."),
    _("The progress is not explained by the result."),
    _("Say what was done this month, not what is planned."),
    _("The expected completion is missing or lies before today."),
)


class ReturnForm(forms.Form):
    """Why a report is sent back: one of the common reasons, own words, or both."""

    common = forms.ChoiceField(label=_("Common reasons"), required=False)
    words = _text(_("What is to be mended"), _("The office that reported reads it."), rows=3)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="return_%s")
        reasons = [(str(number), reason) for number, reason in enumerate(COMMON_REASONS)]
        self.fields["common"].choices = [("", _("None of them")), *reasons]  # type: ignore[attr-defined]
        self.fields["words"].widget.attrs["data-key"] = "r"

    def reason(self) -> str:
        """What the action takes. Valid forms only."""
        common = self.cleaned_data["common"]
        parts = (str(COMMON_REASONS[int(common)]) if common else "", self.cleaned_data["words"].strip())
        return "\n".join(part for part in parts if part)
