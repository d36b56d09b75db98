"""Dependency (선후관계): a milestone can end only when another has ended, with lag, across tasks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.records import Record, Sourced
from tasks.models.milestone import Milestone
from tasks.querysets import DependencyQuerySet


class Dependency(Record, Sourced):
    """The successor waits for the predecessor; `lag_days` are calendar days after its end."""

    predecessor = models.ForeignKey(Milestone, models.CASCADE, related_name="successors")
    successor = models.ForeignKey(Milestone, models.CASCADE, related_name="predecessors")
    lag_days = models.IntegerField(_("lag in days"), default=0)

    objects = DependencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("dependency")
        verbose_name_plural = _("dependencies")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="dependency_once"),
            models.CheckConstraint(
                name="dependency_on_another", condition=~models.Q(predecessor=models.F("successor"))
            ),
            models.CheckConstraint(
                name="dependency_lag_bound", condition=models.Q(lag_days__gte=-3650, lag_days__lte=3650)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor.code} → {self.successor.code}"
