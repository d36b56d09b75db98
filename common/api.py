"""Bases of the API's views.

    class MeasureViewSet(ReadOnly):
        queryset = Measure.objects.all()
        serializer_class = MeasureSerializer
        filterset_class = MeasureFilter
        lookup_code = "code"

    def register(router):
        router.register("measures", MeasureViewSet, "measure")

Each package collects its views in `register`; `strategy.api_urls` names the packages.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from typing import Any, ClassVar, cast

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, StreamingHttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from common import past
from common.errors import Invalid
from common.filters import NounFilter, as_uuid
from common.lookup import named
from common.order import ordered
from common.paging import CursorPages
from common.past_addresses import PARAMETERS, days_of
from common.policies import FormatNegotiation, refuse_unknown
from common.renderers import CsvRenderer, NdjsonRenderer, OrjsonRenderer
from common.schema import ApiSchema
from common.serializers import NounSerializer, Shape, column_names

CHUNK = 1000
# What answers with rows of the noun itself; other actions tell of one row something else.
WITH_SHAPE = ("list", "retrieve")


class Endpoint(APIView):
    """What every address of the API does: language, known parameters, ETag, errors as JSON."""

    schema = ApiSchema()
    renderer_classes = [OrjsonRenderer]
    content_negotiation_class = FormatNegotiation
    parameters: ClassVar[tuple[str, ...]] = ()
    # Whether what it answers has a past: then it takes `as_of` and `known_at`.
    dated: ClassVar[bool] = False

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        with ExitStack() as self.open_readings:
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        if request.method not in self.allowed_methods:
            raise MethodNotAllowed(request.method)
        _speak(request)
        super().initial(request, *args, **kwargs)
        dates = PARAMETERS if self.dated else ()
        refuse_unknown(request, {*self.known_parameters(), *dates})
        if any(request.query_params.get(name) for name in dates):
            day, moment = days_of(request.query_params)
            self.open_readings.enter_context(past.reading(day, moment))

    def known_parameters(self) -> set[str]:
        return set(self.parameters)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        if getattr(response, "exception", False):
            request.accepted_renderer, request.accepted_media_type = OrjsonRenderer(), OrjsonRenderer.media_type
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(response, ["Accept", "Accept-Language", "Authorization", "Cookie"])
        response.setdefault("Cache-Control", "private, no-cache")
        if isinstance(response, Response) and response.status_code == 200:
            response.add_post_render_callback(lambda done: _unless_known(request, done))
        return response


class ReadOnlyList(Endpoint, ListModelMixin, GenericViewSet):
    """The rows of one noun that the reader may see, as a list.

    CSV and JSON lines hold the whole list, unless a page is asked for.
    """

    renderer_classes = [OrjsonRenderer, CsvRenderer, NdjsonRenderer]
    serializer_class: type[NounSerializer]
    filterset_class: type[NounFilter] | None = None
    parameters: ClassVar[tuple[str, ...]] = ("fields", "omit")

    def known_parameters(self) -> set[str]:
        if self.action not in WITH_SHAPE:
            return set()
        known = set(self.parameters) | ({"expand"} if self.serializer_class().expandable() else set())
        if self.action != "list":
            return known
        filters = set(self.filterset_class.base_filters) if self.filterset_class else set()
        return known | filters | set(self.pages.parameters)

    @property
    def pages(self) -> CursorPages:
        return cast(CursorPages, self.paginator)

    @cached_property
    def shape(self) -> Shape:
        return Shape.asked(self.request, self.serializer_class())

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "shape": self.shape}

    def prepare(self, rows: QuerySet) -> QuerySet:
        """Annotate what the serializer shows and the filters narrow by; visibility has been seen to."""
        return rows

    def get_queryset(self) -> QuerySet:
        rows = self.prepare(super().get_queryset().visible_to(self.request.user))  # type: ignore[attr-defined]
        return cast(NounSerializer, self.get_serializer()).joined(rows, self.request.user)

    def list(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        rows = self.filter_queryset(self.get_queryset())
        if request.accepted_renderer.streams and not self.pages.asked(request):
            return self._stream(request.accepted_renderer)
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def columns(self) -> Sequence[str]:
        return column_names(self.get_serializer())

    def _stream(self, renderer: Any) -> StreamingHttpResponse:
        lines = renderer.lines(self._rows(translation.get_language(), past.current()), self.columns())
        name = f"{self.basename}.{renderer.format}"
        return StreamingHttpResponse(
            lines,
            content_type=f"{renderer.media_type}; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def _rows(self, language: str | None, asked: past.Reading | None) -> Iterator[dict[str, Any]]:
        """Asked for as they are sent: by then the view has left its reading, so they get one of their own."""
        with past.again(asked):
            found = ordered(self.filter_queryset(self.get_queryset())).iterator(chunk_size=CHUNK)
            while chunk := list(islice(found, CHUNK)):
                with translation.override(language):
                    shown = self.get_serializer(chunk, many=True).data
                yield from shown


class ReadOnly(RetrieveModelMixin, ReadOnlyList):
    """The same, and one by one: by public id, or by the column `lookup_code`, whatever the case of it."""

    lookup_field = "id"
    lookup_value_regex = "[^/]+"
    lookup_code: ClassVar[str] = ""

    def get_object(self) -> Any:
        asked = self.kwargs[self.lookup_field]
        public_id = as_uuid(asked)
        if public_id is None and not self.lookup_code:
            raise Http404
        row = named(self.get_queryset(), "uuid" if public_id else self.lookup_code, public_id or asked)
        if row is None:
            raise Http404
        return row


def _speak(request: Any) -> None:
    """Answer in the language of `?lang=`; else the middleware has chosen by Accept-Language."""
    asked = request.query_params.get("lang")
    if asked is None:
        return
    known = [code for code, _name in settings.LANGUAGES]
    if asked not in known:
        raise Invalid(_("There is no language “%s”. Known: %s.") % (asked, ", ".join(known)), field="lang")
    translation.activate(asked)


def _unless_known(request: Any, response: Response) -> Any:
    """304 where the reader holds this very answer already."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)
