"""Reporting periods: open a month, another due day, close it, reopen it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.entry import EntryForm
from common.forms import DayField
from common.tiers import clearance_of
from tasks.actions.periods import (
    DAYS_TO_REPORT,
    change_due_day,
    close_period,
    following,
    month_of,
    open_period,
    reopen_period,
    what_is_open,
)
from tasks.forms.rows import ReasonForm
from tasks.models import ReportingPeriod, Strategy

DUE = _("Until the end of this day a report is on time.")


class OpenPeriodForm(EntryForm):
    """The month after the last one is proposed; the current one, where there is none."""

    model = ReportingPeriod
    shown = ("strategy", "starts_on", "due_on")
    has_source = False
    labels = {"strategy": _("Strategy"), "starts_on": _("Month")}
    hints = {"starts_on": _("Any day of it. A period is a whole month.")}
    due_on = DayField(
        label=_("Reports due"), required=False, help_text=_("Left empty: ten days after the end of the month.")
    )
    record = staticmethod(open_period)

    def proposed(self) -> dict[str, Any]:
        strategy = Strategy.objects.visible_to(self.reader).first()
        latest = ReportingPeriod.objects.visible_to(self.reader).filter(strategy=strategy).first()
        first = following(latest.starts_on) if latest else timezone.localdate().replace(day=1)
        days = latest.due_on - latest.ends_on if latest else timedelta(DAYS_TO_REPORT)
        return {"strategy": strategy, "starts_on": first, "due_on": month_of(first)[1] + days}


class DueDayForm(EntryForm):
    model = ReportingPeriod
    shown = ("due_on",)
    has_source = False
    labels = {"due_on": _("Reports due")}
    hints = {"due_on": DUE}
    change = staticmethod(change_due_day)


class ClosePeriodForm(EntryForm):
    """Where not everything is in, that must be said: `open_ends` in words."""

    model = ReportingPeriod
    has_source = False
    anyway = forms.BooleanField(
        label=_("Close the period all the same"),
        required=False,
        help_text=_("What comes in later stands beside the published figures as a restatement."),
    )
    change = staticmethod(close_period)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["reason"]
        tier = clearance_of(self.reader)
        self.open_ends = [] if self.row.is_closed else what_is_open(self.row, tier=tier)
        if not self.open_ends:
            del self.fields["anyway"]


class ReopenPeriodForm(ReasonForm):
    model = ReportingPeriod
    labels = {"reason": _("Why it is reopened")}
    hints = {"reason": _("Every reader of the period's page sees it, and the change log keeps it.")}
    change = staticmethod(reopen_period)
