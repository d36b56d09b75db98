"""`manage.py relay`: the process that turns waiting work into wake-ups for the workers."""

import signal
from typing import Any

from django.core.management.base import BaseCommand

from ops import heartbeat
from tasks.relay import Relay


class Command(BaseCommand):
    help = "Send waiting work to the Celery workers until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        stopped: list[int] = []
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda received, _frame: stopped.append(received))
        Relay().run(beat=lambda: heartbeat.touch("relay"), running=lambda: not stopped)
