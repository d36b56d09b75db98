"""The digest: once a day one mail to each person for what is unread and was to be told by it."""

from collections import defaultdict

from django.db import transaction

from tasks.choices import NoticeChannel
from tasks.models import Notification
from tasks.notifying.store import queue_mail


@transaction.atomic
def write_digests() -> int:
    """Queue the mails of the day; how many. What no mail carries (no address) stays on the page alone."""
    waiting = Notification.objects.unread().filter(mail=None, channel=NoticeChannel.DAILY, recipient__is_active=True)
    rows = waiting.select_related("recipient").select_for_update(of=("self",), skip_locked=True).order_by("pk")
    by_person = defaultdict(list)
    for row in rows:
        by_person[row.recipient].append(row.pk)
    mails = [queue_mail(person, keys, is_digest=True) for person, keys in by_person.items()]
    return sum(mail is not None for mail in mails)
