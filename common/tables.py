"""Tables as pages show them: columns are declared once per noun, the cells are written here."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from html import unescape
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from common.formats import rounded
from common.order import in_language, in_readers_order, ordered
from common.templatetags.display import bp_percent, bp_points, dash, exact_day, won, won_short


@dataclass(frozen=True)
class Column:
    """One column of a table.

    `value` is an attribute path (`responsible_ministry.name`) or a function of the row; without it,
    the column's own name. `show` makes text of it: a filter of `display`, say. `kind` is `num`,
    `mid`, `wide`, `phrase` or `nowrap`. `order` is the field to sort by; a column without one does not sort.
    `link` is a function of the row that gives an address, or True for the row's own page.

    A spreadsheet holds `value` itself, or `plain` where the page shows more than one value; `unit` stands in its
    head. `beside` are further columns that only a spreadsheet has: what a page tells by a mark. `note` says above the
    table how its cells are read.
    """

    name: str
    head: Any
    value: str | Callable[[Any], Any] = ""
    show: Callable[[Any], Any] = dash
    kind: str = ""
    order: str = ""
    link: bool | Callable[[Any], str | None] = False
    is_row_head: bool = False
    plain: str | Callable[[Any], Any] = ""
    unit: Any = ""
    beside: tuple["Column", ...] = ()
    note: Any = ""

    def of(self, row: Any) -> Any:
        return self.value(row) if callable(self.value) else follow(row, self.value or self.name)

    def written(self, row: Any) -> Any:
        """The value for a spreadsheet: a number, a date, a truth or a text; None where there is none."""
        path = self.plain or self.value or self.name
        value = path(row) if callable(path) else follow(row, path)
        measured = _MEASURES.get(self.show)
        return as_cell(measured.of(value) if measured and isinstance(value, int | Fraction | float) else value)

    def written_head(self) -> str:
        measured = _MEASURES.get(self.show)
        unit = self.unit or (measured.unit if measured else "")
        return f"{self.head} ({unit})" if unit else str(self.head)

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
        return format_html('<td{} data-label="{}"><div class="value">{}</div></td>', kind, self.head, content)


@dataclass(frozen=True)
class Measured:
    """What a filter of `display` makes of a number, said in the head of a spreadsheet instead."""

    unit: Any
    of: Callable[[Any], Any] = lambda value: value


def hundredth(basis_points: Any) -> Decimal | None:
    """Basis points as percent, four decimals at most."""
    if basis_points is None:
        return None
    exact = Fraction(basis_points) / 100
    return rounded(exact, 4).normalize()


_MEASURES: dict[Any, Measured] = {
    bp_percent: Measured("%", hundredth),
    bp_points: Measured(_("percentage points"), hundredth),
    won: Measured(_("won")),
    won_short: Measured(_("won")),
}


def as_cell(value: Any) -> Any:
    """A value without its looks: rows by their name, lists as text; nothing is None."""
    if callable(value):  # get_state_display
        value = value()
    if isinstance(value, Model):
        value = getattr(value, "title", "") or getattr(value, "name", "") or str(value)
    if isinstance(value, SafeString):
        value = unescape(strip_tags(value)).strip()
    if isinstance(value, list | tuple):
        value = "; ".join(str(as_cell(item)) for item in value)
    if isinstance(value, Promise):
        value = str(value)
    return None if isinstance(value, str) and not value.strip() else value


def exactness(precision: str, date: str, head: Any) -> Column:
    """Beside a date: how exactly it is known; the date is the last day of that time."""

    def word(row: Any) -> Any:
        return getattr(row, f"get_{precision}_display") if getattr(row, date) else None

    return Column(precision, format_lazy("{}: {}", head, _("exact to the")), word)


def known_day(date: Any, precision: str) -> Any:
    """A date for a cell of a spreadsheet that has no such column beside it: the day, or as much of it as is known."""
    return date if precision in ("", "day") else exact_day(date, precision)


def sureness(field: str, head: Any) -> Column:
    """Beside a value that has a source of its own: how sure it is."""
    return Column(field, format_lazy("{}: {}", head, _("how sure")), f"get_{field}_display")


def sureness_of(name: str, head: Any, found: Callable[[Any], Any]) -> Column:
    """Beside another row, or several, that `found` takes from this one: how sure that one is."""

    def words(row: Any) -> Any:
        others = found(row)
        return [_sure_word(other) for other in others] if isinstance(others, list) else _sure_word(others)

    return Column(f"{name}_sure", format_lazy("{}: {}", head, _("how sure")), words)


def _sure_word(row: Any) -> Any:
    return row.get_confidence_display() if hasattr(row, "confidence") else None


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


def sortable(columns: Iterable[Column]) -> list[str]:
    """The columns that a list can be sorted by."""
    return [column.name for column in columns if column.order]


def sort(rows: QuerySet, columns: Sequence[Column], wanted: str) -> QuerySet:
    """Rows by the column named in the address (`-due` downwards); else in the list's own order."""
    name, minus = wanted.removeprefix("-"), "-" if wanted.startswith("-") else ""
    column = next((column for column in columns if column.order and column.name == name), None)
    if column is not None:
        return ordered(rows, minus + in_language(rows.model, column.order))
    return in_readers_order(rows)
