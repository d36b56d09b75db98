"""Bases of the serializers: they show rows and never save. `fields=`, `omit=` and `expand=` work on all."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from common.errors import Invalid
from common.records import Confidence
from common.tiers import CODES, clearance_of, tier_code

Lookup = str | Prefetch


@dataclass(frozen=True)
class Shape:
    """Which fields of a noun were asked for, and which references in full."""

    fields: frozenset[str] | None = None
    omit: frozenset[str] = frozenset()
    expand: frozenset[str] = frozenset()

    @classmethod
    def asked(cls, request: Any, serializer: "NounSerializer") -> "Shape":
        """From `fields=`, `omit=` and `expand=`; raises Invalid for a name that is not there."""
        names, references = set(serializer.fields), set(serializer.expandable())
        wanted = _names(request, "fields", names)
        return cls(wanted or None, _names(request, "omit", names), _names(request, "expand", references))

    def keeps(self, name: str) -> bool:
        return name not in self.omit and (self.fields is None or name in self.fields)


def _names(request: Any, parameter: str, known: set[str]) -> frozenset[str]:
    text = request.query_params.get(parameter, "") if request else ""
    names = frozenset(name.strip() for name in text.split(",") if name.strip())
    if unknown := sorted(names - known):
        message = _("There is no “%(name)s” here. Known: %(known)s.")
        raise Invalid(message % {"name": unknown[0], "known": ", ".join(sorted(known)) or "–"}, field=parameter)
    return names


class Hiding(serializers.BaseSerializer):
    """A row above the reader's tier, reached from a row below it, is shown as null."""

    def tier_of(self, instance: Any) -> int:
        """The tier that hides a row; 0 for one that hides nothing of its own."""
        return getattr(instance, "effective_tier", 0)

    def to_representation(self, instance: Any) -> Any:
        tier = self.tier_of(instance)
        if tier and tier > clearance_of(self.context["request"].user):
            return None
        return super().to_representation(instance)


class Reference(Hiding, serializers.Serializer):
    """A row as another one names it: public id, code, title. `noun` is its name in `expand=`.

    `full` is the dotted path of the serializer that `expand=` puts in its place.
    """

    noun: ClassVar[str] = ""
    full: ClassVar[str] = ""

    id = serializers.UUIDField(source="uuid", read_only=True)


class ProvenanceSerializer(serializers.Serializer):
    """How sure the row is and where it comes from."""

    confidence = serializers.ChoiceField(Confidence.choices, read_only=True)
    source = serializers.CharField(read_only=True)  # type: ignore[assignment]
    note = serializers.CharField(source="source_note", read_only=True)


class TierField(serializers.ChoiceField):
    """`public`, `internal` or `restricted`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(CODES, read_only=True, **kwargs)

    def to_representation(self, value: Any) -> str:
        return tier_code(value)


@extend_schema_field(OpenApiTypes.NUMBER)
class NumberField(serializers.ReadOnlyField):
    """A decimal as a number: whole where it is whole."""

    def to_representation(self, value: Decimal) -> int | float:
        return int(value) if value == value.to_integral_value() else float(value)


@extend_schema_field({"type": "number", "minimum": 0, "maximum": 100})
class PercentField(serializers.ReadOnlyField):
    """Basis points as percent, 0 to 100."""

    def to_representation(self, value: int) -> float:
        return value / 100


class KnownFromField(serializers.DateField):
    """Since which day a row is known here; rows have it as the annotation `known_on`."""

    def __init__(self, **kwargs: Any) -> None:
        words = "Since which day it is known: a published fact from its publication, else from when it was recorded."
        super().__init__(source="known_on", read_only=True, help_text=words, **kwargs)


class NounSerializer(Hiding, serializers.ModelSerializer):
    """A row of a noun. A subclass lists `Meta.fields`, and in `select` and `prefetch` what they reach.

    `select` are single rows (joined), `prefetch` rows of rows; both in the notation of querysets.
    """

    select: ClassVar[tuple[str, ...]] = ()
    prefetch: ClassVar[tuple[str, ...]] = ()

    id = serializers.UUIDField(source="uuid", read_only=True)

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        shape = self._shape()
        for name, field in list(fields.items()):
            field.read_only = True
            if not shape.keeps(name):
                del fields[name]
            elif _is_named(name, field, shape.expand):
                fields[name] = _in_full(field)
        return fields

    def _shape(self) -> Shape:
        """The shape asked for; a row within a row is always whole."""
        outer = self.parent.parent if isinstance(self.parent, serializers.ListSerializer) else self.parent
        return Shape() if outer is not None else self.context.get("shape", Shape())

    def expandable(self) -> set[str]:
        """What `expand=` may name: a reference's field, or its noun for all references to it."""
        found = list(_references(self.fields))
        return {name for name, _field in found} | {_child(field).noun for _name, field in found}

    @classmethod
    def prefetches(cls, user: Any) -> tuple[Lookup, ...]:
        """Rows of rows to fetch; override where only some of them may be seen."""
        return cls.prefetch

    def joined(self, queryset: QuerySet, user: Any) -> QuerySet:
        """The queryset with all that the shown fields reach, in a constant number of queries."""
        select, prefetch = list(self.select), list(self.prefetches(user))
        for name, field in _references(type(self)(context={}).fields):
            if _is_named(name, field, self._shape().expand):
                _add(field, import_string(_child(field).full), user, select, prefetch)
        return queryset.select_related(*select).prefetch_related(*prefetch)


def _add(field: Any, full: type[NounSerializer], user: Any, select: list[str], prefetch: list[Lookup]) -> None:
    path = field.source.replace(".", "__")
    rows = [f"{path}__{name}" for name in full.select]
    if isinstance(field, serializers.ListSerializer):
        prefetch += rows
    else:
        select += [path, *rows]
    for lookup in full.prefetches(user):
        if isinstance(lookup, Prefetch):
            lookup.add_prefix(path)
            prefetch.append(lookup)
        else:
            prefetch.append(f"{path}__{lookup}")


def _references(fields: Any) -> Iterator[tuple[str, Any]]:
    for name, field in fields.items():
        if isinstance(_child(field), Reference) and _child(field).full:
            yield name, field


def _child(field: Any) -> Any:
    return field.child if isinstance(field, serializers.ListSerializer) else field


def _is_named(name: str, field: Any, wanted: frozenset[str]) -> bool:
    child = _child(field)
    return isinstance(child, Reference) and bool(child.full) and not wanted.isdisjoint({name, child.noun})


def _in_full(field: Any) -> Any:
    many = isinstance(field, serializers.ListSerializer)
    source = field._kwargs.get("source")
    given = {"source": source} if source else {}
    return import_string(_child(field).full)(many=many, read_only=True, **given)


def column_names(serializer: Any, prefix: str = "") -> list[str]:
    """The columns of a table of these rows: parts of a row become `measure.code`; lists stay one column."""
    names = []
    for name, field in serializer.fields.items():
        if isinstance(field, serializers.Serializer):
            names += column_names(field, f"{prefix}{name}.")
        else:
            names.append(prefix + name)
    return names
