"""Reads an .xlsx package: every cell as written, and what a mere value would hide.

One reader for all of it, so that no two opinions of the same file exist (docs/adr/0008).
"""

import posixpath
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import gettext as _

from common.uploads.cells import SheetReader
from common.uploads.grid import Limits, Refused, Sheet, Workbook
from common.uploads.package import Package, bomb, damaged
from common.uploads.styles import kinds_of_styles
from common.uploads.xml import Attributes, parse

MAX_SHEETS = 20
# Excel allows no longer one.
LONGEST_NAME = 31
MAX_STRINGS = 150_000
# What Excel's first day of 1904 lies behind its first day of 1900.
DAYS_TO_1904 = timedelta(days=1462)


@dataclass
class _Contents:
    """`workbook.xml`: sheets as (name, relation, is hidden), and the first day."""

    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    starts_1904: bool = False

    def start(self, name: str, found: Attributes) -> None:
        if name == "workbookPr":
            self.starts_1904 = found.get("date1904") in ("1", "true", "on")
        elif name == "sheet":
            self.sheets.append(
                (found.get("name", "")[:LONGEST_NAME], found.get("id", ""), found.get("state", "visible") != "visible")
            )


def read_workbook(data: bytes, limits: Limits) -> Workbook:
    package = Package(data, limits)
    _refuse_other_formats(package)
    book = _target(package, "_rels/.rels", "", "officeDocument")
    contents = _Contents()
    parse(package.read(book), start=contents.start)
    if not contents.sheets or len(contents.sheets) > MAX_SHEETS:
        raise damaged()
    folder = posixpath.dirname(book)
    relations = _relations(package, f"{folder}/_rels/{posixpath.basename(book)}.rels", folder)
    by_kind = dict(relations.values())
    strings = _strings(package, by_kind.get("sharedStrings", ""))
    styles = kinds_of_styles(package.read(by_kind["styles"])) if by_kind.get("styles", "") in package else []
    shift = DAYS_TO_1904 if contents.starts_1904 else timedelta()
    workbook = Workbook([])
    for name, relation, is_hidden in contents.sheets:
        kind, part = relations.get(relation, ("", ""))
        sheet = Sheet(name, is_hidden)
        if kind == "worksheet":
            SheetReader(sheet, strings, styles, shift, limits).read(package.read(part))
        workbook.sheets.append(sheet)
    if contents.starts_1904:
        workbook.notes.append(_("This workbook counts its days from 1904; its dates were read accordingly."))
    return workbook


def _refuse_other_formats(package: Package) -> None:
    names = package.names
    if "mimetype" in names or "content.xml" in names:
        raise Refused(
            _("This is an OpenDocument file (.ods). Save it as Excel workbook (.xlsx), upload that."), code="ods"
        )
    if any(name.endswith(("vbaproject.bin", ".bin.macro")) for name in names):
        raise Refused(
            _("The workbook holds macros (.xlsm). Save it as Excel workbook without macros (.xlsx), upload that."),
            code="macros",
        )
    if "xl/workbook.bin" in names:
        raise Refused(
            _("This is a binary workbook (.xlsb). Save it as Excel workbook (.xlsx), upload that."), code="xlsb"
        )
    if "[content_types].xml" not in names or "_rels/.rels" not in names:
        raise Refused(
            _("This is a ZIP file, but no Excel workbook. Upload the .xlsx file or the .csv file itself."), code="zip"
        )
    if b"macroEnabled" in package.read("[content_types].xml"):
        raise Refused(
            _("The workbook holds macros (.xlsm). Save it as Excel workbook without macros (.xlsx), upload that."),
            code="macros",
        )


def _relations(package: Package, part: str, folder: str) -> dict[str, tuple[str, str]]:
    """By id: kind and part. What lies outside the package is left out."""
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, given: Attributes) -> None:
        if name == "Relationship" and given.get("TargetMode") != "External":
            target = given.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[given.get("Id", "")] = (given.get("Type", "").rpartition("/")[2], path)

    parse(package.read(part), start=start)
    return found


def _target(package: Package, part: str, folder: str, kind: str) -> str:
    for found, target in _relations(package, part, folder).values():
        if found == kind:
            return target
    raise damaged()


class _Strings:
    """`sharedStrings.xml`: the text of every entry, without the reading aids of Japanese (`rPh`)."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._parts: list[str] = []
        self._depth = self._aids = 0

    def start(self, name: str, _found: Attributes) -> None:
        if name == "si":
            self._parts = []
        self._depth += name == "t"
        self._aids += name == "rPh"

    def end(self, name: str) -> None:
        self._depth -= name == "t"
        self._aids -= name == "rPh"
        if name == "si":
            self.all.append("".join(self._parts))
            if len(self.all) > MAX_STRINGS:
                raise bomb()

    def text(self, part: str) -> None:
        if self._depth and not self._aids:
            self._parts.append(part)


def _strings(package: Package, part: str) -> list[str]:
    if part not in package:
        return []
    found = _Strings()
    parse(package.read(part), start=found.start, end=found.end, text=found.text)
    return found.all
