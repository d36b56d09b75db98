"""What a file holds once it is read: sheets of cells, each as it was written."""

import datetime as dt
import re
from dataclasses import dataclass, field
from enum import StrEnum

from common.errors import Invalid


class Refused(Invalid):
    """The file as a whole is not read; the message says why and what to do."""


@dataclass(frozen=True)
class Limits:
    """How much is read of one file. Rows and columns are those that hold something."""

    bytes: int
    rows: int
    columns: int = 60
    unpacked: int = 40 * 2**20
    parts: int = 500


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    BOOLEAN = "boolean"
    ERROR = "error"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` is what the file says: digits, not a rounded number; `moment` is what a date cell shows."""

    row: int
    column: int
    kind: Kind
    text: str
    moment: dt.datetime | None = None

    @property
    def address(self) -> str:
        return f"{letters(self.column)}{self.row}"


@dataclass(frozen=True)
class Area:
    """Cells from (top, left) to (bottom, right), all included."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def of(cls, reference: str) -> "Area | None":
        """`B2:D5` or `B2`; None where it is no reference."""
        found = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?", reference)
        if not found:
            return None
        left, top, right, bottom = found.groups()
        return cls(int(top), number_of(left), int(bottom or top), number_of(right or left))

    @classmethod
    def around(cls, areas: "list[Area]") -> "Area":
        return cls(
            min(area.top for area in areas),
            min(area.left for area in areas),
            max(area.bottom for area in areas),
            max(area.right for area in areas),
        )

    @property
    def has_more_than_one(self) -> bool:
        return (self.top, self.left) != (self.bottom, self.right)

    def __contains__(self, cell: Cell) -> bool:
        return self.top <= cell.row <= self.bottom and self.left <= cell.column <= self.right

    def __str__(self) -> str:
        return f"{letters(self.left)}{self.top}:{letters(self.right)}{self.bottom}"


@dataclass(frozen=True)
class Break:
    """A place in a text file that cannot be read as a row: what, and what to do."""

    row: int
    wrong: str
    found: str
    remedy: str


@dataclass
class Sheet:
    name: str
    is_hidden: bool = False
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)
    # Of text files: how many cells each row has, the empty ones included.
    widths: dict[int, int] = field(default_factory=dict)

    def is_hidden_column(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self.hidden_columns)


@dataclass
class Workbook:
    """`notes` tell how the file was read: its encoding, its separator, its first day."""

    sheets: list[Sheet]
    notes: list[str] = field(default_factory=list)
    is_text: bool = False


def letters(column: int) -> str:
    """1 → A, 27 → AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def number_of(name: str) -> int:
    """A → 1, AA → 27."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number
