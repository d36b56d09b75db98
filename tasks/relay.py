"""The relay: looks for waiting work and wakes the workers. It alone sends messages to the broker.

A message is only a wake-up. Where it is lost, the next round sends another: what waits in the
database waits until it is done.
"""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from celery import current_app
from django.db import Error as DatabaseError
from django.db import connection
from django.utils import timezone
from kombu.exceptions import ChannelError, KombuError
from redis.exceptions import RedisError

from tasks.models import OutboxJob

log = logging.getLogger(__name__)

POLL_SECONDS = 0.3
# A wake-up that nobody took by then is dropped by the workers; the next round sends a new one.
EXPIRES_SECONDS = 10
RESEND_AFTER = timedelta(seconds=60)
RESEND_WAKE_UP_AFTER = 2.0
PATIENCE_SECONDS = 1.0


class Relay:
    """One process runs it; a second one would only send wake-ups that find nothing to do."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.woken_at = float("-inf")
        self.was_waiting = False

    def run(self, *, beat: Callable[[], None], running: Callable[[], bool]) -> None:
        """Poll until `running` says no; `beat` is called every round as a sign of life."""
        while running():
            beat()
            time.sleep(POLL_SECONDS if self._round() else PATIENCE_SECONDS)

    def _round(self) -> bool:
        """One look; False where the database or the broker is away."""
        try:
            self.wake_drain()
            self.send_jobs()
        except (KombuError, ChannelError, RedisError, OSError) as error:
            log.warning("broker away, trying again: %s", error)
            return False
        except DatabaseError as error:
            log.warning("database away, trying again: %s", error)
            connection.close()
            return False
        return True

    def wake_drain(self) -> bool:
        """Wake a worker where changes wait for figures or money; not again at once while it is at work."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT 1 FROM rollup_outbox) OR EXISTS (SELECT 1 FROM money_outbox)")
            waiting = bool(cursor.fetchone()[0])
        due = not self.was_waiting or self.clock() - self.woken_at >= RESEND_WAKE_UP_AFTER
        self.was_waiting = waiting
        if not (waiting and due):
            return False
        _send("tasks.jobs.drain_changes", [])
        self.woken_at = self.clock()
        return True

    def send_jobs(self) -> int:
        """Send every queued job that nobody has done, again after a minute; how many were sent."""
        now = timezone.now()
        jobs = OutboxJob.objects.filter(done_at__isnull=True).exclude(sent_at__gt=now - RESEND_AFTER)
        sent = 0
        for job in jobs.order_by("pk")[:100]:
            _send(job.name, [job.pk])
            OutboxJob.objects.filter(pk=job.pk).update(sent_at=now)
            sent += 1
        return sent


def _send(name: str, arguments: list[Any]) -> None:
    current_app.send_task(name, args=arguments, expires=EXPIRES_SECONDS, retry=False, ignore_result=True)
