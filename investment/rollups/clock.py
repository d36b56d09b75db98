"""The statutory clock of a permit: from what happened, the rule and the calendar to where it stands on a day.

Applicant → minister: a civil-petition period (working days, the first included). Request → plan and plan → result:
calendar days, the first excluded; a limit that falls on a day off moves to the next working day where the rule says so.
Days of supplementation are left out, of the plan only up to its cap. Only where the authority misses a limit is
processing deemed completed: on the day on which the rule's days have passed since the request, or when the limit was
missed, if later. How days are counted is an inference from the General Act on Public Administration, art. 6, and the
Civil Act: see the rule.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from common.calendar import DAY, Calendar
from investment.choices import PermitState, PermitStep, StageName

SOON_DAYS = 5
ENDED = frozenset({PermitState.RESULT_NOTIFIED, PermitState.DEEMED, PermitState.WITHDRAWN})


class Limits(Protocol):
    """The days of a rule; null where the record does not say."""

    application_days: int | None
    plan_days: int | None
    plan_cap_days: int | None
    result_days: int | None
    extension_days: int | None
    deeming_days: int | None
    limits_move: bool


class Happened(Protocol):
    """A step and its day: a stored event, or one that was only typed."""

    @property
    def step(self) -> str: ...

    @property
    def happened_on(self) -> date: ...


@dataclass(frozen=True)
class Supposed:
    """A step that somebody only asks about."""

    step: str
    happened_on: date


@dataclass(frozen=True)
class Stage:
    """A stretch with its own limit, as of `on`. `due` is None while supplementation is open and nothing caps it."""

    on: date
    name: StageName
    start: date
    limit: int
    due: date | None
    ended_on: date | None
    used: int
    left_out: int
    in_working_days: bool = False
    extended: bool = False

    @property
    def label(self) -> str:
        return str(StageName(self.name).label)

    @property
    def until(self) -> date:
        return self.ended_on or self.on

    @property
    def is_missed(self) -> bool:
        return self.due is not None and self.until > self.due


@dataclass(frozen=True)
class Standing:
    """Where a permit stands on the day `on`. `deemed_on` is the day that deeming falls on, should it come to that."""

    on: date
    state: PermitState
    stages: tuple[Stage, ...]
    missed: Stage | None
    deemed_on: date | None
    requested_on: date | None
    next_due: date | None

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED

    @property
    def current(self) -> Stage | None:
        """The stage whose clock runs; the last one where it has ended."""
        return self.stages[-1] if self.stages else None

    @property
    def light(self) -> str | None:
        """Overdue: the running limit is missed; at risk: an earlier one was. None where nothing runs."""
        stage = self.current
        if self.is_ended or stage is None:
            return None
        if stage.is_missed:
            return "overdue"
        if self.missed:
            return "at_risk"
        return "due_soon" if stage.due and (stage.due - self.on).days <= SOON_DAYS else "on_track"


def standing(
    events: Iterable[Happened],
    rule: Limits,
    calendar: Calendar,
    on: date,
    *,
    minister: Calendar | None = None,
    deeming_moves: bool = False,
) -> Standing:
    """Where it stands on a day; what happened later is not known yet.

    `minister`: the calendar of the ministry that receives applications, where it differs. `deeming_moves`: the period
    before the deeming ends on the next working day where its last day is a day off.
    """
    known = sorted((each for each in events if each.happened_on <= on), key=lambda each: each.happened_on)
    dates, paused = _dates(known), _paused(known, on)
    stages = _stages(known, rule, calendar, minister or calendar, on)
    missed = next((s for s in stages if s.name != StageName.APPLICATION and s.is_missed), None)
    requested = dates.get(PermitStep.REQUESTED)
    deemed_on = _deemed_on(requested, missed, rule, calendar, moves=deeming_moves)
    state = _state(dates, missed, deemed_on, on, is_paused=bool(paused.open_since))
    if state == PermitState.DEEMED and deemed_on:  # the clocks stop there
        until = [each for each in known if each.happened_on <= deemed_on]
        stages = _stages(until, rule, calendar, minister or calendar, deemed_on)
    next_due = None if state in ENDED else _next_due(stages, missed, deemed_on, on)
    return Standing(on, state, stages, missed, deemed_on, requested, next_due)


def _dates(events: Iterable[Happened]) -> dict[str, date]:
    """The first day of each step, of events in their order."""
    dates: dict[str, date] = {}
    for event in events:
        dates.setdefault(event.step, event.happened_on)
    return dates


def _stages(
    events: list[Happened], rule: Limits, calendar: Calendar, minister: Calendar, on: date
) -> tuple[Stage, ...]:
    dates, paused = _dates(events), _paused(events, on)
    found = (
        _application(dates, rule, minister, paused, on),
        _plan(dates, rule, calendar, paused, on),
        _result(dates, rule, calendar, on),
    )
    return tuple(stage for stage in found if stage is not None)


@dataclass(frozen=True)
class Pauses:
    """Days of supplementation, the day on which it was asked for excluded, the day of receipt included."""

    days: frozenset[date]
    open_since: date | None


def _paused(events: Iterable[Happened], on: date) -> Pauses:
    days: set[date] = set()
    since: date | None = None
    for event in events:
        if event.step == PermitStep.SUPPLEMENT_ASKED:
            since = since or event.happened_on
        elif since:  # received, or the procedure went on without it
            days |= _between(since, event.happened_on)
            since = None
    return Pauses(frozenset(days | (_between(since, on) if since else set())), since)


def _between(start: date, end: date) -> set[date]:
    return {start + DAY * number for number in range(1, (end - start).days + 1)}


def _application(dates: dict[str, date], rule: Limits, calendar: Calendar, paused: Pauses, on: date) -> Stage | None:
    start = dates.get(PermitStep.APPLIED)
    if start is None or rule.application_days is None:
        return None
    ended = dates.get(PermitStep.REQUESTED) or dates.get(PermitStep.WITHDRAWN)
    last = ended or on
    counted = [day for day in sorted({start} | _between(start, last)) if calendar.is_working_day(day)]
    left_out = [day for day in counted if day in paused.days]
    is_open = paused.open_since is not None and ended is None
    due = None if is_open else _nth(start - DAY, rule.application_days, paused.days, calendar)
    used = len(counted) - len(left_out)
    return Stage(on, StageName.APPLICATION, start, rule.application_days, due, ended, used, len(left_out), True)


def _plan(dates: dict[str, date], rule: Limits, calendar: Calendar, paused: Pauses, on: date) -> Stage | None:
    start = dates.get(PermitStep.REQUESTED)
    if start is None or rule.plan_days is None:
        return None
    ended = _first(dates, PermitStep.PLAN_RECEIVED, PermitStep.RESULT_NOTIFIED, PermitStep.WITHDRAWN)
    counted = _between(start, ended or on)
    left_out = len(counted & paused.days)
    is_open = paused.open_since is not None and ended is None
    limit = None if is_open else _nth(start, rule.plan_days, paused.days)
    cap = start + DAY * rule.plan_cap_days if rule.plan_cap_days is not None else None
    ends = [each for each in (limit, cap) if each is not None]
    due = _moved(min(ends), rule, calendar) if ends else None
    return Stage(on, StageName.PLAN, start, rule.plan_days, due, ended, len(counted) - left_out, left_out)


def _result(dates: dict[str, date], rule: Limits, calendar: Calendar, on: date) -> Stage | None:
    start = dates.get(PermitStep.PLAN_RECEIVED)
    if start is None or rule.result_days is None:
        return None
    ended = _first(dates, PermitStep.RESULT_NOTIFIED, PermitStep.WITHDRAWN)
    due = _moved(start + DAY * rule.result_days, rule, calendar)
    limit, extended_on = rule.result_days, dates.get(PermitStep.EXTENDED)
    is_extended = extended_on is not None and extended_on <= due and rule.extension_days is not None
    if is_extended:
        limit += rule.extension_days or 0
        due = _moved(start + DAY * limit, rule, calendar)
    used = len(_between(start, ended or on))
    return Stage(on, StageName.RESULT, start, limit, due, ended, used, 0, extended=is_extended)


def _nth(start: date, number: int, left_out: frozenset[date], calendar: Calendar | None = None) -> date:
    """The day after `start` on which `number` days are full; with a calendar only working days count."""
    day = start
    while number > 0:
        day += DAY
        number -= day not in left_out and (calendar is None or calendar.is_working_day(day))
    return day


def _moved(day: date, rule: Limits, calendar: Calendar) -> date:
    return calendar.working_day_from(day) if rule.limits_move else day


def _first(dates: dict[str, date], *steps: PermitStep) -> date | None:
    return min((dates[step] for step in steps if step in dates), default=None)


def _deemed_on(
    requested: date | None, missed: Stage | None, rule: Limits, calendar: Calendar, *, moves: bool
) -> date | None:
    if requested is None or rule.deeming_days is None:
        return None
    passed = calendar.day_after(requested, rule.deeming_days, moves=moves)
    return max(passed, missed.due + DAY) if missed and missed.due else passed


def _state(
    dates: dict[str, date], missed: Stage | None, deemed_on: date | None, on: date, *, is_paused: bool
) -> PermitState:
    ended = _first(dates, PermitStep.RESULT_NOTIFIED, PermitStep.WITHDRAWN)
    if missed and deemed_on and deemed_on <= on and (ended is None or deemed_on <= ended):
        return PermitState.DEEMED
    if ended is not None:
        is_result = dates.get(PermitStep.RESULT_NOTIFIED) == ended
        return PermitState.RESULT_NOTIFIED if is_result else PermitState.WITHDRAWN
    if is_paused:
        return PermitState.SUPPLEMENTING
    reached = (
        (PermitStep.PLAN_RECEIVED, PermitState.RESULT_AWAITED),
        (PermitStep.REQUESTED, PermitState.PLAN_AWAITED),
        (PermitStep.APPLIED, PermitState.WITH_MINISTER),
    )
    return next((state for step, state in reached if step in dates), PermitState.NOT_APPLIED)


def _next_due(stages: tuple[Stage, ...], missed: Stage | None, deemed_on: date | None, on: date) -> date | None:
    """The nearest day ahead: the running limit, or the deeming once a limit is missed."""
    running = stages[-1].due if stages else None
    ahead = [day for day in (running, deemed_on if missed else None) if day is not None and day >= on]
    return min(ahead, default=running)
