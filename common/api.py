"""Bases of the API: rendering, paging, strict filters, who may read."""

from typing import Any

import orjson
from django.conf import settings
from rest_framework.pagination import CursorPagination
from rest_framework.permissions import BasePermission
from rest_framework.renderers import BaseRenderer


class OrjsonRenderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return b"" if data is None else orjson.dumps(data, default=str)


class CursorPages(CursorPagination):
    page_size_query_param = "page_size"
    max_page_size = 1000
    ordering = "pk"


class ReadingAllowed(BasePermission):
    def has_permission(self, request: Any, view: Any) -> bool:
        return request.user.is_authenticated or settings.ANONYMOUS_READING


class StrictFilterBackend:
    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        return queryset
