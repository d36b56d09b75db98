"""Errors of the API: every one leaves as an RFC 9457 problem, never as a stack trace."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views import defaults
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from common.errors import DomainError

PROBLEM_JSON = "application/problem+json"


def problem(status: int, title: str, detail: str, errors: list[dict[str, str]] | None = None) -> dict[str, Any]:
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if errors:
        body["errors"] = errors
    return body


def problem_response(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every error leaves as a problem, never as a stack trace."""
    if isinstance(exc, DomainError):
        errors = [{"pointer": f"/{exc.field}", "code": exc.code, "detail": exc.message}] if exc.field else None
        return _response(exc.status, exc.code, exc.message, errors)
    response = exception_handler(exc, context)
    if response is None:
        return None
    detail, errors = _details(exc, response.data)
    answer = _response(response.status_code, _title(exc), detail, errors)
    for name in ("WWW-Authenticate", "Retry-After", "Allow"):
        if name in response:
            answer[name] = response[name]
    return answer


def _response(status: int, title: str, detail: str, errors: list[dict[str, str]] | None) -> Response:
    return Response(problem(status, title, detail, errors), status=status, content_type=PROBLEM_JSON)


def _title(exc: Exception) -> str:
    if isinstance(exc, Http404):
        return "not_found"
    if isinstance(exc, PermissionDenied):
        return "forbidden"
    return exc.default_code if isinstance(exc, exceptions.APIException) else "error"


def _details(exc: Exception, data: Any) -> tuple[str, list[dict[str, str]] | None]:
    if not isinstance(exc, exceptions.ValidationError):
        return str(data.get("detail", data)) if isinstance(data, dict) else str(data), None
    codes: Any = exc.get_codes()
    errors = [
        {"pointer": f"/{field}", "code": str(code), "detail": str(detail)}
        for field, details in (data.items() if isinstance(data, dict) else {"": data}.items())
        for detail, code in zip(details, codes[field] if isinstance(codes, dict) else codes, strict=False)
    ]
    return " ".join(f"{error['pointer'].lstrip('/')}: {error['detail']}" for error in errors), errors


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404: a problem under /api/, a page elsewhere."""
    if not request.path_info.startswith("/api/"):
        return defaults.page_not_found(request, exception)
    return _plain(404, "not_found", _("Not found."))


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500, likewise; what went wrong stands in the server's log."""
    if not request.path_info.startswith("/api/"):
        return defaults.server_error(request)
    return _plain(500, "server_error", _("Something went wrong on our side. Try again later."))


def _plain(status: int, title: str, detail: str) -> HttpResponse:
    return JsonResponse(problem(status, title, detail), status=status, content_type=PROBLEM_JSON)
