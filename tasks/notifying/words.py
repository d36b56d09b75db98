"""The words of a notification, made when it is read, of rows that the reader may see at that moment."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from common.records import known_day
from common.tiers import Tier
from tasks.changes import what_happened
from tasks.choices import NoticeKind
from tasks.models import Comment, Notification, StatusReport
from tasks.named_rows import rows_named, seen_models, words_of
from tasks.permissions import node_of

EXCERPT = 120


@dataclass(frozen=True)
class Told:
    """A notification with what it says, where it leads, and the tier and code of what it is about."""

    notification: Notification
    words: str
    url: str
    tier: int
    code: str


def told(rows: Iterable[Notification], reader: Any) -> list[Told]:
    """Those whose row the reader may see now, in their order; a handful of queries whatever their number."""
    listed = list(rows)
    found = rows_named([name for row in listed for name in (row.name, row.followed)], reader)
    _join(found, reader)
    return [
        _told(row, found.get(row.name), found.get(row.followed))
        for row in listed
        if row.object_id is None or row.name in found
    ]


def _join(found: dict[Any, Any], reader: Any) -> None:
    """What the words of reports and comments need beside the row."""
    prefetch_related_objects([row for row in found.values() if isinstance(row, StatusReport)], "milestone__measure")
    comments = [row for row in found.values() if isinstance(row, Comment)]
    about = rows_named([(row.table, row.object_id) for row in comments], reader)
    prefetch_related_objects([row for row in about.values() if isinstance(row, StatusReport)], "milestone__measure")
    for row in comments:
        row.on = about[row.table, row.object_id]  # type: ignore[attr-defined]


def _told(notification: Notification, row: Any, followed: Any) -> Told:
    shown = followed if followed is not None else row
    words = _WORDS[NoticeKind(notification.kind)](notification, row, shown)
    return Told(notification, words, _url(row, shown), tier_of(row), _code(_subject(shown)))


def _url(row: Any, shown: Any) -> str:
    for each in (row, shown):
        if isinstance(each, Comment):
            return f"{each.on.get_absolute_url()}#comment-{each.uuid}"  # type: ignore[attr-defined]
        if hasattr(each, "get_absolute_url"):
            return str(each.get_absolute_url())
    return reverse("tasks:my-work")


def _subject(row: Any) -> Any:
    """What a report or a comment speaks of."""
    if isinstance(row, Comment):
        return _subject(row.on)  # type: ignore[attr-defined]
    return row.milestone if isinstance(row, StatusReport) else row


def tier_of(row: Any) -> int:
    """How a row is classified: as the node that it hangs on; what hangs on none is public."""
    subject = _subject(row)
    node = None if subject is None else node_of(subject)
    own = getattr(subject, "effective_tier", None)
    return max(Tier.PUBLIC, *(each for each in (own, getattr(node, "effective_tier", None)) if each is not None), 0)


def _code(row: Any) -> str:
    """The short name under which a row is known."""
    return str(getattr(row, "code", "") or getattr(row, "key", "") or getattr(row, "slug", "") or "")


def _what(row: Any) -> str:
    return words_of(_subject(row))


def _person(notification: Notification) -> str:
    return str(notification.actor or _("system"))


def _returned(notification: Notification, row: Any, shown: Any) -> str:
    return _("%(person)s returned your report on %(what)s.") % {"person": _person(notification), "what": _what(row)}


def _accepted(notification: Notification, row: Any, shown: Any) -> str:
    return _("%(person)s accepted your report on %(what)s.") % {"person": _person(notification), "what": _what(row)}


def _waits(notification: Notification, row: Any, shown: Any) -> str:
    return _("A report on %s waits for your review.") % _what(row)


def _escalated(notification: Notification, row: Any, shown: Any) -> str:
    return _("A report on %s has waited too long for its review.") % _what(row)


def _mentioned(notification: Notification, row: Any, shown: Any) -> str:
    text = _("This comment was withdrawn.") if row.withdrawn_at else row.text
    text = text if len(text) <= EXCERPT else f"{text[:EXCERPT]}…"
    words = {"person": _person(notification), "what": _what(row), "text": text}
    return _("%(person)s mentioned you on %(what)s: %(text)s") % words


def _delegated(notification: Notification, row: Any, shown: Any) -> str:
    if row is None:
        return _("A role was handed over to you.")
    days = {"first": known_day(row.valid_from), "last": known_day(row.valid_to)}
    words = {"delegate": row.delegate, "person": row.delegator} | days
    if row.revoked_at:
        return _("%(delegate)s no longer reviews in place of %(person)s.") % words
    return _("%(delegate)s reviews in place of %(person)s from %(first)s to %(last)s.") % words


def _due(notification: Notification, row: Any, shown: Any) -> str:
    words = {"what": words_of(row), "day": known_day(row.current_due, row.due_precision) if row.current_due else "–"}
    if notification.verb == "overdue":
        return _("%(what)s was due on %(day)s.") % words
    return _("%(what)s is due on %(day)s.") % words


def _period(notification: Notification, row: Any, shown: Any) -> str:
    words = {"period": row, "day": known_day(row.due_on), "state": row.get_state_display()}
    if notification.verb == "period.due":
        return _("Reports for %(period)s are due on %(day)s.") % words
    return _("Reporting period %(period)s: %(state)s.") % words


def _followed(notification: Notification, row: Any, shown: Any) -> str:
    model = seen_models()[notification.table]
    happened = what_happened(notification.verb, model, is_own=row == shown)
    return f"{_what(shown)} – {happened}"


_WORDS: dict[NoticeKind, Callable[[Notification, Any, Any], str]] = {
    NoticeKind.RETURNED: _returned,
    NoticeKind.ACCEPTED: _accepted,
    NoticeKind.WAITS: _waits,
    NoticeKind.ESCALATED: _escalated,
    NoticeKind.MENTIONED: _mentioned,
    NoticeKind.DELEGATED: _delegated,
    NoticeKind.DUE: _due,
    NoticeKind.PERIOD: _period,
    NoticeKind.FOLLOWED: _followed,
}
