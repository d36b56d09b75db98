"""Fields that read what people type: money, dates, shares, numbers, lists; and the field that a column takes."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.countries import COUNTRIES
from common.errors import Invalid
from common.money import parse_won

# Of every field that says how exact a date is.
EXACT = _("How exact the date is")
EXACT_HINT = _("Where only the month, half-year or year is known, choose that and enter its last day.")
FIRST, LAST = date(1900, 1, 1), date(2200, 12, 31)
_DATE = re.compile(r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?\s*(?:\(.\))?")


def plain(value: Any) -> Any:
    """Typed text with ordinary digits and signs (full-width ones are meant the same), without blanks around."""
    return unicodedata.normalize("NFKC", value).replace("−", "-").strip() if isinstance(value, str) else value


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """2026-11-22, also 2026. 11. 22.(일) or 2026년 11월 22일."""

    widget = Day
    default_error_messages: ClassVar = {
        "invalid": _("Enter a date of the calendar, for instance 2026-11-22."),
        "far": _("Enter a date between 1900 and 2200."),
    }

    def to_python(self, value: Any) -> date | None:
        found = _DATE.fullmatch(plain(value)) if isinstance(value, str) else None
        day = super().to_python("-".join(found.groups()) if found else value)
        if day and not FIRST <= day <= LAST:
            raise ValidationError(self.error_messages["far"], "far")
        return day


class WonField(forms.CharField):
    """Money in words or digits, as whole won."""

    def __init__(self, **kwargs: Any) -> None:
        hint = _("For instance 3.74 tn, 100 bn or 3,740,000,000,000. The exact amount is shown before you save.")
        super().__init__(**{"help_text": hint} | kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}" if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return parse_won(typed)
        except Invalid as error:
            raise ValidationError(error.message) from error


class _Typed(forms.Field):
    """A number as people write it: full-width digits and thousands separators are understood."""

    def __init__(self, **kwargs: Any) -> None:
        mode = "decimal" if isinstance(self, forms.DecimalField) else "numeric"
        super().__init__(**{"widget": forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off"})} | kwargs)

    def to_python(self, value: Any) -> Any:
        typed = plain(value)
        if isinstance(typed, str) and re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", typed):
            typed = typed.replace(",", "")
        return super().to_python(typed)


class NumberField(_Typed, forms.DecimalField):
    """An exact decimal, never a float."""

    default_error_messages: ClassVar = {"invalid": _("Enter a number, for instance 1,234.5.")}

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():,f}" if isinstance(value, Decimal) else value


class CountField(_Typed, forms.IntegerField):
    """A whole number."""

    default_error_messages: ClassVar = {"invalid": _("Enter a whole number, for instance 1,200.")}

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}" if isinstance(value, int) else value


class SmallCountField(CountField):
    """A year, a place in an order, a few days: it is written without separators."""

    def prepare_value(self, value: Any) -> Any:
        return value


class PercentField(NumberField):
    """A percentage with at most two decimals, as basis points."""

    default_error_messages: ClassVar = dict.fromkeys(
        ("invalid", "max_value", "min_value", "max_decimal_places"),
        _("Enter a number from 0 to 100 with at most two decimals."),
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": 100, "decimal_places": 2} | kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{Decimal(value) / 100:f}" if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.strip().removesuffix("%") if isinstance(value, str) else value)

    def clean(self, value: Any) -> Any:
        percent = super().clean(value)
        return None if percent is None else int(percent * 100)


class LinesField(forms.CharField):
    """A list of short texts, one a line."""

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        self.longest = max_length
        usual: dict[str, Any] = {"widget": forms.Textarea(attrs={"rows": 3}), "help_text": _("One per line.")}
        super().__init__(**usual | kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if self.longest and any(len(line) > self.longest for line in lines):
            raise ValidationError(_now("A line may have at most %s characters.") % self.longest)
        return lines


class ToldApart:
    """Options of which no two read alike: of rows with the same name each has the years for which it is valid."""

    def __iter__(self) -> Iterator[Any]:
        named = []
        for value, label in super().__iter__():  # type: ignore[misc]
            if hasattr(value, "instance"):
                named.append((value, label))
            else:  # what stands before the rows is asked for alone, and needs no query
                yield value, label
        alike = Counter(label for _value, label in named)
        for value, label in named:
            yield value, f"{label}{_years(value.instance)}" if alike[label] > 1 else label


def _years(row: Any) -> str:
    first, last = getattr(row, "valid_from", None), getattr(row, "valid_to", None)
    return f" ({first.year if first else ''}–{last.year if last else ''})" if first or last else ""


class Rows(ToldApart, forms.models.ModelChoiceIterator):
    """The rows of a select in a form."""


class RowField(forms.ModelChoiceField):
    iterator = Rows


class RowsField(forms.ModelMultipleChoiceField):
    iterator = Rows


def country_field(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=lambda: [("", _("Choose")), *COUNTRIES.items()])


def _abroad() -> list[tuple[str, Any]]:
    return [(code, name) for code, name in COUNTRIES.items() if code != "KR"]


def countries_field(label: Any) -> forms.MultipleChoiceField:
    """Other countries than Korea."""
    boxes = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, choices=_abroad, required=False, widget=boxes)


def field_of(column: Any) -> forms.Field:
    """The form field of a model's column, by what the column holds. Rows to choose from are set by the form."""
    words: dict[str, Any] = {"label": _now(str(capfirst(column.verbose_name))), "required": not column.blank}
    if column.name.endswith("precision"):
        words |= {"label": EXACT, "help_text": EXACT_HINT}
    if isinstance(column, models.ManyToManyField):
        boxes = forms.CheckboxSelectMultiple
        return RowsField(None, to_field_name="uuid", widget=boxes, **words)  # type: ignore[arg-type]
    if column.is_relation:
        return RowField(None, to_field_name="uuid", **words)  # type: ignore[arg-type]
    if isinstance(column, ArrayField):
        return _of_list(column.base_field, words)
    if column.has_default():
        words["initial"] = column.get_default()
    return _of_choices(column, words) if column.choices else _of_value(column, words)


def _of_list(each: Any, words: dict[str, Any]) -> forms.Field:
    if each.choices:
        return forms.MultipleChoiceField(choices=each.choices, widget=forms.CheckboxSelectMultiple, **words)
    return LinesField(max_length=each.max_length, **words)


def _of_choices(column: Any, words: dict[str, Any]) -> forms.Field:
    choices = column.get_choices(include_blank=column.blank or not column.has_default())
    return forms.TypedChoiceField(choices=choices, coerce=column.to_python, empty_value="", **words)


def _of_value(column: Any, words: dict[str, Any]) -> forms.Field:
    if isinstance(column, models.BooleanField):
        return forms.BooleanField(**words | {"required": False})
    if isinstance(column, models.DateField):
        return DayField(**words)
    if isinstance(column, models.DecimalField):
        return NumberField(max_digits=column.max_digits, decimal_places=column.decimal_places, **words)
    if isinstance(column, models.IntegerField):
        return _of_integer(column)(**words)
    area: dict[str, Any] = {"widget": forms.Textarea(attrs={"rows": 3})} if isinstance(column, models.TextField) else {}
    return forms.CharField(max_length=column.max_length, **words, **area)


def _of_integer(column: Any) -> Any:
    if column.name.endswith("_won"):
        return WonField
    if column.name.endswith("_bp"):
        return PercentField
    return SmallCountField if isinstance(column, models.PositiveSmallIntegerField) else CountField
