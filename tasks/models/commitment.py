"""Commitment (공약): what the announcement promised, and the verdicts on it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.records import Record, Sourced, translated
from tasks.choices import STRENGTH_MEANS, DatePrecision, Strength, Verdict
from tasks.models.measure import Measure
from tasks.models.strategic_task import StrategicTask
from tasks.querysets import OpenQuerySet


class Commitment(Record, Sourced):
    strategic_task = models.ForeignKey(StrategicTask, models.PROTECT, related_name="commitments")
    code = models.CharField(_("code"), max_length=20, unique=True)
    title_ko = models.CharField(_("title (Korean)"), max_length=300)
    title_en = models.CharField(_("title (English)"), max_length=300)
    promise_ko = models.TextField(_("promise in plain words (Korean)"), blank=True)
    promise_en = models.TextField(_("promise in plain words (English)"), blank=True)
    strength = models.CharField(_("how firmly"), max_length=20, choices=Strength)
    wording_en = models.CharField(_("wording of the announcement"), max_length=120, blank=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    deadline_precision = models.CharField(
        _("precision of the deadline"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    measures = models.ManyToManyField(Measure, blank=True, related_name="commitments")

    title = translated("title")
    promise = translated("promise")
    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["code__natural"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def strength_means(self) -> str:
        return str(STRENGTH_MEANS.get(Strength(self.strength), ""))

    def get_absolute_url(self) -> str:
        return reverse("tasks:commitment", args=[self.code])


class CommitmentVerdict(Record, Sourced):
    """What became of a commitment, as judged on a day; the latest stands."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="verdicts")
    value = models.CharField(_("verdict"), max_length=12, choices=Verdict)
    judged_on = models.DateField(_("judged on"))
    judged_by = models.CharField(_("judged by"), max_length=120, blank=True)
    reason_ko = models.TextField(_("reason (Korean)"), blank=True)
    reason_en = models.TextField(_("reason (English)"), blank=True)
    sources = ArrayField(models.TextField(), verbose_name=_("sources"), default=list, blank=True)

    reason = translated("reason")
    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        ordering = ["-judged_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.commitment.code} {self.get_value_display()}"
