"""How answers of the API are written down: JSON, CSV for spreadsheets, JSON lines."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from rest_framework.renderers import BaseRenderer

from common.exports import BOM, Echo, csv_cell


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
        writer = csv.writer(Echo())
        yield (BOM + writer.writerow(columns)).encode()  # type: ignore[operator]
        for row in rows:
            yield writer.writerow([cell(_pick(row, column)) for column in columns]).encode()  # type: ignore[attr-defined]


def _pick(row: Any, column: str) -> Any:
    for name in column.split("."):
        row = row.get(name) if isinstance(row, dict) else None
    return row


def cell(value: Any) -> Any:
    """One value as a cell; parts and lists as text."""
    if isinstance(value, list):
        value = "; ".join(_named(item) for item in value)
    elif isinstance(value, dict):
        value = orjson.dumps(value, default=str).decode()
    return csv_cell(value)


def _named(item: Any) -> str:
    """A row in a list of rows by its code, anything else as text."""
    if isinstance(item, dict):
        return next((str(item[name]) for name in ("code", "key", "slug", "id") if name in item), str(item))
    return str(item)
