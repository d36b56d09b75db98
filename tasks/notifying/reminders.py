"""What the night tells: what falls due, what is overdue, which period ends, what has waited too long on a desk."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, Role
from tasks.choices import NoticeKind, PeriodState
from tasks.models import Milestone, ReportingPeriod, StatusReport
from tasks.notifying.events import Event, reporters
from tasks.notifying.store import Readers, store

# Told once, this many days before; a night that was missed is made up for as long after.
DUE_AHEAD = timedelta(days=7)
OVERDUE_BACK = timedelta(days=7)
PERIOD_AHEAD = timedelta(days=3)


@transaction.atomic
def remind(today: date) -> int:
    """Tell what the day brings, each once however often it is called; how many notifications were written."""
    return store([*_due(today), *_periods(today), *_escalated()], Readers())


def _due(today: date) -> Iterator[Event]:
    """Milestones in scope that are open: to the staff of the office that answers for them, else of the ministry."""
    people = _staff(today)
    window = (today - OVERDUE_BACK, today + DUE_AHEAD)
    rows = Milestone.objects.active().filter(in_scope=True, current_due__range=window).order_by("current_due", "pk")
    for row in rows:
        word = "overdue" if row.current_due and row.current_due < today else "due"
        staff = people["office", row.responsible_office_id] or people["ministry", row.responsible_ministry_id]
        name = f"{word}:{row.pk}:{row.current_due}"
        yield Event(NoticeKind.DUE, name, (row._meta.db_table, row.pk), tuple(staff), timezone.now(), word)


def _staff(today: date) -> dict[tuple[str, int | None], list[int]]:
    """People who report, by office and by ministry."""
    found: dict[tuple[str, int | None], list[int]] = defaultdict(list)
    valid = Membership.objects.valid(on=today).filter(role=Role.STAFF, user__is_active=True)
    for person, office, ministry in valid.values_list("user", "office", "ministry").order_by("user"):
        if office is not None:
            found["office", office].append(person)
        if ministry is not None:
            found["ministry", ministry].append(person)
    found["office", None] = found["ministry", None] = []
    return found


def _periods(today: date) -> Iterator[Event]:
    states = (PeriodState.OPEN, PeriodState.REOPENED)
    for row in ReportingPeriod.objects.filter(state__in=states, due_on__range=(today, today + PERIOD_AHEAD)):
        about = (row._meta.db_table, row.pk)
        name = f"period_due:{row.pk}:{row.due_on}"
        yield Event(NoticeKind.PERIOD, name, about, tuple(reporters()), timezone.now(), "period.due")


def _escalated() -> Iterator[Event]:
    """What has waited too long: to the coordinating office, once for each desk."""
    valid = Membership.objects.valid(on=timezone.localdate()).filter(role=Role.COORDINATOR)
    people = tuple(sorted(set(valid.values_list("user", flat=True))))
    rows: Any = StatusReport.objects.with_desk()
    for row in rows.filter(is_escalated=True).order_by("pk"):
        name = f"escalated:{row.pk}:{row.desk_since.isoformat()}"
        yield Event(NoticeKind.ESCALATED, name, (row._meta.db_table, row.pk), people, timezone.now(), "escalated")
