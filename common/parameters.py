"""What the query of an address may say; pages and API tell alike what they cannot read."""

import difflib
from collections.abc import Iterable

from django.utils.translation import gettext as _


def unknown(names: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """For each name that is not known, a sentence with the nearest known ones."""
    known = sorted(set(known))
    return {
        name: _("Unknown parameter. Known: %s.") % ", ".join(difflib.get_close_matches(name, known, n=3) or known)
        for name in names
        if name not in known
    }


def whole_number(text: str, maximum: int) -> int | None:
    """The number from 1 to `maximum` that a text says; None for any other text."""
    return int(text) if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= maximum else None


def number_allowed(name: str, maximum: int) -> str:
    return _("“%(name)s” is a whole number from 1 to %(maximum)s.") % {"name": name, "maximum": maximum}
