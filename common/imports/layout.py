"""Which sheet is meant, which column stands where, and what the eye does not see."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.imports.declaration import Column, Importer, Role
from common.imports.words import folded, in_both, shown
from common.uploads import Cell, Sheet, Workbook
from common.uploads.grid import letters

CODES = gettext_lazy("Codes")
# The row of hints begins with this.
HINT = "※"
HEADS_WITHIN = 10


@dataclass(frozen=True)
class Fault:
    """One error: where, what is wrong, what was found, what to do."""

    place: str
    wrong: str
    found: str
    remedy: str
    row: int = 0


@dataclass
class Layout:
    """Where things stand in the sheet that is read: the column of each name, and the first row of data."""

    sheet: Sheet
    columns: dict[str, int] = field(default_factory=dict)
    first: int = 1
    faults: list[Fault] = field(default_factory=list)

    def place(self, row: int, column: int = 0) -> str:
        return f"{self.sheet.name}!{letters(column) if column else ''}{row}"


def laid_out(importer: Importer, workbook: Workbook) -> Layout:
    """The layout with every error of it; without columns where no heads were found."""
    sheet, faults = _sheet(importer, workbook)
    layout = Layout(sheet, faults=faults)
    _find_heads(importer, layout)
    if layout.columns:
        layout.faults += [*_hidden(importer, layout), *_merged(layout), *_broken(layout)]
    return layout


def _sheet(importer: Importer, workbook: Workbook) -> tuple[Sheet, list[Fault]]:
    """The sheet by its name, else the first visible one. Others are named, lest somebody believe they were read."""
    if workbook.is_text:
        return workbook.sheets[0], []
    own = {folded(name) for name in in_both(importer.sheet)}
    aside = {folded(name) for name in in_both(CODES)}
    sheets = [sheet for sheet in workbook.sheets if folded(sheet.name) not in aside]
    named = [sheet for sheet in sheets if folded(sheet.name) in own]
    visible = [sheet for sheet in sheets if not sheet.is_hidden]
    chosen = (named or visible or sheets or workbook.sheets)[0]
    return chosen, list(_wrong_sheets(importer, sheets, chosen, is_named=bool(named)))


def _wrong_sheets(importer: Importer, sheets: list[Sheet], chosen: Sheet, *, is_named: bool) -> Iterator[Fault]:
    name = str(importer.sheet)
    if not is_named:
        wrong = _("The sheet “%s” is missing; the first visible sheet was read instead") % name
        yield Fault(f"{chosen.name}!A1", wrong, chosen.name, _("Name the sheet “%s”, as in the template.") % name)
    for sheet in sheets:
        if sheet.is_hidden:
            wrong = _("A hidden sheet")
            remedy = _("Show the sheet (right click on a tab > Unhide) and delete it, or move its rows.")
        elif sheet is not chosen and sheet.rows:
            wrong = _("A further sheet, which is not read")
            remedy = _("Move its rows to the sheet “%s”, or delete it.") % name
        else:
            continue
        yield Fault(f"{sheet.name}!A1", wrong, sheet.name, remedy)


def _find_heads(importer: Importer, layout: Layout) -> None:
    names = {folded(head): column for column in importer.columns for head in in_both(column.head)}
    best: tuple[int, int] = (0, 0)
    for number, cells in sorted(layout.sheet.rows.items())[:HEADS_WITHIN]:
        best = max(best, (sum(folded(cell.text) in names for cell in cells.values()), -number))
    hits, row = best[0], -best[1]
    if hits < 2:
        place = layout.place(1, 1)
        remedy = _("Put the heads of the template into the first row: %s.") % _listed(importer.columns)
        layout.faults.append(Fault(place, _("No row of heads was found"), _first_text(layout), remedy))
        return
    _read_heads(importer, layout, names, row)
    layout.first = row + 1
    while _is_head_or_hint(layout, names, layout.first):
        layout.first += 1


def _first_text(layout: Layout) -> str:
    return next((shown(cell.text) for row in layout.sheet.rows.values() for cell in row.values()), "")


def _listed(columns: object) -> str:
    return ", ".join(str(column.head) for column in columns if column.role != Role.INFO)  # type: ignore[attr-defined]


def _read_heads(importer: Importer, layout: Layout, names: dict[str, Column], row: int) -> None:
    for cell in layout.sheet.rows[row].values():
        column = names.get(folded(cell.text))
        place = layout.place(row, cell.column)
        if column is None:
            wrong, remedy = _("An unknown column"), _("Delete the column, or give it a head of the template: %s.")
            layout.faults.append(Fault(place, wrong, shown(cell.text), remedy % _listed(importer.columns), row))
        elif column.name in layout.columns:
            wrong, remedy = _("The same column twice"), _("Delete one of the two columns.")
            layout.faults.append(Fault(place, wrong, shown(cell.text), remedy, row))
        else:
            layout.columns[column.name] = cell.column
    for column in importer.columns:
        if column.name not in layout.columns and column.required and column.role != Role.INFO:
            wrong = _("The column “%s” is missing") % column.head
            remedy = _("Add the column with this head, or fill in a fresh template.")
            layout.faults.append(Fault(layout.place(row), wrong, "", remedy, row))


def _is_head_or_hint(layout: Layout, names: dict[str, Column], row: int) -> bool:
    cells = list(layout.sheet.rows.get(row, {}).values())
    if not cells:
        return False
    is_hint = cells[0].text.startswith(HINT)
    return is_hint or all(
        folded(cell.text) in names and layout.columns.get(names[folded(cell.text)].name) == cell.column
        for cell in cells
    )


def _hidden(importer: Importer, layout: Layout) -> Iterator[Fault]:
    """Rows and columns with something typed in them that Excel does not show."""
    typed = {layout.columns[c.name] for c in importer.columns if c.role == Role.ENTRY and c.name in layout.columns}
    for number in sorted(layout.sheet.hidden_rows):
        cell = next((c for c in _data(layout, number) if c.column in typed), None)
        if cell:
            wrong, remedy = (
                _("A hidden row with entries"),
                _("Show the row or clear the filter, check it, upload again."),
            )
            yield Fault(layout.place(number, cell.column), wrong, shown(cell.text), remedy, number)
    for column in sorted(typed):
        if layout.sheet.is_hidden_column(column):
            cell = next((c for n in layout.sheet.rows for c in _data(layout, n) if c.column == column), None)
            if cell:
                wrong, remedy = _("A hidden column with entries"), _("Show the column, check it, upload again.")
                yield Fault(layout.place(cell.row, column), wrong, shown(cell.text), remedy)


def _data(layout: Layout, number: int) -> list[Cell]:
    return list(layout.sheet.rows.get(number, {}).values()) if number >= layout.first else []


def _merged(layout: Layout) -> Iterator[Fault]:
    for area in layout.sheet.merged:
        if area.bottom >= layout.first:
            wrong, remedy = _("Merged cells"), _("Unmerge the cells and fill in each row by itself.")
            yield Fault(layout.place(area.top, area.left), wrong, str(area), remedy, area.top)


def _broken(layout: Layout) -> Iterator[Fault]:
    """What a text file alone can have wrong: quotation marks, and rows of another length than the heads."""
    for place in layout.sheet.breaks:
        yield Fault(layout.place(place.row, 1), place.wrong, place.found, place.remedy, place.row)
    heads = layout.sheet.widths.get(layout.first - 1, 0)
    for number, width in layout.sheet.widths.items():
        if number >= layout.first and layout.sheet.rows.get(number) and width != heads:
            wrong = _("The row has %(found)s cells, the heads have %(heads)s") % {"found": width, "heads": heads}
            remedy = _("Put texts that contain the separator in quotation marks, and keep empty cells.")
            yield Fault(layout.place(number, min(width, heads) + (width > heads)), wrong, str(width), remedy, number)
