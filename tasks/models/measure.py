"""Measure (세부과제): a node of the tree under a strategic task."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Ministry
from common.order import Natural
from common.records import Record, Sourced, translated
from common.tiers import Tier
from tasks.choices import Scope
from tasks.models.region import Region
from tasks.models.strategic_task import StrategicTask
from tasks.models.technology import Technology
from tasks.querysets import OfMeasureQuerySet, VisibleQuerySet

MAX_DEPTH = 5


class Measure(Record, Sourced):
    """`path`, `depth`, `effective_tier` and `in_scope` (itself and all ancestors) are kept by the database."""

    strategic_task = models.ForeignKey(StrategicTask, models.PROTECT, related_name="measures", db_index=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    code = models.CharField(_("code"), max_length=40, unique=True)
    title_ko = models.CharField(_("title (Korean)"), max_length=300)
    title_en = models.CharField(_("title (English)"), max_length=300)
    weight = models.PositiveIntegerField(_("weight among its siblings"), default=1)
    lead_ministry = models.ForeignKey(Ministry, models.PROTECT, null=True, blank=True, related_name="led_measures")
    cooperating_ministries = models.ManyToManyField(
        Ministry, through="MeasureCooperation", blank=True, related_name="cooperated_measures"
    )
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="measures")
    technology = models.ForeignKey(Technology, models.PROTECT, null=True, blank=True, related_name="measures")
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier, default=Tier.PUBLIC)
    scope = models.CharField(_("scope"), max_length=12, choices=Scope, default=Scope.IN_SCOPE)
    superseded_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supersedes",
        verbose_name=_("superseding measure"),
    )
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="split_into", verbose_name=_("split from")
    )
    effective_tier = models.PositiveSmallIntegerField(editable=False, default=Tier.PUBLIC, db_index=True)
    in_scope = models.BooleanField(editable=False, default=True)
    depth = models.PositiveSmallIntegerField(editable=False, default=1)
    # Measures from the outermost down to itself.
    path = ArrayField(models.BigIntegerField(), editable=False, default=list)

    title = translated("title")
    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["code__natural"]
        indexes = [
            models.Index(Natural("code"), "id", name="measure_code_natural"),
            GinIndex(fields=["path"], name="measure_path"),
            # What belongs to a strategy is found through it; of fifty thousand measures the index alone is read.
            models.Index(fields=["strategic_task"], include=["id"], name="measure_of_task"),
        ]
        constraints = [
            models.CheckConstraint(name="measure_weight_bound", condition=models.Q(weight__lte=1_000_000)),
            models.CheckConstraint(
                name="measure_depth",
                condition=models.Q(depth__lte=MAX_DEPTH),
                violation_error_message=_("Measures can be nested five deep at most."),
            ),
            models.CheckConstraint(
                name="measure_not_own_parent",
                condition=~models.Q(parent=models.F("id")),
                violation_error_message=_("A measure cannot stand below itself."),
            ),
            models.CheckConstraint(
                name="measure_superseded_by_names_one",
                condition=models.Q(scope=Scope.SUPERSEDED) | models.Q(superseded_by__isnull=True),
                violation_error_message=_("Only a measure with the scope “Superseded” names what takes its place."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("tasks:measure", args=[self.code])


class MeasureCooperation(Record):
    """A ministry that cooperates (협조) on a measure."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="cooperations")
    ministry = models.ForeignKey(Ministry, models.PROTECT, related_name="cooperations")

    objects = OfMeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("cooperating ministry")
        verbose_name_plural = _("cooperating ministries")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["measure", "ministry"], name="cooperation_once")]

    def __str__(self) -> str:
        return f"{self.measure.code} – {self.ministry}"
