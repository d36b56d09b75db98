"""Who sees a row, and the adjectives of milestones. Imports no model of this package.

Rows that hang from a measure or milestone are seen with it: `tier_path` says how to reach its
`effective_tier`, the strictest tier of itself and its ancestors, which the database keeps.
"""

from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, ExpressionWrapper, F, Func, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils import timezone

from accounts.models.holiday import HolidayCorrection
from accounts.models.membership import Role
from common import past
from common.records import Confidence
from common.tiers import Tier, clearance_of
from tasks.choices import (
    ENDED,
    LIVE_RISKS,
    OPEN_TO_ITS_OFFICE,
    DecisionState,
    Light,
    MeetingStatus,
    MilestoneState,
    PeriodState,
    ReportStatus,
    ScheduleLight,
    Slice,
)
from tasks.desks import waits_too_long_since
from tasks.named_rows import pointing_at

DUE_SOON_DAYS = 30
# Of the entries of a budget line and phase, the first one stands.
LATEST_LEVEL = ("-effective_on", "-recorded_at", "-pk")


class VisibleQuerySet(models.QuerySet):
    """Rows whose tier, reached by `tier_path`, is within the reader's clearance.

    The way to it leads over the node that the row hangs on: who answers for that, records the row.
    """

    tier_path = "effective_tier"

    def visible_to(self, user: Any) -> Self:
        return self.within(clearance_of(user))

    def within(self, tier: int) -> Self:
        return self.filter(**{f"{self.tier_path}__lte": tier})

    def with_visible(self, user: Any, *relations: str) -> Self:
        """Fetch related rows; one that the reader may not see reads as None, or is missing among many.

        A single relation must be nullable.
        """
        fetched = []
        for name in relations:
            related: Any = self.model._meta.get_field(name).related_model
            fetched.append(Prefetch(name, related._default_manager.visible_to(user)))
        return self.prefetch_related(*fetched)


class OpenQuerySet(VisibleQuerySet):
    """Reference rows and announced facts: anyone who may read at all sees them."""

    def within(self, tier: int) -> Self:
        return self if tier >= Tier.PUBLIC else self.none()


class PeriodQuerySet(OpenQuerySet):
    def to_report(self, *, on: date) -> Self:
        """Months that have ended and are not closed: what is filed for one of them takes effect on its last day."""
        return self.filter(ends_on__lt=on).exclude(state=PeriodState.CLOSED)


class SnapshotQuerySet(VisibleQuerySet):
    """What was published for a tier is read from that clearance on."""

    tier_path = "tier"

    def standing(self) -> Self:
        """Of each period and tier the one that was taken last."""
        return self.order_by("period_id", "tier", "-number").distinct("period_id", "tier")


class OfSnapshotQuerySet(VisibleQuerySet):
    """Figures of snapshots. One of a measure that is classified higher by now is no longer shown to those below."""

    tier_path = "snapshot__tier"

    def within(self, tier: int) -> Self:
        measures: Any = apps.get_model("tasks", "Measure")
        hidden = measures.objects.filter(pk=OuterRef("key"), effective_tier__gt=tier)
        return super().within(tier).exclude(Exists(hidden), slice=Slice.MEASURE)


class OfMeasureQuerySet(VisibleQuerySet):
    tier_path = "measure__effective_tier"


class OfMilestoneQuerySet(VisibleQuerySet):
    tier_path = "milestone__effective_tier"


def known_on(recorded: str) -> Coalesce:
    """The day (Korean time) from which a row counts as known: public since, else recorded; null where not yet."""
    return Coalesce("known_from", TruncDate(recorded))


class StatusReportQuerySet(OfMilestoneQuerySet):
    """Reports are seen with their milestone; a draft by those alone who may report that milestone."""

    def visible_to(self, user: Any) -> Self:
        seen, drafts = super().visible_to(user), Q(status=ReportStatus.DRAFT)
        if user is None or not user.is_authenticated:
            return seen.exclude(drafts)
        if user.has_role(Role.COORDINATOR):
            return seen
        if not user.has_role(Role.STAFF, Role.APPROVER):
            return seen.exclude(drafts)
        lead = Q(milestone__measure__lead_ministry__in=user.ministry_ids)
        return seen.filter(~drafts | lead | Q(milestone__responsible_ministry__in=user.ministry_ids))

    def with_desk(self) -> Self:
        """Adds `desk_since`, the moment at which a submitted report came to the desk where it lies, and
        `is_escalated`: whether it has waited there for more than `REVIEW_ESCALATES_AFTER` working days."""
        limit = settings.REVIEW_ESCALATES_AFTER
        rows = self.annotate(desk_since=Coalesce("endorsed_at", "submitted_at"))
        if not limit:
            return rows.annotate(is_escalated=Value(False))
        day = waits_too_long_since(timezone.localdate(), limit, HolidayCorrection.objects.calendar())
        first_moment = timezone.make_aware(datetime.combine(day, time.min))
        long_ago = Q(status=ReportStatus.SUBMITTED, desk_since__lt=first_moment)
        return rows.annotate(is_escalated=Case(When(long_ago, then=Value(True)), default=Value(False)))

    def to_continue(self, user: Any) -> Self:
        """Drafts and returned reports that the user goes on with, the latest first: the own, and the own ministry's.

        What was generated is nobody's words, and is not gone on with.
        """
        if user is None or not user.is_authenticated:
            return self.none()
        own = Q(author=user) | Q(ministry__in=user.ministry_ids)
        found = self.filter(own, status__in=OPEN_TO_ITS_OFFICE).exclude(confidence=Confidence.GENERATED)
        return found.order_by("-created_at", "-pk")


class EvidenceQuerySet(OfMilestoneQuerySet):
    """The stricter of the own tier and the milestone's."""

    def within(self, tier: int) -> Self:
        return self.filter(tier__lte=tier, milestone__effective_tier__lte=tier)

    def in_force(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def missing_of(self, milestone: Any) -> list[str]:
        """Of the kinds that its completion needs, those that none of these rows in force is."""
        if not milestone.required_evidence:
            return []
        there = self.in_force().filter(milestone=milestone).values_list("kind", flat=True)
        found: list[str] = milestone.evidence_missing(there)
        return found


# What can be commented on.
COMMENTED = ("tasks_milestone", "tasks_measure", "tasks_statusreport")


class CommentQuerySet(VisibleQuerySet):
    """A comment is seen by who sees the row that it is about."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(pointing_at(COMMENTED, lambda rows: rows.visible_to(user)))

    def within(self, tier: int) -> Self:
        return self.filter(pointing_at(COMMENTED, lambda rows: rows.within(tier)))


class OwnQuerySet(models.QuerySet):
    """Rows of one person that point to others: seen by that person, while what they point to is seen."""

    owner = ""

    def visible_to(self, user: Any) -> Self:
        if user is None or not user.is_authenticated:
            return self.none()
        own = self.filter(**{self.owner: user})
        tables = list(own.order_by().values_list("table", flat=True).distinct())
        return own.filter(Q(object_id=None) | pointing_at(tables, lambda rows: rows.visible_to(user)))


class FollowQuerySet(OwnQuerySet):
    owner = "follower"


class NotificationQuerySet(OwnQuerySet):
    owner = "recipient"

    def unread(self) -> Self:
        return self.filter(read_at=None)


class PreferenceQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(user=user) if user is not None and user.is_authenticated else self.none()


class OfIndicatorQuerySet(VisibleQuerySet):
    tier_path = "indicator__measure__effective_tier"


class ObservationQuerySet(OfIndicatorQuerySet):
    def with_standing(self) -> Self:
        """Adds `is_standing`: whether none of the same day and method was recorded later, which restates it."""
        later = Q(recorded_at__gt=OuterRef("recorded_at")) | Q(
            recorded_at=OuterRef("recorded_at"), pk__gt=OuterRef("pk")
        )
        same = {name: OuterRef(name) for name in ("indicator", "method", "observed_on")}
        return self.annotate(is_standing=~Exists(self.model._default_manager.filter(later, **same)))

    def standing(self) -> Self:
        return self.with_standing().filter(is_standing=True)


class OfBudgetLineQuerySet(VisibleQuerySet):
    tier_path = "line__measure__effective_tier"

    def in_force(self, *, known_at: datetime | None = None) -> Self:
        """Entries that were not withdrawn, as known at a moment (default now)."""
        still = Q(withdrawn_at__isnull=True)
        return self.filter(still if known_at is None else still | Q(withdrawn_at__gt=known_at))

    def with_standing(self) -> Self:
        """Adds `is_standing`: whether the entry is the level that counts today; else a later one restates it.

        `standing_id`: the entry of its line and phase that counts.
        """
        entries: Any = self.model._default_manager
        of_line = entries.in_force().filter(line=OuterRef("line"), phase=OuterRef("phase"))
        standing = of_line.filter(effective_on__lte=past.day()).order_by(*LATEST_LEVEL).values("pk")[:1]
        return self.annotate(
            standing_id=Subquery(standing),
            is_standing=Case(When(pk=F("standing_id"), then=Value(True)), default=Value(False)),
        )


class PlanVersionQuerySet(VisibleQuerySet):
    """A version is seen with the node that it plans; strategic tasks are open."""

    def within(self, tier: int) -> Self:
        if tier < Tier.PUBLIC:
            return self.none()
        return self.filter(
            Q(strategic_task__isnull=False)
            | Q(measure__effective_tier__lte=tier)
            | Q(milestone__effective_tier__lte=tier)
        )


class AssessmentQuerySet(VisibleQuerySet):
    """A light is seen with the node that it is of; strategic tasks are open."""

    def within(self, tier: int) -> Self:
        return self.filter(_of_visible_node(tier)) if tier >= Tier.PUBLIC else self.none()

    def with_standing(self) -> Self:
        """Adds `is_standing`: neither withdrawn nor restated by a later light of the same kind and node."""
        later = Q(assessed_on__gt=OuterRef("assessed_on")) | Q(
            Q(recorded_at__gt=OuterRef("recorded_at")) | Q(recorded_at=OuterRef("recorded_at"), pk__gt=OuterRef("pk")),
            assessed_on=OuterRef("assessed_on"),
        )
        same = Q(measure=OuterRef("measure")) | Q(strategic_task=OuterRef("strategic_task"))
        rows = self.model._default_manager.filter(later, same, kind=OuterRef("kind"), withdrawn_at=None)
        return self.annotate(is_standing=Q(withdrawn_at=None) & ~Exists(rows))

    def standing(self) -> Self:
        return self.with_standing().filter(is_standing=True)

    def with_open_ends(self) -> Self:
        """Adds `is_standing`, `plan_is_asked` (it stands, is red, and no recovery plan was given) and `is_disputed`
        (it was not withdrawn, and its dispute waits for the answer)."""
        plans, disputes = self._below("recovery_plans"), self._below("disputes").filter(outcome="")
        return self.with_standing().annotate(
            plan_is_asked=Q(is_standing=True, light=Light.RED) & ~Exists(plans),
            is_disputed=Q(withdrawn_at=None) & Exists(disputes),
        )

    def _below(self, name: str) -> models.QuerySet:
        related: Any = self.model._meta.get_field(name).related_model
        return related._default_manager.filter(assessment=OuterRef("pk"))


class OfAssessmentQuerySet(VisibleQuerySet):
    """What hangs on a light is seen with it."""

    def within(self, tier: int) -> Self:
        return self.filter(_of_visible_node(tier, "assessment__")) if tier >= Tier.PUBLIC else self.none()


def _of_visible_node(tier: int, path: str = "") -> Q:
    return Q(**{f"{path}strategic_task__isnull": False}) | Q(**{f"{path}measure__effective_tier__lte": tier})


class RiskQuerySet(VisibleQuerySet):
    """A risk is seen with the measure or milestone that it threatens (`node`)."""

    def within(self, tier: int) -> Self:
        return self.filter(Q(measure__effective_tier__lte=tier) | Q(milestone__effective_tier__lte=tier))

    def with_score(self) -> Self:
        """Adds `scored`, severity × likelihood: 1 to 25."""
        return self.annotate(scored=ExpressionWrapper(F("severity") * F("likelihood"), models.IntegerField()))

    def live(self) -> Self:
        """Those on which somebody has to act."""
        return self.filter(state__in=LIVE_RISKS)

    def below(self, node: models.Model) -> Self:
        """The risks of a strategic task, measure or milestone, and of all below it."""
        kind = node._meta.model_name
        if kind == "milestone":
            return self.filter(milestone=node)
        way = "path__contains" if kind == "measure" else "strategic_task"
        value = [node.pk] if kind == "measure" else node
        return self.filter(Q(**{f"measure__{way}": value}) | Q(**{f"milestone__measure__{way}": value}))

    def of_strategy(self, strategy: models.Model) -> Self:
        way = "strategic_task__strategy"
        return self.filter(Q(**{f"measure__{way}": strategy}) | Q(**{f"milestone__measure__{way}": strategy}))

    def with_waiting(self, user: Any) -> Self:
        """Adds `is_waiting`: live, a day for its decision is set, and no decision that the user sees answers it."""
        decision: Any = self.model._meta.get_field("decisions").related_model
        taken = decision._default_manager.visible_to(user).in_force().filter(risks=OuterRef("pk"))
        return self.annotate(is_waiting=Q(state__in=LIVE_RISKS, decide_by__isnull=False) & ~Exists(taken))

    def by_need(self) -> Self:
        """What must be decided first, and of the same day the graver one."""
        return self.with_score().order_by("decide_by", "-scored", "pk")


class MeetingQuerySet(VisibleQuerySet):
    tier_path = "tier"

    def held(self, *, by: date) -> Self:
        """Those held up to a day, the latest first."""
        return self.filter(status=MeetingStatus.HELD, meets_on__lte=by).order_by("-meets_on", "-pk")


class OfMeetingQuerySet(VisibleQuerySet):
    tier_path = "meeting__tier"


class DecisionQuerySet(VisibleQuerySet):
    """The stricter of the own tier and the meeting's."""

    def within(self, tier: int) -> Self:
        return self.filter(tier__lte=tier, meeting__tier__lte=tier)

    def in_force(self) -> Self:
        return self.exclude(state=DecisionState.WITHDRAWN)

    def overdue(self, *, on: date) -> Self:
        """Still to be done after the day by which they should have been."""
        return self.filter(state=DecisionState.OPEN, due_on__lt=on)


class DependencyQuerySet(VisibleQuerySet):
    """A dependency is seen by who sees both of its ends; it is planned with the one that waits."""

    tier_path = "successor__effective_tier"

    def within(self, tier: int) -> Self:
        return self.filter(predecessor__effective_tier__lte=tier, successor__effective_tier__lte=tier)

    def too_late(self, *, on: date, due: models.F | OuterRef) -> Self:
        """Dependencies whose predecessor, at the earliest, ends after `due` less the lag."""
        return self.with_end(on=on).filter(keeps_until__gt=due)

    def with_end(self, *, on: date) -> Self:
        """Adds `keeps_until`, the day on which the successor can end at the earliest; null where nothing is known.

        The predecessor's earliest end, and the lag. That end is the completion, else the forecast or the due date, and
        not before `on` where the predecessor is overdue; it stands for what is known today, unpropagated.
        """
        overdue = Q(predecessor__completed_on__isnull=True, predecessor__current_due__lt=on) & ~Q(
            predecessor__state__in=ENDED
        )
        finish = Coalesce("predecessor__completed_on", "predecessor__forecast", "predecessor__current_due")
        end = Case(When(overdue, then=Greatest(finish, Value(on))), default=finish)
        return self.filter(predecessor__in_scope=True).annotate(
            keeps_until=ExpressionWrapper(end + F("lag_days"), output_field=models.DateField())
        )


# Rows about people and their access; the log of these is for those who audit it.
PRIVATE_TABLES = (
    "accounts_user",
    "accounts_user_groups",
    "accounts_user_user_permissions",
    "accounts_membership",
    "accounts_delegation",
    "accounts_apitoken",
    "tasks_follow",
    "tasks_notificationpreference",
    "tasks_savedview",
)


class ChangeQuerySet(models.QuerySet):
    """A change is seen by who sees its row; what is deleted, by the highest clearance alone."""

    def visible_to(self, user: Any) -> Self:
        tier = clearance_of(user)
        if tier < Tier.PUBLIC:
            return self.none()
        rows = self if self._may_audit(user) else self.exclude(table__in=PRIVATE_TABLES)
        return rows if tier == Tier.RESTRICTED else rows.filter(self._of_visible_rows(user))

    def settled(self) -> Self:
        """Only rows older than every open transaction: later ones may still get rows before them."""
        oldest = Func(
            template="pg_snapshot_xmin(pg_current_snapshot())::text::bigint", output_field=models.BigIntegerField()
        )
        return self.filter(transaction_id__lt=oldest)

    @staticmethod
    def _may_audit(user: Any) -> bool:
        return user.is_authenticated and not user.roles.isdisjoint({"auditor", "administrator"})

    def _of_visible_rows(self, user: Any) -> Q:
        seen = Q(table__in=PRIVATE_TABLES)
        for model in apps.get_models():
            rows = model._default_manager.all()
            if model is self.model or not hasattr(rows, "visible_to"):
                continue
            table = Q(table=model._meta.db_table)
            if not isinstance(rows, OpenQuerySet):
                table &= Q(object_id__in=rows.visible_to(user).values("pk"))
            seen |= table
        return seen


class MilestoneQuerySet(VisibleQuerySet):
    def active(self) -> Self:
        """Neither ended nor cancelled."""
        return self.exclude(state__in=ENDED)

    def overdue(self, *, on: date) -> Self:
        return self.active().filter(current_due__lt=on)

    def with_open_report(self, user: Any) -> Self:
        """Adds `report_status` and `report_uuid` of the latest report that is a draft, returned or waits for review.

        None where there is none that the user may see; what was generated is nobody's report.
        """
        reports: Any = self.model._meta.get_field("reports").related_model
        open_ones = (*OPEN_TO_ITS_OFFICE, ReportStatus.SUBMITTED)
        rows = reports._default_manager.visible_to(user).filter(milestone=OuterRef("pk"), status__in=open_ones)
        latest = rows.exclude(confidence=Confidence.GENERATED).order_by("-created_at", "-pk")
        return self.annotate(
            report_status=Subquery(latest.values("status")[:1]), report_uuid=Subquery(latest.values("uuid")[:1])
        )

    def expected_in(self, first: date, last: date) -> Self:
        """Those of which a report on the days from `first` to `last` is expected: in scope, begun or due, not ended.

        One that was completed on one of these days is among them.
        """
        return self.filter(self._expected_in(first, last))

    def with_reported(self, first: date, last: date) -> Self:
        """Adds `is_reported`: whether a report on the days from `first` to `last` was filed, and not sent back.

        And `is_missing`: whether one is expected and was not filed.
        """
        reports: Any = self.model._meta.get_field("reports").related_model
        filed = (ReportStatus.SUBMITTED, ReportStatus.ACCEPTED)
        rows = reports._default_manager.filter(milestone=OuterRef("pk"), status__in=filed)
        found = self.annotate(is_reported=Exists(rows.filter(effective_on__range=(first, last))))
        missing = self._expected_in(first, last) & Q(is_reported=False)
        return found.annotate(is_missing=Case(When(missing, then=Value(True)), default=Value(False)))

    @staticmethod
    def _expected_in(first: date, last: date) -> Q:
        at_work = Q(state__in=(MilestoneState.IN_PROGRESS, MilestoneState.SUSPENDED))
        begun = at_work | Q(baseline_start__lte=last) | Q(current_due__lte=last)
        done = Q(state=MilestoneState.COMPLETED, completed_on__range=(first, last))
        return (~Q(state__in=ENDED) & begun | done) & Q(in_scope=True)

    def by_due(self) -> Self:
        """The earliest due first, undated ones last."""
        return self.order_by(F("current_due").asc(nulls_last=True), "code__natural")

    def with_light(self, *, on: date, tier: int) -> Self:
        """Adds `light` as of a day, from what a reader of this tier may know of predecessors."""
        return self.annotate(light=schedule_light(on=on, blocked=self._blocked(on=on, tier=tier)))

    def _blocked(self, *, on: date, tier: int) -> Exists:
        """A visible predecessor ends too late for the due date (it can end when that has ended, lag in days)."""
        dependency: Any = self.model._meta.get_field("predecessors").related_model
        rows = dependency._default_manager.filter(successor=OuterRef("pk"), predecessor__effective_tier__lte=tier)
        return Exists(rows.too_late(on=on, due=OuterRef("current_due")))


def schedule_light(*, on: date, blocked: Exists | Value) -> Case:
    """Overdue, at risk, due soon, on track, tested in this order; None for ended and undated milestones."""
    ended = Q(state__in=ENDED)
    return Case(
        When(ended | Q(current_due__isnull=True), then=Value(None)),
        When(current_due__lt=on, then=Value(ScheduleLight.OVERDUE)),
        When(Q(forecast__gt=F("current_due")) | Q(blocked), then=Value(ScheduleLight.AT_RISK)),
        When(current_due__lte=on + timedelta(days=DUE_SOON_DAYS), then=Value(ScheduleLight.DUE_SOON)),
        default=Value(ScheduleLight.ON_TRACK),
        output_field=models.CharField(),
    )
