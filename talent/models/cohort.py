"""Cohort (기수): how many came through each step; null where nobody published a number, never 0."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.records import Record, Sourced, translated
from talent.choices import CohortStep
from talent.models.programme import TalentProgramme
from talent.querysets import OfProgrammeQuerySet


def _no_more(later: str, earlier: str) -> models.CheckConstraint:
    """Of two known numbers the later step's is at most the earlier's; an unknown one satisfies it."""
    return models.CheckConstraint(
        name=f"cohort_{later}_of_{earlier}",
        condition=Q(**{f"{later}__lte": F(earlier)}),
        violation_error_message=_("A later step of a cohort cannot have more people than an earlier one."),
    )


class Cohort(Record, Sourced):
    programme = models.ForeignKey(
        TalentProgramme, models.PROTECT, related_name="cohorts", verbose_name=_("talent programme")
    )
    key = models.SlugField(_("key"), max_length=80, unique=True)
    name_ko = models.CharField(_("name (Korean)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    planned = models.PositiveIntegerField(_("planned"), null=True, blank=True)
    called = models.PositiveIntegerField(_("called"), null=True, blank=True)
    applied = models.PositiveIntegerField(_("applied"), null=True, blank=True)
    selected = models.PositiveIntegerField(_("selected"), null=True, blank=True)
    dispatched = models.PositiveIntegerField(_("dispatched"), null=True, blank=True)
    returned = models.PositiveIntegerField(_("returned"), null=True, blank=True)
    placed = models.PositiveIntegerField(_("placed"), null=True, blank=True)

    name = translated("name")
    objects = OfProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ["programme", "year", "pk"]
        constraints = [
            _no_more("selected", "applied"),
            _no_more("dispatched", "selected"),
            _no_more("returned", "dispatched"),
            _no_more("placed", "selected"),
        ]

    @property
    def funnel(self) -> list[tuple[str, int | None]]:
        """The steps in order with their numbers."""
        return [(str(step.label), getattr(self, step.value)) for step in CohortStep]

    @property
    def effective_tier(self) -> int:
        return self.programme.effective_tier

    def __str__(self) -> str:
        return f"{self.programme} – {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("talent:cohort", args=[self.key])
