"""Status report (실적 보고): the only way a milestone's state, progress, forecast and actual date change."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Ministry, Office
from common.records import Known, Record, Sourced
from tasks.choices import DatePrecision, MilestoneState, ReportStatus, Verb, legal_steps
from tasks.models.milestone import Milestone
from tasks.models.period import ReportingPeriod
from tasks.querysets import StatusReportQuerySet


def _legal() -> Q:
    condition = Q()
    for verb, source, target in legal_steps():
        condition |= Q(verb=verb, from_state=source, state=target)
    return condition


class StatusReport(Record, Sourced, Known):
    """`state` … `completed_on` are the values of the milestone once the report is accepted."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="reports")
    ministry = models.ForeignKey(Ministry, models.PROTECT, null=True, blank=True, related_name="reports")
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="reports")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, null=True, blank=True, related_name="reports")
    status = models.CharField(_("status"), max_length=10, choices=ReportStatus, default=ReportStatus.DRAFT)
    effective_on = models.DateField(_("takes effect on"))

    verb = models.CharField(_("move"), max_length=10, choices=Verb)
    from_state = models.CharField(_("from"), max_length=12, choices=MilestoneState)
    state = models.CharField(_("to"), max_length=12, choices=MilestoneState)
    progress_bp = models.PositiveIntegerField(_("progress (bp)"), null=True, blank=True)
    forecast = models.DateField(_("forecast"), null=True, blank=True)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    completed_on = models.DateField(_("completed on"), null=True, blank=True)
    completed_precision = models.CharField(
        _("precision of the completion date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )

    result = models.TextField(_("this month's result"), blank=True)
    next_plan = models.TextField(_("next month's plan"), blank=True)
    issues = models.TextField(_("issues"), blank=True)
    reason = models.TextField(_("reason"), blank=True)

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="reports")
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="accepted_reports"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    # Of two review steps the first: the ministry's own approver has seen it.
    endorsed_at = models.DateTimeField(_("approved by the ministry"), null=True, blank=True)
    endorsed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="endorsed_reports"
    )
    returned_at = models.DateTimeField(_("returned"), null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="returned_reports"
    )
    return_reason = models.TextField(_("why it was returned"), blank=True, db_default="")
    # Names the form that was sent: sent twice, it is filed once.
    submission = models.UUIDField(_("submission"), null=True, blank=True, unique=True, editable=False)

    objects = StatusReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("status report")
        verbose_name_plural = _("status reports")
        ordering = ["-effective_on", "-accepted_at", "-pk"]
        indexes = [
            models.Index(fields=["milestone", "effective_on"], name="report_milestone_effective"),
            models.Index(fields=["status", "submitted_at"], name="report_status_submitted"),
        ]
        constraints = [
            # The table of legal moves, held by the database as well.
            models.CheckConstraint(name="report_legal_move", condition=_legal()),
            models.CheckConstraint(
                name="report_complete_needs_date",
                condition=~Q(verb=Verb.COMPLETE)
                | Q(completed_on__isnull=False, progress_bp=10_000, progress_bp__isnull=False),
            ),
            models.CheckConstraint(
                name="report_reason_where_needed",
                condition=~Q(verb__in=[Verb.SUSPEND, Verb.CANCEL, Verb.REOPEN]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="report_progress_bounds", condition=Q(progress_bp__isnull=True) | Q(progress_bp__lte=10_000)
            ),
            models.CheckConstraint(
                name="report_accepted_has_moment",
                condition=~Q(status=ReportStatus.ACCEPTED) | Q(accepted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="report_returned_says_why",
                condition=~Q(status=ReportStatus.RETURNED) | Q(returned_at__isnull=False) & ~Q(return_reason=""),
            ),
            models.CheckConstraint(
                name="report_withdrawn_after_accepted",
                condition=Q(withdrawn_at__isnull=True)
                | Q(accepted_at__isnull=True)
                | Q(withdrawn_at__gte=F("accepted_at")),
            ),
        ]

    @property
    def effective_precision(self) -> str:
        """A completion takes effect on its date, which may be known to the month only."""
        return self.completed_precision if self.completed_on == self.effective_on else DatePrecision.DAY

    def get_absolute_url(self) -> str:
        return reverse("tasks:report", args=[self.uuid])

    def __str__(self) -> str:
        return f"{self.milestone.code} {self.get_verb_display()} {self.effective_on}"
