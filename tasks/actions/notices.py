"""What a person does about the own notifications: read them, choose how to hear of them."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common import history
from common.errors import Invalid
from tasks.choices import NoticeChannel, NoticeKind
from tasks.models import Notification, NotificationPreference


def mark_read(by: User, names: Iterable[UUID] | None = None) -> int:
    """Mark the own notifications as read: those named, else all; how many were unread."""
    rows = Notification.objects.filter(recipient=by, read_at=None)
    return (rows if names is None else rows.filter(uuid__in=list(names))).update(read_at=timezone.now())


def choose_channels(by: User, channels: Mapping[str, str], *, language: str) -> None:
    """How the person wants to hear of each kind, and the language of mails. Raises Invalid for what is not known."""
    unknown = {*channels} - {*NoticeKind.values} or {*channels.values()} - {*NoticeChannel.values}
    if unknown:
        raise Invalid(_("This is not known here: %s.") % ", ".join(sorted(unknown)))
    with history.context(actor=by, verb="notification_preference.chosen"):
        for kind, channel in channels.items():
            row, is_new = NotificationPreference.objects.get_or_create(
                user=by, kind=kind, defaults={"channel": channel}
            )
            if not is_new and row.channel != channel:
                row.channel = channel
                row.save(update_fields=["channel"])
        if by.language != language:
            by.language = language
            by.save(update_fields=["language"])
