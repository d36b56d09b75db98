"""Celery's scheduler with a heartbeat on every round."""

from typing import Any

from celery.beat import PersistentScheduler

from ops import heartbeat


class Scheduler(PersistentScheduler):
    """The stock scheduler; a process that hangs stops touching the file."""

    def tick(self, *args: Any, **kwargs: Any) -> float:
        heartbeat.touch("beat")
        return float(super().tick(*args, **kwargs))
