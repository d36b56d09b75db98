"""Assessment (평가): a light that somebody gives a strategic task or measure, its recovery plan, a dispute about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Ministry
from common.records import Record, Sourced
from tasks.choices import AssessmentKind, DisputeOutcome, Light
from tasks.models.measure import Measure
from tasks.models.strategic_task import StrategicTask
from tasks.querysets import AssessmentQuerySet, OfAssessmentQuerySet


class Assessment(Record, Sourced):
    """Declared by the ministry that leads the node, or given independently by the coordinating office.

    Nothing is rewritten: of each kind the latest by `assessed_on`, then as recorded, stands (`with_standing`). A
    mistake is withdrawn, and stays to be seen. `ministry` is the one that led the node when it was recorded.
    """

    strategic_task = models.ForeignKey(StrategicTask, models.PROTECT, null=True, blank=True, related_name="assessments")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="assessments")
    kind = models.CharField(_("kind"), max_length=11, choices=AssessmentKind)
    light = models.CharField(_("light"), max_length=5, choices=Light)
    assessed_on = models.DateField(_("assessed on"))
    reason = models.TextField(_("reason"))
    ministry = models.ForeignKey(
        Ministry, models.PROTECT, null=True, blank=True, related_name="assessments", verbose_name=_("ministry")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-assessed_on", "-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="assessment_of_one_node",
                condition=Q(strategic_task__isnull=False, measure__isnull=True)
                | Q(strategic_task__isnull=True, measure__isnull=False),
            ),
            models.CheckConstraint(
                name="assessment_has_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Say why the light is so."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.node} – {self.get_kind_display()}: {self.get_light_display()}"

    @staticmethod
    def place(node: StrategicTask | Measure) -> dict[str, StrategicTask | Measure]:
        """How an assessment names the node that it is of."""
        return {"measure": node} if isinstance(node, Measure) else {"strategic_task": node}

    @property
    def node(self) -> StrategicTask | Measure:
        """What the light is of."""
        return self.measure or self.strategic_task  # type: ignore[return-value]

    @property
    def effective_tier(self) -> int:
        """That of the measure; strategic tasks hide nothing."""
        return self.measure.effective_tier if self.measure else 0

    def get_absolute_url(self) -> str:
        return f"{self.node.get_absolute_url()}#assessments"


class _OfAssessment(Record):
    """What the ministry says to a light: on which day, and who."""

    ministry = models.ForeignKey(
        Ministry, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ministry")
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    assessment: models.ForeignKey
    objects = OfAssessmentQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.assessment)

    @property
    def effective_tier(self) -> int:
        return self.assessment.effective_tier

    def get_absolute_url(self) -> str:
        return self.assessment.get_absolute_url()


class RecoveryPlan(_OfAssessment):
    """What the ministry does to leave a red light behind; the latest one stands."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="recovery_plans")
    plan = models.TextField(_("recovery plan"))
    due_on = models.DateField(_("to be done by"))
    given_on = models.DateField(_("given on"))

    class Meta:
        verbose_name = _("recovery plan")
        verbose_name_plural = _("recovery plans")
        ordering = ["-given_on", "-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="recovery_plan_due_after_given",
                condition=Q(due_on__gte=models.F("given_on")),
                violation_error_message=_("The plan cannot be due before it is given."),
            ),
        ]


class Dispute(_OfAssessment):
    """The ministry does not agree with an independent light; the coordinating office answers, once."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="disputes")
    reason = models.TextField(_("reason"))
    disputed_on = models.DateField(_("disputed on"))
    outcome = models.CharField(_("answer"), max_length=7, choices=DisputeOutcome, blank=True)
    answer = models.TextField(_("reason of the answer"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answered_with = models.ForeignKey(
        Assessment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("new light")
    )
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answer recorded"), null=True, blank=True)

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        ordering = ["-disputed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"],
                name="dispute_once",
                violation_error_message=_("This light has been disputed already."),
            ),
            models.CheckConstraint(
                name="dispute_answered_as_a_whole",
                condition=Q(
                    outcome="", answer="", answered_on=None, answered_at=None, answered_by=None, answered_with=None
                )
                | (~Q(outcome="") & ~Q(answer="") & Q(answered_on__isnull=False, answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="dispute_changed_by_a_new_light",
                condition=Q(outcome=DisputeOutcome.CHANGED, answered_with__isnull=False)
                | (~Q(outcome=DisputeOutcome.CHANGED) & Q(answered_with=None)),
            ),
        ]
