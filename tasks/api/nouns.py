"""Doors of the API to the nouns of the core, one view per noun."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from rest_framework.routers import BaseRouter

from common.api import ReadOnly
from common.tiers import clearance_of
from tasks import filters, models, serializers
from tasks.models.figure import NodeKind
from tasks.rollups import with_share
from tasks.rollups.money import with_standing


class StrategyViewSet(ReadOnly):
    """Strategies: what was announced, its horizon, the thresholds of its lights."""

    queryset = models.Strategy.objects.all()
    serializer_class = serializers.StrategySerializer
    filterset_class = filters.StrategyFilter
    lookup_code = "slug"


class StrategicTaskViewSet(ReadOnly):
    """The strategic tasks of a strategy."""

    queryset = models.StrategicTask.objects.all()
    serializer_class = serializers.StrategicTaskSerializer
    filterset_class = filters.StrategicTaskFilter
    lookup_code = "slug"


class MeasureViewSet(ReadOnly):
    """Measures: the nodes of the tree under a strategic task."""

    queryset = models.Measure.objects.all()
    serializer_class = serializers.MeasureSerializer
    filterset_class = filters.MeasureFilter
    lookup_code = "code"


class CommitmentViewSet(ReadOnly):
    """What the announcement promised, and the latest verdict on it."""

    queryset = models.Commitment.objects.all()
    serializer_class = serializers.CommitmentSerializer
    filterset_class = filters.CommitmentFilter
    lookup_code = "code"

    def prepare(self, rows: QuerySet) -> QuerySet:
        latest = models.CommitmentVerdict.objects.filter(commitment=OuterRef("pk")).order_by("-judged_on", "-pk")
        return rows.annotate(verdict=Subquery(latest.values("value")[:1]))


class MilestoneViewSet(ReadOnly):
    """Milestones: every dated step anywhere, with its schedule light as of today."""

    queryset = models.Milestone.objects.all()
    serializer_class = serializers.MilestoneSerializer
    filterset_class = filters.MilestoneFilter
    lookup_code = "code"

    def prepare(self, rows: Any) -> QuerySet:
        tier = clearance_of(self.request.user)
        return with_share(rows.with_light(on=timezone.localdate(), tier=tier), kind=NodeKind.MILESTONE, tier=tier)


class DependencyViewSet(ReadOnly):
    """Which milestone waits for which: finish to start, with a lag in calendar days."""

    queryset = models.Dependency.objects.all()
    serializer_class = serializers.DependencySerializer
    filterset_class = filters.DependencyFilter


class PlanVersionViewSet(ReadOnly):
    """What the plan of a task, measure or milestone was from a day on."""

    queryset = models.PlanVersion.objects.all()
    serializer_class = serializers.PlanVersionSerializer
    filterset_class = filters.PlanVersionFilter


class BudgetLineViewSet(ReadOnly):
    """Budget lines with the latest level of every phase, in whole won."""

    queryset = models.BudgetLine.objects.all()
    serializer_class = serializers.BudgetLineSerializer
    filterset_class = filters.BudgetLineFilter
    lookup_code = "key"


class BudgetEntryViewSet(ReadOnly):
    """The levels of money as they were recorded; a restatement is a further entry. `is_standing` marks today's."""

    queryset = models.BudgetEntry.objects.all()
    serializer_class = serializers.BudgetEntrySerializer
    filterset_class = filters.BudgetEntryFilter

    def prepare(self, rows: Any) -> QuerySet:
        return with_standing(rows)


class IndicatorViewSet(ReadOnly):
    """Indicators with their baseline and dated targets."""

    queryset = models.Indicator.objects.all()
    serializer_class = serializers.IndicatorSerializer
    filterset_class = filters.IndicatorFilter
    lookup_code = "key"


class IndicatorObservationViewSet(ReadOnly):
    """Values that were observed. The same day and method again restates; `is_standing` marks what counts."""

    queryset = models.IndicatorObservation.objects.all()
    serializer_class = serializers.IndicatorObservationSerializer
    filterset_class = filters.IndicatorObservationFilter

    def prepare(self, rows: Any) -> QuerySet:
        return rows.with_standing()


class BillViewSet(ReadOnly):
    """Laws on their way, stage by stage."""

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


class ReportingPeriodViewSet(ReadOnly):
    """The months that are reported on."""

    queryset = models.ReportingPeriod.objects.all()
    serializer_class = serializers.ReportingPeriodSerializer
    filterset_class = filters.ReportingPeriodFilter


class StatusReportViewSet(ReadOnly):
    """Status reports: the only way a milestone moves."""

    queryset = models.StatusReport.objects.all()
    serializer_class = serializers.StatusReportSerializer
    filterset_class = filters.StatusReportFilter


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
    router.register("bills", BillViewSet, "bill")
    router.register("legislative-steps", LegislativeStepViewSet, "legislative-step")
    router.register("regions", RegionViewSet, "region")
    router.register("reporting-periods", ReportingPeriodViewSet, "reporting-period")
    router.register("status-reports", StatusReportViewSet, "status-report")
