"""SupplyItem (공급망 품목): an item whose import dependence is followed."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ecosystem.models.lead_project import LeadProject
from tasks.models.measure_row import MeasureRow


class SupplyItem(MeasureRow):
    lead_project = models.ForeignKey(
        LeadProject, models.PROTECT, null=True, blank=True, related_name="items", verbose_name=_("lead project")
    )
    hs_code = models.CharField(_("HS code"), max_length=12, blank=True)
    target_share_bp = models.PositiveIntegerField(_("aimed-at share (bp)"), null=True, blank=True)

    class Meta(MeasureRow.Meta):
        verbose_name = _("supply item")
        verbose_name_plural = _("supply items")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="item_target_share_bounds",
                condition=Q(target_share_bp__isnull=True) | Q(target_share_bp__lte=10_000),
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("ecosystem:supply-item", args=[self.key])
