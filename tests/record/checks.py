"""What a check of a mapping file says, tried on the loaded system. The notation stands in README.md."""

import re
import shlex
from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

import holidays
import yaml
from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, FieldError
from django.db import models

from tasks.seed import references
from technology.rollups import research_line
from tests.record.record import Part

OURS = ("accounts", "tasks", "technology", "talent", "clusters", "ecosystem", "investment", "trade", "common")
NATURAL = ("key", "slug", "code")
LOADED = {"announced", "published", "derived", "unverified"}


class Fault(Exception):
    """The system does not hold what the check says."""


def run(check: str, part: Part) -> None:
    """Raise Fault unless the loaded system holds the part as the check says."""
    words = [_filled(word, part) for word in shlex.split(check)]
    COMMANDS.get(words[0], _field)(words, part)


def _filled(word: str, part: Part) -> str:
    """`{ko}` becomes what stands beside the part under `ko`."""
    for name, value in part.beside.items():
        word = word.replace("{" + name + "}", str(value))
    return word


def _field(words: list[str], part: Part) -> None:
    """`Model row field [= text | ~ [text] | null | x1000]`."""
    if len(words) < 3:
        raise Fault("a check names model, row and field")
    model, row, path, *rest = words
    found = _row(_model(model), row)
    values = _values(found, path)
    mode, said = (rest[0], " ".join(rest[1:])) if rest else ("", "")
    if mode == "null":
        if any(value not in (None, "", []) for value in values):
            raise Fault(f"should be empty, is {values}")
        return
    _as_sure(found, path, part)
    if mode == "~":
        text = said or str(part.value)
        if not any(text in _text(value) for value in values):
            raise Fault(f"{text!r} is not in {values}")
    else:
        expected = said if mode == "=" else _scaled(part.value, mode)
        if not any(_same(value, expected) for value in values):
            raise Fault(f"is {values}, should be {expected!r}")


def _count(words: list[str], part: Part) -> None:
    """`count Model filters`: as many rows as the fact says."""
    number = _rows(_model(words[1]), words[2]).distinct().count()
    if not _same(number, part.value):
        raise Fault(f"{number} rows, should be {part.value}")


def _total(words: list[str], part: Part) -> None:
    """`total Model filters field [x1000]`: the rows' values sum to the fact."""
    rows = _rows(_model(words[1]), words[2]).distinct()
    number = sum(getattr(row, words[3]) or 0 for row in rows)
    expected = _scaled(part.value, words[4] if len(words) > 4 else "")
    if not _same(number, expected):
        raise Fault(f"sums to {number}, should be {expected}")


def _absent(words: list[str], part: Part) -> None:
    """`absent Model filters`: no such row."""
    if _rows(_model(words[1]), words[2]).exists():
        raise Fault(f"there is such a row: {_rows(_model(words[1]), words[2]).first()}")


def _path(words: list[str], part: Part) -> None:
    """`path programme 2024`: the path to the promise asks for this much, in trillion won to two places."""
    line = research_line(_row(_model("ResearchProgramme"), words[1]), tier=1)
    years = [year.path_won for year in line.years if words[2] in ("sum", str(year.year))]
    trillions = Decimal(sum(years)).scaleb(-12).quantize(Decimal("0.01"), ROUND_HALF_UP)
    if trillions != Decimal(str(part.value)):
        raise Fault(f"the path asks for {trillions}, should be {part.value}")


def _glossary(words: list[str], part: Part) -> None:
    """`glossary 불용액 en`: the entry of that Korean name says the same; a meaning, in its own words, with the same numbers."""
    entry = glossary().get(words[1])
    if entry is None:
        raise Fault("no such entry of the glossary")
    said, fact = entry.get(words[2]) or "", str(part.value)
    numbers = set(re.findall(r"\b\d+", fact))
    if words[2].startswith("meaning"):
        holds = bool(said) == bool(fact) and numbers <= set(re.findall(r"\d+", said))
    else:
        holds = said == fact
    if not holds:
        raise Fault(f"says {said!r}")
    if part.confidence.startswith("memory") and entry["provenance"]["confidence"] != "unverified":
        raise Fault("is not marked as unverified")


def _holiday(words: list[str], part: Part) -> None:
    """`holiday 2023-05-29 [name]`: a day off in the calendar; with `name`, called as the fact says."""
    day = date.fromisoformat(words[1])
    called = korean_holidays().get(day)
    if called is None:
        raise Fault(f"{day} is a working day")
    if words[2:] == ["name"] and set(called.split("; ")) != set(str(part.value).split("; ")):
        raise Fault(f"{day} is called {called}")


def _working(words: list[str], part: Part) -> None:
    """`working 2023-01-02`: no day off."""
    if date.fromisoformat(words[1]) in korean_holidays():
        raise Fault(f"{words[1]} is a day off")


COMMANDS: dict[str, Callable[[list[str], Part], None]] = {
    "count": _count,
    "total": _total,
    "absent": _absent,
    "path": _path,
    "glossary": _glossary,
    "holiday": _holiday,
    "working": _working,
}


@cache
def glossary() -> dict[str, dict[str, Any]]:
    rows = yaml.safe_load((Path(settings.BASE_DIR) / "common" / "glossary.yaml").read_text(encoding="utf-8"))
    return {row["ko"]: row for row in rows}


@cache
def korean_holidays() -> Any:
    return holidays.country_holidays("KR", years=range(2022, 2031), language="ko")


@cache
def _model(name: str) -> type[models.Model]:
    for label in OURS:
        try:
            return apps.get_model(label, name)
        except LookupError:
            continue
    raise Fault(f"no model {name}")


def _rows(model: type[models.Model], row: str) -> Any:
    """`ms-x`, `MOTIE` by the model's own key; `field=value&field=value` by fields (a comma stands for `&` too)."""
    if "=" in row:
        pairs = (item.split("=", 1) for item in re.split("[&,]", row))
        filters = {name: value == "True" if name.endswith("__isnull") else value for name, value in pairs}
        try:
            return model._default_manager.filter(**filters)
        except FieldError as error:
            raise Fault(str(error)) from None
    if model._meta.model_name == "milestone":
        return model._default_manager.filter(code=references._milestone_codes().get(row, row))
    return model._default_manager.filter(**{_natural(model): row})


def _natural(model: type[models.Model]) -> str:
    for name in NATURAL:
        try:
            return model._meta.get_field(name).name
        except FieldDoesNotExist:
            continue
    raise Fault(f"{model.__name__} has no key: name the row by field=value")


def _row(model: type[models.Model], row: str) -> models.Model:
    found = list(_rows(model, row).distinct()[:2])
    if len(found) != 1:
        raise Fault(f"{'several rows' if found else 'no row'} {row} of {model.__name__}")
    return found[0]


def _values(found: models.Model, path: str) -> list[Any]:
    """All values along `a.b.c`, through foreign keys and their reverse."""
    try:
        rows = type(found)._default_manager.filter(pk=found.pk).order_by()
        return list(rows.values_list(path.replace(".", "__"), flat=True))
    except FieldError as error:
        raise Fault(str(error)) from None


def _as_sure(found: models.Model, path: str, part: Part) -> None:
    """What was not checked against a page is loaded as unverified, and nothing without its source.

    `rule_en` is as sure as `rule_confidence` says, where the row has one.
    """
    own = f"{path.removesuffix('_ko').removesuffix('_en')}_confidence"
    confidence = getattr(found, own, "") or getattr(found, "confidence", None)
    if confidence is None:
        return
    if part.confidence in ("memory-high", "memory-medium") and confidence != "unverified":
        raise Fault(f"{found} is {confidence}, though the fact was not checked")
    if confidence not in LOADED:
        raise Fault(f"{found} is {confidence}")
    if confidence in ("announced", "published") and not found.source:
        raise Fault(f"{found} has no source")


def _scaled(value: Any, factor: str) -> Any:
    return Decimal(str(value)) * Decimal(factor.removeprefix("x")) if factor else value


def _same(value: Any, expected: Any) -> bool:
    if isinstance(value, date | datetime):
        return value.isoformat().startswith(str(expected))
    if isinstance(value, list):
        return [_plain(item) for item in value] == [_plain(item) for item in _listed(expected)]
    return _plain(value) == _plain(expected)


def _listed(expected: Any) -> list[Any]:
    return expected if isinstance(expected, list) else str(expected).split(", ")


def _plain(value: Any) -> Any:
    """Numbers as numbers, whatever wrote them; texts without spaces around them."""
    if isinstance(value, bool) or value is None:
        return str(value)
    try:
        return Decimal(str(value).strip())
    except InvalidOperation:
        return str(value).strip()


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
