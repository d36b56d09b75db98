"""Consultation (의견수렴): what industry, academia and lawyers said, on a measure or a case."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.records import Record, Sourced, translated
from common.tiers import Tier
from tasks.models import Measure
from trade.choices import StakeholderKind
from trade.models.negotiation import NegotiationCase
from trade.querysets import ConsultationQuerySet


class Consultation(Record, Sourced):
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+", verbose_name=_("measure"))
    case = models.ForeignKey(
        NegotiationCase,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="consultations",
        verbose_name=_("negotiation case"),
    )
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier, default=Tier.INTERNAL)
    kind = models.CharField(_("kind"), max_length=12, choices=StakeholderKind)
    title_ko = models.CharField(_("title (Korean)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200)
    input_ko = models.TextField(_("what was said (Korean)"), blank=True)
    input_en = models.TextField(_("what was said (English)"), blank=True)
    held_on = models.DateField(_("held on"), null=True, blank=True)

    title = translated("title")
    input = translated("input")
    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["-held_on", "pk"]

    @property
    def effective_tier(self) -> int:
        return max(self.tier, self.measure.effective_tier)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("trade:consultation", args=[self.uuid])
