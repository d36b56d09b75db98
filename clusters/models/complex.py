"""Complex (단지): place, industry, announced investment; its stages are milestones."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusters.choices import ComplexKind, Stage
from clusters.models.round import DesignationRound
from clusters.querysets import ComplexStageQuerySet
from common.records import Confidence, Sourced, translated
from tasks.models import Region
from tasks.models.measure_row import MeasureRow, MilestoneLink


class Complex(MeasureRow):
    """Investment and area as first announced; what was published later is a `ComplexFigure`. Never realised money."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=ComplexKind)
    round = models.ForeignKey(
        DesignationRound,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="complexes",
        verbose_name=_("designation round"),
    )
    industry_ko = models.CharField(_("industry (Korean)"), max_length=120, blank=True)
    industry_en = models.CharField(_("industry (English)"), max_length=120, blank=True)
    location_ko = models.CharField(_("location (Korean)"), max_length=200, blank=True)
    location_en = models.CharField(_("location (English)"), max_length=200, blank=True)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    other_regions = models.ManyToManyField(Region, blank=True, related_name="+", verbose_name=_("further regions"))
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    coordinates_confidence = models.CharField(
        _("confidence of the coordinates"), max_length=12, choices=Confidence, default=Confidence.UNVERIFIED
    )
    coordinates_within_km = models.PositiveSmallIntegerField(_("coordinates within (km)"), null=True, blank=True)
    lead_companies_ko = ArrayField(
        models.CharField(max_length=80), verbose_name=_("lead companies (Korean)"), default=list, blank=True
    )
    lead_companies_en = ArrayField(
        models.CharField(max_length=80), verbose_name=_("lead companies (English)"), default=list, blank=True
    )
    lead_companies_confidence = models.CharField(
        _("confidence of the lead companies"), max_length=12, choices=Confidence, blank=True
    )
    announced_investment_won = models.BigIntegerField(_("announced private investment (won)"), null=True, blank=True)
    announced_investment_until = models.PositiveSmallIntegerField(_("announced until (year)"), null=True, blank=True)
    announced_investment_confidence = models.CharField(
        _("confidence of the announced investment"), max_length=12, choices=Confidence, blank=True
    )
    area_m2 = models.PositiveBigIntegerField(_("area (m²)"), null=True, blank=True)
    area_pyeong = models.PositiveBigIntegerField(_("area as published (pyeong)"), null=True, blank=True)
    area_confidence = models.CharField(_("confidence of the area"), max_length=12, choices=Confidence, blank=True)

    industry = translated("industry")
    location = translated("location")
    lead_companies = translated("lead_companies")

    class Meta(MeasureRow.Meta):
        verbose_name = _("complex")
        verbose_name_plural = _("complexes")
        ordering = ["kind", "code"]
        constraints = [
            models.CheckConstraint(name="complex_kind_known", condition=Q(kind__in=ComplexKind.values)),
            models.CheckConstraint(
                name="complex_in_korea",
                # Null in a check counts as true, so that both are there is said aloud.
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__gte=33,
                    latitude__lte=39,
                    longitude__gte=124,
                    longitude__lte=132,
                ),
                violation_error_message=_("The coordinates lie outside Korea, or one of them is missing."),
            ),
            models.CheckConstraint(
                name="complex_investment_not_negative",
                condition=Q(announced_investment_won__isnull=True) | Q(announced_investment_won__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("clusters:complex", args=[self.key])


class ComplexStage(MilestoneLink, Sourced):
    """A stage holds no date of its own; the days are the law's limit."""

    complex = models.ForeignKey(Complex, models.CASCADE, related_name="stages", verbose_name=_("complex"))
    stage = models.CharField(_("stage"), max_length=16, choices=Stage)
    statutory_days = models.PositiveSmallIntegerField(_("statutory days"), null=True, blank=True)

    objects = ComplexStageQuerySet.as_manager()

    class Meta(MilestoneLink.Meta):
        verbose_name = _("stage of a complex")
        verbose_name_plural = _("stages of a complex")
        constraints = [
            models.UniqueConstraint(fields=["complex", "stage"], name="complex_stage_once"),
            models.CheckConstraint(name="complex_stage_known", condition=Q(stage__in=Stage.values)),
        ]

    def __str__(self) -> str:
        return f"{self.complex} – {self.get_stage_display()}"
