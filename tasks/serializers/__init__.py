"""How the nouns of the core are shown by the API; they parse and present, and never save."""

from tasks.serializers.assessments import AssessmentSerializer
from tasks.serializers.meetings import DecisionSerializer, MeetingSerializer, RiskSerializer
from tasks.serializers.money import BudgetEntrySerializer, BudgetLineSerializer
from tasks.serializers.outcomes import (
    BillSerializer,
    IndicatorObservationSerializer,
    IndicatorSerializer,
    LegislativeStepSerializer,
)
from tasks.serializers.periods import ReportingPeriodSerializer, SnapshotSerializer
from tasks.serializers.plan import (
    CommitmentSerializer,
    DependencySerializer,
    MeasureSerializer,
    MilestoneSerializer,
    PlanVersionSerializer,
    RegionSerializer,
    StrategicTaskSerializer,
    StrategySerializer,
)
from tasks.serializers.reports import EvidenceSerializer, StatusReportSerializer

__all__ = [
    "AssessmentSerializer",
    "BillSerializer",
    "BudgetEntrySerializer",
    "BudgetLineSerializer",
    "CommitmentSerializer",
    "DecisionSerializer",
    "DependencySerializer",
    "EvidenceSerializer",
    "IndicatorObservationSerializer",
    "IndicatorSerializer",
    "LegislativeStepSerializer",
    "MeasureSerializer",
    "MeetingSerializer",
    "MilestoneSerializer",
    "PlanVersionSerializer",
    "RegionSerializer",
    "ReportingPeriodSerializer",
    "RiskSerializer",
    "SnapshotSerializer",
    "StatusReportSerializer",
    "StrategicTaskSerializer",
    "StrategySerializer",
]
