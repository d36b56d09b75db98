"""Sending a stored file to a reader who was found to be allowed to have it; nothing is served from its folder."""

import logging
from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.http import Http404, StreamingHttpResponse
from django.utils.http import content_disposition_header

_log = logging.getLogger(__name__)
# A file from outside runs nothing and reaches nothing, whatever is in it; only a page of ours shows it within itself.
_SHUT_IN = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"


def stored_file(stored_as: str, *, name: str, content_type: str, inline: bool = False) -> StreamingHttpResponse:
    """The file as a download under its name, or `inline` as a browser shows it. Http404 where it has gone from disk."""
    try:
        size = default_storage.size(stored_as)
    except FileNotFoundError as error:
        _log.error("The file %s is missing below MEDIA_ROOT: restore it from the backup.", stored_as)
        raise Http404 from error
    headers = {
        "Content-Disposition": content_disposition_header(not inline, name),
        "Content-Length": str(size),
        "Content-Security-Policy": _SHUT_IN,
        "X-Frame-Options": "SAMEORIGIN",
        "X-Content-Type-Options": "nosniff",
        # Asked for anew each time: who may see it can change.
        "Cache-Control": "private, no-store",
    }
    return StreamingHttpResponse(_chunks(stored_as), content_type=content_type, headers=headers)


def _chunks(stored_as: str) -> Iterator[bytes]:
    """Opened once somebody reads, so that an answer nobody reads holds nothing open."""
    with default_storage.open(stored_as) as file:
        yield from file.chunks()
