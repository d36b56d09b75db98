"""What a noun says of itself, so that its rows can be imported.

class Budgets(Importer):
    slug, sheet, title = "budget", _("Budget"), _("Budget entries")
    columns = (Column("line", _("Budget key"), Code(), Role.KEY), …)
    identity = ("line", "phase", "as_of")
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, ClassVar

from common.cautions import Caution
from common.imports.values import Value
from common.imports.words import Words, Wrong
from common.uploads import Cell


class Role(Enum):
    """Keys say which row is meant, entries are what the user types; the rest is for the eye and is not read."""

    KEY = "key"
    ENTRY = "entry"
    INFO = "info"


@dataclass(frozen=True)
class Column:
    name: str
    head: Words
    value: Value
    role: Role = Role.ENTRY
    required: bool = True
    hint: Words = ""
    width: int = 16
    # A key that the user may change in the template all the same.
    is_open: bool = False


@dataclass
class Row:
    """One row with something in it: what was read, what stands now, what will be."""

    number: int
    cells: dict[str, Cell]
    values: dict[str, Any] = field(default_factory=dict)
    target: Any = None
    # Which entry stands, in which version: see `state_of`.
    standing: str = ""
    was: str = ""
    will: str = ""
    is_unchanged: bool = False
    # What the action would write, unsaved, where judging the row has made it already.
    written: Any = None
    # What should be thought of before it is written, by the names of columns.
    cautions: list[Caution] = field(default_factory=list)

    @property
    def seen(self) -> str:
        """What the user agrees to, in any language: this row, what stands, what will be, what was pointed out."""
        read = f"{self.number}|{self.target.pk}|{self.standing}|{sorted(self.values.items())}|{self.is_unchanged}"
        return f"{read}|{[(caution.field, state_of(caution.about)) for caution in self.cautions]}"


def state_of(entry: Any) -> str:
    """A word that changes when another entry stands, or this one was corrected; "" where none stands."""
    return f"{entry.pk}.{entry.version}" if entry else ""


class Importer:
    """The declaration of a noun. `target` is the row that an entry hangs on, found by the first key."""

    # Unique among all nouns; `namespace` is that of the addresses, the package's.
    slug: ClassVar[str]
    namespace: ClassVar[str] = "tasks"
    title: ClassVar[Words]
    sheet: ClassVar[Words]
    columns: ClassVar[Sequence[Column]]
    # The columns that together name one entry; a second row with the same is a mistake.
    identity: ClassVar[Sequence[str]]

    def refusal(self, user: Any) -> str:
        """Why this user may enter nothing at all; "" where that is not so."""
        raise NotImplementedError

    def targets(self, user: Any) -> Mapping[str, Any]:
        """The rows that the user sees, by the folded text of the first key."""
        raise NotImplementedError

    def denied(self, user: Any, row: Row) -> str:
        """Why this user may not enter this row; "" where he may."""
        raise NotImplementedError

    def judge(self, row: Row) -> Iterator[tuple[str, Wrong]]:
        """What does not fit together in a row that was read: the column, and what is wrong."""
        return iter(())

    def judge_together(self, rows: Sequence[Row], faulty: Sequence[Row], user: Any) -> Iterator[tuple[Row, str, Wrong]]:
        """What does not fit together among the good rows: the row, its column, what is wrong.

        `faulty` are the others, as far as they could be read: what hangs on one of them is no error of its own.
        """
        return iter(())

    def compare(self, rows: Sequence[Row], user: Any) -> None:
        """Set `standing`, `was`, `will` and `is_unchanged` of each row from what stands now."""
        raise NotImplementedError

    def caution(self, rows: Sequence[Row], user: Any) -> None:
        """Set `cautions` of rows that would be written: the same that the noun's form points out."""

    def moves(self, rows: Sequence[Row], user: Any) -> Sequence[Any]:
        """Every figure that these rows would move, of a noun that moves figures: of a file without errors."""
        return ()

    def describe(self, row: Row) -> str:
        """The row in words, for the check page."""
        raise NotImplementedError

    def lock(self, rows: Sequence[Row], user: Any) -> None:
        """Hold what the rows hang on, and what stands there, until the transaction ends."""
        raise NotImplementedError

    def write(self, row: Row, *, by: Any, reason: str) -> None:
        """Call the noun's action."""
        raise NotImplementedError

    def prefill(self, user: Any) -> Iterator[dict[str, Any]]:
        """The rows of the template: values by the name of the column."""
        raise NotImplementedError

    def codes(self, user: Any) -> list[tuple[Column, list[Any]]]:
        """The lists of the columns that a user chooses from."""
        return [(column, list(column.value.choices())) for column in self.columns if column.value.choices()]

    @property
    def address(self) -> str:
        """The URL name of its first page; those of its steps begin with it."""
        return f"{self.namespace}:import-{self.slug}"

    @property
    def key(self) -> Column:
        return self.columns[0]
