"""Writes news: for each person once, as that person wants to hear of it, and only of what they may see."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings

from accounts.models import User
from common.background import enqueue
from tasks.choices import DEFAULT_CHANNELS, NoticeChannel, NoticeKind
from tasks.models import Mail, Notification, NotificationPreference
from tasks.named_rows import row_named
from tasks.notifying.events import Event


class Readers:
    """People with their preferences and what they see, each asked for once a run."""

    def __init__(self) -> None:
        self._people: dict[int, User | None] = {}
        self._channels: dict[int, dict[str, str]] = {}
        self._seen: dict[tuple[int, str, int | None], bool] = {}

    def person(self, key: int) -> User | None:
        if key not in self._people:
            self._people[key] = User.objects.filter(pk=key, is_active=True).first()
        return self._people[key]

    def channel(self, key: int, kind: NoticeKind) -> str:
        if key not in self._channels:
            chosen = NotificationPreference.objects.filter(user=key).values_list("kind", "channel")
            self._channels[key] = dict(chosen)
        return self._channels[key].get(kind, DEFAULT_CHANNELS[kind])

    def sees(self, key: int, table: str, object_id: int | None) -> bool:
        if object_id is None:
            return True
        name = (key, table, object_id)
        if name not in self._seen:
            self._seen[name] = row_named(table, object_id, self.person(key)) is not None
        return self._seen[name]


def store(events: Iterable[Event], readers: Readers) -> int:
    """Write the news that are new, and queue the mails that go out at once; how many rows were written.

    Nobody is told what they did themselves. To be called inside the transaction that marks the events as told.
    """
    found: dict[tuple[int, str], Notification] = {}
    for event in events:
        for row in _rows(event, readers):
            found.setdefault((row.recipient_id, row.event), row)
    rows = list(found.values())
    before = Notification.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    written = Notification.objects.filter(pk__gt=before, event__in={event for _key, event in found})
    new = [row for row in written if (row.recipient_id, row.event) in found]
    _queue_at_once([row for row in new if row.channel == NoticeChannel.AT_ONCE], readers)
    return len(new)


def _rows(event: Event, readers: Readers) -> Iterable[Notification]:
    for key in dict.fromkeys(event.recipients):
        channel = readers.channel(key, event.kind)
        if key == event.actor or channel == NoticeChannel.OFF or readers.person(key) is None:
            continue
        if readers.sees(key, *event.about) and readers.sees(key, *event.followed):
            yield Notification(
                recipient_id=key,
                kind=event.kind,
                event=event.name,
                table=event.about[0],
                object_id=event.about[1],
                followed_table=event.followed[0],
                followed_id=event.followed[1],
                verb=event.verb,
                actor_id=event.actor,
                at=event.at,
                channel=channel,
            )


def _queue_at_once(rows: list[Notification], readers: Readers) -> None:
    """One mail a person for all that this run found."""
    by_person: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        by_person[row.recipient_id].append(row.pk)
    for key, keys in by_person.items():
        person = readers.person(key)
        if person is not None:
            queue_mail(person, keys, is_digest=False)


def queue_mail(person: User, keys: list[int], *, is_digest: bool) -> Mail | None:
    """A mail that carries these notifications, sent once this transaction is committed; None where none can go out."""
    if not settings.EMAIL_HOST or not person.email:
        return None
    mail = Mail.objects.create(recipient=person, is_digest=is_digest)
    Notification.objects.filter(pk__in=keys).update(mail=mail)
    enqueue("tasks.jobs.send_mail", mail.pk)
    return mail
