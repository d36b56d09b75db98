"""The glossary: words of this application and of the ministries, read once from `glossary.yaml`."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

FILE = Path(__file__).with_suffix(".yaml")
GROUPS = {
    "plan": _("Plan and milestones"),
    "state": _("States of a milestone"),
    "figures": _("Figures"),
    "lights": _("Lights"),
    "money": _("Money"),
    "evaluation": _("Evaluation and reporting in the ministries"),
    "truth": _("Sources, dates and classification"),
    "law": _("Permits and time limits"),
}


@dataclass(frozen=True)
class Word:
    """An entry in one language, with its name in the other."""

    language: str
    name: str
    meaning: str | None
    other_language: str
    other_name: str


@dataclass(frozen=True)
class Entry:
    """One word. `confidence` is "" for a definition of our own; a meaning is None where the record is silent."""

    key: str
    ko: str
    en: str
    group: str
    meaning_ko: str | None
    meaning_en: str | None
    labels: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    page: str = ""
    confidence: str = ""
    source: str = ""

    def says(self, words: str) -> bool:
        """Whether all of the words stand somewhere in the entry, in either language."""
        text = " ".join(filter(None, (self.ko, self.en, self.meaning_ko, self.meaning_en))).casefold()
        return all(word in text for word in words.casefold().split())

    @property
    def words(self) -> list["Word"]:
        """The entry in both languages, the reader's first."""
        korean, english = ("ko", self.ko, self.meaning_ko), ("en", self.en, self.meaning_en)
        first, other = (korean, english) if is_korean() else (english, korean)
        return [Word(*first, *other[:2]), Word(*other, *first[:2])]

    @property
    def related(self) -> list["Entry"]:
        return [entries()[key] for key in self.see]


def is_korean() -> bool:
    return (get_language() or "ko").startswith("ko")


@cache
def entries() -> dict[str, Entry]:
    """Every entry by its key, in the order of the file."""
    rows = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {row["key"]: _entry(row) for row in rows}


def _entry(row: dict[str, Any]) -> Entry:
    provenance = row.pop("provenance") or {}
    row |= {name: tuple(row.get(name, ())) for name in ("labels", "see")}
    return Entry(**row, confidence=provenance.get("confidence", ""), source=provenance.get("source") or "")


@cache
def _labelled(language: str) -> dict[str, Entry]:
    """Entries by the labels that open them, as they read in the language that is active."""
    return {gettext(label): entry for entry in entries().values() for label in entry.labels}


def entry_of(label: str | Promise) -> Entry | None:
    """The entry that a label opens. A lazy text goes by its English: Korean has one word for several."""
    if not isinstance(label, Promise):
        return _labelled(get_language() or "ko").get(str(label))
    with override("en"):
        return _labelled("en").get(str(label))


def grouped(found: Iterable[Entry]) -> list[tuple[Any, list[Entry]]]:
    """(heading, entries) of the groups that have any."""
    found = list(found)
    parts = [(heading, [entry for entry in found if entry.group == group]) for group, heading in GROUPS.items()]
    return [(heading, members) for heading, members in parts if members]


def as_markdown() -> str:
    """`docs/glossary.md`: written by `manage.py glossary`, never by hand."""
    lines = ["# Glossary", "", "Made of `common/glossary.yaml` by `make docs`; change it there.", ""]
    for heading, members in grouped(entries().values()):
        lines += [f"## {heading}", "", "| term | 한국어 | meaning here | 뜻 | how sure |", f"|{' --- |' * 5}"]
        lines += [*(_line(entry) for entry in members), ""]
    return "\n".join(lines)


def _line(entry: Entry) -> str:
    meanings = (entry.meaning_en or "No definition is on record", entry.meaning_ko or "자료에 정의 없음")
    cells = (entry.en, entry.ko, *meanings, entry.confidence or "own definition")
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
