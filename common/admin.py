"""Django admin for reference data: whatever it writes is logged with its actor, or it only reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from common import history
from common.records import Sourced


class SeenAdmin(admin.ModelAdmin):
    """Shows what is within the reader's tier, also among the rows to choose from, and how sure each row is."""

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        shown = list(super().get_list_display(request))
        return [*shown, "confidence"] if issubclass(self.model, Sourced) else shown

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return _seen(super().get_queryset(request), request)

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A row in force that is hidden is neither shown nor replaced."""
        hidden = [] if obj is None else [each.name for each in self.opts.fields if _hides(each, obj, request)]
        return [*(super().get_exclude(request, obj) or ()), *hidden]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None:
            field.queryset = _seen(field.queryset, request)
        return field


def _seen(rows: Any, request: HttpRequest) -> Any:
    return rows.visible_to(request.user) if hasattr(rows, "visible_to") else rows


def _hides(column: Any, obj: Any, request: HttpRequest) -> bool:
    row = getattr(obj, column.name) if column.is_relation else None
    return row is not None and not _seen(row._meta.default_manager.all(), request).filter(pk=row.pk).exists()


class LoggedAdmin(SeenAdmin):
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


class ReadOnlyAdmin(SeenAdmin):
    """For what only actions write: to be looked at."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
