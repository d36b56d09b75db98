"""ResearchHub (연구거점): a Korean IMEC – its field, functions, partners; its phases are milestones."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.records import translated
from tasks.models.measure_row import MeasureRow, MilestoneLink
from technology.choices import HubField, HubFunction
from technology.querysets import HubPhaseQuerySet


class ResearchHub(MeasureRow):
    field = models.CharField(_("field"), max_length=16, choices=HubField)
    functions = ArrayField(
        models.CharField(max_length=16, choices=HubFunction), verbose_name=_("functions"), default=list, blank=True
    )
    partner_countries = ArrayField(
        models.CharField(max_length=2), verbose_name=_("partner countries"), default=list, blank=True
    )
    site_ko = models.CharField(_("site (Korean)"), max_length=200, blank=True)
    site_en = models.CharField(_("site (English)"), max_length=200, blank=True)
    cost_won = models.BigIntegerField(_("announced cost (won)"), null=True, blank=True)
    local_government_won = models.BigIntegerField(_("local government's part (won)"), null=True, blank=True)
    cleanroom_m2 = models.PositiveIntegerField(_("clean room (m²)"), null=True, blank=True)
    tool_count = models.PositiveIntegerField(_("number of tools"), null=True, blank=True)
    wafer_mm = models.PositiveIntegerField(_("wafer (mm)"), null=True, blank=True)

    site = translated("site")

    class Meta(MeasureRow.Meta):
        verbose_name = _("research hub")
        verbose_name_plural = _("research hubs")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="hub_cost_not_negative", condition=Q(cost_won__isnull=True) | Q(cost_won__gte=0)
            ),
            models.CheckConstraint(
                name="hub_local_part_not_negative",
                condition=Q(local_government_won__isnull=True) | Q(local_government_won__gte=0),
            ),
        ]

    @property
    def functions_display(self) -> str:
        return ", ".join(str(HubFunction(value).label) for value in self.functions)

    def get_absolute_url(self) -> str:
        return reverse("technology:research-hub", args=[self.key])


class HubPhase(MilestoneLink):
    hub = models.ForeignKey(ResearchHub, models.CASCADE, related_name="phases", verbose_name=_("research hub"))

    objects = HubPhaseQuerySet.as_manager()

    class Meta(MilestoneLink.Meta):
        verbose_name = _("phase of a research hub")
        verbose_name_plural = _("phases of a research hub")
        constraints = [models.UniqueConstraint(fields=["hub", "milestone"], name="hub_phase_once")]

    def __str__(self) -> str:
        return f"{self.hub} – {self.milestone}"
