"""Which cell formats show a number as a date or a percentage."""

import re

from common.uploads.grid import Kind
from common.uploads.xml import Attributes, parse

# Excel's own formats, which a file names by number alone.
_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_PERCENTS = {9, 10}
# Quoted texts, escaped characters and bracketed parts are no part of the pattern; [h] is one.
_ASIDE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)


def kinds_of_styles(data: bytes) -> list[Kind]:
    """By the number that cells carry (`s`)."""
    codes: dict[str, str] = {}
    formats: list[str] = []
    inside: list[str] = []

    def start(name: str, found: Attributes) -> None:
        if name == "numFmt":
            codes[found.get("numFmtId", "")] = found.get("formatCode", "")
        elif name == "xf" and inside and inside[-1] == "cellXfs":
            formats.append(found.get("numFmtId", "0"))
        inside.append(name)

    def end(_name: str) -> None:
        inside.pop()

    parse(data, start=start, end=end)
    return [_kind(number, codes) for number in formats]


def _kind(number: str, codes: dict[str, str]) -> Kind:
    if number in codes:
        return _kind_of_code(codes[number])
    known = int(number) if number.isascii() and number.isdigit() else 0
    return Kind.DATE if known in _DATES else Kind.PERCENT if known in _PERCENTS else Kind.NUMBER


def _kind_of_code(code: str) -> Kind:
    pattern = _ASIDE.sub("", code).lower()
    if "%" in pattern:
        return Kind.PERCENT
    if "general" not in pattern and re.search(r"[ymdhs]", pattern):
        return Kind.DATE
    return Kind.NUMBER
