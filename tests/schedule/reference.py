"""The same dates by brute force: every path is walked. Knows nothing of the code that it judges; for small graphs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

Ends = tuple[str, str, int]  # predecessor, successor, lag


@dataclass(frozen=True)
class Dated:
    completed_on: date | None = None
    forecast: date | None = None
    current_due: date | None = None


class Model:
    def __init__(self, day: date, milestones: dict[str, Dated], links: list[Ends]) -> None:
        self.day, self.milestones = day, milestones
        self.links = [link for link in links if self._holds(*link)]

    def _holds(self, before: str, after: str, lag: int) -> bool:
        """A completed one waits no more, and holds only as long as its lag runs."""
        done = self.milestones[before].completed_on
        return self.milestones[after].completed_on is None and (not done or done + timedelta(days=lag) >= self.day)

    def own(self, name: str) -> date | None:
        """When it ends if it waits for nothing."""
        milestone = self.milestones[name]
        if milestone.completed_on:
            return milestone.completed_on
        day = milestone.forecast or milestone.current_due
        return max(day, self.day) if day else None

    def paths_to(self, name: str) -> Iterator[list[Ends]]:
        """Every way that leads to it, of any length from 0 on."""
        yield []
        for link in self.links:
            if link[1] == name:
                for path in self.paths_to(link[0]):
                    yield [*path, link]

    def paths(self, start: str, goal: str) -> list[list[Ends]]:
        return [path for path in self.paths_to(goal) if path and path[0][0] == start]

    def earliest(self, name: str) -> date | None:
        """The longest of its paths. A day that has passed is pulled up to the day read wherever a path has one."""
        found = [day for path in self.paths_to(name) if (day := self._along(name, path)) is not None]
        return max(found, default=None)

    def _along(self, name: str, path: list[Ends]) -> date | None:
        """The end that one path alone gives, begun by the own date of where it starts."""
        start = path[0][0] if path else name
        day = self.own(start)
        for _start, end, lag in path:
            day = None if day is None else day + timedelta(days=lag)
            if day is not None and day < self.day:
                # Allowed already: then its own date counts, which is a path of its own.
                day = self.day if self.own(end) else None
        return day

    def until(self, starts: set[str], name: str) -> date | None:
        """Until when those of the starts that are open keep it: their earliest dates and the lags between."""
        found = []
        for start in starts:
            earliest = self.earliest(start)
            if self.milestones[start].completed_on is None and earliest is not None:
                found += [earliest + lags(path) for path in self.paths(start, name)]
        return max(found, default=None)

    def needed(self, name: str, targets: set[str]) -> date | None:
        """The last day on which it can end so that every one of the targets that waits for it keeps its due date."""
        found = []
        for target in targets:
            due = self.milestones[target].current_due
            if due is not None:
                found += [due - lags(path) for path in self.paths(name, target)]
        return min(found, default=None)


def lags(path: list[Ends]) -> timedelta:
    return timedelta(days=sum(lag for _start, _end, lag in path))
