"""Risk (쟁점·리스크): what threatens a measure or milestone, how much, who deals with it, and what must be decided."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Ministry, Office
from common.records import Record, Sourced, translated
from tasks.choices import Likelihood, RiskLevel, RiskState, Severity, risk_level
from tasks.models.measure import Measure
from tasks.models.milestone import Milestone
from tasks.querysets import RiskQuerySet

FIVE = [MinValueValidator(1), MaxValueValidator(5)]


class Risk(Record, Sourced):
    """Hangs on one measure or one milestone, and is seen with it. How it was scored before stands in the change log.

    A risk asks for a decision where `decide_by` is set; a decision of a meeting that names it answers that.
    """

    measure = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, related_name="risks", verbose_name=_("measure")
    )
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="risks", verbose_name=_("milestone")
    )
    title_ko = models.CharField(_("title (Korean)"), max_length=300)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    description = models.TextField(_("what may happen, and why"), blank=True)
    severity = models.PositiveSmallIntegerField(_("severity"), choices=Severity, validators=FIVE)
    likelihood = models.PositiveSmallIntegerField(_("likelihood"), choices=Likelihood, validators=FIVE)
    state = models.CharField(
        pgettext_lazy("risk", "state"), max_length=9, choices=RiskState, default=RiskState.OPEN, editable=False
    )
    ministry = models.ForeignKey(
        Ministry, models.PROTECT, null=True, blank=True, related_name="risks", verbose_name=_("owner ministry")
    )
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="risks", verbose_name=_("owner office")
    )
    mitigation = models.TextField(_("mitigation"), blank=True)
    decide_by = models.DateField(_("decision needed by"), null=True, blank=True)
    decision_asked = models.TextField(_("what is to be decided"), blank=True)
    raised_on = models.DateField(_("raised on"), default=timezone.localdate)

    title = translated("title")
    objects = RiskQuerySet.as_manager()

    class Meta:
        verbose_name = _("risk")
        verbose_name_plural = _("risks")
        ordering = ["-raised_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="risk_of_one_node",
                condition=Q(measure__isnull=False, milestone__isnull=True)
                | Q(measure__isnull=True, milestone__isnull=False),
            ),
            models.CheckConstraint(
                name="risk_scored_1_to_5", condition=Q(severity__range=(1, 5), likelihood__range=(1, 5))
            ),
            models.CheckConstraint(
                name="risk_says_what_to_decide",
                condition=Q(decide_by__isnull=True) | ~Q(decision_asked=""),
                violation_error_message=_("Say what is to be decided by that day."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def place(node: Measure | Milestone) -> dict[str, Any]:
        """How a risk names the node that it threatens."""
        return {"measure": node} if isinstance(node, Measure) else {"milestone": node}

    @property
    def node(self) -> Measure | Milestone | None:
        """What it threatens."""
        return self.measure or self.milestone

    @property
    def effective_tier(self) -> int:
        return self.node.effective_tier if self.node else 0

    @property
    def score(self) -> int:
        """Severity × likelihood, 1 to 25."""
        return self.severity * self.likelihood

    @property
    def level(self) -> RiskLevel:
        return risk_level(self.score)

    def get_absolute_url(self) -> str:
        return reverse("tasks:risk", args=[self.uuid])
