"""Tenant (입주기업): who builds in a complex, with announced and realised investment apart."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusters.models.complex import Complex
from clusters.querysets import OfComplexQuerySet
from common.records import Record, Sourced, translated


class Tenant(Record, Sourced):
    complex = models.ForeignKey(Complex, models.PROTECT, related_name="tenants", verbose_name=_("complex"))
    key = models.SlugField(_("key"), max_length=80, unique=True)
    name_ko = models.CharField(_("name (Korean)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    announced_investment_won = models.BigIntegerField(_("announced investment (won)"), null=True, blank=True)
    realised_investment_won = models.BigIntegerField(_("realised investment (won)"), null=True, blank=True)
    realised_on = models.DateField(_("realised as of"), null=True, blank=True)

    name = translated("name")
    objects = OfComplexQuerySet.as_manager()

    class Meta:
        verbose_name = _("tenant")
        verbose_name_plural = _("tenants")
        ordering = ["complex", "key"]
        constraints = [
            models.CheckConstraint(
                name="tenant_money_not_negative",
                condition=(Q(announced_investment_won__isnull=True) | Q(announced_investment_won__gte=0))
                & (Q(realised_investment_won__isnull=True) | Q(realised_investment_won__gte=0)),
            ),
            models.CheckConstraint(
                name="tenant_realised_is_dated",
                condition=Q(realised_investment_won__isnull=True) | Q(realised_on__isnull=False),
                violation_error_message=_("Say as of which day the investment was realised."),
            ),
        ]

    @property
    def effective_tier(self) -> int:
        return self.complex.effective_tier

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("clusters:tenant", args=[self.key])
