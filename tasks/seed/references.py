"""Finds rows of the core by the keys that the starter data use, and says which rows are new."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from django.db import models

from accounts.models import Ministry, Office
from common.seeds import Row, load_rows
from tasks.models import Bill, Indicator, Measure, Milestone, Region, Technology

Load = Callable[[str], list[Row]]
Found = TypeVar("Found", bound=models.Model)


def new_rows(load: Load, name: str, model: type[models.Model]) -> Iterator[Row]:
    """The rows of a file whose key the table does not hold yet; the others are left alone."""
    known = set(model._default_manager.values_list("key", flat=True))
    return (row for row in load(name) if row["key"] not in known)


def core_rows(name: str, model: type[models.Model], column: str = "key") -> list[Row]:
    """The rows of a file of the core whose key is not in the database yet."""
    known = set(model._default_manager.values_list(column, flat=True))
    return [row for row in load_rows("tasks", name) if row[column] not in known]


def picked(row: Row, *names: str) -> Row:
    """The named columns as they are."""
    return {name: row[name] for name in names}


def measure(code: str) -> Measure:
    return Measure.objects.get(code=code)


def milestone(key: str | None) -> Milestone | None:
    """By the key of the starter data (`ms-…`); its code stands in the file of milestones."""
    return Milestone.objects.get(code=_milestone_codes().get(key, key)) if key else None


def milestones(keys: list[str]) -> list[Milestone]:
    """In the order of the keys."""
    return [found for key in keys if (found := milestone(key))]


def ministry(key: str | None) -> Ministry | None:
    return _by_key(Ministry, key)


def office(key: str | None) -> Office | None:
    return _by_key(Office, key)


def region(key: str | None) -> Region | None:
    return _by_key(Region, key)


def technology(key: str | None) -> Technology | None:
    return _by_key(Technology, key)


def indicator(key: str | None) -> Indicator | None:
    return _by_key(Indicator, key)


def bill(key: str | None) -> Bill | None:
    return _by_key(Bill, key)


def basis_points(percent: Any) -> int | None:
    """98.1 → 9 810, exactly."""
    return None if percent is None else int(Decimal(str(percent)) * 100)


def precision(row: Row, name: str) -> str:
    return str((row.get("precision") or {}).get(name, "day"))


def _by_key(model: type[Found], key: str | None) -> Found | None:
    return model._default_manager.get(key=key) if key else None


@cache
def _milestone_codes() -> dict[str, str]:
    return {row["key"]: row["code"] for row in load_rows("tasks", "milestones")}
