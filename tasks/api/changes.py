"""Door of the API to the change log: an ordered feed that never skips a committed change."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any, ClassVar

import django_filters
from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.permissions import BasePermission
from rest_framework.routers import BaseRouter

from accounts.models import User
from common.api import ReadOnlyList
from common.filters import NounFilter
from common.policies import ReadingAllowed
from common.serializers import NounSerializer
from tasks.models import Change
from tasks.permissions import Denied, may

HIDDEN = "(hidden)"


class ChangeFilter(NounFilter):
    search = None
    after = django_filters.NumberFilter(
        method="filter_after", label=_("After this change"), help_text=_("Only changes after the one with this id.")
    )
    object = django_filters.UUIDFilter(
        method="filter_object", label=_("Row"), help_text=_("Only changes of the row with this public id.")
    )

    class Meta:
        model = Change
        fields: ClassVar = {
            "table": ["exact", "in"],
            "verb": ["exact", "in"],
            "door": ["exact", "in"],
            "operation": ["exact", "in"],
            "request_id": ["exact"],
            "at": ["lte", "gte"],
        }

    def filter_after(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        known = Change.objects.filter(sequence=int(value)).values_list("transaction_id", flat=True).first()
        if known is None:
            return queryset.filter(sequence__gt=int(value))
        return queryset.filter(Q(transaction_id__gt=known) | Q(transaction_id=known, sequence__gt=int(value)))

    def filter_object(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        created = Change.objects.filter(operation="insert", after__uuid=str(value)).values("table", "object_id")[:1]
        row = created.first()
        return queryset.filter(**row) if row else queryset.none()


class Names:
    """Public ids of all rows that a page of changes speaks of, as far as the reader may see them."""

    def __init__(self, changes: Iterable[Change], user: Any) -> None:
        wanted: dict[type[Model], set[int]] = defaultdict(set)
        for change in changes:
            for model, key in _mentioned(change):
                wanted[model].add(key)
        self.known = {model: _public_ids(model, keys, user) for model, keys in wanted.items()}

    def of(self, model: type[Model], key: int | None) -> str | None:
        return None if key is None else self.known.get(model, {}).get(key, HIDDEN)


def _mentioned(change: Change) -> Iterable[tuple[type[Model], int]]:
    model = _models().get(change.table)
    if model is not None and hasattr(model, "uuid"):
        yield model, change.object_id
    for key in (change.actor_id, change.on_behalf_of_id):
        if key is not None:
            yield User, key
    for values in (change.before, change.after):
        for column, value in (values or {}).items():
            target = _target(model, column)
            if target is not None and isinstance(value, int):
                yield target, value


@cache
def _models() -> dict[str, type[Model]]:
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def _target(model: type[Model] | None, column: str) -> type[Model] | None:
    """The model that a column refers to."""
    if model is None or not column.endswith("_id"):
        return None
    field = next((f for f in model._meta.concrete_fields if f.attname == column and f.is_relation), None)
    target = field.related_model if field else None
    return target if target is not None and hasattr(target, "uuid") else None  # type: ignore[return-value]


def _public_ids(model: type[Model], keys: set[int], user: Any) -> dict[int, str]:
    rows = model._default_manager.all()
    rows = rows.visible_to(user) if hasattr(rows, "visible_to") else rows
    return {key: str(public_id) for key, public_id in rows.filter(pk__in=keys).values_list("pk", "uuid")}


class ChangeListSerializer(serializers.ListSerializer):
    def to_representation(self, data: Any) -> list[Any]:
        changes = list(data)
        self.child.names = Names(changes, self.context["request"].user)  # type: ignore[union-attr]
        return super().to_representation(changes)


class ChangeSerializer(NounSerializer):
    """One row written. `before` and `after` hold the changed columns; references are public ids."""

    names: Names

    id = serializers.IntegerField(source="sequence")  # type: ignore[assignment]
    object = serializers.SerializerMethodField()
    actor = serializers.SerializerMethodField()
    on_behalf_of = serializers.SerializerMethodField()
    before = serializers.SerializerMethodField()
    after = serializers.SerializerMethodField()

    class Meta:
        model = Change
        list_serializer_class = ChangeListSerializer
        fields: ClassVar = [
            "id", "at", "actor", "on_behalf_of", "door", "request_id", "verb", "reason", "table", "object", "version",
            "operation", "before", "after",
        ]  # fmt: skip

    def get_object(self, change: Change) -> str | None:
        model = _models().get(change.table)
        gone = (change.before or {}).get("uuid")
        return gone or (self.names.of(model, change.object_id) if model and hasattr(model, "uuid") else None)

    def get_actor(self, change: Change) -> str | None:
        return self.names.of(User, change.actor_id)

    def get_on_behalf_of(self, change: Change) -> str | None:
        return self.names.of(User, change.on_behalf_of_id)

    def get_before(self, change: Change) -> dict[str, Any] | None:
        return self._public(change, change.before)

    def get_after(self, change: Change) -> dict[str, Any] | None:
        return self._public(change, change.after)

    def _public(self, change: Change, values: dict[str, Any] | None) -> dict[str, Any] | None:
        if values is None:
            return None
        model = _models().get(change.table)
        shown = {}
        for column, value in values.items():
            target = _target(model, column)
            if target is not None:
                shown[column.removesuffix("_id")] = self.names.of(target, value)
            elif column != "id":
                shown[column] = value
        return shown


class ChangesAllowed(BasePermission):
    """The log is for those who answer for it."""

    message = ""

    def has_permission(self, request: Any, view: Any) -> bool:
        answer = may(request.user, "read_changes", None)
        self.message = answer.reason if isinstance(answer, Denied) else ""
        return bool(answer)


class ChangeViewSet(ReadOnlyList):
    """Every change of every row the reader may see, in the order in which they became final.

    Read on with `after=` the last id: rows of transactions still open come later, never in between.
    """

    queryset = Change.objects.all()
    serializer_class = ChangeSerializer
    filterset_class = ChangeFilter
    permission_classes = [ReadingAllowed, ChangesAllowed]

    def prepare(self, rows: Any) -> QuerySet:
        return rows.settled().order_by("transaction_id", "sequence")


def register(router: BaseRouter) -> None:
    router.register("changes", ChangeViewSet, "change")
