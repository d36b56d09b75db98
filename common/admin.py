"""Django admin for reference data: whatever it writes is logged with its actor, or it only reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from common import history


class LoggedAdmin(admin.ModelAdmin):
    """Writes go into the change log as `ministry.edited` by the signed-in user, through the door `page`."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with self._logged(request, "edited"):
            return super().changeform_view(request, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with self._logged(request, "deleted"):
            return super().delete_view(request, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with self._logged(request, "edited"):
            return super().changelist_view(request, *args, **kwargs)

    @contextmanager
    def _logged(self, request: HttpRequest, what: str) -> Iterator[None]:
        if request.method != "POST":
            yield
            return
        with history.context(actor=request.user, verb=f"{self.opts.model_name}.{what}"):
            yield


class ReadOnlyAdmin(admin.ModelAdmin):
    """For what only actions write: to be looked at, within the reader's tier."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return rows.visible_to(request.user) if hasattr(rows, "visible_to") else rows

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
