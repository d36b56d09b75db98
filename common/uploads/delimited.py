"""Reads text with separators: finds out the encoding and the separator, and says what it found."""

import codecs
import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from common.uploads.grid import Break, Cell, Kind, Limits, Refused, Sheet, Workbook

SHEET = "CSV"
# A long cell is named by its column; the size of the file is the limit.
csv.field_size_limit(2**24)
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)


def read_text(data: bytes, limits: Limits) -> Workbook:
    text, encoding = _decoded(data)
    separator = _separator(text)
    names = {",": _("comma"), ";": _("semicolon"), "\t": _("tab")}
    sheet = Sheet(SHEET)
    for number, cells in _records(text, separator, sheet):
        if number > limits.rows + 20:
            raise Refused(
                _("The file has more than %(rows)s rows. Split it into several files, upload one after the other.")
                % {"rows": f"{limits.rows:,}"},
                code="too_many_rows",
            )
        _keep(sheet, number, cells, limits)
    note = _("Read as text in %(encoding)s, separated by %(separator)s.") % {
        "encoding": encoding,
        "separator": names[separator],
    }
    return Workbook([sheet], [note], is_text=True)


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, codec, name in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], codec), name
    if b"\0" in data[:1000]:
        codec = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
        return _strictly(data, codec), "UTF-16"
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return _strictly(data, "cp949"), "CP949 (EUC-KR)"


def _strictly(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise Refused(
            _("The text is neither UTF-8, UTF-16 nor CP949. Save the file as “CSV UTF-8” in Excel."),
            code="encoding",
        ) from error


def _separator(text: str) -> str:
    """The one that the first line with anything in it uses most."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=first.count)


def _records(text: str, separator: str, sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    """Numbered as Excel would show them: a record with a line break in quotes is one row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            sheet.breaks.append(
                Break(
                    number,
                    _("The quotation marks of this row do not pair; nothing after it could be read"),
                    str(error),
                    _("Write a quotation mark inside a text twice, or save the file anew from Excel."),
                )
            )
            return


def _keep(sheet: Sheet, number: int, cells: list[str], limits: Limits) -> None:
    if len(cells) > limits.columns:
        sheet.breaks.append(
            Break(
                number,
                _("More than %s columns") % limits.columns,
                str(len(cells)),
                _("Look for stray separators in this row."),
            )
        )
        cells = cells[: limits.columns]
    filled = {at: Cell(number, at, Kind.TEXT, text) for at, text in enumerate(cells, 1) if text.strip()}
    if filled:
        sheet.rows[number] = filled
    sheet.widths[number] = len(cells)
