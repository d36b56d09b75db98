"""Waiting until the change log can be read to its end."""

import time

from tasks.models import Change


def settle(seconds: float = 300) -> None:
    """Wait until the log is read to its end: open transactions of other databases, as of long tests, hold it back too."""

    deadline = time.monotonic() + seconds
    while Change.objects.settled().count() < Change.objects.count():
        assert time.monotonic() < deadline, "a transaction stays open somewhere on this server"
        time.sleep(0.05)
