"""Reporting period (보고 주기): a month."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.records import Record
from tasks.choices import PeriodState
from tasks.models.strategy import Strategy
from tasks.querysets import OpenQuerySet


class ReportingPeriod(Record):
    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="periods")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    due_on = models.DateField(_("reports due"))
    state = models.CharField(_("state"), max_length=10, choices=PeriodState, default=PeriodState.OPEN)

    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("reporting period")
        verbose_name_plural = _("reporting periods")
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "starts_on"], name="period_once"),
            models.CheckConstraint(
                name="period_days_in_order", condition=Q(starts_on__lte=F("ends_on"), ends_on__lte=F("due_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on:%Y-%m}"

    def contains(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on
