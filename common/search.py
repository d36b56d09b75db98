"""What `search` finds in a list: every word that was typed, in any order, in the texts of a row.

A typed word is found

1. inside a written word: 단지 finds 특화단지;
2. from the beginning of a written word on, over spaces: 미래차부품 finds 미래차 부품;
3. from within a written word on, over a space between syllables, where two syllables at least stand together at
   either end: 전략산업특화 finds 국가첨단전략산업 특화단지. Fewer would find what nobody means: 구미 in 대구 미래차,
   산업부 in 첨단산업 부문.

What was typed is also found as a whole from the beginning of a word on, so that a name finds itself however its
spaces are typed. Case, full-width letters and parted syllables make no difference; a line ends a text.

A rule is one regular expression over one text of the row, which costs what a plain LIKE over the same text costs.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Case, Func, Model, Q, QuerySet, TextField, Value, When
from django.utils import translation
from django.utils.translation import gettext as _

from common.order import fields_on

LONGEST, MOST_WORDS = 300, 30
_BEGINNING, _SPACES = "(^|[[:space:][:punct:]])", " *"
_SIGNS = re.compile(r"[][.*+?(){}|^$\\]")


class SearchField(forms.CharField):
    """Longer texts and more words than a title has are refused: each word is looked for in every row."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": LONGEST} | kwargs)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if len(set(words_of(typed))) > MOST_WORDS:
            raise ValidationError(_("Search for %s words at most.") % MOST_WORDS)
        return typed


@dataclass(frozen=True)
class Labels:
    """In `search_in`: a value that a list shows by its label, where its column does not declare the choices."""

    path: str
    of: Mapping[Any, Any]


def found(rows: QuerySet, typed: str, places: Iterable[str | Labels]) -> QuerySet:
    """The rows that hold what was typed in one of the places; of a column with choices its labels, in any language."""
    words = words_of(typed)
    if not words:
        return rows
    rows = rows.alias(searched=Searched(*(text for place in places for text in _texts(rows.model, place))))
    every = Q(*(Q(searched__iregex=pattern(word)) for word in dict.fromkeys(words)))
    return rows.filter(every if len(words) == 1 else every | Q(searched__iregex=from_a_beginning("".join(words))))


def words_of(typed: str) -> list[str]:
    """The words that were typed, in one way of writing."""
    return unicodedata.normalize("NFKC", typed).split()


def pattern(word: str) -> str:
    """Rules 1 to 3."""
    return f"{from_a_beginning(word)}|{_from_within(word)}"


def from_a_beginning(word: str) -> str:
    """Rule 2."""
    return _BEGINNING + _SPACES.join(map(_literal, word))


def _from_within(word: str) -> str:
    """Rules 1 and 3."""
    letters = [_literal(letter) for letter in word]
    for place in range(2, len(word) - 1):
        if _is_syllable(word[place - 1]) and _is_syllable(word[place]):
            letters[place] = _SPACES + letters[place]
    return "".join(letters)


def _is_syllable(letter: str) -> bool:
    return "가" <= letter <= "힣"


def _literal(letter: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", letter)


class Searched(Func):
    """The texts of a row as one, each on a line of its own, in one way of writing."""

    function = "concat_ws"
    template = "normalize(%(function)s(chr(10), %(expressions)s), NFKC)"
    output_field = TextField()


def _texts(model: type[Model], place: str | Labels) -> list[Any]:
    """What is searched of a place: the column itself, or the labels of its value."""
    path = place.path if isinstance(place, Labels) else place
    column = _column(model, path)
    is_list = isinstance(column, ArrayField)
    declared = getattr(column.base_field if is_list else column, "choices", None)
    choices = place.of if isinstance(place, Labels) else dict(declared or ())
    return _labels(path, choices, is_list) if choices else [path]


def _column(model: type[Model], path: str) -> Any:
    """None for an annotation."""
    try:
        return fields_on(model, path)[-1]
    except FieldDoesNotExist:
        return None


def _labels(path: str, choices: Mapping[Any, Any], is_list: bool) -> list[Case]:
    """A value has one label, a list of values any number."""
    lookup = "contains" if is_list else "exact"
    whens = [
        When(**{f"{path}__{lookup}": [value] if is_list else value}, then=_in_every_language(label))
        for value, label in choices.items()
    ]
    return [Case(when) for when in whens] if is_list else [Case(*whens)]


def _in_every_language(label: Any) -> Value:
    words = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words.append(str(label))
    return Value("\n".join(words), output_field=TextField())
