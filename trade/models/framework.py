"""Framework (통상 협력체계): IPEF and its pillars; rounds and instruments are milestones."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tasks.models.measure_row import MeasureRow, MilestoneLink
from trade.choices import FrameworkStatus
from trade.querysets import FrameworkStepQuerySet


class Framework(MeasureRow):
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="pillars", verbose_name=_("part of")
    )
    member_count = models.PositiveSmallIntegerField(_("number of members"), null=True, blank=True)
    launched_on = models.DateField(_("launched on"), null=True, blank=True)
    # Empty where no source gives one for the whole: its pillars have theirs.
    status = models.CharField(_("status"), max_length=16, choices=FrameworkStatus, blank=True)

    class Meta(MeasureRow.Meta):
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")
        constraints = [models.CheckConstraint(name="framework_not_own_parent", condition=~Q(parent=F("id")))]

    def get_absolute_url(self) -> str:
        return reverse("trade:framework", args=[self.key])


class FrameworkStep(MilestoneLink):
    """`status_after`: what the framework is from this step on; empty where the step changes nothing of it."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="steps", verbose_name=_("framework"))
    status_after = models.CharField(_("status from then on"), max_length=16, choices=FrameworkStatus, blank=True)

    objects = FrameworkStepQuerySet.as_manager()

    class Meta(MilestoneLink.Meta):
        verbose_name = _("step of a framework")
        verbose_name_plural = _("steps of a framework")
        constraints = [models.UniqueConstraint(fields=["framework", "milestone"], name="framework_step_once")]

    def __str__(self) -> str:
        return f"{self.framework} – {self.milestone}"
