"""ResearchProgramme (R&D 사업): money promised over several years; the yearly amounts are budget entries."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Ministry
from tasks.choices import Bound
from tasks.models import Milestone, Technology
from tasks.models.measure_row import MeasureRow


class ResearchProgramme(MeasureRow):
    ministry = models.ForeignKey(
        Ministry, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ministry")
    )
    technology = models.ForeignKey(
        Technology, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("strategic technology")
    )
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("milestone")
    )
    first_year = models.PositiveSmallIntegerField(_("first fiscal year"))
    last_year = models.PositiveSmallIntegerField(_("last fiscal year"))
    announced_on = models.DateField(_("announced on"), null=True, blank=True)
    commitment_won = models.BigIntegerField(_("commitment (won)"), null=True, blank=True)
    bound = models.CharField(_("bound"), max_length=8, choices=Bound, default=Bound.EXACT)
    base_year = models.PositiveSmallIntegerField(_("base year"), null=True, blank=True)
    base_won = models.BigIntegerField(_("amount of the base year (won)"), null=True, blank=True)
    target_last_year_won = models.BigIntegerField(_("aim of the last year (won)"), null=True, blank=True)
    growth_bp = models.PositiveIntegerField(_("announced yearly growth (bp)"), null=True, blank=True)

    class Meta(MeasureRow.Meta):
        verbose_name = _("research programme")
        verbose_name_plural = _("research programmes")
        ordering = ["-first_year", "key"]
        constraints = [
            models.CheckConstraint(
                name="programme_years_in_order",
                condition=Q(last_year__gte=F("first_year")),
                violation_error_message=_("The last year lies before the first."),
            ),
            models.CheckConstraint(
                name="programme_money_not_negative",
                condition=(Q(commitment_won__isnull=True) | Q(commitment_won__gte=0))
                & (Q(base_won__isnull=True) | Q(base_won__gte=0))
                & (Q(target_last_year_won__isnull=True) | Q(target_last_year_won__gte=0)),
            ),
            models.CheckConstraint(
                name="programme_growth_bounds", condition=Q(growth_bp__isnull=True) | Q(growth_bp__lte=10_000)
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("technology:research-programme", args=[self.key])
