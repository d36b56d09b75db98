"""ProgrammeFigure (사업 공표 수치): what a source says beside the aim: its parts, money, places."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.records import Record, Sourced, translated
from talent.choices import FigureUnit
from talent.models.programme import TalentProgramme
from talent.querysets import OfProgrammeQuerySet
from tasks.choices import DatePrecision


class ProgrammeFigure(Record, Sourced):
    """`part_of` names the figure that this one is a part of; parts need not be all."""

    programme = models.ForeignKey(
        TalentProgramme, models.CASCADE, related_name="figures", verbose_name=_("talent programme")
    )
    key = models.SlugField(_("key"), max_length=80, unique=True)
    name_ko = models.CharField(_("name (Korean)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    value = models.PositiveBigIntegerField(_("value"))
    unit = models.CharField(_("unit"), max_length=8, choices=FigureUnit)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    precision = models.CharField(
        _("precision of the date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )

    name = translated("name")
    objects = OfProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure of a talent programme")
        verbose_name_plural = _("figures of a talent programme")
        ordering = ["programme", "pk"]
        constraints = [
            models.CheckConstraint(name="programme_figure_of_another", condition=~models.Q(part_of=models.F("id")))
        ]

    def __str__(self) -> str:
        return f"{self.programme} – {self.name}"
