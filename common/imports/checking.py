"""Checks a whole file: every row as was → will be, and every error at once. Writes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from common.imports.declaration import Column, Importer, Role, Row
from common.imports.layout import Fault, Layout, laid_out
from common.imports.words import Wrong, folded, shown
from common.uploads import Cell, Kind, Workbook

__all__ = ["Checked", "Fault", "check", "compare", "parse"]


@dataclass
class Checked:
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    layout: Layout | None = None

    @property
    def new(self) -> list[Row]:
        return [row for row in self.rows if not row.is_unchanged]

    @property
    def unchanged(self) -> list[Row]:
        return [row for row in self.rows if row.is_unchanged]

    @property
    def sheet(self) -> str:
        return self.layout.sheet.name if self.layout else ""

    @property
    def cautions(self) -> list[tuple[str, Row, str]]:
        """What should be thought of before the rows are written: the cell, its row, the words."""
        return [(self._place(row, caution.field), row, caution.words) for row in self.rows for caution in row.cautions]

    def _place(self, row: Row, name: str) -> str:
        return self.layout.place(row.number, self.layout.columns.get(name, 0)) if self.layout else ""

    @property
    def is_ready(self) -> bool:
        """Whether there is something to write, and nothing wrong."""
        return bool(self.new) and not self.faults

    @property
    def standing(self) -> dict[str, str]:
        """By row, what stood when the file was checked."""
        return {str(row.number): row.standing for row in self.rows}

    @cached_property
    def basis(self) -> str:
        """A word that changes with anything that was shown: what the user agrees to."""
        return sha256(
            "\n".join([*(row.seen for row in self.rows), *(fault.place for fault in self.faults)]).encode()
        ).hexdigest()


def check(importer: Importer, workbook: Workbook, user: Any) -> Checked:
    checked = parse(importer, workbook, user)
    compare(importer, checked, user)
    return checked


def compare(importer: Importer, checked: Checked, user: Any) -> None:
    """Set the good rows against what stands now."""
    importer.compare(checked.rows, user)
    importer.caution(checked.new, user)


def parse(importer: Importer, workbook: Workbook, user: Any) -> Checked:
    """The good rows, and the errors of all others in the order of the sheet."""
    layout = laid_out(importer, workbook)
    checked = Checked(faults=list(layout.faults), notes=list(workbook.notes), layout=layout)
    if layout.columns:
        reading = _Reading(importer, layout, user)
        checked.rows = list(reading.rows())
        reading.judge_together(checked.rows)
        checked.faults += reading.faults
    if not checked.rows and not checked.faults:
        checked.faults.append(_nothing(layout))
    bad = {fault.row for fault in checked.faults if fault.row}
    checked.rows = [row for row in checked.rows if row.number not in bad]
    return checked


def _nothing(layout: Layout) -> Fault:
    place = layout.place(layout.first, 1)
    return Fault(
        place, _("Nothing is filled in"), "", _("Fill in at least one row below the heads, save, upload again.")
    )


class _Reading:
    """Goes through the rows of data once."""

    def __init__(self, importer: Importer, layout: Layout, user: Any) -> None:
        self.importer, self.layout, self.user = importer, layout, user
        self.targets = importer.targets(user)
        self.columns = [c for c in importer.columns if c.role != Role.INFO and c.name in layout.columns]
        needed = {column.name for column in importer.columns if column.required and column.role != Role.INFO}
        self.is_complete = needed <= set(layout.columns)
        self.faults: list[Fault] = []
        self.met: dict[tuple[Any, ...], int] = {}
        self.faulty: list[Row] = []

    def rows(self) -> Iterator[Row]:
        sheet, last = self.layout.sheet, 0
        for number in sorted(sheet.rows):
            if number < self.layout.first:
                continue
            if last and number > last + 1:
                self._blank(last + 1, number - 1)
            last = number
            row = Row(number, self._cells(sheet.rows[number]))
            self._stray(row)
            if self._is_filled(row):
                if self._read(row):
                    yield row
                else:
                    self.faulty.append(row)

    def judge_together(self, rows: list[Row]) -> None:
        for row, name, wrong in self.importer.judge_together(rows, self.faulty, self.user):
            self._wrong(row, name, wrong)

    def _cells(self, found: dict[int, Cell]) -> dict[str, Cell]:
        """By the name of the column; what holds nothing but blanks is empty."""
        places = {column.name: found.get(self.layout.columns[column.name]) for column in self.columns}
        return {
            name: cell for name, cell in places.items() if cell and (folded(cell.text) or cell.kind == Kind.FORMULA)
        }

    def _is_filled(self, row: Row) -> bool:
        """A row of the template in which nothing was entered is left alone."""
        entries = {column.name for column in self.columns if column.role == Role.ENTRY}
        return not entries.isdisjoint(row.cells)

    def _blank(self, first: int, last: int) -> None:
        wrong, remedy = _("An empty row between others"), _("Delete empty rows, so that no row is overlooked.")
        found = str(first) if first == last else f"{first}–{last}"
        self.faults.append(Fault(self.layout.place(first, 1), wrong, found, remedy, first))

    def _stray(self, row: Row) -> None:
        """Something typed beside the columns is read by nobody: say so."""
        known = set(self.layout.columns.values())
        heads = self.layout.sheet.rows.get(self.layout.first - 1, {})
        for column, cell in self.layout.sheet.rows[row.number].items():
            if column not in known and column not in heads and column > max(known):
                wrong, remedy = _("A cell outside the columns"), _("Delete it, or move it under its head.")
                self._fault(row, column, wrong, cell, remedy)

    def _read(self, row: Row) -> bool:
        before = len(self.faults)
        for column in self.columns:
            self._read_cell(row, column)
        self._find(row)
        if len(self.faults) == before and self.is_complete:
            for name, wrong in self.importer.judge(row):
                self._wrong(row, name, wrong)
            self._meet(row)
        return len(self.faults) == before and self.is_complete

    def _read_cell(self, row: Row, column: Column) -> None:
        cell = row.cells.get(column.name)
        row.values[column.name] = "" if column.value.is_words else None
        try:
            if cell is not None:
                row.values[column.name] = column.value.of(cell)
            if column.required and row.values[column.name] in ("", None):
                raise Wrong(_("“%s” is empty") % column.head, _("Fill in the cell, or clear the whole row."))
        except Wrong as wrong:
            self._wrong(row, column.name, wrong)

    def _find(self, row: Row) -> None:
        """The row that is meant. One that the user does not see is unknown, in the same words."""
        key = self.importer.key
        code = row.values.get(key.name)
        if not code:
            return
        row.target = self.targets.get(code)
        if row.target is None:
            remedy = _("Copy the key from the template; it lists what you may enter.")
            self._wrong(row, key.name, Wrong(_("No such key"), remedy))
            return
        reason = self.importer.denied(self.user, row)
        if reason:
            self._wrong(row, key.name, Wrong(reason, _("Remove this row; its own ministry enters it.")))

    def _meet(self, row: Row) -> None:
        """A second row that names the same entry."""
        key = tuple(row.values.get(name) for name in self.importer.identity)
        if key in self.met:
            first = self.layout.place(self.met[key])
            wrong = Wrong(_("The same entry as in %s") % first, _("Delete one of the two rows."))
            self._wrong(row, self.importer.key.name, wrong)
        else:
            self.met[key] = row.number

    def _wrong(self, row: Row, name: str, wrong: Wrong) -> None:
        self._fault(row, self.layout.columns.get(name, 0), wrong.wrong, row.cells.get(name), wrong.remedy)

    def _fault(self, row: Row, column: int, wrong: str, cell: Cell | None, remedy: str) -> None:
        place = self.layout.place(row.number, column)
        self.faults.append(Fault(place, wrong, _found(cell), remedy, row.number))


def _found(cell: Cell | None) -> str:
    if cell is None:
        return ""
    if cell.kind == Kind.DATE and cell.moment is not None:
        return cell.moment.isoformat(" ").removesuffix(" 00:00:00")
    return shown(cell.text)
