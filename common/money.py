"""Amounts of money as people type them, in Korean or English, read as exact whole won. The one parser."""

import re
import unicodedata
from fractions import Fraction

from django.utils.translation import gettext as _

from common.errors import Invalid

MOST = 10**18
UNITS = {
    "조": 10**12, "천억": 10**11, "백억": 10**10, "십억": 10**9, "억": 10**8,
    "천만": 10**7, "백만": 10**6, "십만": 10**5, "만": 10**4, "천": 10**3, "": 1,
    "trillion": 10**12, "tn": 10**12, "billion": 10**9, "bn": 10**9, "million": 10**6, "mn": 10**6, "m": 10**6,
    "thousand": 10**3, "k": 10**3,
}  # fmt: skip
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNIT = "|".join(sorted(filter(None, UNITS), key=len, reverse=True))
_TERM = re.compile(rf"({_NUMBER})\s*({_UNIT})?\s*")
# A minus, however it is written; accounts mark a negative amount by △ or ▲ too.
NEGATIVE = ("-", "−", "–", "△", "▲")
_AROUND = re.compile(r"^\s*(?:krw|₩)?\s*(.*?)\s*(?:원|won|krw)?\s*$", re.DOTALL)
LONGEST = 80


def parse_won(text: str) -> int:
    """Whole won of `3조 7,400억 원`, `1,000억원`, `4.12조`, `3.74 tn`, `KRW 100 bn` or plain digits; full-width too.

    Never a float, never rounded. Raises Invalid, saying what to write instead.
    """
    found = _AROUND.match(unicodedata.normalize("NFKC", text).lower())
    words = found[1] if found else ""
    if not words or len(words) > LONGEST:
        raise Invalid(_("Enter an amount, for instance 3.74 tn, 100 bn or 3,740,000,000,000."))
    if words.startswith(NEGATIVE):
        raise Invalid(_("An amount is not below zero. Enter the whole amount that holds, not what it falls by."))
    amount = _sum(_terms(words))
    if amount.denominator != 1:
        raise Invalid(_("This is finer than one won: enter whole won."))
    if amount > MOST:
        raise Invalid(_("This is more than a million trillion won: check the unit."))
    return int(amount)


def _terms(words: str) -> list[tuple[Fraction, int]]:
    """Number and unit of each part; the parts fill the whole text."""
    terms, place = [], 0
    while place < len(words):
        term = _TERM.match(words, place)
        if term is None:
            raise Invalid(_("“%s” is not understood as an amount. Write for instance 3조 7,400억 or 3.74 tn.") % words)
        terms.append((Fraction(term[1].replace(",", "")), UNITS[term[2] or ""]))
        place = term.end()
    return terms


def _sum(terms: list[tuple[Fraction, int]]) -> Fraction:
    """The parts added up, where each fits below the unit before it (3조 7,400억, not 3조 20,000억)."""
    total, above = Fraction(0), None
    for number, unit in terms:
        if above is not None and number * unit >= above:
            raise Invalid(_("The parts do not follow each other from large to small: check the units."))
        total, above = total + number * unit, unit
    return total
