"""How the API describes itself (OpenAPI): errors, parameters that every list has, words for filters."""

from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.contrib.django_filters import DjangoFilterExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from common.filters import ReferenceFilter, ReferencesFilter
from common.problems import PROBLEM_JSON
from common.serializers import NounSerializer


class KeptGenerator(SchemaGenerator):
    """The document as it is served: made once for a language. It takes a second, and is the same for whoever asks."""

    def get_schema(self, request: Any = None, public: bool = False) -> Any:
        return _document(get_language(), self.api_version)


@lru_cache(maxsize=8)  # an address may name any language
def _document(language: str | None, version: str | None) -> Any:
    """Of the language that is active."""
    return SchemaGenerator(api_version=version).get_schema(public=True)


class ProblemErrorSerializer(serializers.Serializer):
    pointer = serializers.CharField(help_text="The parameter or field, as a JSON pointer.")
    code = serializers.CharField()
    detail = serializers.CharField(help_text="What is wrong, in the asked language.")


class ProblemSerializer(serializers.Serializer):
    """An error as RFC 9457 tells it."""

    type = serializers.CharField()
    title = serializers.CharField(help_text="A fixed word for the kind of error.")
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What is wrong, in the asked language.")
    errors = ProblemErrorSerializer(many=True, required=False)  # type: ignore[assignment]


class ApiSchema(AutoSchema):
    """Adds to every operation the errors that it can answer and the parameters common to all."""

    def get_override_parameters(self) -> list[Any]:
        return [*self._parameters(), *(_DATES if getattr(self.view, "dated", False) else ())]

    def _parameters(self) -> list[Any]:
        serializer = getattr(self.view, "serializer_class", None)
        shaped = getattr(self.view, "action", "list") in ("list", "retrieve")
        if not (shaped and serializer and issubclass(serializer, NounSerializer)):
            return [_LANG, *self._formats()]
        known = serializer()
        expandable = ", ".join(sorted(known.expandable()))
        expand = [_text("expand", _("References to show in full: %s.") % expandable)] if expandable else []
        return [
            _LANG,
            *self._formats(),
            _text("fields", _("Only these fields, separated by commas.")),
            _text("omit", _("Without these fields, separated by commas.")),
            *expand,
        ]

    def _formats(self) -> list[OpenApiParameter]:
        formats = [renderer.format for renderer in self.view.renderer_classes]
        return [_text("format", _("How the answer is written, before `Accept`."), formats)] if formats[1:] else []

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies = super()._get_response_bodies(direction)
        codes = ["400", "401", "403"] + (["404"] if self.path.endswith("}/") else [])
        for code in codes:
            bodies[code] = self._get_response_for_code(ProblemSerializer, code, [PROBLEM_JSON], direction)
        return bodies

    def _resolve_path_parameters(self, variables: list[str]) -> list[dict[str, Any]]:
        description = _("The public id (UUID), or the code where the noun has one.")
        return [
            {"in": "path", "name": name, "required": True, "description": description, "schema": {"type": "string"}}
            for name in variables
        ]


def _text(name: str, description: Any, enum: list[str] | None = None) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.STR, description=description, enum=enum)


_LANG = OpenApiParameter(
    "lang", OpenApiTypes.STR, enum=["ko", "en"], description="Language of titles and errors, before Accept-Language."
)

_DATES = (
    OpenApiParameter("as_of", OpenApiTypes.DATE, description="As of the end of this day, today or earlier."),
    _text("known_at", "As it was known at this moment (ISO 8601; a day without a time: at its end). Default: now."),
)


class FilterWords(DjangoFilterExtension):
    """Names every filter: its label, and what a reference takes."""

    target_class = "common.policies.StrictFilterBackend"
    priority = 1

    def resolve_filter_field(
        self, auto_schema: Any, model: Any, filterset_class: Any, field_name: str, part: Any
    ) -> Any:
        part.model = model  # django-filter makes the label of it
        if isinstance(part, ReferenceFilter | ReferencesFilter):
            return [self._reference(field_name, part)]
        return super().resolve_filter_field(auto_schema, model, filterset_class, field_name, part)

    def _reference(self, name: str, part: Any) -> dict[str, Any]:
        text = {"type": "string"}
        several = isinstance(part, ReferencesFilter)
        words = _("%(label)s, by %(code)s or public id.") % {"label": part.label, "code": _code_of(part)}
        schema = {"type": "array", "items": text} if several else text
        style = {"explode": False, "style": "form"} if several else {}
        return {"in": "query", "name": name, "description": words, "schema": schema, **style}


def _code_of(part: Any) -> str:
    return part.to_field_name if isinstance(part, ReferencesFilter) else part.extra["to_field_name"]
