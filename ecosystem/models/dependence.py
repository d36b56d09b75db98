"""DependenceObservation (의존도 관측): the share of one country in a year; the remainder stays unknown."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.countries import country_name
from common.records import Record, Sourced
from ecosystem.choices import Basis, Method
from ecosystem.models.supply_item import SupplyItem
from ecosystem.querysets import OfItemQuerySet
from tasks.choices import DatePrecision


class DependenceObservation(Record, Sourced):
    """`observed_on` is the last day of what was observed; `precision` says how exact that is."""

    item = models.ForeignKey(SupplyItem, models.PROTECT, related_name="observations", verbose_name=_("supply item"))
    key = models.SlugField(_("key"), max_length=80, unique=True)
    country = models.CharField(_("country"), max_length=2)
    year = models.PositiveSmallIntegerField(_("year"))
    observed_on = models.DateField(_("observed on"))
    precision = models.CharField(
        _("precision of the date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    share_bp = models.PositiveIntegerField(_("share (bp)"))
    basis = models.CharField(_("basis"), max_length=8, choices=Basis, blank=True)
    hs_code = models.CharField(_("HS code"), max_length=12, blank=True)
    method = models.CharField(_("method"), max_length=32, choices=Method)
    measured_as = models.CharField(_("measured as"), max_length=120, blank=True)

    objects = OfItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("observation of dependence")
        verbose_name_plural = _("observations of dependence")
        ordering = ["item", "method", "observed_on", "pk"]
        constraints = [
            models.CheckConstraint(name="dependence_share_bounds", condition=Q(share_bp__lte=10_000)),
            models.CheckConstraint(
                name="dependence_year_of_date",
                condition=Q(observed_on__year=models.F("year")),
                violation_error_message=_("The date lies in another year."),
            ),
            models.UniqueConstraint(
                fields=["item", "country", "observed_on", "method", "hs_code"], name="dependence_once_per_method"
            ),
        ]

    @property
    def effective_tier(self) -> int:
        return self.item.effective_tier

    def __str__(self) -> str:
        return f"{self.item} – {country_name(self.country)} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("ecosystem:dependence-observation", args=[self.key])
