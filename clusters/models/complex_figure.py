"""ComplexFigure (단지 공표 수치): an area or investment published after the first announcement; the first stays."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clusters.choices import Quantity
from clusters.models.complex import Complex
from clusters.querysets import OfComplexQuerySet
from common.records import Record, Sourced, translated
from tasks.choices import DatePrecision


class ComplexFigure(Record, Sourced):
    complex = models.ForeignKey(Complex, models.CASCADE, related_name="figures", verbose_name=_("complex"))
    name_ko = models.CharField(_("name (Korean)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    quantity = models.CharField(_("quantity"), max_length=16, choices=Quantity)
    value = models.PositiveBigIntegerField(_("value"))
    until = models.PositiveSmallIntegerField(_("until (year)"), null=True, blank=True)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    precision = models.CharField(
        _("precision of the date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )

    name = translated("name")
    objects = OfComplexQuerySet.as_manager()

    class Meta:
        verbose_name = _("later figure of a complex")
        verbose_name_plural = _("later figures of a complex")
        ordering = ["complex", "quantity", models.F("as_of").asc(nulls_last=True), "pk"]

    def __str__(self) -> str:
        return f"{self.complex} – {self.name}"
