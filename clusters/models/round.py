"""DesignationRound (지정 차수): a call or selection with its numbers; PublishedTotal: a sum that a source states."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusters.choices import ComplexKind, Quantity, Stage
from clusters.querysets import OfRoundQuerySet, RoundStepQuerySet
from common.records import Record, Sourced, translated
from tasks.models.measure_row import MeasureRow, MilestoneLink


class DesignationRound(MeasureRow):
    """How many applied and how many were selected; null where nobody published it."""

    kind = models.CharField(_("kind"), max_length=20, choices=ComplexKind)
    applicant_count = models.PositiveSmallIntegerField(_("applied"), null=True, blank=True)
    selected_count = models.PositiveSmallIntegerField(_("selected"), null=True, blank=True)
    remark_ko = models.TextField(_("remark (Korean)"), blank=True)
    remark_en = models.TextField(_("remark (English)"), blank=True)

    remark = translated("remark")

    class Meta(MeasureRow.Meta):
        verbose_name = _("designation round")
        verbose_name_plural = _("designation rounds")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="round_kind_known", condition=Q(kind__in=ComplexKind.values)),
            models.CheckConstraint(
                name="round_selects_of_applicants",
                condition=Q(selected_count__lte=models.F("applicant_count")),
                violation_error_message=_("More were selected than applied."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("clusters:designation-round", args=[self.key])


class RoundStep(MilestoneLink):
    """A step that the round's complexes share; without a stage it is the round's alone."""

    round = models.ForeignKey(
        DesignationRound, models.CASCADE, related_name="steps", verbose_name=_("designation round")
    )
    stage = models.CharField(_("stage"), max_length=16, choices=Stage, blank=True)

    objects = RoundStepQuerySet.as_manager()

    class Meta(MilestoneLink.Meta):
        verbose_name = _("step of a designation round")
        verbose_name_plural = _("steps of a designation round")
        constraints = [models.UniqueConstraint(fields=["round", "milestone"], name="round_step_once")]

    def __str__(self) -> str:
        return f"{self.round} – {self.milestone}"


class PublishedTotal(Record, Sourced):
    """What a source gives as the sum over some complexes; it is compared with their own figures, never one of them."""

    round = models.ForeignKey(
        DesignationRound, models.CASCADE, related_name="totals", verbose_name=_("designation round")
    )
    key = models.SlugField(_("key"), max_length=80, unique=True)
    name_ko = models.CharField(_("name (Korean)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    quantity = models.CharField(_("quantity"), max_length=16, choices=Quantity)
    value = models.PositiveBigIntegerField(_("published total"))
    until = models.PositiveSmallIntegerField(_("until (year)"), null=True, blank=True)
    complexes = models.ManyToManyField("clusters.Complex", related_name="+", verbose_name=_("complexes"))

    name = translated("name")
    objects = OfRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("published total")
        verbose_name_plural = _("published totals")
        ordering = ["round", "pk"]

    @property
    def effective_tier(self) -> int:
        return self.round.effective_tier

    def __str__(self) -> str:
        return self.name
