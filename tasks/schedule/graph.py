"""Earliest dates through a graph of milestones that wait for each other. Pure: knows no database.

A milestone is the moment in which a step ends. It can end only when what it waits for has ended, with a lag in calendar
days: how long the step itself takes is said by the lag, and by its own date. The *earliest date* of a milestone is

- completed: the day on which it was completed;
- open: the latest of what each predecessor allows (its earliest date and the lag), its own date (forecast, else
  current due) and the day that is read, before which nothing that is open can end;
- none, where it has no date of its own and no predecessor allows it only on the day that is read or later.

A date is known no more exactly than the one that it follows from; a month, half-year or year counts as its last day,
and shifted by a lag it is only `about` that day. A completed milestone waits for nothing any more, and holds what
waits for it only as long as its lag runs. What is cancelled or out of scope is not among the steps: it neither waits
nor holds anything. Loops cannot be entered; of one that stands in the data all the same no link is followed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from tasks.interfaces import Slack

_LAST = date.max.toordinal()
# How exactly a day is known, the least exact first.
_PRECISIONS = ("about", "year", "half", "month", "day")
_EXACT = _PRECISIONS.index("day")


class Step(NamedTuple):
    """A milestone in scope; it is open as long as it has no day of completion."""

    id: int
    completed_on: date | None
    forecast: date | None
    current_due: date | None
    completed_precision: str = "day"
    due_precision: str = "day"


class Link(NamedTuple):
    predecessor: int
    successor: int
    lag_days: int


class Known(NamedTuple):
    """A day as its ordinal, and how exactly it is known. Of two equal ones the later is the more exact."""

    day: int
    exactness: int

    def plus(self, days: int) -> "Known":
        return Known(self.day + days, self.exactness if self.exactness == _EXACT or days == 0 else 0)

    @property
    def date(self) -> date:
        """Beyond the calendar: its first or last day."""
        return date.fromordinal(min(max(self.day, 1), _LAST))

    @property
    def precision(self) -> str:
        return _PRECISIONS[self.exactness]


@dataclass(frozen=True)
class Wait:
    """How one milestone stands to those that it was asked about.

    It waits for them: `until` is the day until which they keep it. They wait for it: the last day on which it can end
    without one of them missing its due date. `slack` is left until a due date is missed; None where a date is not
    known. `is_direct`: without another milestone between them.
    """

    id: int
    known: Known | None
    slack: Slack | None
    is_direct: bool

    @property
    def slack_days(self) -> int | None:
        return self.slack.days if self.slack else None

    @property
    def until(self) -> date | None:
        return _date(self.known)

    @property
    def precision(self) -> str:
        """How exactly `until` is known; "" where it is not."""
        return _precision(self.known)

    @property
    def is_missed(self) -> bool:
        return self.slack_days is not None and self.slack_days < 0


class Schedule:
    """All dates of one day. Milestones are named by their ids; of ids that are not among the steps nothing is known."""

    def __init__(self, day: date, steps: Iterable[Step], links: Iterable[Link]) -> None:
        self._today = Known(day.toordinal(), _EXACT)
        self._steps = {step.id: step for step in steps}
        holding = [link for link in links if self._holds(link)]
        self.in_loop, self._order = _in_order(self._steps, holding)
        if self.in_loop:
            holding = [link for link in holding if not self.in_loop.issuperset(link[:2])]
        self._before, self._after = _by_end(holding, 1), _by_end(holding, 0)
        self._earliest: dict[int, Known] = {}
        self._drivers: dict[int, int] = {}
        for key in self._order:
            self._place(self._steps[key])

    def is_open(self, key: int) -> bool:
        return key in self._steps and self._steps[key].completed_on is None

    def earliest_end(self, key: int) -> date | None:
        return _date(self._earliest.get(key))

    def earliest_precision(self, key: int) -> str:
        return _precision(self._earliest.get(key))

    def latest_end(self, key: int) -> date | None:
        """The last day on which it can end without one that waits for it, also through others, missing its due date."""
        return _date(self._latest.get(key))

    def slack(self, key: int) -> Slack | None:
        """From the earliest date to the current due; negative where it is missed. None once it is completed."""
        return self._slack(self._due(key), self._earliest.get(key)) if self.is_open(key) else None

    def slack_days(self, key: int) -> int | None:
        slack = self.slack(key)
        return slack.days if slack else None

    def is_critical(self, key: int) -> bool:
        """Open, and a day later than its earliest date makes one that waits for it miss its due date."""
        earliest, latest = self._earliest.get(key), self._latest.get(key)
        return self.is_open(key) and earliest is not None and latest is not None and earliest.day >= latest.day

    def driver(self, key: int) -> int | None:
        """The predecessor that decides its earliest date (of several the one with the smallest id), if one does."""
        return self._drivers.get(key)

    def chain(self, key: int) -> list[int]:
        """Its driver, the driver of that one and so on, back to the one that nothing drives."""
        return list(self._drivers_of(key))

    def critical_path(self, keys: Iterable[int]) -> list[int]:
        """Of the open ones among these the one that ends last, and its chain; of several ends the longest chain."""
        known = [key for key in keys if self.is_open(key) and key in self._earliest]
        last = max((self._earliest[key].day for key in known), default=None)
        paths = ([key, *self._drivers_of(key)] for key in known if self._earliest[key].day == last)
        return min(paths, key=lambda path: (-len(path), path[0]), default=[])

    def late_by_others(self) -> list[int]:
        """Those which a predecessor, directly or through others, keeps beyond their due date."""
        slacks = {key: self._slack(self._due(key), self._held(key)[0]) for key in self._before}
        return [key for key, slack in slacks.items() if slack is not None and slack.days < 0]

    def along(self, link: Link) -> Wait:
        """How a link keeps its successor, whose due date the slack is of. A link that is not followed keeps nothing."""
        earliest = self._earliest.get(link.predecessor) if link in self._before.get(link.successor, ()) else None
        until = earliest.plus(link.lag_days) if earliest else None
        return Wait(link.successor, until, self._slack(self._due(link.successor), until), True)

    def waiting(self, keys: Iterable[int]) -> dict[int, Wait]:
        """What waits for the open ones among these, directly or through others, without themselves."""
        asked = set(keys)
        starts = {key for key in asked if self.is_open(key)}
        found = _reached(starts, self._after, 1)
        until: dict[int, Known | None] = {}
        for key in self._order:
            if key in found:
                until[key] = max(self._kept(key, starts, until), default=None)
        return {
            key: Wait(
                key,
                until[key],
                self._slack(self._due(key), until[key]),
                any(link.predecessor in starts for link in self._before[key]),
            )
            for key in self._order
            if key in found and key not in asked
        }

    def waits_for(self, keys: Iterable[int]) -> dict[int, Wait]:
        """What the open ones among these wait for, directly or through others, without themselves."""
        asked = set(keys)
        found = _reached(asked, self._before, 0)
        needed = self._needed(found, asked)
        return {
            key: Wait(
                key,
                needed.get(key),
                self._slack(needed.get(key), self._earliest.get(key)),
                any(link.successor in asked for link in self._after[key]),
            )
            for key in self._order
            if key in found and key not in asked
        }

    @cached_property
    def _latest(self) -> dict[int, Known]:
        return self._needed(self._steps, self._steps)

    def _needed(self, keys: Collection[int], targets: Collection[int]) -> dict[int, Known]:
        """The last day of each of the keys on which no target after it misses its due date."""
        needed: dict[int, Known] = {}
        for key in reversed(self._order):
            if key in keys and (days := list(self._allowed(key, targets, needed))):
                needed[key] = min(days)
        return needed

    def _allowed(self, key: int, targets: Collection[int], needed: Mapping[int, Known]) -> Iterator[Known]:
        for link in self._after[key]:
            own = self._due(link.successor) if link.successor in targets else None
            for known in (own, needed.get(link.successor)):
                if known is not None:
                    yield known.plus(-link.lag_days)

    def _kept(self, key: int, starts: Collection[int], until: Mapping[int, Known | None]) -> Iterator[Known]:
        for link in self._before[key]:
            ends: Mapping[int, Known | None] = self._earliest if link.predecessor in starts else until
            known = ends.get(link.predecessor)
            if known is not None:
                yield known.plus(link.lag_days)

    def _place(self, step: Step) -> None:
        own = self._own(step)
        held, driver = (None, None) if step.completed_on else self._held(step.id)
        least = own or self._today
        if held is not None and driver is not None and held.day >= least.day:
            self._earliest[step.id], self._drivers[step.id] = held, driver
        elif own is not None:
            self._earliest[step.id] = own

    def _own(self, step: Step) -> Known | None:
        """When it ends as far as it alone decides; what is open does not end before the day that is read."""
        if step.completed_on:
            return _known(step.completed_on, step.completed_precision)
        own = _known(step.forecast, "day") or _known(step.current_due, step.due_precision)
        return max(own, self._today) if own else None

    def _held(self, key: int) -> tuple[Known | None, int | None]:
        """Until when its predecessors keep it, and which of them does."""
        holding = [
            (self._earliest[link.predecessor].plus(link.lag_days), link.predecessor)
            for link in self._before.get(key, ())
            if link.predecessor in self._earliest
        ]
        return max(holding, key=lambda found: (found[0].day, -found[1]), default=(None, None))

    def _drivers_of(self, key: int) -> Iterator[int]:
        step = self._drivers.get(key)
        while step is not None:
            yield step
            step = self._drivers.get(step)

    def _holds(self, link: Link) -> bool:
        """Both ends are there, the one that waits is open, and the other one is too or ended not long enough ago."""
        before = self._steps.get(link.predecessor)
        if before is None or not self.is_open(link.successor):
            return False
        return before.completed_on is None or before.completed_on.toordinal() + link.lag_days >= self._today.day

    def _due(self, key: int) -> Known | None:
        step = self._steps.get(key)
        return _known(step.current_due, step.due_precision) if step else None

    @staticmethod
    def _slack(due: Known | None, end: Known | None) -> Slack | None:
        if due is None or end is None:
            return None
        return Slack(due.day - end.day, due.exactness == end.exactness == _EXACT)


def connected(keys: Iterable[int], links: Iterable[Link]) -> set[int]:
    """These, and all that hangs together with one of them: what their dates depend on, and what depends on them."""
    beside: dict[int, list[tuple[int]]] = defaultdict(list)
    for before, after, _lag in links:
        beside[before].append((after,))
        beside[after].append((before,))
    wanted = set(keys)
    return wanted | _reached(wanted, beside, 0)


def _reached(starts: Iterable[int], ways: Mapping[int, Iterable[tuple[int, ...]]], end: int) -> set[int]:
    found: set[int] = set()
    front = list(starts)
    while front:
        fresh = {way[end] for way in ways.get(front.pop(), ())} - found
        found |= fresh
        front += fresh
    return found


def _by_end(links: Iterable[Link], end: int) -> dict[int, list[Link]]:
    """Links by their predecessor (0) or successor (1)."""
    found: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        found[link[end]].append(link)
    return found


def _in_order(keys: Collection[int], links: list[Link]) -> tuple[frozenset[int], list[int]]:
    """What is on a loop, or between two: its turn comes neither forwards nor backwards. All, by links of the others."""
    order = _released(keys, ((after, before) for before, after, _lag in links))
    if len(order) == len(keys):
        return frozenset(), order
    behind = set(keys).difference(order)
    loops = behind.difference(_released(keys, ((before, after) for before, after, _lag in links)))
    rest = ((after, before) for before, after, _lag in links if before not in loops or after not in loops)
    return frozenset(loops), _released(keys, rest)


def _released(keys: Iterable[int], waits: Iterable[tuple[int, int]]) -> list[int]:
    """Each after all that it waits for; without those on a loop and those behind one."""
    before: dict[int, list[int]] = {key: [] for key in keys}
    for key, other in waits:
        before[key].append(other)
    sorter = TopologicalSorter(before)
    with suppress(CycleError):  # what no loop holds up comes out all the same
        sorter.prepare()
    order: list[int] = []
    while sorter.is_active():
        ready = sorter.get_ready()
        order += ready
        sorter.done(*ready)
    return order


def _known(day: date | None, precision: str) -> Known | None:
    return None if day is None else Known(day.toordinal(), _PRECISIONS.index(precision))


def _date(known: Known | None) -> date | None:
    return None if known is None else known.date


def _precision(known: Known | None) -> str:
    return "" if known is None else known.precision
