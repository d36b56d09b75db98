"""SupplyPlan (공급망 계획): Supply Chain 3050 and what followed: its items, their selection, its aim; SupplySector."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.records import Record, translated
from ecosystem.querysets import OfPlanQuerySet
from tasks.models import Indicator, Milestone
from tasks.models.measure_row import MeasureRow


class SupplyPlan(MeasureRow):
    """The average share and its aim are the indicator's; the day of the announcement is the milestone's."""

    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("milestone")
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("indicator")
    )
    target_ko = models.TextField(_("aim (Korean)"), blank=True)
    target_en = models.TextField(_("aim (English)"), blank=True)
    selection_rule_ko = models.TextField(_("rule of selection (Korean)"), blank=True)
    selection_rule_en = models.TextField(_("rule of selection (English)"), blank=True)
    candidate_count = models.PositiveIntegerField(_("items considered"), null=True, blank=True)
    selected_count = models.PositiveIntegerField(_("items selected"), null=True, blank=True)
    implementation_task_count = models.PositiveIntegerField(_("implementation tasks"), null=True, blank=True)
    lead_project_count = models.PositiveIntegerField(_("lead projects"), null=True, blank=True)
    domestic_support_count = models.PositiveIntegerField(
        _("items with support of domestic investment"), null=True, blank=True
    )
    axes_ko = ArrayField(models.CharField(max_length=40), verbose_name=_("axes (Korean)"), default=list, blank=True)
    axes_en = ArrayField(models.CharField(max_length=40), verbose_name=_("axes (English)"), default=list, blank=True)

    target = translated("target")
    selection_rule = translated("selection_rule")
    axes = translated("axes")

    class Meta(MeasureRow.Meta):
        verbose_name = _("supply plan")
        verbose_name_plural = _("supply plans")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="supply_plan_selects_of_candidates",
                condition=Q(selected_count__lte=F("candidate_count")),
                violation_error_message=_("More items were selected than considered."),
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("ecosystem:supply-plan", args=[self.key])


class SupplySector(Record):
    """How many of the selected items a source names for a sector; the sectors need not be all."""

    plan = models.ForeignKey(SupplyPlan, models.CASCADE, related_name="sectors", verbose_name=_("supply plan"))
    name_ko = models.CharField(_("name (Korean)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)
    item_count = models.PositiveIntegerField(_("items"))

    name = translated("name")
    objects = OfPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("sector of a supply plan")
        verbose_name_plural = _("sectors of a supply plan")
        ordering = ["plan", "pk"]

    def __str__(self) -> str:
        return f"{self.plan} – {self.name}"
