"""NegotiationCase (통상 현안): issue, stake and next step; Position: what we say, classified."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.records import Record, Sourced, translated
from common.tiers import Tier
from tasks.models.measure_row import MeasureRow, MilestoneLink
from trade.choices import CaseStatus
from trade.querysets import CaseStepQuerySet, PositionQuerySet


class NegotiationCase(MeasureRow):
    counterpart = models.CharField(_("counterpart"), max_length=2)
    issue_ko = models.TextField(_("issue (Korean)"), blank=True)
    issue_en = models.TextField(_("issue (English)"), blank=True)
    stake_ko = models.TextField(_("stake (Korean)"), blank=True)
    stake_en = models.TextField(_("stake (English)"), blank=True)
    next_step_ko = models.TextField(_("next step (Korean)"), blank=True)
    next_step_en = models.TextField(_("next step (English)"), blank=True)
    status = models.CharField(_("status"), max_length=12, choices=CaseStatus, blank=True)

    issue = translated("issue")
    stake = translated("stake")
    next_step = translated("next_step")

    class Meta(MeasureRow.Meta):
        verbose_name = _("negotiation case")
        verbose_name_plural = _("negotiation cases")
        ordering = ["pk"]

    def get_absolute_url(self) -> str:
        return reverse("trade:negotiation-case", args=[self.key])


class CaseStep(MilestoneLink):
    """`status_after`: what the case is from this step on; empty where the step changes nothing of it."""

    case = models.ForeignKey(NegotiationCase, models.CASCADE, related_name="steps", verbose_name=_("negotiation case"))
    status_after = models.CharField(_("status from then on"), max_length=12, choices=CaseStatus, blank=True)

    objects = CaseStepQuerySet.as_manager()

    class Meta(MilestoneLink.Meta):
        verbose_name = _("step of a case")
        verbose_name_plural = _("steps of a case")
        constraints = [models.UniqueConstraint(fields=["case", "milestone"], name="case_step_once")]

    def __str__(self) -> str:
        return f"{self.case} – {self.milestone}"


class Position(Record, Sourced):
    """Restricted unless somebody lowers it on purpose."""

    case = models.ForeignKey(
        NegotiationCase, models.PROTECT, related_name="positions", verbose_name=_("negotiation case")
    )
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier, default=Tier.RESTRICTED)
    title_ko = models.CharField(_("title (Korean)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200)
    text_ko = models.TextField(_("position (Korean)"), blank=True)
    text_en = models.TextField(_("position (English)"), blank=True)
    taken_on = models.DateField(_("taken on"), null=True, blank=True)

    title = translated("title")
    text = translated("text")
    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["case", "-taken_on", "pk"]

    @property
    def effective_tier(self) -> int:
        return max(self.tier, self.case.effective_tier)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("trade:position", args=[self.uuid])
