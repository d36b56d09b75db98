"""Budget (예산): lines, and entries as append-only cumulative levels in whole won."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Ministry
from common.records import Known, Record, Sourced, known_day, translated
from tasks.choices import Bound, DatePrecision, LineKind, MoneyPhase
from tasks.models.measure import Measure
from tasks.models.technology import Technology
from tasks.querysets import OfBudgetLineQuerySet, OfMeasureQuerySet


class BudgetLine(Record, Sourced):
    """Measure × fiscal year × ministry × account.

    Only lines of kind `level` are summed. A `commitment` has no single fiscal year; a `breakdown`
    is a part of the line `part_of`.
    """

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="budget_lines")
    key = models.SlugField(_("key"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=LineKind, default=LineKind.LEVEL)
    part_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    title_ko = models.CharField(_("title (Korean)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200)
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"), null=True, blank=True)
    ministry = models.ForeignKey(Ministry, models.PROTECT, null=True, blank=True, related_name="budget_lines")
    account = models.CharField(_("account"), max_length=80, blank=True)
    technology = models.ForeignKey(Technology, models.PROTECT, null=True, blank=True, related_name="budget_lines")

    title = translated("title")
    objects = OfMeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["fiscal_year", "key"]
        constraints = [
            models.CheckConstraint(
                name="budget_line_year_plausible",
                condition=Q(fiscal_year__isnull=True) | Q(fiscal_year__gte=1948, fiscal_year__lte=2200),
            ),
            models.CheckConstraint(
                name="budget_line_level_has_year",
                condition=~Q(kind=LineKind.LEVEL) | Q(fiscal_year__isnull=False),
                violation_error_message=_("An amount of a fiscal year names the year."),
            ),
        ]

    def __str__(self) -> str:
        """With its year, where the title does not name it."""
        year = str(self.fiscal_year or "")
        return self.title if year in self.title else f"{self.title} {year}"

    def get_absolute_url(self) -> str:
        return reverse("tasks:budget-line", args=[self.uuid])


class BudgetEntry(Record, Sourced, Known):
    """The level of one phase from `effective_on` on; a restatement is a further entry.

    A mistake is withdrawn: from `withdrawn_at` on the entry no longer counts, and it stays to be seen.
    """

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="entries")
    phase = models.CharField(_("phase"), max_length=18, choices=MoneyPhase)
    amount_won = models.BigIntegerField(_("amount (won)"))
    bound = models.CharField(_("bound"), max_length=8, choices=Bound, default=Bound.EXACT)
    effective_on = models.DateField(_("as of"))
    precision = models.CharField(
        _("precision of the date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)

    objects = OfBudgetLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("budget entry")
        verbose_name_plural = _("budget entries")
        ordering = ["line", "phase", "-effective_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="budget_entry_not_negative", condition=Q(amount_won__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.get_phase_display()} {known_day(self.effective_on, self.precision)}"
