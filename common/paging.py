"""Paging of the API: by keyset (constant cost at any depth), or by page number where asked."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.pagination import BasePagination
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from common.errors import Invalid
from common.order import Key, order_keys, ordered
from common.parameters import number_allowed, whole_number

MAX_SIZE = 1000


@dataclass(frozen=True)
class Cursor:
    """A place between two rows and the way to go from it."""

    backward: bool
    values: tuple[Any, ...]

    def encode(self, keys: list[Key]) -> str:
        names = [("-" if key.descending else "") + key.path for key in keys]
        text = json.dumps([int(self.backward), names, [None if v is None else str(v) for v in self.values]])
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, keys: list[Key]) -> "Cursor":
        """Raises Invalid for what is no cursor, or one of a list in another order."""
        try:
            backward, names, values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            if names != [("-" if key.descending else "") + key.path for key in keys] or len(values) != len(keys):
                raise ValueError(names)
            found = [None if v is None else key.field.to_python(v) for key, v in zip(keys, values, strict=True)]
        except (ValueError, TypeError, binascii.Error, ValidationError, FieldDoesNotExist, RecursionError) as error:
            message = _("This cursor does not belong to this list. Start again without it.")
            raise Invalid(message, field="cursor") from error
        return cls(bool(backward), tuple(found))

    def narrow(self, queryset: QuerySet, keys: list[Key]) -> QuerySet:
        """The rows on the other side of the place."""
        condition, same = Q(pk__in=[]), Q()
        for key, value in zip(keys, self.values, strict=True):
            beyond = key.beyond(value, backward=self.backward)
            if beyond is not None:
                condition |= same & beyond
            same &= key.same(value)
        first = keys[0]
        if not first.nullable:  # says the same again in a form that an index serves
            value = first.compared(self.values[0])
            condition &= Q(**{f"{first.column}__{first.comparison(self.backward)}e": value})
        return queryset.filter(condition)


class CursorPages(BasePagination):
    """`{next, previous, results}`; `count` only where asked, for it costs a scan."""

    default_size = 100
    parameters = ("cursor", "page", "page_size", "count")

    def asked(self, request: Any) -> bool:
        return any(name in request.query_params for name in self.parameters)

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> list[Any]:
        self.url = request.build_absolute_uri()
        self.size = _number(request, "page_size", self.default_size, MAX_SIZE)
        self.count = queryset.count() if _wants_count(request) else None
        if "page" in request.query_params:
            return self._numbered(queryset, _number(request, "page", 1, 10**6))
        return self._keyset(queryset, request.query_params.get("cursor", ""))

    def _numbered(self, queryset: QuerySet, number: int) -> list[Any]:
        start = (number - 1) * self.size
        rows = list(ordered(queryset)[start : start + self.size + 1])
        self.next = self._link("page", number + 1) if len(rows) > self.size else None
        self.previous = self._link("page", number - 1) if number > 1 else None
        return rows[: self.size]

    def _keyset(self, queryset: QuerySet, text: str) -> list[Any]:
        keys = order_keys(queryset)
        cursor = Cursor.decode(text, keys) if text else None
        backward = cursor is not None and cursor.backward
        rows = cursor.narrow(queryset, keys) if cursor else queryset
        found = list(rows.order_by(*(key.order(backward=backward) for key in keys))[: self.size + 1])
        more, page = len(found) > self.size, found[: self.size]
        if backward:
            page.reverse()
        self.next = self._cursor_link(page[-1:], keys, backward=False) if more or backward else None
        earlier = more if backward else cursor is not None
        self.previous = self._cursor_link(page[:1], keys, backward=True) if earlier else None
        return page

    def _cursor_link(self, rows: list[Any], keys: list[Key], *, backward: bool) -> str | None:
        if not rows:
            return None
        return self._link("cursor", Cursor(backward, tuple(key.value(rows[0]) for key in keys)).encode(keys))

    def _link(self, name: str, value: Any) -> str:
        return replace_query_param(remove_query_param(self.url, name), name, value)

    def get_paginated_response(self, data: Any) -> Response:
        body: dict[str, Any] = {"next": self.next, "previous": self.previous}
        if self.count is not None:
            body["count"] = self.count
        links = [f'<{url}>; rel="{rel}"' for rel, url in body.items() if rel in ("next", "previous") and url]
        return Response(body | {"results": data}, headers={"Link": ", ".join(links)} if links else None)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        count = {"type": "integer", "description": "Only with count=exact."}
        properties = {"next": link, "previous": link, "count": count, "results": schema}
        return {"type": "object", "required": ["next", "previous", "results"], "properties": properties}

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        size = {"type": "integer", "minimum": 1, "maximum": MAX_SIZE, "default": self.default_size}
        return [
            _parameter("cursor", gettext_lazy("Where the page begins; take it from `next` and `previous`.")),
            _parameter("page", gettext_lazy("A page by its number, instead of the cursor."), type="integer", minimum=1),
            _parameter("page_size", gettext_lazy("How many rows on a page."), **size),
            _parameter("count", gettext_lazy("`exact`: count all rows as well."), enum=["exact"]),
        ]


def _parameter(name: str, description: Any, **schema: Any) -> dict[str, Any]:
    schema.setdefault("type", "string")
    return {"name": name, "in": "query", "required": False, "description": str(description), "schema": schema}


def _number(request: Any, name: str, default: int, maximum: int) -> int:
    text = request.query_params.get(name)
    if text is None:
        return default
    number = whole_number(text, maximum)
    if number is None:
        raise Invalid(number_allowed(name, maximum), field=name)
    return number


def _wants_count(request: Any) -> bool:
    asked = request.query_params.get("count")
    if asked not in (None, "exact"):
        raise Invalid(_("“count” is “exact” or left out."), field="count")
    return asked == "exact"
