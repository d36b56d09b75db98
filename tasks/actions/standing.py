"""What was true of a milestone on a day, by its reports; and, for a rehearsal, what would be."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from tasks.choices import DatePrecision, MilestoneState
from tasks.models import Milestone, StatusReport


@dataclass(frozen=True)
class Standing:
    """A milestone's reported side at some moment."""

    state: str = MilestoneState.PLANNED
    progress_bp: int | None = None
    forecast: date | None = None
    started_on: date | None = None
    completed_on: date | None = None
    completed_precision: str = DatePrecision.DAY
    reported_on: date | None = None


def in_force(milestone: Milestone, known_at: datetime | None = None) -> QuerySet[StatusReport]:
    """Accepted reports as known at a moment, the one that counts first."""
    known_at = known_at or timezone.now()
    rows = StatusReport.objects.filter(milestone=milestone, accepted_at__lte=known_at)
    still = rows.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=known_at))
    return still.order_by("-effective_on", "-accepted_at", "-pk")


def standing(milestone: Milestone, *, as_of: date | None = None, known_at: datetime | None = None) -> Standing:
    """What was true on a day (default: whatever was said last), as known at a moment (default now)."""
    rows = in_force(milestone, known_at)
    report = (rows if as_of is None else rows.filter(effective_on__lte=as_of)).first()
    return Standing() if report is None else _said_by(report, report.effective_on)


def standing_then(milestone: Milestone, day: date) -> Standing:
    """The same of a day as known now; where nothing was said since, it stands in the milestone's own columns."""
    last = milestone.reported_on
    return _said_by(milestone, last) if last is None or last <= day else standing(milestone, as_of=day)


def _said_by(row: Milestone | StatusReport, day: date | None) -> Standing:
    names = (each.name for each in fields(Standing) if each.name != "reported_on")
    return Standing(**{name: getattr(row, name) for name in names}, reported_on=day)


def stand_as_said(reports: Iterable[StatusReport]) -> None:
    """Let milestones stand as if these unsaved reports were accepted. Only for a rehearsal, which takes it back.

    Figures depend on nothing else of a report, and one statement writes thousands.
    """
    said = [(row.milestone_id, *astuple(_said_by(row, row.effective_on))) for row in reports]
    names = [each.name for each in fields(Standing)]
    types = {each.name: each.db_type(connection) for each in Milestone._meta.concrete_fields}
    arrays = ", ".join(f"%s::{types[name]}[]" for name in ("id", *names))
    written = ", ".join(f"{name} = said.{name}" for name in names)
    given = f"unnest({arrays}) AS said(id, {', '.join(names)})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE tasks_milestone AS milestone SET {written} FROM {given} WHERE milestone.id = said.id",
            [list(column) for column in zip(*said, strict=True)],
        )
