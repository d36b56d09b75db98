"""Milestone (이정표): every dated step anywhere."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Ministry, Office
from common.order import Natural
from common.records import Record, Sourced, translated
from common.tiers import Tier
from tasks.choices import DatePrecision, EvidenceKind, MilestoneState
from tasks.models.measure import Measure
from tasks.querysets import MilestoneQuerySet

_S = MilestoneState


class Milestone(Record, Sourced):
    """State, progress, forecast and actual dates are the projection of its accepted reports.

    Only `actions.reports` writes them. Progress is in basis points, 0 to 10 000, or null where
    nobody has reported any. `required_evidence` are the kinds without which nobody reports it completed.
    """

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="milestones")
    code = models.CharField(_("code"), max_length=60, unique=True)
    title_ko = models.CharField(_("title (Korean)"), max_length=300)
    title_en = models.CharField(_("title (English)"), max_length=300)
    done_when_ko = models.TextField(_("counts as done when (Korean)"), blank=True)
    done_when_en = models.TextField(_("counts as done when (English)"), blank=True)
    required_evidence = ArrayField(
        models.CharField(max_length=16, choices=EvidenceKind),
        verbose_name=_("required evidence"),
        default=list,
        blank=True,
        db_default=[],
    )
    responsible_ministry = models.ForeignKey(Ministry, models.PROTECT, null=True, blank=True, related_name="milestones")
    responsible_office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="milestones")
    weight = models.PositiveIntegerField(_("weight among its siblings"), default=1)
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier, default=Tier.PUBLIC)
    effective_tier = models.PositiveSmallIntegerField(editable=False, default=Tier.PUBLIC, db_index=True)
    in_scope = models.BooleanField(editable=False, default=True)

    baseline_start = models.DateField(_("baseline start"), null=True, blank=True)
    baseline_due = models.DateField(_("baseline due"), null=True, blank=True)
    current_due = models.DateField(_("current due"), null=True, blank=True, db_index=True)
    due_precision = models.CharField(
        _("precision of the due date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )

    state = models.CharField(_("state"), max_length=12, choices=_S, default=_S.PLANNED, db_index=True)
    progress_bp = models.PositiveIntegerField(_("progress (bp)"), null=True, blank=True)
    forecast = models.DateField(_("forecast"), null=True, blank=True)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    completed_on = models.DateField(_("completed on"), null=True, blank=True)
    completed_precision = models.CharField(
        _("precision of the completion date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    reported_on = models.DateField(_("last reported for"), null=True, blank=True)

    # What took its place, and what it is a part of: a milestone that is replaced is cancelled, and keeps its reports.
    superseded_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supersedes",
        verbose_name=_("superseding milestone"),
    )
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="split_into", verbose_name=_("split from")
    )

    title = translated("title")
    done_when = translated("done_when")
    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["code__natural"]
        indexes = [
            models.Index(Natural("code"), "id", name="milestone_code_natural"),
            # What the overview asks of open ones: the longest overdue, those due next, how many.
            models.Index(
                fields=["current_due"],
                include=["measure_id", "effective_tier"],
                condition=Q(in_scope=True) & ~Q(state__in=[_S.COMPLETED, _S.CANCELLED]),
                name="milestone_open_due",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="milestone_start_before_due",
                condition=Q(baseline_start__isnull=True)
                | Q(baseline_due__isnull=True)
                | Q(baseline_start__lte=F("baseline_due")),
                violation_error_message=_("The start lies after the due date."),
            ),
            models.CheckConstraint(
                name="milestone_progress_bounds", condition=Q(progress_bp__isnull=True) | Q(progress_bp__lte=10_000)
            ),
            models.CheckConstraint(
                name="milestone_completed_is_whole",
                condition=~Q(state=_S.COMPLETED)
                | Q(progress_bp=10_000, progress_bp__isnull=False, completed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="milestone_completed_on_only_if_completed",
                condition=Q(completed_on__isnull=True) | Q(state=_S.COMPLETED),
            ),
            models.CheckConstraint(
                name="milestone_planned_has_no_progress",
                condition=~Q(state=_S.PLANNED) | Q(progress_bp__isnull=True) | Q(progress_bp=0),
            ),
            models.CheckConstraint(
                name="milestone_required_evidence_known",
                condition=Q(required_evidence__contained_by=EvidenceKind.values),
            ),
            models.CheckConstraint(name="milestone_state_known", condition=Q(state__in=_S.values)),
            models.CheckConstraint(name="milestone_weight_bound", condition=Q(weight__lte=1_000_000)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def evidence_missing(self, there: Iterable[str]) -> list[str]:
        """Of the kinds that its completion needs those that are not there, in their order."""
        found = set(there)
        return [kind for kind in self.required_evidence if kind not in found]

    def get_absolute_url(self) -> str:
        return reverse("tasks:milestone", args=[self.uuid])
