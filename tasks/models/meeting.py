"""Meeting (회의), what is on its agenda, and what was decided (회의 결정) with its follow-up."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Ministry, Office
from common.records import Record, Sourced, translated
from common.tiers import Tier
from tasks.choices import DecisionState, MeetingKind, MeetingStatus
from tasks.models.measure import Measure
from tasks.models.milestone import Milestone
from tasks.models.risk import Risk
from tasks.querysets import DecisionQuerySet, MeetingQuerySet, OfMeetingQuerySet

NAME_LENGTH = 80  # characters of a decision that name it elsewhere


class Meeting(Record, Sourced):
    """Planned, then held or cancelled; its day is the planned one until it was held."""

    title_ko = models.CharField(_("title (Korean)"), max_length=300)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    kind = models.CharField(pgettext_lazy("meeting", "kind"), max_length=14, choices=MeetingKind, blank=True)
    meets_on = models.DateField(pgettext_lazy("meeting", "date"))
    place = models.CharField(pgettext_lazy("meeting", "place"), max_length=200, blank=True)
    chair = models.ForeignKey(
        Ministry, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ministry in the chair")
    )
    participants = models.ManyToManyField(
        Ministry, blank=True, related_name="meetings", verbose_name=_("ministries taking part")
    )
    status = models.CharField(
        pgettext_lazy("meeting", "status"),
        max_length=9,
        choices=MeetingStatus,
        default=MeetingStatus.PLANNED,
        editable=False,
    )
    minutes = models.TextField(_("minutes"), blank=True)
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier, default=Tier.INTERNAL)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    title = translated("title")
    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-meets_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="meeting_minutes_once_held",
                condition=Q(minutes="") | Q(status=MeetingStatus.HELD),
                violation_error_message=_("A meeting that was not held has no minutes."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def effective_tier(self) -> int:
        return self.tier

    def get_absolute_url(self) -> str:
        return reverse("tasks:meeting", args=[self.uuid])


class AgendaItem(Record):
    """An item of the agenda (안건), with the measures and milestones that it is about; seen with the meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField(_("order"))
    title_ko = models.CharField(_("title (Korean)"), max_length=300)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    measures = models.ManyToManyField(
        Measure, blank=True, related_name="agenda_items", verbose_name=_("measures that it is about")
    )
    milestones = models.ManyToManyField(
        Milestone, blank=True, related_name="agenda_items", verbose_name=_("milestones that it is about")
    )

    title = translated("title")
    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["meeting", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="agenda_item_position_once",
                violation_error_message=_("Another item stands at this place of the agenda: choose a free one."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"

    @property
    def effective_tier(self) -> int:
        return self.meeting.tier


class Decision(Record, Sourced):
    """What a meeting decided, who does it by when, and what came of it.

    Its follow-up are the milestones in which it is carried out; `risks` are those that waited for it.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions", verbose_name=_("meeting"))
    agenda_item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=_("agenda item")
    )
    text_ko = models.TextField(_("decision (Korean)"))
    text_en = models.TextField(_("decision (English)"), blank=True)
    decided_on = models.DateField(_("decided on"))
    ministry = models.ForeignKey(
        Ministry,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("responsible ministry"),
    )
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=_("responsible office")
    )
    due_on = models.DateField(_("to be done by"), null=True, blank=True)
    milestones = models.ManyToManyField(
        Milestone, blank=True, related_name="decisions", verbose_name=_("milestones of the follow-up")
    )
    risks = models.ManyToManyField(Risk, blank=True, related_name="decisions", verbose_name=_("risks that it decides"))
    state = models.CharField(
        pgettext_lazy("decision", "state"),
        max_length=9,
        choices=DecisionState,
        default=DecisionState.OPEN,
        editable=False,
    )
    done_on = models.DateField(_("done on"), null=True, blank=True, editable=False)
    outcome = models.TextField(_("what was done"), blank=True, editable=False)
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier, default=Tier.INTERNAL)

    text = translated("text")
    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="decision_done_says_what",
                condition=Q(state=DecisionState.DONE, done_on__isnull=False) & ~Q(outcome="")
                | ~Q(state=DecisionState.DONE) & Q(done_on__isnull=True, outcome=""),
            ),
            models.CheckConstraint(
                name="decision_due_after_decided",
                condition=Q(due_on__isnull=True) | Q(due_on__gte=models.F("decided_on")),
                violation_error_message=_("It cannot be due before it was decided."),
            ),
        ]

    def __str__(self) -> str:
        return Truncator(self.text).chars(NAME_LENGTH, "…")

    @property
    def effective_tier(self) -> int:
        return max(self.tier, self.meeting.tier)

    def get_absolute_url(self) -> str:
        return reverse("tasks:decision", args=[self.uuid])
