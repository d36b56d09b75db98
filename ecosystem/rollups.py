"""Observations of an item by method: each method is a series of its own, never joined with another."""

from collections.abc import Iterable
from dataclasses import dataclass

from ecosystem.choices import Method
from ecosystem.models import DependenceObservation


@dataclass(frozen=True)
class Observed:
    """An observation, and its change since the previous one of the same method and country (basis points)."""

    observation: DependenceObservation
    change_bp: int | None


def series(observations: Iterable[DependenceObservation]) -> dict[Method, list[Observed]]:
    """By method, oldest first. What is not observed stays unknown."""
    previous: dict[tuple[str, str], int] = {}
    found: dict[Method, list[Observed]] = {}
    for row in sorted(observations, key=lambda row: (row.observed_on, row.pk)):
        before = previous.get((row.method, row.country))
        found.setdefault(Method(row.method), []).append(
            Observed(row, None if before is None else row.share_bp - before)
        )
        previous[row.method, row.country] = row.share_bp
    return {method: found[method] for method in Method if method in found}


def latest(observations: Iterable[DependenceObservation], method: str) -> Observed | None:
    """The newest of one method."""
    return next(reversed(series(observations).get(Method(method), [])), None)
