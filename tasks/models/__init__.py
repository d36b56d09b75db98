"""The nouns of the core, one per file."""

from tasks.models.assessment import Assessment, Dispute, RecoveryPlan
from tasks.models.bill import Bill, BillStage, LegislativeStep
from tasks.models.budget import BudgetEntry, BudgetLine
from tasks.models.change import Change
from tasks.models.change_set import ChangeSet
from tasks.models.comment import Comment
from tasks.models.commitment import Commitment, CommitmentVerdict
from tasks.models.dependency import Dependency
from tasks.models.evidence import Evidence
from tasks.models.figure import (
    CountedMilestone,
    CountedNode,
    CurvePoint,
    Figure,
    KeptDay,
    KeptFigure,
    KeptOutlook,
    NewShare,
    RollupPass,
    Share,
)
from tasks.models.follow import Follow
from tasks.models.import_upload import ImportUpload
from tasks.models.indicator import Indicator, IndicatorObservation, IndicatorTarget
from tasks.models.measure import Measure, MeasureCooperation
from tasks.models.meeting import AgendaItem, Decision, Meeting
from tasks.models.milestone import Milestone
from tasks.models.money import KeptMoney, MoneyFigure, MoneyPass
from tasks.models.notification import Mail, Notification, NotificationCursor, NotificationPreference
from tasks.models.outbox import OutboxJob
from tasks.models.period import ReportingPeriod
from tasks.models.plan_version import PlanVersion
from tasks.models.region import Region
from tasks.models.risk import Risk
from tasks.models.saved_view import SavedView
from tasks.models.snapshot import Snapshot, SnapshotFigure
from tasks.models.status_report import StatusReport
from tasks.models.strategic_task import StrategicTask
from tasks.models.strategy import Strategy
from tasks.models.technology import Technology

__all__ = [
    "AgendaItem",
    "Assessment",
    "Bill",
    "BillStage",
    "BudgetEntry",
    "BudgetLine",
    "Change",
    "ChangeSet",
    "Comment",
    "Commitment",
    "CommitmentVerdict",
    "CountedMilestone",
    "CountedNode",
    "CurvePoint",
    "Decision",
    "Dependency",
    "Dispute",
    "Evidence",
    "Figure",
    "Follow",
    "ImportUpload",
    "Indicator",
    "IndicatorObservation",
    "IndicatorTarget",
    "KeptDay",
    "KeptFigure",
    "KeptMoney",
    "KeptOutlook",
    "LegislativeStep",
    "Mail",
    "Measure",
    "MeasureCooperation",
    "Meeting",
    "Milestone",
    "MoneyFigure",
    "MoneyPass",
    "NewShare",
    "Notification",
    "NotificationCursor",
    "NotificationPreference",
    "OutboxJob",
    "PlanVersion",
    "RecoveryPlan",
    "Region",
    "ReportingPeriod",
    "Risk",
    "RollupPass",
    "SavedView",
    "Share",
    "Snapshot",
    "SnapshotFigure",
    "StatusReport",
    "StrategicTask",
    "Strategy",
    "Technology",
]
