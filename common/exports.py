"""A list as a file: the same rows, order and columns as its page, as CSV or Excel, of any length in little memory.

Texts that a spreadsheet would run are made inert, so that they come back unchanged: in CSV an apostrophe stands in
front (`inert`, undone by `as_typed`), in Excel they are cells of text with the mark "quote prefix".
"""

import csv
import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import IO, Any
from urllib.parse import quote

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from common import formats

BOM = "\ufeff"
# A cell that begins with one of these is run as a formula, or read as something else, by Excel and its like.
FORMULA_STARTS = ("=", "+", "-", "@", "|", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
FORMATS = ("csv", "xlsx")
# Limits of Excel: digits of a number, characters of a cell, rows of a sheet with its head, the first day.
DIGITS, LETTERS, ROWS, FIRST_DAY = 15, 32_767, 1_048_576, dt.date(1900, 3, 1)


@dataclass
class Sheet:
    """What is written: heads, rows of plain values, and what there is to know about them."""

    title: str
    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Any]]
    about: list[tuple[str, str]] = field(default_factory=list)


def is_formula(text: str) -> bool:
    return text.lstrip(" '").startswith(FORMULA_STARTS)


def inert(text: str) -> str:
    """The text with an apostrophe in front, where a spreadsheet would run it."""
    return f"'{text}" if is_formula(text) else text


def as_typed(text: str) -> str:
    """What `inert` was given: for imports."""
    return text[1:] if text.startswith("'") and is_formula(text) else text


def response(sheet: Sheet, format_: str, on: dt.date) -> HttpResponseBase:
    answer = _csv(sheet) if format_ == "csv" else _xlsx(sheet)
    plain, own = (f"{name}_{on.isoformat()}.{format_}" for name in (sheet.name, sheet.title.replace("/", "-")))
    # A name for old programs, and the same in the reader's language (RFC 5987).
    answer["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(own)}"
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


# CSV: RFC 4180, UTF-8 with the mark that Excel needs to read Korean -----------------------------------------------


def _csv(sheet: Sheet) -> StreamingHttpResponse:
    return StreamingHttpResponse(_lines(sheet), content_type="text/csv; charset=utf-8")


def _lines(sheet: Sheet) -> Iterator[bytes]:
    writer = csv.writer(Echo())
    yield (BOM + writer.writerow([inert(head) for head in sheet.heads])).encode()  # type: ignore[operator]
    for row in sheet.rows:
        yield writer.writerow([csv_cell(value) for value in row]).encode()  # type: ignore[attr-defined]


class Echo:
    """A file that hands every line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_cell(value: Any) -> Any:
    """Nothing is an empty cell, never 0; numbers and dates are written as such, texts inert."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "true", False: "false"}[value]
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, int | float):
        return value
    if isinstance(value, dt.date):
        return formats.local(value).isoformat()
    return inert(str(value))


# Excel ----------------------------------------------------------------------------------------------------------------


def _xlsx(sheet: Sheet) -> FileResponse:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    write_workbook(sheet, file)
    file.seek(0)
    return FileResponse(file, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def write_workbook(sheet: Sheet, file: IO[bytes]) -> None:
    """Data on the first sheets, what there is to know about them on the last."""
    with xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False}) as book:
        looks = _Looks(book)
        rows, number, carried = iter(sheet.rows), 0, None
        while number == 0 or carried is not None:
            number += 1
            carried = _write_sheet(book, looks, sheet, rows, number, carried)
        page = book.add_worksheet(_("About this file")[:31])
        page.set_column(0, 0, 24)
        page.set_column(1, 1, 100)
        for place, (term, text) in enumerate(sheet.about):
            page.write_string(place, 0, term, looks.head)
            page.write_string(place, 1, text, looks.wrapped)


class _Looks:
    def __init__(self, book: Any) -> None:
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#EEF2F7"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self.whole = book.add_format({"num_format": "#,##0"})
        self.quoted = book.add_format({"quote_prefix": True})


def _write_sheet(book: Any, looks: _Looks, sheet: Sheet, rows: Iterator[Any], number: int, carried: Any) -> Any:
    """One sheet; the row that no longer fits on it, which begins the next one, or None."""
    title = "".join(" " if sign in "[]:*?/\\" else sign for sign in sheet.title)
    page = book.add_worksheet(title[:31] if number == 1 else f"{title[:27]} {number}")
    page.freeze_panes(1, 0)
    page.set_column(0, len(sheet.heads) - 1, 18)
    for place, head in enumerate(sheet.heads):
        page.write_string(0, place, head, looks.head)
    last, left = 0, None
    for row in rows if carried is None else _with_first(carried, rows):
        if last + 1 == ROWS:
            left = row
            break
        last += 1
        for place, value in enumerate(row):
            _write_cell(page, looks, last, place, value)
    page.autofilter(0, 0, last, len(sheet.heads) - 1)
    return left


def _with_first(first: Any, rest: Iterator[Any]) -> Iterator[Any]:
    yield first
    yield from rest


def _write_cell(page: Any, looks: _Looks, row: int, place: int, value: Any) -> None:
    """Whole numbers, decimals, dates and truths as such; anything else as text that is never run."""
    if value is None:
        return
    if isinstance(value, bool):
        page.write_boolean(row, place, value)
    elif isinstance(value, int | float | Decimal) and _fits(value):
        page.write_number(row, place, value, looks.whole if isinstance(value, int) and abs(value) > 9999 else None)
    elif isinstance(value, dt.datetime):
        page.write_datetime(row, place, formats.local(value).replace(tzinfo=None), looks.moment)  # type: ignore[call-arg]
    elif isinstance(value, dt.date) and value >= FIRST_DAY:
        page.write_datetime(row, place, value, looks.day)
    else:
        text = str(value)
        text = text if len(text) <= LETTERS else f"{text[: LETTERS - 1]}…"
        page.write_string(row, place, text, looks.quoted if is_formula(text) else None)


def _fits(value: Any) -> bool:
    """Excel keeps fifteen digits; a longer number would be changed, and is written as text."""
    digits = Decimal(str(value)).normalize().as_tuple().digits
    return len(digits) <= DIGITS
