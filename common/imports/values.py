"""How a cell becomes a value: one class for each kind of column. A cell that cannot be read says why and what to do."""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _

from common import formats
from common.errors import Invalid
from common.exports import FORMULA_STARTS
from common.imports.words import Wrong, folded, in_both, language
from common.money import NEGATIVE, parse_won
from common.uploads import Cell, Kind

# Excel keeps fifteen digits of a number; the rest it has made up.
EXCEL_DIGITS = 15
FIRST_DAY = dt.date(1948, 8, 15)
LARGEST = 2**63 - 1
_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SCIENTIFIC = re.compile(r"[+-]?\d+(\.\d+)?e[+-]?\d+", re.IGNORECASE)
_YMD = re.compile(r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?\s*(?:\([월화수목금토일]\))?")
_YM = re.compile(r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*월?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT_YEAR = re.compile(r"['’]?\d{1,2}\s*[-./년]\s*\d{1,2}\s*[-./월]\s*\d{1,2}\s*[.일]?")
_ENGLISH_DAY = re.compile(r"\d{1,2}\s*[-./]\s*\d{1,2}\s*[-./]\s*\d{4}")
_TIME = re.compile(r".*\d[ T]\d{1,2}:\d{2}.*")


@dataclass(frozen=True)
class Value:
    """Base of the kinds. `read` takes what is no formula, error or truth value; `show` is for the check page."""

    format: str = "@"
    # Whether an empty cell is an empty text, rather than no value.
    is_words: ClassVar[bool] = False

    def of(self, cell: Cell) -> Any:
        if cell.kind == Kind.FORMULA:
            raise Wrong(
                _("A formula; only what is written in a cell is read, never what Excel computed"),
                _("Copy the cell and paste it as a value."),
            )
        if cell.kind == Kind.ERROR:
            raise Wrong(_("An error of Excel stands here"), _("Enter the value itself, or leave the cell empty."))
        if cell.kind == Kind.BOOLEAN:
            raise Wrong(_("TRUE or FALSE stands here"), _("Enter the value itself."))
        return self.read(cell)

    def read(self, cell: Cell) -> Any:
        raise NotImplementedError

    def show(self, value: Any) -> str:
        return str(value)

    def choices(self) -> Sequence[Any]:
        return ()


@dataclass(frozen=True)
class Text(Value):
    """Words; kept as typed, but for spaces around them and invisible characters."""

    longest: int = 200
    is_words: ClassVar[bool] = True

    def read(self, cell: Cell) -> str:
        text = unicodedata.normalize("NFC", cell.text.replace("\u00a0", " ").replace("\r\n", "\n"))
        if _TURNED.search(text) or any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in text):
            raise Wrong(_("Invisible control characters"), _("Type the text anew in this cell."))
        text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf").strip(" \n\t")
        if len(text) > self.longest:
            raise Wrong(
                _("Too long: %(found)s characters, at most %(most)s")
                % {"found": f"{len(text):,}", "most": f"{self.longest:,}"},
                _("Shorten the text."),
            )
        if text.startswith(FORMULA_STARTS):
            raise Wrong(
                _("Begins like a formula (%s)") % text[0], _("Begin the text with a letter or a digit instead.")
            )
        return text


@dataclass(frozen=True)
class Code(Value):
    """A key that the template gives; compared without regard to case, width and invisible characters."""

    is_words: ClassVar[bool] = True

    def read(self, cell: Cell) -> str:
        return folded(cell.text)


@dataclass(frozen=True)
class Choice(Value):
    """One of a closed list, by its Korean or English name or its code."""

    of_class: Any = None

    def read(self, cell: Cell) -> str:
        found = _by_name(self.of_class).get(folded(cell.text))
        if found is not None:
            return found
        raise Wrong(_("Not on the list"), _("Choose one of: %s.") % ", ".join(str(c.label) for c in self.of_class))

    def show(self, value: str) -> str:
        return str(self.of_class(value).label)

    def choices(self) -> Sequence[Any]:
        return list(self.of_class)


@cache
def _by_name(of_class: Any) -> dict[str, str]:
    """The codes of a closed list by code, Korean and English name."""
    return {folded(name): c.value for c in of_class for name in (c.value, *in_both(c.label))}


def _number_text(cell: Cell) -> str:
    """The digits of a number, wherever they come from; a date and a percentage are no numbers."""
    if cell.kind == Kind.DATE:
        raise Wrong(_("A date, not a number"), _("Enter the number and format the cell as a number."))
    if cell.kind == Kind.PERCENT or "%" in unicodedata.normalize("NFKC", cell.text):
        raise Wrong(_("A percentage"), _("Format the cell as a number and enter the number without %."))
    text = folded(cell.text)
    if cell.kind == Kind.TEXT and _SCIENTIFIC.fullmatch(text.replace(" ", "")):
        raise Wrong(
            _("Shortened by Excel to powers of ten; digits may be lost"),
            _("Format the column as a number in Excel, enter all digits, save again."),
        )
    return text.replace("−", "-").replace("–", "-")


def _exact(cell: Cell) -> Decimal:
    """The number of a number cell. Excel's own last digits are not believed."""
    try:
        number = Decimal(cell.text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise Wrong(_("Not a number"), _("Enter a number."))
    if number.adjusted() >= EXCEL_DIGITS:
        raise Wrong(
            _("Longer than the fifteen digits that Excel keeps; the rest was rounded"),
            _("Enter it as text: format the cell as text, or write 조 and 억."),
        )
    # 0.1 + 0.2 is written 0.30000000000000004: what Excel shows has fifteen digits.
    return Decimal(f"{number:.{EXCEL_DIGITS}g}")


@dataclass(frozen=True)
class Won(Value):
    """Whole won, not negative: plain digits, with separators, or with 조, 억, 만."""

    format: str = "#,##0"

    def read(self, cell: Cell) -> int:
        text = _number_text(cell)
        if text.startswith((*NEGATIVE, "(")):
            raise Wrong(_("A negative amount"), _("Enter the level itself, 0 or more; a reduction is a lower level."))
        if cell.kind == Kind.NUMBER:
            return self._whole(_exact(cell))
        try:
            amount = parse_won(text)
        except Invalid as error:
            raise Wrong(_("Not an amount of money"), error.message) from error
        if amount > LARGEST:
            raise Wrong(_("Too large an amount"), _("Check the unit: the column is in won."))
        return amount

    @staticmethod
    def _whole(amount: Decimal) -> int:
        if amount != amount.to_integral_value():
            raise Wrong(_("A fraction of a won"), _("Enter whole won; check the unit of the column."))
        return int(amount)

    def show(self, value: int) -> str:
        return formats.won_exact(value, language())


@dataclass(frozen=True)
class Number(Value):
    """A decimal number with as many digits as the database keeps."""

    digits: int = 24
    places: int = 6
    format: str = "General"

    def read(self, cell: Cell) -> Decimal:
        text = _number_text(cell)
        if cell.kind == Kind.NUMBER:
            number = _exact(cell)
        elif re.fullmatch(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", text, re.ASCII):
            number = Decimal(text.replace(",", ""))
        else:
            raise Wrong(_("Not a number"), _("Enter digits alone, with a point for decimals; the unit stands beside."))
        whole = self.digits - self.places
        if number != round(number, self.places) or abs(number) >= 10**whole:
            raise Wrong(
                _("Too many digits: at most %(whole)s before and %(places)s after the point")
                % {"whole": whole, "places": self.places},
                _("Round the number."),
            )
        return number

    def show(self, value: Decimal) -> str:
        return f"{value:,f}".rstrip("0").rstrip(".") if value % 1 else f"{value.to_integral_value():,f}"


@dataclass(frozen=True)
class Share(Number):
    """Percent of a whole with two decimals, as basis points; the head of the column says that it is percent."""

    format: str = "0.00"

    def read(self, cell: Cell) -> int:  # type: ignore[override]
        basis_points = super().read(cell) * 100
        if not 0 <= basis_points <= 10_000 or basis_points % 1:
            raise Wrong(_("Not a share"), _("Enter a number from 0 to 100 with at most two decimals."))
        return int(basis_points)

    def show(self, value: int) -> str:  # type: ignore[override]
        return f"{formats.number(Decimal(value) / 100)}%"


@dataclass(frozen=True)
class Year(Value):
    format: str = "0"

    def read(self, cell: Cell) -> int:
        text = _number_text(cell).removesuffix("년").removesuffix(".0").strip()
        if not re.fullmatch(r"\d{4}", text, re.ASCII):
            raise Wrong(_("Not a year of four digits"), _("Enter the year as in 2026."))
        return int(text)


@dataclass(frozen=True)
class Day(Value):
    """A day in the past or today: a date of Excel, or text that reads year, month, day."""

    format: str = "yyyy-mm-dd"

    def read(self, cell: Cell) -> dt.date:
        day = self._any_day(cell)
        if day > timezone.localdate():
            raise Wrong(_("A day in the future"), _("Enter the day on which this was so, today at the latest."))
        return day

    def _any_day(self, cell: Cell) -> dt.date:
        day = self._of_cell(cell) if cell.kind != Kind.TEXT else self._of_text(folded(cell.text))
        if day < FIRST_DAY:
            raise Wrong(
                _("A day before %s") % formats.day(FIRST_DAY, language()),
                _("Enter the date with its four-digit year; the cell may count days from 1900."),
            )
        return day

    @staticmethod
    def _of_cell(cell: Cell) -> dt.date:
        if cell.kind != Kind.DATE:
            found = _COMPACT.fullmatch(cell.text)
            if found:
                return _day(*found.groups())
            raise Wrong(_("A number, not a date"), _("Format the cell as a date, or write 2026-01-31."))
        if cell.moment is None:
            raise Wrong(_("A date that does not exist"), _("Enter the date as in 2026-01-31."))
        if cell.moment.time() != dt.time():
            raise Wrong(_("A date with a time of day"), _("Enter the date alone."))
        return cell.moment.date()

    @staticmethod
    def _of_text(text: str) -> dt.date:
        found = _YMD.fullmatch(text) or _COMPACT.fullmatch(text)
        if found:
            return _day(*found.groups())
        if _TIME.fullmatch(text):
            raise Wrong(_("A date with a time of day"), _("Enter the date alone."))
        if _ENGLISH_DAY.fullmatch(text):
            raise Wrong(_("Day and month could be taken for each other"), _("Enter the date as in 2026-01-31."))
        if _SHORT_YEAR.fullmatch(text):
            raise Wrong(_("A year of two digits"), _("Enter the year with four digits, as in 2026-01-31."))
        raise Wrong(_("Not a date"), _("Enter the date as in 2026-01-31."))

    def show(self, value: dt.date) -> str:
        return formats.day(value, language())


@dataclass(frozen=True)
class Month(Day):
    """A month as `2026-10`, or any of its days; read as its first day."""

    format: str = "@"

    def read(self, cell: Cell) -> dt.date:
        found = _YM.fullmatch(folded(cell.text)) if cell.kind == Kind.TEXT else None
        return _day(found[1], found[2], "1") if found else self._any_day(cell).replace(day=1)

    def show(self, value: dt.date) -> str:
        return formats.month(value, language())


@dataclass(frozen=True)
class PlannedDay(Day):
    """A day of a plan, also one to come."""

    def read(self, cell: Cell) -> dt.date:
        return self._any_day(cell)


def _day(year: str, month: str, day: str) -> dt.date:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError as error:
        raise Wrong(_("A date that does not exist"), _("Enter the date as in 2026-01-31.")) from error
