"""What the parts of an import share: errors of cells, comparison of texts, both languages."""

import unicodedata

from django.utils.functional import Promise
from django.utils.translation import get_language, override

Words = str | Promise
LANGUAGES = ("ko", "en")


class Wrong(Exception):
    """What is wrong with one cell, and what to do about it."""

    def __init__(self, wrong: str, remedy: str) -> None:
        super().__init__(wrong)
        self.wrong, self.remedy = wrong, remedy


def in_both(text: Words) -> tuple[str, ...]:
    """The text in Korean and in English."""
    found = []
    for language in LANGUAGES:
        with override(language):
            found.append(str(text))
    return tuple(found)


def folded(text: str) -> str:
    """As codes, heads and names are compared: one width, one form of Hangul, no invisible character, one case."""
    plain = unicodedata.normalize("NFKC", text)
    seen = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    return " ".join(seen.split()).casefold()


def shown(text: str, length: int = 60) -> str:
    """What stood in a cell, short, with control characters made visible."""
    seen = "".join(f"⟨{ord(sign):04X}⟩" if unicodedata.category(sign) in ("Cc", "Cf") else sign for sign in text)
    return seen if len(seen) <= length else f"{seen[:length]}…"


def language() -> str:
    return "en" if (get_language() or "ko").startswith("en") else "ko"
