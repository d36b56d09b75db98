"""TaxCreditRate (세액공제율): by class, size and date of investment; TaxCreditRule: what else the law says."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.laws import law_name
from common.records import Confidence, Known, Record, Sourced, translated
from investment.choices import CompanySize, RateKind, RuleUnit, TaxClass
from tasks.models import Measure, Milestone
from tasks.querysets import OfMeasureQuerySet, OpenQuerySet


class TaxCreditRate(Record, Sourced, Known):
    """`invest_to` null: until further notice. A superseded rate stays visible and is never applied."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+", verbose_name=_("measure"))
    key = models.SlugField(_("key"), max_length=80, unique=True)
    tax_class = models.CharField(_("class"), max_length=20, choices=TaxClass)
    size = models.CharField(_("company size"), max_length=8, choices=CompanySize)
    kind = models.CharField(_("kind of rate"), max_length=12, choices=RateKind)
    law_ko = models.CharField(_("law"), max_length=120)
    article = models.CharField(_("article"), max_length=40)
    invest_from = models.DateField(_("invested from"))
    invest_to = models.DateField(_("invested until"), null=True, blank=True)
    base_bp = models.PositiveIntegerField(_("base rate (bp)"))
    incremental_bp = models.PositiveIntegerField(_("incremental rate (bp)"), null=True, blank=True)
    base_confidence = models.CharField(_("confidence of the base rate"), max_length=12, choices=Confidence)
    incremental_confidence = models.CharField(
        _("confidence of the incremental rate"), max_length=12, choices=Confidence, blank=True
    )
    superseded_on = models.DateField(_("superseded on"), null=True, blank=True)
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes", verbose_name=_("superseded by")
    )
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("amended by")
    )

    objects = OfMeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("tax credit rate")
        verbose_name_plural = _("tax credit rates")
        ordering = ["tax_class", "size", "invest_from", "pk"]
        constraints = [
            models.CheckConstraint(
                name="tax_rate_dates_in_order",
                condition=Q(invest_to__gte=F("invest_from")),
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                name="tax_rate_bounds",
                condition=Q(base_bp__lte=10_000) & (Q(incremental_bp__isnull=True) | Q(incremental_bp__lte=10_000)),
            ),
            models.CheckConstraint(
                name="tax_rate_superseded_is_dated",
                condition=Q(superseded_by__isnull=True) | Q(superseded_on__isnull=False),
                violation_error_message=_("Say on which day the rate was superseded."),
            ),
        ]

    @property
    def effective_tier(self) -> int:
        return self.measure.effective_tier

    @property
    def law_and_article(self) -> str:
        return _now("%(law)s, art. %(article)s") % {"law": law_name(self.law_ko), "article": self.article}

    @property
    def is_superseded(self) -> bool:
        return self.superseded_on is not None

    @property
    def name(self) -> str:
        """A temporary rate, and one that was superseded, may have the years of another rate of its class and size."""
        apart = [_now("temporary")] if self.kind == RateKind.TEMPORARY else []
        apart += [_now("superseded")] if self.is_superseded else []
        return ", ".join([self.get_tax_class_display(), self.get_size_display(), self._years, *apart])

    @property
    def _years(self) -> str:
        first = self.invest_from.year
        if self.invest_to is None:
            return _now("from %(year)s") % {"year": first}
        return str(first) if self.invest_to.year == first else f"{first}–{self.invest_to.year}"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("investment:tax-credit-rate", args=[self.key])


class TaxCreditRule(Record, Sourced):
    """A rule in words, with its number where it has one; `value_to` where a source gives a range."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    name_ko = models.CharField(_("name (Korean)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=3, null=True, blank=True)
    value_to = models.DecimalField(_("value up to"), max_digits=12, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=20, choices=RuleUnit, blank=True)
    text_ko = models.TextField(_("wording (Korean)"))
    text_en = models.TextField(_("wording (English)"))

    name = translated("name")
    text = translated("text")
    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of the tax credit")
        verbose_name_plural = _("rules of the tax credit")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
