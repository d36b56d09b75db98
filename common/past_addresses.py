"""Addresses of the past: `/as-of/2024-12-31/measures/T1-3/` is a page as of a day.

With `/as-of/2024-12-31/known-at/2025-01-15/…` it is the page as of the first day, as known at the end of the second.
The links of such a page lead on within the same past, since every address made while it is drawn starts likewise.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import get_script_prefix, set_script_prefix
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import past
from common.errors import Invalid

Handler = Callable[[HttpRequest], HttpResponse]
PARAMETERS = ("as_of", "known_at")
_LABELS = {"as_of": gettext_lazy("As of"), "known_at": gettext_lazy("As it was known on")}
_DAY = r"[^/]+"
_PREFIX = re.compile(rf"/as-of/(?P<as_of>{_DAY})(?:/known-at/(?P<known_at>{_DAY}))?(?P<rest>/.*|$)")
# What has no past: signing in, the look of pages, the API (which takes the days as parameters).
TIMELESS = ("/accounts/", "/i18n/", "/theme/", "/static/", "/api/", "/admin/", "/livez", "/readyz", "/as-of/")


class PastPrefixMiddleware:
    """Takes the prefix off the path, so that the page itself is found; addresses made meanwhile start with it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = _PREFIX.match(request.path_info)
        if found is None:
            return self.get_response(request)
        request.past = {name: text for name in PARAMETERS if (text := found[name])}  # type: ignore[attr-defined]
        rest = found["rest"] or "/"
        outer = get_script_prefix()
        if not rest.startswith(TIMELESS):
            set_script_prefix(outer + request.path_info[1 : found.start("rest")] + "/")
        request.path_info = rest
        try:
            return self.get_response(request)
        finally:
            set_script_prefix(outer)


class PastPageMiddleware:
    """Answers a page of the past inside its reading. The parameters of a form lead to the address of that day."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        prefix = getattr(request, "past", {})
        asked = prefix | {name: request.GET[name] for name in PARAMETERS if name in request.GET}
        if not asked or request.path_info.startswith(TIMELESS):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return render(request, "common/past_is_closed.html", status=405)
        try:
            day, moment = days_of(asked)
        except Invalid as error:
            messages.error(request, f"{_LABELS[error.field]}: {error.message}")
            # A day that is good stays; how it was known says nothing without it.
            kept = {name: text for name, text in asked.items() if name == "as_of" != error.field}
            return redirect(address_in(request, kept))
        if asked != prefix or (moment is None and day == timezone.localdate()):
            return redirect(address_in(request, {} if moment is None and day == timezone.localdate() else asked))
        with past.reading(day, moment):
            return self.get_response(request)


def days_of(asked: Mapping[str, Any]) -> tuple[date, datetime | None]:
    """The day and the moment that parameters name; Invalid says what is wrong with which.

    Without `as_of` it is today; a moment without a time is the end of its day.
    """
    day = day_of("as_of", asked) or timezone.localdate()
    if day > timezone.localdate():
        raise Invalid(_("This day is still to come. Enter today or an earlier day."), field="as_of")
    moment: datetime | None = _read("known_at", asked, _moment)
    if moment is not None and timezone.localdate(moment) > timezone.localdate():
        raise Invalid(_("This day is still to come. Enter today or an earlier day."), field="known_at")
    return day, moment


def day_of(name: str, asked: Mapping[str, Any]) -> date | None:
    """The day that a parameter names, None where there is none; Invalid for what is no day."""
    found: date | None = _read(name, asked, parse_date)
    return found


def _read(name: str, asked: Mapping[str, Any], parse: Callable[[str], Any]) -> Any:
    text = asked.get(name)
    if not text:
        return None
    try:
        found = parse(text)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise Invalid(_("“%s” is no day. Write it as 2024-12-31.") % text, field=name)
    return found


def _moment(text: str) -> datetime | None:
    if day := parse_date(text):
        return timezone.make_aware(datetime.combine(day, time.max))
    found = parse_datetime(text)
    return timezone.make_aware(found) if found and timezone.is_naive(found) else found


def address_in(request: HttpRequest, asked: Mapping[str, str]) -> str:
    """The page that the request is for, in another past; none: of today."""
    steps = [step for name in PARAMETERS if (text := asked.get(name)) for step in (name.replace("_", "-"), text)]
    if steps and steps[0] != "as-of":
        steps = ["as-of", timezone.localdate().isoformat(), *steps]
    rest = [(name, value) for name, values in request.GET.lists() for value in values if name not in PARAMETERS]
    path = "/" + "/".join(steps) + request.path_info if steps else request.path_info
    return f"{path}?{urlencode(rest)}" if rest else path
