"""What every file says of itself that is taken away from a page: of which day it is, and where it comes from."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from common import formats, past


def as_of() -> str:
    """The moment; of the past its day, and when that was known."""
    language, asked = "ko" if (translation.get_language() or "ko").startswith("ko") else "en", past.current()
    if asked is None:
        return formats.moment(timezone.now(), language)
    known = (
        _("as it was known on %s") % formats.day(asked.known_at, language) if asked.known_at else _("as known today")
    )
    return f"{formats.day(asked.as_of, language)} ({known})"


def whence() -> str:
    """The name of the whole, and that it is no official one, where it is none."""
    name = _("Strategy Tracker")
    if settings.OFFICIAL_SITE:
        return name
    said = _("facts with sources; lights and drafts made up for demonstration; not an official government website")
    return f"{name} ({said})"
