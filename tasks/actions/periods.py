"""Reporting periods: opened, due, closed with what they publish, reopened with a reason, closed again."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import history
from common.errors import Invalid, Stale
from common.tiers import Tier, clearance_of
from tasks import rollups
from tasks.actions.records import locked_as_seen, save_record
from tasks.choices import PeriodState
from tasks.models import ReportingPeriod, Snapshot, Strategy
from tasks.permissions import Actor, System, require
from tasks.rollups import Reporting

# Days after the end of a month by which it is reported, where nothing else is said.
DAYS_TO_REPORT = 10


def open_period(
    *, by: Actor, strategy: Strategy, starts_on: date, due_on: date | None = None, **values: Any
) -> ReportingPeriod:
    """Open a month: `starts_on` is any of its days. Reports are due ten days after its end, unless another day is said.

    Raises Forbidden, or Invalid for a month that lies beyond the next one, that has been opened already, or whose
    reports would be due before its end.
    """
    first, last = month_of(starts_on)
    period = ReportingPeriod(
        strategy=strategy, starts_on=first, ends_on=last, due_on=due_on or last + timedelta(DAYS_TO_REPORT), **values
    )
    require(by, "close", period)
    if first > following(timezone.localdate()):
        raise Invalid(_("This month lies too far ahead. Open the current month, or the next one."), field="starts_on")
    if period.due_on < last:
        raise Invalid(_("Reports are due on the last day of the month or later."), field="due_on")
    with history.context(actor=by, verb="period.opened"):
        save_record(period, force_insert=True)
    return period


def open_due_periods(*, by: Actor, today: date) -> list[ReportingPeriod]:
    """Open the months up to today's of every strategy that has periods; the coordinating office opens the first one.

    Reports are due as many days after the end as those of the latest period.
    """
    opened = []
    for strategy in Strategy.objects.order_by("pk"):
        latest = strategy.periods.order_by("-starts_on").first()
        while latest is not None and (first := following(latest.starts_on)) <= today:
            due = month_of(first)[1] + (latest.due_on - latest.ends_on)
            latest = open_period(by=by, strategy=strategy, starts_on=first, due_on=due)
            opened.append(latest)
    return opened


def change_due_day(
    period: ReportingPeriod, *, by: Actor, due_on: date, reason: str, expected_version: int | None = None
) -> ReportingPeriod:
    """Give ministries until another day. Raises Forbidden, Stale, or Invalid where it is closed or lies too early."""
    require(by, "close", period)
    _require_reason(reason)
    with history.context(actor=by, verb="period.changed", reason=reason):
        locked = locked_as_seen(period, expected_version)
        if locked.is_closed:
            raise Invalid(_("This period is closed. Reopen it first."), code="closed")
        if due_on < locked.ends_on:
            raise Invalid(_("Reports are due on the last day of the month or later."), field="due_on")
        locked.due_on = due_on
        save_record(locked)
    return locked


def close_period(
    period: ReportingPeriod, *, by: Actor, anyway: bool = False, expected_version: int | None = None
) -> list[Snapshot]:
    """Close a period and publish the figures of its last day as they are known now: a snapshot for each tier.

    One transaction that reads one moment: reports are filed and accepted before it or after it. Raises Forbidden,
    Stale, or Invalid where it is closed already, has not ended, or is not complete – reports wait for review, or are
    missing – and nobody said that it is closed all the same (`anyway`).
    """
    require(by, "close", period)
    with rollups.alone("tasks_reportingperiod"), history.context(actor=by, verb="period.closed"):
        locked = ReportingPeriod.objects.select_related("strategy").get(pk=period.pk)
        if locked.is_closed:
            raise Invalid(_("This period has been closed already."), code="closed")
        if expected_version is not None and locked.version != expected_version:
            raise Stale(_("This was changed meanwhile. Look at what stands now, then save again."), current=locked)
        if not rollups.is_over(locked, timezone.localdate()):
            raise Invalid(_("This period has not ended yet. It can be closed once its last day has passed."))
        seen = Tier.RESTRICTED if isinstance(by, System) else clearance_of(by)
        if not anyway and (open_ends := what_is_open(locked, tier=seen)):
            words = _("Not everything is in. %s Tick the box to close the period all the same.")
            raise Invalid(words % " ".join(open_ends), field="anyway", code="not_complete")
        found = rollups.freeze(locked)
        locked.state = PeriodState.CLOSED
        save_record(locked)
        return rollups.publish(locked, found, by=None if isinstance(by, System) else by, at=timezone.now())


def reopen_period(
    period: ReportingPeriod, *, by: Actor, reason: str, expected_version: int | None = None
) -> ReportingPeriod:
    """Let a closed period be reported again; what it published stands until it is closed once more.

    Raises Forbidden, Stale, or Invalid where it is not closed or no reason is given.
    """
    require(by, "close", period)
    _require_reason(reason)
    with history.context(actor=by, verb="period.reopened", reason=reason):
        locked = locked_as_seen(period, expected_version)
        if not locked.is_closed:
            raise Invalid(_("Only a closed period is reopened."), code="not_closed")
        locked.state, locked.reopened_for = PeriodState.REOPENED, reason.strip()
        save_record(locked)
    return locked


def what_is_open(period: ReportingPeriod, *, tier: int) -> list[str]:
    """In words, what is not complete of a period: reports that wait for review, milestones without a report."""
    whole: Reporting = rollups.total(rollups.reporting_of(period, tier=tier).values())
    found = []
    if whole.waiting:
        words = ngettext("%s report waits for review.", "%s reports wait for review.", whole.waiting)
        found.append(words % whole.waiting)
    if whole.missing:
        words = ngettext("%s milestone has no report.", "%s milestones have no report.", whole.missing)
        found.append(words % whole.missing)
    return found


def month_of(day: date) -> tuple[date, date]:
    """Its first day and its last."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def following(day: date) -> date:
    """The first day of the month after that of a day."""
    return month_of(day)[1] + timedelta(days=1)


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid(_("Enter the reason of the change."), field="reason")
