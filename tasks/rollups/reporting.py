"""Who reported in a period and who has not: by ministry, of the milestones of which a report was expected.

`reporting_of` is what pages, API, reminders and the closing of a period ask; it is counted for whoever asks. What a
closing said stays in its snapshot.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Min, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from common import past
from tasks.choices import ReportStatus
from tasks.models import Milestone, ReportingPeriod, Snapshot, StatusReport

# A report that its office has filed and not taken back; what was returned is on its desk again.
FILED = (ReportStatus.SUBMITTED, ReportStatus.ACCEPTED)


@dataclass(frozen=True)
class Reporting:
    """What one ministry reported of a period (`ministry`: its id, 0 where no ministry answers).

    Numbers of milestones: `expected` = `on_time` + `late` + `missing`. `waiting`: of those reported, how many have no
    report that was accepted. `last_at`: when the last of the first reports came in.
    """

    ministry: int
    expected: int = 0
    on_time: int = 0
    late: int = 0
    waiting: int = 0
    last_at: datetime | None = None
    # Ids of the milestones without a report.
    milestones: tuple[int, ...] = ()

    @property
    def missing(self) -> int:
        return self.expected - self.on_time - self.late

    @property
    def reported(self) -> int:
        return self.on_time + self.late


def reporting_of(period: ReportingPeriod, *, tier: int) -> dict[int, Reporting]:
    """By ministry, as far as readers of a tier see milestones: as they stood on the period's last day (today, before).

    Asked are those of which a report is expected, and others of which one came all the same. On time is what was
    submitted up to the day on which it was due, Korean time.
    """
    filed = _filed_in(period)
    day = min(period.ends_on, timezone.localdate())
    with past.reading(day):
        rows: Any = Milestone.objects.within(tier).filter(measure__strategic_task__strategy=period.strategy_id)
        asked = rows.expected_in(period.starts_on, period.ends_on) | rows.filter(in_scope=True, pk__in=filed)
        expected = list(asked.order_by("pk").values_list("pk", "responsible_ministry"))
    of: dict[int, list[int]] = {}
    for milestone, ministry in expected:
        of.setdefault(ministry or 0, []).append(milestone)
    return {ministry: _of_ministry(period, ministry, milestones, filed) for ministry, milestones in of.items()}


def who_has_not_reported(period: ReportingPeriod, *, tier: int) -> dict[int, tuple[int, ...]]:
    """Ids of milestones without a report, by that of their ministry: whom to remind, and of what.

    As seen in a tier: that of whoever is reminded.
    """
    return {key: row.milestones for key, row in reporting_of(period, tier=tier).items() if row.milestones}


def reporting_then(snapshot: Snapshot) -> dict[int, Reporting]:
    """What a closing said of it, without the milestones (`Snapshot.missing` names them)."""
    rows = (row | {"last_at": _moment(row["last_at"])} for row in snapshot.reporting)
    return {row["ministry"]: Reporting(**row) for row in rows}


def as_kept(rows: Iterable[Reporting]) -> list[dict[str, Any]]:
    """As a snapshot keeps it: in the order of the ministries' ids."""
    names = ("ministry", "expected", "on_time", "late", "waiting")
    return [
        {name: getattr(row, name) for name in names} | {"last_at": row.last_at and row.last_at.isoformat()}
        for row in sorted(rows, key=lambda row: row.ministry)
    ]


def total(rows: Iterable[Reporting]) -> Reporting:
    """Of all ministries together."""
    whole = list(rows)
    numbers = {name: sum(getattr(row, name) for row in whole) for name in ("expected", "on_time", "late", "waiting")}
    return Reporting(0, **numbers, last_at=max((row.last_at for row in whole if row.last_at), default=None))


def _filed_in(period: ReportingPeriod) -> dict[int, tuple[datetime, bool]]:
    """Of each milestone: when the first report of the period came in, and whether one was accepted."""
    with past.today():
        rows = StatusReport.objects.filter(
            effective_on__range=(period.starts_on, period.ends_on),
            status__in=FILED,
            milestone__measure__strategic_task__strategy=period.strategy_id,
        )
        came = Coalesce("submitted_at", "accepted_at", "created_at")
        accepted = Min(came, filter=Q(status=ReportStatus.ACCEPTED))
        found = rows.order_by().values_list("milestone").annotate(first=Min(came), accepted=accepted)
        return {milestone: (first, accepted is not None) for milestone, first, accepted in found}


def _of_ministry(
    period: ReportingPeriod, ministry: int, milestones: list[int], filed: dict[int, tuple[datetime, bool]]
) -> Reporting:
    came = [filed[milestone] for milestone in milestones if milestone in filed]
    on_time = sum(timezone.localdate(at) <= period.due_on for at, _accepted in came)
    return Reporting(
        ministry=ministry,
        expected=len(milestones),
        on_time=on_time,
        late=len(came) - on_time,
        waiting=sum(not accepted for _at, accepted in came),
        last_at=max((at for at, _accepted in came), default=None),
        milestones=tuple(milestone for milestone in milestones if milestone not in filed),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
