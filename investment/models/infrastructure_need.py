"""InfrastructureNeed (인프라 수요): power or water that a phase needs and what is secured."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from investment.choices import NeedKind, NeedUnit
from tasks.choices import Bound
from tasks.models import Milestone
from tasks.models.measure_row import MeasureRow


class InfrastructureNeed(MeasureRow):
    """`complex_key` names a complex of the clusters; domains do not refer to each other's tables."""

    kind = models.CharField(_("kind"), max_length=8, choices=NeedKind)
    complex_key = models.SlugField(_("complex"), max_length=80, blank=True)
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="phases", verbose_name=_("part of")
    )
    bound = models.CharField(_("bound"), max_length=8, choices=Bound, default=Bound.EXACT)
    required = models.PositiveBigIntegerField(_("required"))
    secured = models.PositiveBigIntegerField(_("secured"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=12, choices=NeedUnit)
    needed_by = models.PositiveSmallIntegerField(_("needed by (year)"), null=True, blank=True)
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("milestone")
    )

    class Meta(MeasureRow.Meta):
        verbose_name = _("infrastructure need")
        verbose_name_plural = _("infrastructure needs")
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                name="need_unit_of_kind",
                condition=models.Q(kind=NeedKind.POWER, unit=NeedUnit.MW)
                | models.Q(kind=NeedKind.WATER, unit=NeedUnit.M3_PER_DAY),
                violation_error_message=_("Power is in MW, water in m³ a day."),
            ),
            models.CheckConstraint(name="need_part_of_another", condition=~models.Q(part_of=models.F("id"))),
        ]

    @property
    def gap(self) -> int | None:
        """What is not secured yet; None where nobody published what is."""
        return None if self.secured is None else max(0, self.required - self.secured)

    def get_absolute_url(self) -> str:
        return reverse("investment:infrastructure-need", args=[self.key])
