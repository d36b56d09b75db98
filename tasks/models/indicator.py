"""Indicator (성과지표): what is measured, its dated targets and its observations."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.records import Record, Sourced, known_day, translated
from tasks.choices import Aggregation, DatePrecision, Direction, ValueKind
from tasks.models.measure import Measure
from tasks.querysets import ObservationQuerySet, OfIndicatorQuerySet, OfMeasureQuerySet


class Indicator(Record, Sourced):
    """`value_kind` bounds its baseline, targets and observations; of those on other tables a trigger sees to it."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="indicators")
    key = models.SlugField(_("key"), max_length=80, unique=True)
    title_ko = models.CharField(_("title (Korean)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200)
    unit_ko = models.CharField(_("unit (Korean)"), max_length=40)
    unit_en = models.CharField(_("unit (English)"), max_length=40)
    value_kind = models.CharField(_("kind of value"), max_length=6, choices=ValueKind, default=ValueKind.AMOUNT)
    direction = models.CharField(_("direction"), max_length=4, choices=Direction, default=Direction.UP)
    aggregation = models.CharField(_("aggregation"), max_length=6, choices=Aggregation, default=Aggregation.LATEST)
    baseline_value = models.DecimalField(_("baseline"), max_digits=24, decimal_places=6, null=True, blank=True)
    baseline_on = models.DateField(_("baseline date"), null=True, blank=True)

    title = translated("title")
    unit = translated("unit")
    objects = OfMeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                name="indicator_baseline_bounds",
                condition=Q(baseline_value__isnull=True)
                | Q(value_kind=ValueKind.CHANGE)
                | Q(value_kind=ValueKind.AMOUNT, baseline_value__gte=0)
                | Q(value_kind=ValueKind.SHARE, baseline_value__gte=0, baseline_value__lte=100),
                violation_error_message=_("The baseline does not fit the kind of value."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_money(self) -> bool:
        """Its values are whole won, and read as money does elsewhere."""
        return self.unit_ko == "원"

    def get_absolute_url(self) -> str:
        return reverse("tasks:indicator", args=[self.key])


class IndicatorTarget(Record, Sourced):
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets")
    due_on = models.DateField(_("by"))
    precision = models.CharField(
        _("precision of the date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    value = models.DecimalField(_("target"), max_digits=24, decimal_places=6)

    objects = OfIndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["due_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["indicator", "due_on"], name="target_once_a_day")]

    def __str__(self) -> str:
        return f"{self.indicator} {known_day(self.due_on, self.precision)}"


class IndicatorObservation(Record, Sourced):
    """A value seen; observations of different methods are never joined in one line.

    A further one of the same day and method restates it: see `with_standing`.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="observations")
    observed_on = models.DateField(_("observed on"))
    precision = models.CharField(
        _("precision of the date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    value = models.DecimalField(_("value"), max_digits=24, decimal_places=6)
    method = models.CharField(_("method"), max_length=80, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ["observed_on", "pk"]

    def __str__(self) -> str:
        return f"{self.indicator} {known_day(self.observed_on, self.precision)}"
