"""What every request passes: an id, a door for the history, and sign-in."""

import uuid
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect

from common import history

Handler = Callable[[HttpRequest], HttpResponse]

# Open to anyone: health, sign-in itself, language. The API refuses with a problem of its own.
OPEN_PREFIXES = ("/livez", "/readyz", "/accounts/", "/i18n/", "/static/", "/api/", "/theme/")


class RequestIdMiddleware:
    """Gives the request an id that the change log and the answer both carry."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid.uuid4().hex
        door = "api" if request.path_info.startswith("/api/") else "page"
        with history.through(door, request_id):
            response = self.get_response(request)
        response["X-Request-ID"] = request_id
        return response


class SignInMiddleware:
    """Pages are for signed-in users, unless the setting opens the public tier to all."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(OPEN_PREFIXES) or settings.ANONYMOUS_READING or request.user.is_authenticated:
            return self.get_response(request)
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponseClientRedirect(f"{resolve_url(settings.LOGIN_URL)}?next={_current_page(request)}")
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)


def _current_page(request: HttpRequest) -> str:
    """The page that the fragment was asked from, so that sign-in leads back to it."""
    return request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]
