"""Strategic task (6대 과제): one of the six."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Ministry
from common.records import Record, Sourced, translated
from tasks.models.strategy import Strategy
from tasks.querysets import OpenQuerySet


class StrategicTask(Record, Sourced):
    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="strategic_tasks")
    number = models.PositiveSmallIntegerField(_("number"))
    slug = models.SlugField(_("short name in addresses"), max_length=40)
    title_ko = models.CharField(_("title (Korean)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200)
    summary_ko = models.TextField(_("in one sentence (Korean)"), blank=True)
    summary_en = models.TextField(_("in one sentence (English)"), blank=True)
    weight = models.PositiveIntegerField(_("weight"), default=1)
    lead_ministry = models.ForeignKey(Ministry, models.PROTECT, null=True, blank=True, related_name="led_tasks")

    title = translated("title")
    summary = translated("summary")
    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("strategic task")
        verbose_name_plural = _("strategic tasks")
        ordering = ["strategy", "number"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "number"], name="strategic_task_number_once"),
            models.UniqueConstraint(fields=["slug"], name="strategic_task_slug_once"),
            models.CheckConstraint(name="strategic_task_weight_bound", condition=models.Q(weight__lte=1_000_000)),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("tasks:strategic-task", args=[self.slug])
