"""What one noun waits for and what waits for it, as a reader sees it: pages and API show the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from tasks.interfaces import Slack
from tasks.models import Milestone
from tasks.schedule.graph import Wait
from tasks.schedule.read import Noun, linked_in, schedule_around


@dataclass(frozen=True)
class Waiting:
    """A milestone that waits for others, or that others wait for, and what the schedule says of it."""

    milestone: Milestone
    wait: Wait
    earliest_end: date | None
    earliest_precision: str
    slack: Slack | None
    is_critical: bool

    @property
    def slack_days(self) -> int | None:
        return self.slack.days if self.slack else None


class Around:
    """Of a milestone, or of those of a bill, measure, task or strategy. Lists begin with the least slack."""

    def __init__(self, noun: Noun, user: Any) -> None:
        self.user = user
        self.keys = linked_in(noun, user)
        self.schedule = schedule_around(self.keys, user)

    @cached_property
    def waiting(self) -> list[Wait]:
        return _by_slack(self.schedule.waiting(self.keys))

    @cached_property
    def waits_for(self) -> list[Wait]:
        return _by_slack(self.schedule.waits_for(self.keys))

    @property
    def late(self) -> list[Wait]:
        """Of those that wait, which miss their due date because of it."""
        return [wait for wait in self.waiting if wait.is_missed]

    @property
    def untold(self) -> list[Wait]:
        """Of those that wait, of which a date that would tell it is not known."""
        return [wait for wait in self.waiting if wait.slack_days is None]

    @property
    def blockers(self) -> list[Wait]:
        """Of those that it waits for, which are open and make it, or one of its milestones, miss the due date."""
        return [wait for wait in self.waits_for if wait.is_missed and self.schedule.is_open(wait.id)]

    @cached_property
    def critical_path(self) -> list[Wait]:
        """From what nothing drives to the last end, each deciding the earliest date of the next."""
        return [self._itself(key) for key in reversed(self.schedule.critical_path(self.keys))]

    def chain(self, key: int) -> list[Wait]:
        """The critical path of one milestone, which is its last step; empty where no other decides its date."""
        chain = self.schedule.chain(key)
        return [self._itself(each) for each in (*reversed(chain), key)] if chain else []

    def told(self, *lists: Iterable[Wait]) -> list[list[Waiting]]:
        """The same with their milestones, read at once."""
        wanted = {wait.id for waits in lists for wait in waits}
        found = Milestone.objects.visible_to(self.user).select_related("responsible_ministry").in_bulk(wanted)
        return [[self._told(wait, found) for wait in waits] for waits in lists]

    def _itself(self, key: int) -> Wait:
        return Wait(key, None, self.schedule.slack(key), is_direct=True)

    def _told(self, wait: Wait, milestones: Mapping[int, Milestone]) -> Waiting:
        key, found = wait.id, self.schedule
        return Waiting(
            milestones[key],
            wait,
            found.earliest_end(key),
            found.earliest_precision(key),
            found.slack(key),
            found.is_critical(key),
        )


def _by_slack(waits: Mapping[int, Wait]) -> list[Wait]:
    return sorted(waits.values(), key=lambda wait: (wait.slack_days is None, wait.slack_days or 0, wait.id))
