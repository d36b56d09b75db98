"""Observations of an item by method: each method is a series of its own, never joined with another."""

from collections.abc import Iterable
from dataclasses import dataclass

from ecosystem.choices import Method
from ecosystem.models import DependenceObservation


@dataclass(frozen=True)
class Observed:
    """An observation, and its change (basis points) since the previous one of the same method and country.

    `since` is the year of that one; both are None for the first.
    """

    observation: DependenceObservation
    change_bp: int | None
    since: int | None


def series(observations: Iterable[DependenceObservation]) -> dict[Method, list[Observed]]:
    """By method, oldest first. What is not observed stays unknown."""
    previous: dict[tuple[str, str], DependenceObservation] = {}
    found: dict[Method, list[Observed]] = {}
    for row in sorted(observations, key=lambda row: (row.observed_on, row.pk)):
        before = previous.get((row.method, row.country))
        found.setdefault(Method(row.method), []).append(
            Observed(row, row.share_bp - before.share_bp, before.year) if before else Observed(row, None, None)
        )
        previous[row.method, row.country] = row
    return {method: found[method] for method in Method if method in found}


def latest(observations: Iterable[DependenceObservation], method: str) -> Observed | None:
    """The newest of one method."""
    return next(reversed(series(observations).get(Method(method), [])), None)
