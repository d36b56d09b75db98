"""FilterSets of what is recorded row by row: dependencies, plan versions, reports, entries, observations, lights."""

from typing import Any, ClassVar

import django_filters
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from common import past
from common.filters import NounFilter, NumbersFilter, ReferenceFilter, YesNoFilter, ordering_by, visible
from tasks.choices import ENDED, LIVE_RISKS, OPEN_TO_ITS_OFFICE, RISK_LEVELS, ReportStatus, RiskLevel
from tasks.filters import (
    CHOICE,
    CODED,
    DATE,
    MINISTRY_NAMES,
    TITLES,
    MilestoneFilter,
    names_at,
    of_measure,
    of_milestone,
    of_ministry,
    of_task,
    one_of,
)
from tasks.models import (
    Assessment,
    BudgetEntry,
    BudgetLine,
    Decision,
    Dependency,
    Evidence,
    Indicator,
    IndicatorObservation,
    Measure,
    Meeting,
    Notification,
    PlanVersion,
    Risk,
    StatusReport,
    StrategicTask,
    Strategy,
)
from tasks.month_filter import MonthFilter


class RestatesFilter(YesNoFilter):
    """Rows that became known later than the day from which they hold: they changed what was known of the past.

    Needs the annotation `known_on`.
    """

    def __init__(self) -> None:
        super().__init__(label=_("Became known late"))

    def filter(self, qs: QuerySet, value: bool | None) -> QuerySet:
        if value is None:
            return qs
        later = Q(known_on__gt=F("effective_on"))
        not_later = Q(known_on__lte=F("effective_on")) | Q(known_on=None)
        return qs.filter(later if value else not_later)


class DependencyFilter(NounFilter):
    search_in = (*names_at("predecessor", (*CODED, "state")), *names_at("successor", (*CODED, "state")))
    on_page = ("search", "predecessor_task", "predecessor_ministry", "successor_task", "successor_ministry", "waiting")
    predecessor = of_milestone("predecessor", _("Predecessor"))
    predecessor_task = of_task("predecessor__measure__strategic_task", _("Strategic task of the predecessor"))
    predecessor_ministry = of_ministry("predecessor__responsible_ministry", _("Ministry of the predecessor"))
    successor = of_milestone("successor", _("Successor"))
    successor_task = of_task("successor__measure__strategic_task", _("Strategic task of the successor"))
    successor_ministry = of_ministry("successor__responsible_ministry", _("Ministry of the successor"))
    waiting = YesNoFilter(
        method="filter_waiting", label=_("Still waiting"), help_text=_("“Yes”: neither of the two has ended.")
    )
    ordering = ordering_by("lag_days", predecessor__code="predecessor", successor__code="successor")

    class Meta:
        model = Dependency
        fields: ClassVar = {"lag_days": ["exact", "lte", "gte"]}

    def filter_waiting(self, queryset: QuerySet, name: str, value: bool) -> QuerySet:
        ended = Q(predecessor__state__in=ENDED) | Q(successor__state__in=ENDED)
        return queryset.filter(~ended if value else ended)


def to_report() -> Q:
    """Milestones that wait for a report: one is expected of the month or was returned, and none waits for review.

    Needs `with_open_report` and `with_reported`.
    """
    not_filed = Q(report_status=None) | Q(report_status__in=OPEN_TO_ITS_OFFICE)
    return not_filed & (Q(is_missing=True) | Q(report_status=ReportStatus.RETURNED))


class MyWorkFilter(MilestoneFilter):
    """Needs the annotations `light`, `report_status` (`with_open_report`) and `is_missing` (`with_reported`)."""

    on_page = ("search", "month", "strategic_task", "state", "light", "report", "waiting")  # type: ignore[assignment]
    month = MonthFilter()
    report = django_filters.ChoiceFilter(
        field_name="report_status",
        choices=[each for each in ReportStatus.choices if each[0] in ("draft", "returned", "submitted")],
        label=_("Report"),
    )
    waiting = YesNoFilter(
        method="filter_waiting",
        label=_("To report"),
        help_text=_("“Yes”: begun or due and not reported for the month yet, or returned."),
    )

    def filter_waiting(self, queryset: QuerySet, name: str, value: bool) -> QuerySet:
        found = queryset.filter(to_report())
        return found if value else queryset.exclude(pk__in=found.order_by().values("pk"))


class PlanVersionFilter(NounFilter):
    search_in = (
        "strategic_task__slug",
        *names_at("strategic_task", TITLES),
        *names_at("measure", CODED),
        *names_at("milestone", CODED),
        *names_at("ministry", MINISTRY_NAMES),
        "scope",
        "reason",
    )
    on_page = ("search", "strategic_task", "ministry", "effective_on__gte", "effective_on__lte", "restates")
    strategic_task = of_task()
    measure = of_measure()
    milestone = of_milestone()
    ministry = of_ministry()
    restates = RestatesFilter()
    ordering = ordering_by("effective_on", "recorded_at")

    class Meta:
        model = PlanVersion
        fields: ClassVar = {"effective_on": DATE, "recorded_at": ["lte", "gte"], "scope": CHOICE}


class StatusReportFilter(NounFilter):
    search_in = (
        *names_at("milestone", CODED),
        *names_at("ministry", MINISTRY_NAMES),
        "result",
        "next_plan",
        "issues",
        "reason",
        "status",
        "verb",
        "state",
    )
    on_page = ("search", "strategic_task", "ministry", "status", "effective_on__gte", "effective_on__lte", "restates")
    strategic_task = of_task("milestone__measure__strategic_task")
    measure = of_measure("milestone__measure")
    milestone = of_milestone()
    ministry = of_ministry()
    restates = RestatesFilter()
    ordering = ordering_by("effective_on", "created_at", "accepted_at")

    class Meta:
        model = StatusReport
        fields: ClassVar = {
            "status": CHOICE,
            "verb": CHOICE,
            "state": CHOICE,
            "effective_on": DATE,
            "accepted_at": ["lte", "gte", "isnull"],
            "confidence": CHOICE,
        }


class EvidenceFilter(NounFilter):
    search_in = (
        *names_at("milestone", CODED),
        *names_at("milestone__responsible_ministry", MINISTRY_NAMES),
        "title",
        "name",
        "url",
        "kind",
    )
    on_page = ("search", "strategic_task", "ministry", "kind", "withdrawn")
    labels: ClassVar = {"kind": _("Kind of evidence")}
    strategic_task = of_task("milestone__measure__strategic_task")
    measure = of_measure("milestone__measure")
    milestone = of_milestone()
    ministry = of_ministry("milestone__responsible_ministry")
    withdrawn = YesNoFilter(field_name="withdrawn_at", lookup_expr="isnull", exclude=True, label=_("Withdrawn"))
    ordering = ordering_by("recorded_at", "kind", "size", milestone__code="milestone")

    class Meta:
        model = Evidence
        fields: ClassVar = {"kind": CHOICE, "recorded_at": ["lte", "gte"], "sha256": ["exact"]}


class BudgetEntryFilter(NounFilter):
    """Needs the annotation `is_standing` (`with_standing`)."""

    search_in = (
        "line__key",
        *names_at("line", TITLES),
        "line__measure__code",
        *names_at("line__ministry", MINISTRY_NAMES),
        "phase",
    )
    on_page = ("search", "strategic_task", "phase", "ministry", "line__fiscal_year", "stands")
    line = one_of(BudgetLine, "line", "key")
    strategic_task = of_task("line__measure__strategic_task")
    measure = of_measure("line__measure")
    stands = YesNoFilter(field_name="is_standing", label=_("Stands today"))
    ministry = of_ministry("line__ministry")
    line__fiscal_year = django_filters.NumberFilter(label=_("Fiscal year"))
    line__fiscal_year__in = NumbersFilter(field_name="line__fiscal_year", lookup_expr="in", label=_("Fiscal years"))
    ordering = ordering_by("effective_on", "amount_won", "recorded_at")

    class Meta:
        model = BudgetEntry
        fields: ClassVar = {
            "phase": CHOICE,
            "effective_on": DATE,
            "amount_won": ["lte", "gte"],
            "confidence": CHOICE,
        }


class IndicatorObservationFilter(NounFilter):
    search_in = (
        "indicator__key",
        *names_at("indicator", (*TITLES, "unit_ko", "unit_en")),
        "indicator__measure__code",
        "method",
    )
    on_page = ("search", "indicator", "observed_on__gte", "observed_on__lte")
    indicator = one_of(Indicator, "indicator", "key")
    measure = of_measure("indicator__measure")
    ordering = ordering_by("observed_on", "value")

    class Meta:
        model = IndicatorObservation
        fields: ClassVar = {"observed_on": DATE, "value": ["lte", "gte"], "method": ["exact"], "confidence": CHOICE}


class AssessmentFilter(NounFilter):
    """Needs the annotations of `with_open_ends` and `divergence`."""

    search_in = (
        *names_at("strategic_task", ("slug", *TITLES)),
        *names_at("measure", CODED),
        *names_at("ministry", MINISTRY_NAMES),
        "kind",
        "light",
        "reason",
    )
    on_page = ("search", "ministry", "kind", "light", "standing", "plan_asked", "disputed", "diverging")
    labels: ClassVar = {"kind": _("Whose light")}

    strategic_task = ReferenceFilter(
        queryset=visible(StrategicTask),
        to_field_name="slug",
        method="filter_task",
        label=_("Strategic task with all below it"),
    )
    measure = of_measure()
    ministry = of_ministry(label=_("Lead ministry"))
    standing = YesNoFilter(field_name="is_standing", label=_("Standing"))
    plan_asked = YesNoFilter(field_name="plan_is_asked", label=_("Recovery plan asked for"))
    disputed = YesNoFilter(field_name="is_disputed", label=_("Dispute open"))
    diverging = YesNoFilter(method="filter_diverging", label=_("Lights apart"))
    ordering = ordering_by("assessed_on", "recorded_at")

    class Meta:
        model = Assessment
        fields: ClassVar = {"kind": CHOICE, "light": CHOICE, "assessed_on": DATE, "confidence": CHOICE}

    def filter_task(self, queryset: QuerySet, name: str, value: StrategicTask | None) -> QuerySet:
        if value is None:
            return queryset
        return queryset.filter(Q(strategic_task=value) | Q(measure__strategic_task=value))

    def filter_diverging(self, queryset: QuerySet, name: str, value: bool) -> QuerySet:
        apart = Q(divergence__gte=1)
        return queryset.filter(apart) if value else queryset.filter(~apart | Q(divergence__isnull=True))


class RiskFilter(NounFilter):
    """Needs the annotations of `with_score` and `with_waiting`."""

    search_in = (
        *TITLES,
        *names_at("measure", CODED),
        *names_at("milestone", CODED),
        *names_at("ministry", MINISTRY_NAMES),
        *names_at("office"),
        "state",
    )
    on_page = ("search", "strategic_task", "ministry", "state", "level", "waiting")
    strategy = ReferenceFilter(
        queryset=visible(Strategy), to_field_name="slug", method="filter_strategy", label=_("Strategy")
    )
    labels: ClassVar = {"ministry": _("Owner ministry")}

    strategic_task = ReferenceFilter(
        queryset=visible(StrategicTask), to_field_name="slug", method="filter_below", label=_("Strategic task")
    )
    below = ReferenceFilter(
        queryset=visible(Measure), to_field_name="code", method="filter_below", label=_("Measure with all below it")
    )
    measure = of_measure()
    milestone = of_milestone()
    ministry = of_ministry(label=_("Owner ministry"))
    live = YesNoFilter(method="filter_live", label=_("Open or occurred"))
    level = django_filters.ChoiceFilter(choices=RiskLevel.choices, method="filter_level", label=_("Level of the risk"))
    score__gte = django_filters.NumberFilter(field_name="scored", lookup_expr="gte", label=_("Score: from"))
    score__lte = django_filters.NumberFilter(field_name="scored", lookup_expr="lte", label=_("Score: to"))
    waiting = YesNoFilter(field_name="is_waiting", label=_("Needs a decision"))
    ordering = ordering_by("raised_on", "decide_by", "severity", "likelihood", scored="score")

    class Meta:
        model = Risk
        fields: ClassVar = {
            "state": CHOICE,
            "severity": ["exact", "gte", "lte"],
            "likelihood": ["exact", "gte", "lte"],
            "decide_by": DATE,
            "raised_on": DATE,
            "confidence": CHOICE,
        }

    def filter_below(self, queryset: Any, name: str, value: Any) -> QuerySet:
        return queryset if value is None else queryset.below(value)

    def filter_strategy(self, queryset: Any, name: str, value: Any) -> QuerySet:
        return queryset if value is None else queryset.of_strategy(value)

    def filter_live(self, queryset: QuerySet, name: str, value: bool) -> QuerySet:
        return queryset.filter(state__in=LIVE_RISKS) if value else queryset.exclude(state__in=LIVE_RISKS)

    def filter_level(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        lowest = RISK_LEVELS[RiskLevel(value)]
        above = min((least for least in RISK_LEVELS.values() if least > lowest), default=None)
        rows = queryset.filter(scored__gte=lowest)
        return rows if above is None else rows.filter(scored__lt=above)


class MeetingFilter(NounFilter):
    search_in = (*TITLES, "kind", "status", "place", *names_at("chair", MINISTRY_NAMES))
    on_page = ("search", "kind", "status", "participant", "meets_on__gte", "meets_on__lte")
    chair = of_ministry("chair", _("Ministry in the chair"))
    participant = of_ministry("participants", _("Ministry taking part"))
    ordering = ordering_by("meets_on", "status", "kind")

    class Meta:
        model = Meeting
        fields: ClassVar = {"kind": CHOICE, "status": CHOICE, "meets_on": DATE, "confidence": CHOICE}


class DecisionFilter(NounFilter):
    search_in = (
        "text_ko",
        "text_en",
        "outcome",
        "state",
        *names_at("meeting", TITLES),
        *names_at("ministry", MINISTRY_NAMES),
        *names_at("office"),
    )
    on_page = ("search", "ministry", "state", "late", "due_on__gte", "due_on__lte")
    meeting = one_of(Meeting, "meeting", "uuid")
    ministry = of_ministry(label=_("Responsible ministry"))
    milestone = of_milestone("milestones")
    risk = one_of(Risk, "risks", "uuid")
    late = YesNoFilter(method="filter_late", label=_("Overdue"))
    ordering = ordering_by("decided_on", "due_on", "state")

    class Meta:
        model = Decision
        fields: ClassVar = {"state": CHOICE, "decided_on": DATE, "due_on": DATE, "confidence": CHOICE}

    def filter_late(self, queryset: QuerySet, name: str, value: bool) -> QuerySet:
        late = Q(pk__in=Decision.objects.visible_to(self.request.user).overdue(on=past.day()).values("pk"))
        return queryset.filter(late if value else ~late)


class ReviewFilter(NounFilter):
    search_in = (
        *names_at("milestone", CODED), *names_at("ministry", MINISTRY_NAMES), "result", "issues", "reason", "state",
    )  # fmt: skip
    on_page = ("search", "strategic_task", "ministry", "verb")
    strategic_task = of_task("milestone__measure__strategic_task")
    ministry = of_ministry()
    ordering = ordering_by("submitted_at")

    class Meta:
        model = StatusReport
        fields: ClassVar = {"verb": CHOICE}


class NotificationFilter(NounFilter):
    """Of the own notifications; their words are made when they are read, so there is nothing to search in."""

    search = None
    on_page = ("unread", "kind")
    unread = YesNoFilter(field_name="read_at", lookup_expr="isnull", label=_("Unread"))
    ordering = ordering_by("at")

    class Meta:
        model = Notification
        fields: ClassVar = {"kind": CHOICE}
