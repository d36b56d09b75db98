"""Queueing of background work: a row in the transaction of the change; the relay sends it."""

from django.db import connection


def enqueue(name: str, argument: str | int, *, period: str = "") -> bool:
    """Ask for job `name` with one argument once this transaction is committed.

    With a `period` (a date, an hour) the job is queued once for it; True if this call queued it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tasks_outboxjob (name, argument, period, created_at) VALUES (%s, %s, %s, now())"
            " ON CONFLICT DO NOTHING",
            [name, str(argument), period],
        )
        return cursor.rowcount == 1
