"""Tables as pages show them: columns are declared once per noun, the cells are written here."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.templatetags.display import dash


@dataclass(frozen=True)
class Column:
    """One column of a table.

    `value` is an attribute path (`responsible_ministry.name`) or a function of the row; without it,
    the column's own name. `show` makes text of it: a filter of `display`, say. `kind` is `num`,
    `mid`, `wide` or `nowrap`. `order` is the field to sort by; a column without one does not sort.
    `link` is a function of the row that gives an address, or True for the row's own page.
    """

    name: str
    head: Any
    value: str | Callable[[Any], Any] = ""
    show: Callable[[Any], Any] = dash
    kind: str = ""
    order: str = ""
    link: bool | Callable[[Any], str | None] = False
    is_row_head: bool = False

    def of(self, row: Any) -> Any:
        return self.value(row) if callable(self.value) else follow(row, self.value or self.name)

    def href(self, row: Any) -> str | None:
        if callable(self.link):
            return self.link(row)
        return row.get_absolute_url() if self.link else None

    def cell(self, row: Any) -> SafeString:
        """The cell as HTML; on narrow screens it stands with its head as a label."""
        shown = self.show(self.of(row))
        href = self.href(row)
        content = format_html('<a href="{}">{}</a>', href, shown) if href else shown
        kind = format_html(' class="{}"', self.kind) if self.kind else ""
        if self.is_row_head:
            return format_html('<th scope="row"{}>{}</th>', kind, content)
        return format_html('<td{} data-label="{}">{}</td>', kind, self.head, content)


@dataclass(frozen=True)
class Table:
    """What `common/_table.html` shows: columns, rows, and what to say where there are none."""

    columns: Sequence[Column]
    rows: Iterable[Any]
    caption: Any
    id: str = "table"
    empty_title: Any = ""
    empty_hint: Any = ""
    is_sortable: bool = False

    def showing(self, rows: Iterable[Any]) -> "Table":
        """The same table over rows that were prepared further."""
        return replace(self, rows=rows)

    def body(self) -> list[list[SafeString]]:
        return [[column.cell(row) for column in self.columns] for row in self.rows]


def follow(row: Any, path: str) -> Any:
    """The value at the end of a path of attributes; None where a step leads nowhere."""
    for step in path.split("."):
        if row is None:
            return None
        row = row.get(step) if isinstance(row, dict) else getattr(row, step)
    return row


def sort(rows: QuerySet, columns: Sequence[Column], wanted: str) -> QuerySet:
    """Rows by the column named in the address (`-due` downwards), empty values last; else as they are."""
    name, descending = wanted.lstrip("-"), wanted.startswith("-")
    column = next((column for column in columns if column.order and column.name == name), None)
    if column is None:
        return rows
    field = F(column.order)
    return rows.order_by(field.desc(nulls_last=True) if descending else field.asc(nulls_last=True), "pk")
