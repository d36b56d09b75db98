"""MotherFactory (마더팩토리): the lead line at home and the plants abroad that follow it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.records import translated
from tasks.models import Milestone
from tasks.models.measure_row import MeasureRow


class MotherFactory(MeasureRow):
    """Its name is the company's."""

    site_ko = models.CharField(_("domestic site (Korean)"), max_length=200, blank=True)
    site_en = models.CharField(_("domestic site (English)"), max_length=200, blank=True)
    overseas_plants = ArrayField(
        models.CharField(max_length=120), verbose_name=_("overseas plants"), default=list, blank=True
    )
    announced_investment_won = models.BigIntegerField(_("announced investment (won)"), null=True, blank=True)
    announced_on = models.DateField(_("announced on"), null=True, blank=True)
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("milestone")
    )

    site = translated("site")

    class Meta(MeasureRow.Meta):
        verbose_name = _("mother factory")
        verbose_name_plural = _("mother factories")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="factory_investment_not_negative",
                condition=Q(announced_investment_won__isnull=True) | Q(announced_investment_won__gte=0),
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("ecosystem:mother-factory", args=[self.key])
