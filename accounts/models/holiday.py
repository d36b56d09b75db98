"""HolidayCorrection (공휴일 보정): what the published calendar does not know yet, or not of this ministry."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.ministry import Ministry, ValidQuerySet
from common.calendar import Calendar, Correction
from common.records import Record, Sourced, translated


class HolidayQuerySet(ValidQuerySet):
    def calendar(self, ministry: Ministry | int | None = None) -> Calendar:
        """Public holidays with the corrections for everybody, and above them those of one ministry."""
        rows: Any = self.filter(Q(ministry=None) | Q(ministry=ministry)).order_by(
            models.F("ministry").asc(nulls_first=True)
        )
        return Calendar({row.day: Correction(row.is_holiday, row.name_ko, row.name_en) for row in rows})


class HolidayCorrection(Record, Sourced):
    """An ad-hoc holiday, or a day that is worked after all; for one ministry, or for all where none is named."""

    day = models.DateField(_("day"))
    ministry = models.ForeignKey(
        Ministry,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="holiday_corrections",
        verbose_name=_("ministry"),
        help_text=_("Leave empty where the day holds for every ministry."),
    )
    is_holiday = models.BooleanField(
        _("day off"), default=True, help_text=_("Not ticked: the day is worked, whatever the calendar says.")
    )
    name_ko = models.CharField(_("name (Korean)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80, blank=True)

    name = translated("name")
    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = _("holiday correction")
        verbose_name_plural = _("holiday corrections")
        ordering = ["-day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "ministry"],
                name="holiday_correction_once",
                nulls_distinct=False,
                violation_error_message=_("There is a correction for this day and ministry already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.name}"
