"""What every request passes: an id, a door for the history, sign-in, and the way on for what a script sent."""

import uuid
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from common import history

READING = ("GET", "HEAD", "OPTIONS")
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
    """Pages are for signed-in users, unless the setting opens the public tier to all.

    Whoever sent something after the session had ended is told so, and comes back to the page that it was typed on.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(OPEN_PREFIXES) or settings.ANONYMOUS_READING or request.user.is_authenticated:
            return self.get_response(request)
        is_sent = request.method not in READING
        if is_sent:
            messages.warning(request, _session_ended())
        if request.htmx:  # type: ignore[attr-defined]
            to = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': _current_page(request)}, safe='/')}"
            return HttpResponseClientRedirect(to, status=HTTPStatus.UNAUTHORIZED)
        return redirect_to_login(_referring_page(request) if is_sent else request.get_full_path(), settings.LOGIN_URL)


class WayOnMiddleware:
    """What a script sent and the answer leads away from: the browser goes there, as it would without the script."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.htmx or request.method in READING or "Location" not in response:  # type: ignore[attr-defined]
            return response
        led = HttpResponseClientRedirect(response["Location"])
        if _without_anchor(response["Location"]) == _without_anchor(_current_page(request)):
            led["HX-Refresh"] = "true"  # to another place of the same page a browser goes without asking for it
        return led


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Somebody signed in, in this browser, after the page was opened: what it sends might be another's."""
    words = _(
        "This page is from before the last sign-in in this browser, so nothing was saved. Reload it: what you typed is"
        " put back, and is still to be sent."
    )
    response = render(request, "403.html", {"reason": words}, status=HTTPStatus.FORBIDDEN)
    response["HX-Reswap"] = "none"  # the page with what was typed stays, and says so
    return trigger_client_event(response, "toast", {"text": words, "tone": "bad"})


def _session_ended() -> str:
    return _(
        "Your session had ended, so nothing was saved. Sign in: what you typed is kept and put back, and is still to be"
        " sent. Files are to be chosen again."
    )


def _current_page(request: HttpRequest) -> str:
    """The page that the fragment was asked from, so that sign-in leads back to it."""
    return request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]


def _referring_page(request: HttpRequest) -> str:
    """The page of this site that the form stood on."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    return urlsplit(page)._replace(scheme="", netloc="").geturl()


def _without_anchor(address: str) -> str:
    return address.split("#")[0]
