"""Doors of the API to the nouns of the core, one view per noun."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, StreamingHttpResponse
from django.utils.functional import cached_property
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.routers import BaseRouter

from common import past
from common.api import ReadOnly
from common.files import stored_file
from common.tiers import clearance_of
from tasks import filters, models, record_filters, serializers
from tasks.api.waits import WithSchedule, WithWaiting
from tasks.models.figure import NodeKind
from tasks.querysets import known_on
from tasks.rollups import with_divergence, with_share
from tasks.schedule import Schedule, schedule


class StrategyViewSet(WithWaiting, ReadOnly):
    """Strategies: what was announced, its horizon, the thresholds of its lights."""

    dated = True
    queryset = models.Strategy.objects.all()
    serializer_class = serializers.StrategySerializer
    filterset_class = filters.StrategyFilter
    lookup_code = "slug"


class StrategicTaskViewSet(WithWaiting, ReadOnly):
    """The strategic tasks of a strategy."""

    dated = True
    queryset = models.StrategicTask.objects.all()
    serializer_class = serializers.StrategicTaskSerializer
    filterset_class = filters.StrategicTaskFilter
    lookup_code = "slug"


class MeasureViewSet(WithWaiting, ReadOnly):
    """Measures: the nodes of the tree under a strategic task."""

    dated = True
    queryset = models.Measure.objects.all()
    serializer_class = serializers.MeasureSerializer
    filterset_class = filters.MeasureFilter
    lookup_code = "code"


class CommitmentViewSet(ReadOnly):
    """What the announcement promised, and the latest verdict on it."""

    dated = True
    queryset = models.Commitment.objects.all()
    serializer_class = serializers.CommitmentSerializer
    filterset_class = filters.CommitmentFilter
    lookup_code = "code"

    def prepare(self, rows: QuerySet) -> QuerySet:
        latest = models.CommitmentVerdict.objects.filter(commitment=OuterRef("pk")).order_by("-judged_on", "-pk")
        return rows.annotate(verdict=Subquery(latest.values("value")[:1]))


class MilestoneViewSet(WithSchedule, ReadOnly):
    """Milestones: every dated step anywhere, with its schedule light as of today."""

    dated = True
    queryset = models.Milestone.objects.all()
    serializer_class = serializers.MilestoneSerializer
    filterset_class = filters.MilestoneFilter
    lookup_code = "code"

    def prepare(self, rows: Any) -> QuerySet:
        tier = clearance_of(self.request.user)
        return with_share(rows.with_light(on=past.day(), tier=tier), kind=NodeKind.MILESTONE, tier=tier)


class DependencyViewSet(ReadOnly):
    """Which milestone waits for which: it can end when the other has ended, with a lag in calendar days."""

    dated = True
    queryset = models.Dependency.objects.all()
    serializer_class = serializers.DependencySerializer
    filterset_class = record_filters.DependencyFilter

    @cached_property
    def schedule(self) -> Schedule:
        return schedule(self.request.user)

    def get_serializer_context(self) -> dict[str, Any]:
        return super().get_serializer_context() | {"schedule": lambda: self.schedule}


class PlanVersionViewSet(ReadOnly):
    """What the plan of a task, measure or milestone was from a day on."""

    dated = True
    queryset = models.PlanVersion.objects.all()
    serializer_class = serializers.PlanVersionSerializer
    filterset_class = record_filters.PlanVersionFilter

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.annotate(known_on=known_on("recorded_at"))


class BudgetLineViewSet(ReadOnly):
    """Budget lines with the latest level of every phase, in whole won."""

    dated = True
    queryset = models.BudgetLine.objects.all()
    serializer_class = serializers.BudgetLineSerializer
    filterset_class = filters.BudgetLineFilter
    lookup_code = "key"


class BudgetEntryViewSet(ReadOnly):
    """The levels of money as they were recorded; a restatement is a further entry. `is_standing` marks today's."""

    dated = True
    queryset = models.BudgetEntry.objects.all()
    serializer_class = serializers.BudgetEntrySerializer
    filterset_class = record_filters.BudgetEntryFilter

    def prepare(self, rows: Any) -> QuerySet:
        return rows.with_standing()


class IndicatorViewSet(ReadOnly):
    """Indicators with their baseline and dated targets."""

    dated = True
    queryset = models.Indicator.objects.all()
    serializer_class = serializers.IndicatorSerializer
    filterset_class = filters.IndicatorFilter
    lookup_code = "key"


class IndicatorObservationViewSet(ReadOnly):
    """Values that were observed. The same day and method again restates; `is_standing` marks what counts."""

    dated = True
    queryset = models.IndicatorObservation.objects.all()
    serializer_class = serializers.IndicatorObservationSerializer
    filterset_class = record_filters.IndicatorObservationFilter

    def prepare(self, rows: Any) -> QuerySet:
        return rows.with_standing()


class AssessmentViewSet(ReadOnly):
    """Lights that ministries declare and the coordinating office gives, with recovery plans and disputes.

    They stand beside the computed light, never averaged into it. A later light of the same kind restates.
    """

    dated = True
    queryset = models.Assessment.objects.all()
    serializer_class = serializers.AssessmentSerializer
    filterset_class = record_filters.AssessmentFilter

    def prepare(self, rows: Any) -> QuerySet:
        return with_divergence(rows.with_open_ends(), tier=clearance_of(self.request.user))


class RiskViewSet(ReadOnly):
    """Risks of measures and milestones: their score, who deals with them, and what must be decided by when."""

    dated = True
    queryset = models.Risk.objects.all()
    serializer_class = serializers.RiskSerializer
    filterset_class = record_filters.RiskFilter

    def prepare(self, rows: Any) -> QuerySet:
        return rows.with_score().with_waiting(self.request.user)


class MeetingViewSet(ReadOnly):
    """Meetings, planned and held, with agenda and minutes."""

    dated = True
    queryset = models.Meeting.objects.all()
    serializer_class = serializers.MeetingSerializer
    filterset_class = record_filters.MeetingFilter


class DecisionViewSet(ReadOnly):
    """What meetings decided, who carries it out by when, and the milestones of the follow-up."""

    dated = True
    queryset = models.Decision.objects.all()
    serializer_class = serializers.DecisionSerializer
    filterset_class = record_filters.DecisionFilter


class BillViewSet(WithWaiting, ReadOnly):
    """Laws on their way, stage by stage."""

    dated = True
    queryset = models.Bill.objects.all()
    serializer_class = serializers.BillSerializer
    filterset_class = filters.BillFilter
    lookup_code = "key"


class LegislativeStepViewSet(ReadOnly):
    """The steps of the legislative procedure: how long each usually takes, and what the law says of it."""

    queryset = models.LegislativeStep.objects.all()
    serializer_class = serializers.LegislativeStepSerializer
    filterset_class = filters.LegislativeStepFilter
    lookup_code = "stage"


class RegionViewSet(ReadOnly):
    """The provinces."""

    queryset = models.Region.objects.all()
    serializer_class = serializers.RegionSerializer
    filterset_class = filters.RegionFilter
    lookup_code = "key"


class StatusReportViewSet(ReadOnly):
    """Status reports: the only way a milestone moves."""

    dated = True
    queryset = models.StatusReport.objects.all()
    serializer_class = serializers.StatusReportSerializer
    filterset_class = record_filters.StatusReportFilter

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.annotate(known_on=known_on("accepted_at"))


class EvidenceViewSet(ReadOnly):
    """Evidence of milestones: files with their digest, and links. What was withdrawn stays, and says since when."""

    dated = True
    queryset = models.Evidence.objects.all()
    serializer_class = serializers.EvidenceSerializer
    filterset_class = record_filters.EvidenceFilter

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}, summary="The file itself")
    @action(detail=True)
    def file(self, request: Any, **_kwargs: Any) -> StreamingHttpResponse:
        row: models.Evidence = self.get_object()
        if not row.stored_as:
            raise Http404
        return stored_file(row.stored_as, name=row.name, content_type=row.content_type)


def register(router: BaseRouter) -> None:
    router.register("strategies", StrategyViewSet, "strategy")
    router.register("strategic-tasks", StrategicTaskViewSet, "strategic-task")
    router.register("measures", MeasureViewSet, "measure")
    router.register("commitments", CommitmentViewSet, "commitment")
    router.register("milestones", MilestoneViewSet, "milestone")
    router.register("dependencies", DependencyViewSet, "dependency")
    router.register("plan-versions", PlanVersionViewSet, "plan-version")
    router.register("budget-lines", BudgetLineViewSet, "budget-line")
    router.register("budget-entries", BudgetEntryViewSet, "budget-entry")
    router.register("indicators", IndicatorViewSet, "indicator")
    router.register("indicator-observations", IndicatorObservationViewSet, "indicator-observation")
    router.register("assessments", AssessmentViewSet, "assessment")
    router.register("risks", RiskViewSet, "risk")
    router.register("meetings", MeetingViewSet, "meeting")
    router.register("decisions", DecisionViewSet, "decision")
    router.register("bills", BillViewSet, "bill")
    router.register("legislative-steps", LegislativeStepViewSet, "legislative-step")
    router.register("regions", RegionViewSet, "region")
    router.register("status-reports", StatusReportViewSet, "status-report")
    router.register("evidence", EvidenceViewSet, "evidence")
