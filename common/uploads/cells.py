"""Reads the part of one sheet: cells, hidden rows and columns, merged areas."""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from common.uploads.grid import Area, Cell, Kind, Limits, Refused, Sheet, letters
from common.uploads.xml import Attributes, parse

# Above the rows of data there may be heads and hints.
HEAD_ROWS = 20
MAX_AREAS = 1_000
MAX_SPILLED = 20
_FIRST_DAY = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - what a cell shows has no zone
_LEAP_DAY_THAT_WAS_NONE = 60
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE = ("1", "true")


class SheetReader:
    """Fills a sheet from its XML. Nothing beyond the limits is kept; the first cell beyond them is named."""

    def __init__(
        self, sheet: Sheet, strings: list[str], styles: list[Kind], shift: dt.timedelta, limits: Limits
    ) -> None:
        self.sheet, self.strings, self.styles, self.shift, self.limits = sheet, strings, styles, shift, limits
        self.row = self.column = 0
        self.all_hidden = False
        self.spilled: list[Area] = []
        self._starts = {
            "row": self._row,
            "c": self._cell,
            "col": self._columns,
            "mergeCell": self._merge,
            "f": self._formula,
            "sheetFormatPr": self._format,
            "rPh": self._aid,
        }
        self._clear({})

    def read(self, data: bytes) -> None:
        parse(data, start=self._start, end=self._end, text=self._text)
        for area in self.spilled:
            self._mark_spilled(area)

    def _start(self, name: str, found: Attributes) -> None:
        handler = self._starts.get(name)
        if handler:
            handler(found)
        self._inside = name

    def _end(self, name: str) -> None:
        if name == "c":
            self._keep()
        elif name == "rPh":
            self._in_aid = False
        self._inside = ""

    def _text(self, text: str) -> None:
        if self._inside in ("v", "t") and not self._in_aid:
            self._value.append(text)
        elif self._inside == "f":
            self._code.append(text)

    def _clear(self, found: Attributes) -> None:
        self._given, self._value, self._code = found, list[str](), list[str]()
        self._is_formula, self._inside, self._in_aid = False, "", False

    def _row(self, found: Attributes) -> None:
        given = found.get("r", "")
        self.row = int(given) if given.isascii() and given.isdigit() and len(given) < 9 else self.row + 1
        self.column = 0
        is_flat = found.get("customHeight") in _TRUE and found.get("ht") in ("0", "0.0")
        is_hidden = is_flat or found.get("hidden", "1" if self.all_hidden else "0") in _TRUE
        if is_hidden and self.row <= self.limits.rows + HEAD_ROWS:
            self.sheet.hidden_rows.add(self.row)

    def _aid(self, _found: Attributes) -> None:
        """A reading aid of Japanese stands beside the text and is none of it."""
        self._in_aid = True

    def _format(self, found: Attributes) -> None:
        self.all_hidden = found.get("zeroHeight") in _TRUE

    def _columns(self, found: Attributes) -> None:
        if found.get("hidden") in _TRUE or found.get("width") in ("0", "0.0"):
            area = (_whole(found.get("min")), _whole(found.get("max")))
            if len(self.sheet.hidden_columns) < MAX_AREAS:
                self.sheet.hidden_columns.append(area)

    def _merge(self, found: Attributes) -> None:
        area = Area.of(found.get("ref", ""))
        if area and len(self.sheet.merged) < MAX_AREAS:
            self.sheet.merged.append(area)

    def _formula(self, found: Attributes) -> None:
        """A formula of several cells (an array, a data table) stands in the first of them alone."""
        self._is_formula = True
        area = Area.of(found.get("ref", ""))
        if area and found.get("t") in ("array", "dataTable") and area.has_more_than_one:
            self.spilled.append(area)
            if len(self.spilled) > MAX_SPILLED:  # one area around them all: rather too much marked than too little
                self.spilled = [Area.around(self.spilled)]

    def _cell(self, found: Attributes) -> None:
        area = Area.of(found.get("r", ""))
        self.column = area.left if area else self.column + 1
        if area:
            self.row = area.top
        self._clear(found)

    def _keep(self) -> None:
        text = "".join(self._value)
        if not text and not self._is_formula:
            return
        if self.row > self.limits.rows + HEAD_ROWS or self.column > self.limits.columns:
            raise Refused(
                _(
                    "%(place)s lies outside what is read: at most %(rows)s rows and %(columns)s columns. "
                    "Delete what stands there, or split the file."
                )
                % {
                    "place": f"{self.sheet.name}!{letters(self.column)}{self.row}",
                    "rows": f"{self.limits.rows:,}",
                    "columns": self.limits.columns,
                },
                code="too_many_rows",
            )
        self.sheet.rows.setdefault(self.row, {})[self.column] = self._made(text)

    def _made(self, text: str) -> Cell:
        if self._is_formula:
            return Cell(self.row, self.column, Kind.FORMULA, "=" + "".join(self._code))
        kind = self._given.get("t", "n")
        if kind == "s":
            at = _whole(text)
            text = self.strings[at] if at < len(self.strings) else ""
        if kind in ("s", "inlineStr", "str"):
            return Cell(self.row, self.column, Kind.TEXT, _ESCAPED.sub(_unescaped, text))
        if kind == "b":
            return Cell(self.row, self.column, Kind.BOOLEAN, "TRUE" if text in _TRUE else "FALSE")
        if kind == "e":
            return Cell(self.row, self.column, Kind.ERROR, text)
        if kind == "d":
            return Cell(self.row, self.column, Kind.DATE, text, _iso(text))
        return self._number(text)

    def _number(self, text: str) -> Cell:
        style = _whole(self._given.get("s"))
        kind = self.styles[style] if style < len(self.styles) else Kind.NUMBER
        moment = moment_of(text, self.shift) if kind == Kind.DATE else None
        return Cell(self.row, self.column, kind, text, moment)

    def _mark_spilled(self, area: Area) -> None:
        for row in self.sheet.rows.values():
            for column, cell in row.items():
                if cell in area and cell.kind != Kind.FORMULA:
                    row[column] = Cell(cell.row, cell.column, Kind.FORMULA, f"={{{area}}}")


def _unescaped(found: re.Match[str]) -> str:
    """`_x0007_` as the character it stands for; half of a pair stands for none."""
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code <= 0xDFFF else chr(code)


def moment_of(text: str, shift: dt.timedelta) -> dt.datetime | None:
    """The day and time that Excel shows for a number; None for one that it cannot show.

    Excel believes that 1900 was a leap year: its days before 1 March 1900 are one off.
    """
    try:
        serial = Decimal(text)
    except InvalidOperation:
        return None
    if not serial.is_finite() or not 0 <= serial < 3_000_000 or (not shift and int(serial) == _LEAP_DAY_THAT_WAS_NONE):
        return None
    early = dt.timedelta(days=1) if not shift and serial < _LEAP_DAY_THAT_WAS_NONE else dt.timedelta()
    seconds = round((serial % 1) * 86_400)
    try:
        return _FIRST_DAY + shift + early + dt.timedelta(days=int(serial), seconds=seconds)
    except OverflowError:
        return None


def _iso(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        return None


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
