"""The workbook to fill in: heads in Korean and English, a row of hints, the rows that the user may enter."""

import datetime as dt
import io
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.imports.declaration import Column, Importer, Role
from common.imports.layout import CODES, HINT
from common.imports.words import in_both

HEADS = 3
LEAST_ROWS = 20


def template(importer: Importer, user: Any) -> bytes:
    """Grey cells are locked (without a password, against slips), white ones are to be filled in."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    looks = _Looks(book)
    sheet = book.add_worksheet(str(importer.sheet))
    places = _codes(book, importer.codes(user), looks)
    _heads(sheet, importer, looks)
    last = HEADS + LEAST_ROWS
    for number, values in enumerate(importer.prefill(user), HEADS):
        for at, column in enumerate(importer.columns):
            _cell(sheet, number, at, values.get(column.name), looks.of(column))
        last = max(last, number)
    for at, column in enumerate(importer.columns):
        if column.name in places:
            rule = {"validate": "list", "source": places[column.name], "ignore_blank": True}
            sheet.data_validation(HEADS, at, last, at, rule)
    sheet.freeze_panes(HEADS, 1)
    sheet.autofilter(HEADS - 1, 0, last, len(importer.columns) - 1)
    sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
    book.close()
    return file.getvalue()


class _Looks:
    """The formats of the cells, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        border = {"border": 1, "border_color": "#B1B8BE", "valign": "vcenter"}
        self.head = book.add_format({**border, "bold": True, "bg_color": "#063A74", "font_color": "#FFFFFF"})
        self.hint = book.add_format(
            {**border, "italic": True, "bg_color": "#F4F5F6", "text_wrap": True, "font_size": 9}
        )
        self.border = border
        self.made: dict[tuple[str, bool], Any] = {}

    def of(self, column: Column) -> Any:
        is_open = column.role == Role.ENTRY or column.is_open
        key = (column.value.format, is_open)
        if key not in self.made:
            look = {"locked": False} if is_open else {"bg_color": "#E6E8EA", "font_color": "#33363D"}
            self.made[key] = self.book.add_format({**self.border, **look, "num_format": column.value.format})
        return self.made[key]


def _heads(sheet: Any, importer: Importer, looks: _Looks) -> None:
    sheet.set_row(HEADS - 1, 48)
    for at, column in enumerate(importer.columns):
        korean, english = in_both(column.head)
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, korean, looks.head)
        sheet.write_string(1, at, english, looks.head)
        sheet.write_string(2, at, (f"{HINT} " if not at else "") + _hint(column), looks.hint)


def _hint(column: Column) -> str:
    if column.role == Role.INFO:
        return _("For your information; not read")
    must = pgettext("column", "required") if column.required else pgettext("column", "optional")
    return f"{column.hint} ({must})" if column.hint else must


def _cell(sheet: Any, row: int, at: int, value: Any, look: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, at, None, look)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, at, dt.datetime.combine(value, dt.time()), look)
    elif isinstance(value, str):
        sheet.write_string(row, at, value, look)
    else:
        sheet.write_number(row, at, value, look)


def _codes(book: Any, codes: list[tuple[Column, list[Any]]], looks: _Looks) -> dict[str, str]:
    """A visible sheet with the allowed words; by column the cells that its drop-down list takes."""
    sheet = book.add_worksheet(str(CODES))
    places: dict[str, str] = {}
    for at, (column, choices) in enumerate(codes):
        left = 2 * at
        sheet.set_column(left, left + 1, 28)
        for shift, head in enumerate(in_both(column.head)):
            sheet.write_string(0, left + shift, head, looks.head)
        for number, choice in enumerate(choices, 1):
            for shift, word in enumerate(in_both(choice.label)):
                sheet.write_string(number, left + shift, word)
        own = left + (0 if str(column.head) == in_both(column.head)[0] else 1)
        letter = chr(65 + own)
        places[column.name] = f"='{CODES}'!${letter}$2:${letter}${len(choices) + 1}"
    sheet.protect()
    return places
