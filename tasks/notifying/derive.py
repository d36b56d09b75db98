"""Reads the change log on, transaction by transaction, and writes what it tells whom."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

from django.db import transaction

from tasks.choices import NoticeKind
from tasks.models import Change, Follow, NotificationCursor
from tasks.named_rows import seen_models
from tasks.notifying.around import around, is_told
from tasks.notifying.events import Event, Named, personal_events
from tasks.notifying.store import Readers, store

# Transactions a run; what is left waits for the next one.
BATCH = 200
# What is loaded is no news, and what nobody submitted concerns nobody yet.
UNTOLD_DOORS = ("seed",)
UNTOLD_VERBS = ("report.drafted",)


def derive(batch: int = BATCH) -> int:
    """Tell what has become final since the last run; how many notifications were written.

    Only transactions older than every open one are read, so none is passed over. The cursor moves in the transaction
    that writes the news: a run that is killed leaves nothing behind, and the next one tells it. Two at once: the
    second finds the cursor taken and does nothing.
    """
    with transaction.atomic():
        cursor = NotificationCursor.objects.select_for_update(skip_locked=True).first()
        if cursor is None:
            return 0
        rows = Change.objects.settled().filter(transaction_id__gt=cursor.transaction_id).order_by("transaction_id")
        found = list(rows.values_list("transaction_id", flat=True).distinct()[:batch])
        if not found:
            return 0
        told = (
            rows.filter(transaction_id__lte=found[-1])
            .exclude(door__in=UNTOLD_DOORS)
            .order_by("transaction_id", "sequence")
        )
        written = store(_events(told.iterator()), Readers())
        cursor.transaction_id = found[-1]
        cursor.save(update_fields=["transaction_id"])
    return written


def _events(changes: Iterable[Change]) -> Iterator[Event]:
    followers = _followers()
    for number, written in groupby(changes, lambda change: change.transaction_id):
        concerned: set[int] = set()
        for change in written:
            for event in personal_events(change):
                concerned |= set(event.recipients)
                yield event
            yield from _for_followers(change, number, followers, concerned)


def _followers() -> dict[Named, list[int]]:
    """Who follows what. Read whole: it is as long as people are patient."""
    found: dict[Named, list[int]] = defaultdict(list)
    for table, key, person in Follow.objects.values_list("table", "object_id", "follower"):
        found[table, key].append(person)
    return found


def _for_followers(
    change: Change, number: int, followers: dict[Named, list[int]], concerned: set[int]
) -> Iterator[Event]:
    """Under one name for each followed row and transaction: the first row of it that a follower sees is told.

    Not to those whom the same transaction tells something of their own.
    """
    if not followers or not is_told(change.table) or change.verb in UNTOLD_VERBS or change.operation == "delete":
        return
    row = seen_models()[change.table]._default_manager.filter(pk=change.object_id).first()
    if row is None:
        return
    about = (change.table, change.object_id)
    for followed in sorted(around(row) & followers.keys()):
        people = tuple(key for key in followers[followed] if key not in concerned)
        if people:
            name = f"change:{number}:{followed[0]}:{followed[1]}"
            yield Event(NoticeKind.FOLLOWED, name, about, people, change.at, change.verb, change.actor_id, followed)
