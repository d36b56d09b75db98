"""How answers of the API are written down: JSON, CSV for spreadsheets, JSON lines."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from rest_framework.renderers import BaseRenderer

BOM = "\ufeff"
# A cell that begins with one of these is run as a formula by Excel and its like.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


class OrjsonRenderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None
    streams = False

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return b"" if data is None else orjson.dumps(data, default=str)


class RowRenderer(BaseRenderer):
    """Writes a list row by row, so that one of any length leaves in constant memory."""

    charset = None
    streams = True

    def lines(self, rows: Iterable[dict[str, Any]], columns: list[str]) -> Iterator[bytes]:
        raise NotImplementedError

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        rows = data["results"] if isinstance(data, dict) and "results" in data else [data]
        return b"".join(self.lines(rows, renderer_context["view"].columns()))


class NdjsonRenderer(RowRenderer):
    media_type = "application/x-ndjson"
    format = "ndjson"

    def lines(self, rows: Iterable[dict[str, Any]], columns: list[str]) -> Iterator[bytes]:
        for row in rows:
            yield orjson.dumps(row, default=str, option=orjson.OPT_APPEND_NEWLINE)


class CsvRenderer(RowRenderer):
    """UTF-8 with a byte order mark, which Excel needs to read Korean; `a.b` is a part of a part."""

    media_type = "text/csv"
    format = "csv"

    def lines(self, rows: Iterable[dict[str, Any]], columns: list[str]) -> Iterator[bytes]:
        writer = csv.writer(_Echo())
        yield (BOM + writer.writerow(columns)).encode()  # type: ignore[operator]
        for row in rows:
            yield writer.writerow([cell(_pick(row, column)) for column in columns]).encode()  # type: ignore[attr-defined]


class _Echo:
    """A file that hands every line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _pick(row: Any, column: str) -> Any:
    for name in column.split("."):
        row = row.get(name) if isinstance(row, dict) else None
    return row


def cell(value: Any) -> Any:
    """One value as a cell; a text that a spreadsheet would run gets an apostrophe in front."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        return value
    if isinstance(value, list):
        value = "; ".join(_named(item) for item in value)
    elif isinstance(value, dict):
        value = orjson.dumps(value, default=str).decode()
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def _named(item: Any) -> str:
    """A row in a list of rows by its code, anything else as text."""
    if isinstance(item, dict):
        return next((str(item[name]) for name in ("code", "key", "slug", "id") if name in item), str(item))
    return str(item)
