"""What a reporting period asks of a report: which one it belongs to, and that it is filed before a closing or after."""

from datetime import date

from django.db import connection

from tasks.choices import PeriodState
from tasks.models import Milestone, ReportingPeriod


def let_no_period_close() -> None:
    """What is filed or accepted lies before a closing or after it, never half of each: one waits for the other.

    A closing holds the table alone for as long as it computes what it publishes.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE tasks_reportingperiod IN ROW SHARE MODE")


def period_of(milestone: Milestone, day: date) -> ReportingPeriod | None:
    """The period that a report of this day belongs to; None where it is closed or was never opened."""
    strategy = milestone.measure.strategic_task.strategy_id
    rows = ReportingPeriod.objects.exclude(state=PeriodState.CLOSED)
    return rows.filter(strategy=strategy, starts_on__lte=day, ends_on__gte=day).first()
