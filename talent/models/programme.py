"""TalentProgramme (인력양성 사업): who trains or attracts whom, and how many are aimed at."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Ministry, Office
from common.records import translated
from talent.choices import ProgrammeKind
from tasks.choices import DatePrecision
from tasks.models import Milestone
from tasks.models.measure_row import MeasureRow


class TalentProgramme(MeasureRow):
    kind = models.CharField(_("kind"), max_length=20, choices=ProgrammeKind)
    ministry = models.ForeignKey(
        Ministry, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ministry")
    )
    agency = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agency")
    )
    announced_on = models.DateField(_("announced on"), null=True, blank=True)
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("start")
    )
    criteria_ko = models.TextField(_("who is eligible (Korean)"), blank=True)
    criteria_en = models.TextField(_("who is eligible (English)"), blank=True)
    target_people = models.PositiveIntegerField(_("aim (people)"), null=True, blank=True)
    target_on = models.DateField(_("aimed at by"), null=True, blank=True)
    target_precision = models.CharField(
        _("precision of the date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )

    criteria = translated("criteria")

    class Meta(MeasureRow.Meta):
        verbose_name = _("talent programme")
        verbose_name_plural = _("talent programmes")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="talent_programme_dates_in_order",
                condition=models.Q(target_on__gte=models.F("announced_on")),
                violation_error_message=_("The aim lies before the announcement."),
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("talent:talent-programme", args=[self.key])
