"""Reporting period (보고 주기): a month."""

from datetime import date

from django.db import models
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Concat, ExtractMonth, ExtractYear, LPad
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.records import Record
from tasks.choices import PeriodState
from tasks.models.strategy import Strategy
from tasks.querysets import PeriodQuerySet


def _digits(number: models.Expression, count: int) -> LPad:
    return LPad(Cast(number, CharField()), count, Value("0"))


class ReportingPeriod(Record):
    """`month` names it in addresses: 2026-10. A report belongs to the open period that its effective day lies in."""

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="periods")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    due_on = models.DateField(_("reports due"))
    state = models.CharField(_("state"), max_length=10, choices=PeriodState, default=PeriodState.OPEN)
    month = models.GeneratedField(
        expression=Concat(_digits(ExtractYear("starts_on"), 4), Value("-"), _digits(ExtractMonth("starts_on"), 2)),
        output_field=CharField(_("month"), max_length=7),
        db_persist=True,
    )
    reopened_for = models.TextField(_("why it was reopened"), blank=True, db_default="")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("reporting period")
        verbose_name_plural = _("reporting periods")
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "starts_on"],
                name="period_once",
                violation_error_message=_("This month has been opened already."),
            ),
            # From the first of a month, and not beyond it: so no two overlap.
            models.CheckConstraint(
                name="period_is_a_month",
                condition=Q(
                    starts_on__day=1,
                    ends_on__year=ExtractYear("starts_on"),
                    ends_on__month=ExtractMonth("starts_on"),
                ),
                violation_error_message=_("A period is a month, from its first day to its last."),
            ),
            models.CheckConstraint(
                name="period_reopened_says_why",
                condition=~Q(state=PeriodState.REOPENED) | ~Q(reopened_for=""),
            ),
            models.CheckConstraint(
                name="period_days_in_order",
                condition=Q(starts_on__lte=F("ends_on"), ends_on__lte=F("due_on")),
                violation_error_message=_("Reports are due on the last day of the month or later."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on:%Y-%m}"

    def get_absolute_url(self) -> str:
        return reverse("tasks:period", args=[str(self)])

    @property
    def is_closed(self) -> bool:
        return self.state == PeriodState.CLOSED

    def is_due(self, day: date) -> bool:
        """Whether its reports are still on time, so that it is proposed to whoever reports."""
        return day <= self.due_on

    def contains(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on
