"""ForeignTalentIncentive (해외인재 유인책): what is offered; how many were issued is an indicator."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.records import translated
from talent.choices import IncentiveKind
from tasks.choices import DatePrecision
from tasks.models import Indicator, Milestone
from tasks.models.measure_row import MeasureRow


class ForeignTalentIncentive(MeasureRow):
    kind = models.CharField(_("kind"), max_length=12, choices=IncentiveKind)
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("start")
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("indicator")
    )
    benefits_ko = ArrayField(
        models.CharField(max_length=200), verbose_name=_("benefits (Korean)"), default=list, blank=True
    )
    benefits_en = ArrayField(
        models.CharField(max_length=200), verbose_name=_("benefits (English)"), default=list, blank=True
    )
    target_people = models.PositiveIntegerField(_("aim (people)"), null=True, blank=True)
    target_on = models.DateField(_("aimed at by"), null=True, blank=True)
    target_precision = models.CharField(
        _("precision of the date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )

    benefits = translated("benefits")

    class Meta(MeasureRow.Meta):
        verbose_name = _("incentive for foreign talent")
        verbose_name_plural = _("incentives for foreign talent")
        ordering = ["pk"]

    def get_absolute_url(self) -> str:
        return reverse("talent:talent-incentive", args=[self.key])
