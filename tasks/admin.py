"""Reference data of the core in Django admin. What only actions write stands here to be read."""

from django.contrib import admin

from common.admin import LoggedAdmin, ReadOnlyAdmin
from tasks.models import (
    Assessment,
    Bill,
    BudgetEntry,
    BudgetLine,
    Change,
    Commitment,
    Indicator,
    IndicatorObservation,
    LegislativeStep,
    Mail,
    Measure,
    Milestone,
    Region,
    ReportingPeriod,
    RollupPass,
    StatusReport,
    StrategicTask,
    Strategy,
    Technology,
)


@admin.register(Region)
class RegionAdmin(LoggedAdmin):
    list_display = ("key", "code", "name_ko", "name_en")
    search_fields = ("key", "name_ko", "name_en")


@admin.register(Technology)
class TechnologyAdmin(LoggedAdmin):
    list_display = ("number", "key", "name_ko", "name_en")
    search_fields = ("key", "name_ko", "name_en")


@admin.register(LegislativeStep)
class LegislativeStepAdmin(LoggedAdmin):
    list_display = ("number", "stage", "name_ko", "typical_days_min", "typical_days_max")
    search_fields = ("name_ko", "name_en")


@admin.register(Strategy)
class StrategyAdmin(LoggedAdmin):
    list_display = ("slug", "title_ko", "announced_on", "review_steps")


@admin.register(StrategicTask)
class StrategicTaskAdmin(ReadOnlyAdmin):
    list_display = ("number", "slug", "title_ko", "weight")


@admin.register(Measure, Commitment)
class CodedAdmin(ReadOnlyAdmin):
    list_display = ("code", "title_ko")
    search_fields = ("code", "title_ko", "title_en")


@admin.register(Milestone)
class MilestoneAdmin(ReadOnlyAdmin):
    list_display = ("code", "title_ko", "state", "progress_bp", "current_due", "completed_on")
    list_filter = ("state",)
    search_fields = ("code", "title_ko", "title_en")


@admin.register(StatusReport)
class StatusReportAdmin(ReadOnlyAdmin):
    list_display = ("milestone", "verb", "status", "effective_on", "author", "created_at")
    list_filter = ("status", "verb")
    list_select_related = ("milestone", "author")


@admin.register(Assessment)
class AssessmentAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "kind", "light", "assessed_on", "author", "recorded_at")
    list_filter = ("kind", "light")
    list_select_related = ("strategic_task", "measure", "author")


@admin.register(BudgetLine, Indicator, Bill)
class KeyedAdmin(ReadOnlyAdmin):
    list_display = ("key", "__str__")
    search_fields = ("key",)


@admin.register(BudgetEntry)
class BudgetEntryAdmin(ReadOnlyAdmin):
    list_display = ("line", "phase", "amount_won", "effective_on", "recorded_at")
    list_filter = ("phase",)
    list_select_related = ("line",)


@admin.register(IndicatorObservation)
class IndicatorObservationAdmin(ReadOnlyAdmin):
    list_display = ("indicator", "observed_on", "value", "method", "recorded_at")
    list_select_related = ("indicator",)


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    list_display = ("recipient", "is_digest", "created_at", "state", "attempts", "error")
    list_select_related = ("recipient",)


@admin.register(ReportingPeriod)
class ReportingPeriodAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "strategy", "due_on", "state")


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    """The log itself; superusers alone reach it here, since it names rows of every tier."""

    list_display = ("sequence", "at", "actor_id", "door", "verb", "table", "object_id")
    list_filter = ("door", "table")

    def has_view_permission(self, request: object, obj: object = None) -> bool:
        user = request.user  # type: ignore[attr-defined]
        return bool(user.is_superuser and user.clearance == 3)


@admin.register(RollupPass)
class RollupPassAdmin(ReadOnlyAdmin):
    list_display = ("as_of", "finished_at", "changed", "drift")
