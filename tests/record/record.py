"""The published record as parts with addresses, and the mapping files that say what holds each part."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
NAMES = ("id", "abbr", "no", "date", "ko", "item")
ABOUT = ("source", "code_source", "note", "confidence")


@dataclass(frozen=True)
class Part:
    """One fact that cannot be divided: where it stands, its value, how sure it is, what stands beside it."""

    address: tuple[str, ...]
    value: Any
    confidence: str
    beside: dict[str, Any] = field(default_factory=dict)
    is_about: bool = False

    def __str__(self) -> str:
        return "/".join(self.address)


def sections() -> dict[str, Any]:
    return json.loads((HERE / "facts.json").read_text(encoding="utf-8"))


def parts(section: str) -> list[Part]:
    return list(_parts(sections()[section], (), "", {}))


def mapping(section: str) -> dict[tuple[str, ...], list[Any]]:
    """Address → its checks, as `<section>.yaml` says; none where the file is missing."""
    path = HERE / f"{section}.yaml"
    written = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader) if path.exists() else {}
    return dict(_flat(written or {}, ()))


def matches(pattern: tuple[str, ...], part: Part) -> bool:
    """`each` stands for one name; a reason to leave out covers all beneath it (see `checks_of`)."""
    return len(pattern) <= len(part.address) and all(
        name in ("each", there) for name, there in zip(pattern, part.address, strict=False)
    )


def _parts(value: Any, address: tuple[str, ...], confidence: str, beside: dict[str, Any]) -> Iterator[Part]:
    if isinstance(value, dict):
        sure = value.get("confidence", confidence)
        here = {**beside, **{name: item for name, item in value.items() if not isinstance(item, dict | list)}}
        for name, item in value.items():
            if name == "value":
                yield from _parts(item, address, sure, here)
            elif _is_about(name):
                yield Part((*address, name), item, sure, here, is_about=True)
            else:
                yield from _parts(item, (*address, name), value.get(f"{name}_confidence") or sure, here)
    elif isinstance(value, list) and (not address or any(isinstance(item, dict | list) for item in value)):
        for name, item in zip(_names(value), value, strict=True):
            yield from _parts(item, (*address, name), confidence, beside)
    else:
        yield Part(address, value, _surer(value, confidence), beside)


def _is_about(name: str) -> bool:
    return name in ABOUT or name.endswith("_confidence")


def _surer(value: Any, confidence: str) -> str:
    """Prose may say of itself that it is less sure than its row: `공포 법률 제18813호 (memory-high)`.

    Where only a more exact day is unsure – `["2022-08", "시행 (2022-08-04 memory-high)"]` – the fact is the month.
    """
    text = str(value)
    if re.search(r"\(\d{4}-\d\d-\d\d memory-", text):
        return confidence
    return next((name for name in ("memory-low", "memory-medium", "memory-high") if name in text), confidence)


def _names(rows: list[Any]) -> list[str]:
    """The rows' own names where one of NAMES tells them apart, else their numbers from 1."""
    for name in NAMES:
        found = [str(row[name]) for row in rows if isinstance(row, dict) and name in row]
        if len(found) == len(rows) == len(set(found)):
            return found
    return [str(number) for number in range(1, len(rows) + 1)]


def _flat(value: Any, address: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], list[Any]]]:
    if isinstance(value, dict) and set(value) != {"out"}:
        for name, item in value.items():
            yield from _flat(item, (*address, str(name)))
    else:
        yield address, value if isinstance(value, list) else [value]
