"""Bill (법령 제·개정): a law on its way; its stages are milestones."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Ministry
from common.records import Record, Sourced, translated
from tasks.choices import BillRoute, BillStep
from tasks.models.measure import Measure
from tasks.models.milestone import Milestone
from tasks.querysets import OfMeasureQuerySet, OfMilestoneQuerySet


class Bill(Record, Sourced):
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="bills")
    key = models.SlugField(_("key"), max_length=80, unique=True)
    title_ko = models.CharField(_("title (Korean)"), max_length=300)
    title_en = models.CharField(_("title (English)"), max_length=300)
    route = models.CharField(_("route"), max_length=24, choices=BillRoute, blank=True)
    law_number = models.CharField(_("law number"), max_length=60, blank=True)
    ministry = models.ForeignKey(Ministry, models.PROTECT, null=True, blank=True, related_name="bills")

    title = translated("title")
    objects = OfMeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("bill")
        verbose_name_plural = _("bills")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("tasks:bill", args=[self.key])


class BillStage(Record, Sourced):
    """A stage of a bill is a milestone and holds no date of its own; days are the law's or typical."""

    bill = models.ForeignKey(Bill, models.CASCADE, related_name="stages")
    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="bill_stages")
    position = models.PositiveSmallIntegerField(_("order"))
    stage = models.CharField(_("stage"), max_length=14, choices=BillStep)
    statutory_days = models.PositiveSmallIntegerField(_("statutory or typical days"), null=True, blank=True)

    objects = OfMilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("stage of a bill")
        verbose_name_plural = _("stages of a bill")
        ordering = ["bill", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["bill", "position"], name="bill_stage_once")]

    def __str__(self) -> str:
        return f"{self.bill} – {self.get_stage_display()}"
