"""On whose desk a report lies, since when, and when that is too long. Pure: knows no table and no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from common.calendar import Calendar
from tasks.choices import ReportStatus

DAY = timedelta(days=1)


class Desk(StrEnum):
    """Who is to act next."""

    REPORTER = "reporter"
    APPROVER = "approver"
    APPROVER_OR_COORDINATOR = "approver_or_coordinator"
    COORDINATOR = "coordinator"
    NOBODY = ""


@dataclass(frozen=True)
class Written:
    """What one change of a report's row says of its way; `is_endorsed` as after the change."""

    at: datetime
    status: str
    is_endorsed: bool


@dataclass(frozen=True)
class Stay:
    """From `since` to `until` (None: still) a report was in a state, on a desk; `days` are whole days between."""

    status: str
    is_endorsed: bool
    desk: Desk
    since: datetime
    until: datetime | None
    days: int | None


def desk_of(status: str, *, is_endorsed: bool, steps: int) -> Desk:
    """Who acts next on a report of a strategy with so many review steps."""
    if status in (ReportStatus.DRAFT, ReportStatus.RETURNED):
        return Desk.REPORTER
    if status != ReportStatus.SUBMITTED:
        return Desk.NOBODY
    if is_endorsed:
        return Desk.COORDINATOR
    return Desk.APPROVER if steps > 1 else Desk.APPROVER_OR_COORDINATOR


def stays(changes: Iterable[Written], *, steps: int, now: datetime, day: Any) -> list[Stay]:
    """The way of a report, the earliest first; changes that leave it where it was are no new stay.

    `day` makes the local day of a moment. Days count from one day to the other: moved on the same day is 0. The last
    stay of a report on which nobody acts any more has no days.
    """
    steps_taken: list[Written] = []
    for change in changes:
        last = steps_taken[-1] if steps_taken else None
        if last is None or (last.status, last.is_endorsed) != (change.status, change.is_endorsed):
            steps_taken.append(change)
    found = []
    for number, step in enumerate(steps_taken):
        after = steps_taken[number + 1].at if number + 1 < len(steps_taken) else None
        desk = desk_of(step.status, is_endorsed=step.is_endorsed, steps=steps)
        days = (day(after or now) - day(step.at)).days if after or desk else None
        found.append(Stay(step.status, step.is_endorsed, desk, step.at, after, days))
    return found


def escalates_on(since: date, limit: int, calendar: Calendar) -> date:
    """The day on which what came to a desk on `since` has waited too long: the first working day after `limit` of them.

    The day on which it came does not count; Saturdays, Sundays and public holidays never do.
    """
    return calendar.nth_working_day(since + DAY, limit + 1)


def waits_too_long_since(today: date, limit: int, calendar: Calendar) -> date:
    """The first day from which nothing has waited too long by today: what came to its desk before it has.

    The other side of `escalates_on`: `escalates_on(since, …) <= today` holds exactly for `since` before this day.
    """
    day = today
    while calendar.working_days(day + DAY, today) <= limit:
        day -= DAY
    return day + DAY
