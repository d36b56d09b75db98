"""InvestmentVehicle (투자기구): the holding company under consideration, and what came before and after."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.records import Record, translated
from investment.choices import PartBy, VehicleStatus
from investment.querysets import OfVehicleQuerySet
from tasks.models import Milestone
from tasks.models.measure_row import MeasureRow


class InvestmentVehicle(MeasureRow):
    status = models.CharField(_("status"), max_length=12, choices=VehicleStatus)
    size_won = models.BigIntegerField(_("size (won)"), null=True, blank=True)
    size_is_initial = models.BooleanField(_("the size is the amount to begin with"), default=False)
    public_won = models.BigIntegerField(_("public part (won)"), null=True, blank=True)
    private_won = models.BigIntegerField(_("private part (won)"), null=True, blank=True)
    field_count = models.PositiveSmallIntegerField(_("number of fields"), null=True, blank=True)
    outside_capital_min_bp = models.PositiveIntegerField(
        _("at least outside the capital area (bp)"), null=True, blank=True
    )
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("came instead of")
    )
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("milestone")
    )

    class Meta(MeasureRow.Meta):
        verbose_name = _("investment vehicle")
        verbose_name_plural = _("investment vehicles")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="vehicle_money_not_negative",
                condition=(Q(size_won__isnull=True) | Q(size_won__gte=0))
                & (Q(public_won__isnull=True) | Q(public_won__gte=0))
                & (Q(private_won__isnull=True) | Q(private_won__gte=0)),
            ),
            models.CheckConstraint(
                name="vehicle_parts_fit",
                condition=Q(size_won__gte=F("public_won") + F("private_won")),
                violation_error_message=_("The public and the private part are more than the whole."),
            ),
            models.CheckConstraint(
                name="vehicle_outside_capital_bounds",
                condition=Q(outside_capital_min_bp__isnull=True) | Q(outside_capital_min_bp__lte=10_000),
            ),
            models.CheckConstraint(name="vehicle_replaces_another", condition=~Q(replaces=F("id"))),
        ]

    def get_absolute_url(self) -> str:
        return reverse("investment:investment-vehicle", args=[self.key])


class VehiclePart(Record):
    """What a vehicle's money is meant for."""

    vehicle = models.ForeignKey(
        InvestmentVehicle, models.CASCADE, related_name="parts", verbose_name=_("investment vehicle")
    )
    name_ko = models.CharField(_("name (Korean)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)
    cut = models.CharField(_("cut"), max_length=8, choices=PartBy, default=PartBy.USE)
    amount_won = models.BigIntegerField(_("amount (won)"))

    name = translated("name")
    objects = OfVehicleQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of an investment vehicle")
        verbose_name_plural = _("parts of an investment vehicle")
        ordering = ["vehicle", "-cut", "pk"]
        constraints = [models.CheckConstraint(name="vehicle_part_not_negative", condition=Q(amount_won__gte=0))]

    def __str__(self) -> str:
        return f"{self.vehicle} – {self.name}"
