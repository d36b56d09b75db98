"""Keeps children running until told to stop: restarts what falls, with growing pauses, and says so in one line."""

import signal
import time
from collections.abc import Callable, Iterable
from types import FrameType

from ops.children import Child
from ops.console import say

LONGEST_PAUSE = 30.0
# After this long without a fall the pauses start small again.
STEADY_SECONDS = 60.0


class Stopped(BaseException):
    """A signal asked the launcher to end; not an Exception, so that nothing swallows it."""


def stop_on_signals() -> None:
    """Turn Ctrl-C, a polite kill and a closed terminal into Stopped."""

    def stop(number: int, _frame: FrameType | None) -> None:
        raise Stopped(signal.Signals(number).name)

    signal.signal(signal.SIGINT, stop)  # also where a script started us in the background, which ignores it
    signal.signal(signal.SIGTERM, stop)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup
        signal.signal(signal.SIGHUP, stop)


def ignore_signals() -> None:
    """While stopping: a second Ctrl-C must not leave children behind."""
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)


class _Watch:
    """One child with the time of its last start and the pause before the next."""

    def __init__(self, child: Child) -> None:
        self.child, self.pause = child, 1.0
        self.started = time.monotonic()
        self.due: float | None = None

    def look(self) -> None:
        now = time.monotonic()
        code = self.child.exit_code()
        if code is None:
            return
        if self.due is None:
            if now - self.started > STEADY_SECONDS:
                self.pause = 1.0
            self.due = now + self.pause
            self.child.finish(0)  # its own children, if it left any
            name, log = self.child.name, self.child.log
            say(f"{name} ended ({_reason(code)}): starting it again in {self.pause:.0f} s, see {log}")
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
        elif now >= self.due:
            self.child.start()
            self.started, self.due = now, None


def watch(children: Iterable[Child], *, until: Callable[[], bool] = lambda: False) -> None:
    """Watch over them until the condition holds, or a signal comes."""
    watches = [_Watch(child) for child in children]
    while not until():
        for each in watches:
            each.look()
        time.sleep(0.2)


def stop(children: list[Child], grace: float = 10) -> None:
    """End them all at once and wait for each."""
    for child in children:
        child.ask_to_end()
    end = time.monotonic() + grace
    for child in children:
        child.finish(max(0.1, end - time.monotonic()))


def _reason(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
