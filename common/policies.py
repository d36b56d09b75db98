"""What the settings name for every view of the API: who may read, which parameters and formats exist."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import BasePermission

from common.parameters import unknown

# Known on every address; a view adds its own `parameters`.
EVERYWHERE = ("format", "lang")


class ReadingAllowed(BasePermission):
    """Signed-in users; anyone where the setting opens the public tier."""

    def has_permission(self, request: Any, view: Any) -> bool:
        return request.user.is_authenticated or settings.ANONYMOUS_READING


class StrictFilterBackend(DjangoFilterBackend):
    """Narrows a list by the noun's FilterSet. A wrong value is a 400 that names it, never ignored."""

    def get_filterset_kwargs(self, request: Any, queryset: QuerySet, view: Any) -> dict[str, Any]:
        return {"data": request.query_params, "queryset": queryset, "request": request}


class FormatNegotiation(DefaultContentNegotiation):
    """`?format=` of an unknown format is a 400 that names the known ones."""

    def filter_renderers(self, renderers: Any, format: str) -> list[Any]:  # noqa: A002
        found = [renderer for renderer in renderers if renderer.format == format]
        if not found:
            known = ", ".join(renderer.format for renderer in renderers)
            raise ValidationError({"format": [_("There is no format “%s”. Known: %s.") % (format, known)]})
        return found


def refuse_unknown(request: Any, known: Iterable[str]) -> None:
    """Raise a 400 that names each unknown parameter, with the nearest known ones."""
    if found := unknown(request.query_params, {*known, *EVERYWHERE}):
        raise ValidationError({name: [ErrorDetail(words, "unknown_parameter")] for name, words in found.items()})
