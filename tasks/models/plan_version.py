"""Plan version (계획 이력): what the plan of a node was from a date on; append-only."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Ministry, Office
from common.records import Known, Record, Sourced
from common.tiers import Tier
from tasks.choices import Scope
from tasks.models.measure import Measure
from tasks.models.milestone import Milestone
from tasks.models.region import Region
from tasks.models.strategic_task import StrategicTask
from tasks.models.technology import Technology
from tasks.querysets import PlanVersionQuerySet


class PlanVersion(Record, Sourced, Known):
    """The whole plan of one node (task, measure or milestone) from `effective_on` on.

    The node's own columns are the projection of its latest version; `actions.plans` writes both.
    `ministry` is the lead of a task or measure and the responsible one of a milestone.
    """

    strategic_task = models.ForeignKey(
        StrategicTask, models.PROTECT, null=True, blank=True, related_name="plan_versions"
    )
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="plan_versions")
    milestone = models.ForeignKey(Milestone, models.PROTECT, null=True, blank=True, related_name="plan_versions")
    effective_on = models.DateField(_("takes effect on"))

    # Of a measure: the task that it stands in; one with a parent stands where that does.
    in_task = models.ForeignKey(StrategicTask, models.PROTECT, null=True, blank=True, related_name="+")
    parent = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="+")
    weight = models.PositiveIntegerField(_("weight"))
    scope = models.CharField(_("scope"), max_length=12, choices=Scope, default=Scope.IN_SCOPE)
    superseded_by = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("superseding measure")
    )
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier, default=Tier.PUBLIC)
    baseline_start = models.DateField(_("baseline start"), null=True, blank=True)
    baseline_due = models.DateField(_("baseline due"), null=True, blank=True)
    current_due = models.DateField(_("current due"), null=True, blank=True)
    ministry = models.ForeignKey(Ministry, models.PROTECT, null=True, blank=True, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    technology = models.ForeignKey(Technology, models.PROTECT, null=True, blank=True, related_name="+")

    reason = models.TextField(_("reason"), blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan version")
        verbose_name_plural = _("plan versions")
        ordering = ["-effective_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="plan_version_of_one_node",
                condition=Q(strategic_task__isnull=False, measure__isnull=True, milestone__isnull=True)
                | Q(strategic_task__isnull=True, measure__isnull=False, milestone__isnull=True)
                | Q(strategic_task__isnull=True, measure__isnull=True, milestone__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.node} {self.effective_on}"

    @property
    def node(self) -> StrategicTask | Measure | Milestone:
        """The one node that this version plans."""
        return self.milestone or self.measure or self.strategic_task  # type: ignore[return-value]
