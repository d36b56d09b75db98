"""Strategy (전략): what was announced, its horizon, and the thresholds of its lights."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.records import Record, Sourced, translated
from tasks.querysets import OpenQuerySet


class Strategy(Record, Sourced):
    slug = models.SlugField(_("short name in addresses"), max_length=60, unique=True)
    title_ko = models.CharField(_("title (Korean)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200)
    announced_on = models.DateField(_("announced on"))
    meeting_ko = models.CharField(_("announced at (Korean)"), max_length=200, blank=True)
    meeting_en = models.CharField(_("announced at (English)"), max_length=200, blank=True)
    companion_ko = models.CharField(_("companion plan (Korean)"), max_length=200, blank=True)
    companion_en = models.CharField(_("companion plan (English)"), max_length=200, blank=True)
    industries_ko = ArrayField(
        models.CharField(max_length=80), verbose_name=_("industries (Korean)"), default=list, blank=True
    )
    industries_en = ArrayField(
        models.CharField(max_length=80), verbose_name=_("industries (English)"), default=list, blank=True
    )
    first_year = models.PositiveSmallIntegerField(_("first fiscal year"))
    last_year = models.PositiveSmallIntegerField(_("last fiscal year"))
    review_steps = models.PositiveSmallIntegerField(
        _("review steps of a report"), default=0, validators=[MaxValueValidator(2)]
    )
    # Basis points, compared in integers (see rollups.lights).
    red_index_bp = models.PositiveIntegerField(_("red below this schedule index (bp)"), default=8_000)
    amber_index_bp = models.PositiveIntegerField(_("amber below this schedule index (bp)"), default=9_500)
    red_overdue_bp = models.PositiveIntegerField(_("red above this overdue share (bp)"), default=2_000)
    amber_overdue_bp = models.PositiveIntegerField(_("amber above this overdue share (bp)"), default=500)

    title = translated("title")
    meeting = translated("meeting")
    companion = translated("companion")
    industries = translated("industries")
    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")
        ordering = ["announced_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="strategy_years_in_order", condition=models.Q(last_year__gte=models.F("first_year"))
            ),
            models.CheckConstraint(name="strategy_review_steps", condition=models.Q(review_steps__lte=2)),
            models.CheckConstraint(
                name="strategy_thresholds_in_order",
                condition=models.Q(red_index_bp__lte=models.F("amber_index_bp"))
                & models.Q(red_overdue_bp__gte=models.F("amber_overdue_bp")),
            ),
        ]

    def __str__(self) -> str:
        return self.title
