"""ProtectionMeasure (기술보호 조치): what the amended Industrial Technology Protection Act changed."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.records import translated
from tasks.models import Bill, Milestone
from tasks.models.measure_row import MeasureRow
from trade.choices import ProtectionKind, ProtectionUnit


class ProtectionMeasure(MeasureRow):
    """Either values with a unit, or texts, before and after; the milestone says since when."""

    kind = models.CharField(_("kind"), max_length=12, choices=ProtectionKind)
    bill = models.ForeignKey(Bill, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("bill"))
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("milestone")
    )
    law_ko = models.CharField(_("law"), max_length=120)
    value_before = models.PositiveBigIntegerField(_("value before"), null=True, blank=True)
    value_after = models.PositiveBigIntegerField(_("value after"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=16, choices=ProtectionUnit, blank=True)
    text_before_ko = models.TextField(_("before (Korean)"), blank=True)
    text_before_en = models.TextField(_("before (English)"), blank=True)
    text_after_ko = models.TextField(_("after (Korean)"), blank=True)
    text_after_en = models.TextField(_("after (English)"), blank=True)

    text_before = translated("text_before")
    text_after = translated("text_after")

    class Meta(MeasureRow.Meta):
        verbose_name = _("protection measure")
        verbose_name_plural = _("protection measures")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="protection_value_has_unit",
                condition=Q(value_before__isnull=True, value_after__isnull=True) | ~Q(unit=""),
                violation_error_message=_("A value needs its unit."),
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("trade:protection-measure", args=[self.key])
