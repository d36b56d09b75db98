"""Abstract bases of every noun: public id, version, provenance, names in two languages."""

import re
import uuid
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common import formats
from common.publishers import ADDRESS


class translated:  # noqa: N801 - reads as a field
    """`title = translated("title")`: the text in the reader's language, else the one there is."""

    def __init__(self, stem: str) -> None:
        self.stem = stem

    def __get__(self, obj: models.Model | None, owner: type | None = None) -> str:
        if obj is None:
            return self.stem
        korean, english = getattr(obj, f"{self.stem}_ko"), getattr(obj, f"{self.stem}_en")
        found = (korean or english) if _language() == "ko" else (english or korean)
        return local_dates(found) if isinstance(found, str) else found


def _language() -> str:
    return "en" if (get_language() or "ko").startswith("en") else "ko"


def known_day(date: date, precision: str = "") -> str:
    """A day among words, in the reader's language and only as exact as it is known."""
    return formats.as_known(date, precision, _language())


# A day as data write it; numbers of documents go on before or behind.
_ISO_DAY = re.compile(r"(?<![\dA-Za-z/_-])\d{4}-\d{2}-\d{2}(?![\d-])")


def local_dates(text: str, language: str = "") -> str:
    """Days among words as the reader's language (or another) writes them: 2026. 11. 22. / 22 Nov 2026.

    Addresses stay as they are, and what is no day of the calendar.
    """

    def shown(found: re.Match[str]) -> str:
        try:
            return formats.in_text(date.fromisoformat(found[0]), language or _language())
        except ValueError:
            return found[0]

    parts = ADDRESS.split(text)  # every other one is an address
    return "".join(part if place % 2 else _ISO_DAY.sub(shown, part) for place, part in enumerate(parts))


def _is_korean(text: str) -> bool:
    """Whether it is written in Korean; names in the other script do not count for much."""
    hangul = sum("가" <= letter <= "힣" for letter in text)
    return hangul * 2 > sum(letter.isascii() and letter.isalpha() for letter in text)


class Record(models.Model):
    """A row whose every change is logged by the database.

    `version` counts the changes: a trigger raises it, whatever the door, so nobody sets it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Confidence(models.TextChoices):
    """How sure a fact is (rule of truth 3)."""

    ANNOUNCED = "announced", _("Stated in the announcement, as reported")
    PUBLISHED = "published", _("Found in a published source")
    DERIVED = "derived", _("Computed from published facts")
    UNVERIFIED = "unverified", _("Not verified")
    GENERATED = "generated", _("Generated for demonstration")
    REPORTED = "reported", _("Reported by the ministry")


# What is told wherever it is shown.
MARKED = (Confidence.UNVERIFIED.value, Confidence.GENERATED.value)
# What a source or a ministry says itself: a value that is not of these says so beside it.
SAID = (Confidence.ANNOUNCED.value, Confidence.PUBLISHED.value, Confidence.REPORTED.value)


_BILINGUAL = re.compile(r"(?P<ko>[^/]*[가-힣][^/]*) / (?P<en>[^/가-힣]+)")
_REMARK = re.compile(r"\((?P<ko>[^()/]*[가-힣][^()/]*) / (?P<en>[^()/가-힣]+)\)")


def own_words(text: str) -> str:
    """Of words that stand in both languages, `한국어 / English`, the reader's; so of remarks in brackets; and days."""
    language = _language()
    whole = _BILINGUAL.fullmatch(text)
    return local_dates(whole[language] if whole else _REMARK.sub(lambda found: f"({found[language]})", text))


def local_source(source: str) -> str:
    """What a row names as its sources, in the reader's language."""
    return " ; ".join(map(own_words, source.split(" ; ")))


class Known(models.Model):
    """A row that was public before it was recorded here: a fact of the starter data, known from its publication.

    Null: known from the moment at which it was recorded. Only the loaders set it.
    """

    known_from = models.DateField(_("public from"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class Sourced(models.Model):
    """A row that says where its content comes from."""

    # What of the row is meant where it is unverified; empty: the row as a whole.
    unsure_of: Any = ""

    confidence = models.CharField(_("confidence"), max_length=12, choices=Confidence, default=Confidence.REPORTED)
    source = models.TextField(_("source"), blank=True)
    source_note = models.TextField(_("note on the source"), blank=True)

    class Meta:
        abstract = True

    @property
    def notes(self) -> tuple[str, str]:
        """The note in the reader's language, and in the other one: it is kept as a Korean line and an English one."""
        lines = self.source_note.splitlines()
        korean = local_dates("\n".join(line for line in lines if _is_korean(line)), "ko")
        english = local_dates("\n".join(line for line in lines if not _is_korean(line)), "en")
        own, other = (korean, english) if _language() == "ko" else (english, korean)
        return (own, other) if own else (other, "")

    @property
    def provenance(self) -> dict[str, str]:
        return {"confidence": self.confidence, "source": self.source, "note": self.source_note}
