"""The order of every list, on pages and in the API: codes by their numbers, empty values last, ties by the row."""

from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.db.models import CharField, F, Field, Q, QuerySet, TextField, Transform, Value
from django.db.models.constants import LOOKUP_SEP
from django.utils.translation import get_language

# Columns that hold codes with numbers in them.
CODES = ("code", "key")
SUFFIX = f"{LOOKUP_SEP}natural"


@CharField.register_lookup
class Natural(Transform):
    """`code__natural` sorts T3-1.2 before T3-1.10: every number is written with twelve digits.

    The patterns stand in the text, not in parameters, so that an index on the expression serves.
    """

    lookup_name = "natural"
    output_field = TextField()
    template = (
        r"regexp_replace(regexp_replace((%(expressions)s)::text, '(\d+)', '000000000000\1', 'g'),"
        r" '\d*(\d{12})', '\1', 'g')"
    )


@dataclass(frozen=True)
class Key:
    """One column of the order; empty values always come last."""

    path: str
    descending: bool
    field: Field
    nullable: bool
    is_natural: bool = False

    @property
    def column(self) -> str:
        """The path to sort and compare by."""
        return self.path + SUFFIX if self.is_natural else self.path

    def value(self, row: Any) -> Any:
        return reduce(lambda at, name: getattr(at, name, None), self.path.split(LOOKUP_SEP), row)

    def order(self, *, backward: bool) -> Any:
        down = self.descending != backward
        nulls = {"nulls_first" if backward else "nulls_last": True} if self.nullable else {}
        return F(self.column).desc(**nulls) if down else F(self.column).asc(**nulls)

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.path}__isnull": True}) if value is None else Q(**{self.column: self.compared(value)})

    def beyond(self, value: Any, *, backward: bool) -> Q | None:
        """What comes after a value (or before it, going backward); None where nothing does."""
        if value is None:
            return Q(**{f"{self.path}__isnull": False}) if backward else None
        further = Q(**{f"{self.column}__{self.comparison(backward)}": self.compared(value)})
        if self.nullable and not backward:
            return further | Q(**{f"{self.path}__isnull": True})
        return further

    def compared(self, value: Any) -> Any:
        return Natural(Value(value, output_field=CharField())) if self.is_natural else value

    def comparison(self, backward: bool) -> str:
        return "lt" if self.descending != backward else "gt"


def ordered(queryset: QuerySet, *names: str) -> QuerySet:
    """Rows by these columns, else by those that the queryset or its model names."""
    keys = order_keys(queryset.order_by(*names) if names else queryset)
    return queryset.order_by(*(key.order(backward=False) for key in keys))


def order_keys(queryset: QuerySet) -> list[Key]:
    """The columns that a queryset is ordered by, made unique by the primary key."""
    names = [str(name) for name in queryset.query.order_by or queryset.model._meta.ordering]
    keys = [_key(queryset, name) for name in names]
    if not any(key.field.unique and LOOKUP_SEP not in key.path and not key.is_natural for key in keys):
        keys.append(_key(queryset, "-pk" if keys and keys[0].descending else "pk"))
    return keys


def _key(queryset: QuerySet, name: str) -> Key:
    path, descending = name.removeprefix("-").removesuffix(SUFFIX), name.startswith("-")
    if path in queryset.query.annotations:
        return Key(path, descending, queryset.query.annotations[path].output_field, nullable=True)
    fields = fields_on(queryset.model, path)
    if fields[-1].is_relation:  # the row's own column, not the order of the other model
        return Key(f"{path}_id", descending, fields[-1].target_field, nullable=fields[-1].null)
    nullable = any(field.null for field in fields)
    return Key(path, descending, fields[-1], nullable, is_natural=fields[-1].name in CODES)


def fields_on(model: Any, path: str) -> list[Any]:
    """The fields on the way that a path names."""
    fields: list[Any] = []
    for part in path.split(LOOKUP_SEP):
        fields.append(model._meta.pk if part == "pk" else model._meta.get_field(part))
        model = fields[-1].related_model if fields[-1].is_relation else None
    return fields


def in_readers_order(rows: QuerySet) -> QuerySet:
    """Rows in their own order, as the API writes it, by names in the reader's language.

    An order of expressions is the page's own, and stays.
    """
    names = rows.query.order_by or rows.model._meta.ordering
    if any(not isinstance(name, str) for name in names):
        return rows
    return ordered(rows, *(in_language(rows.model, str(name)) for name in names))


def in_language(model: Any, path: str) -> str:
    """A path to a Korean text leads English readers to the English one beside it."""
    other = f"{path.removesuffix('_ko')}_en"
    if (get_language() or "ko").startswith("ko") or not path.endswith("_ko"):
        return path
    *way, last = other.split(LOOKUP_SEP)
    owner = fields_on(model, LOOKUP_SEP.join(way))[-1].related_model if way else model
    return other if any(field.name == last for field in owner._meta.fields) else path
