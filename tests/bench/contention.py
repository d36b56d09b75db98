"""Many writers at once: what the figures cost them, and how old a figure is while they write."""

import json
import multiprocessing
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from tasks import rollups
from tasks.relay import POLL_SECONDS
from tests import databases
from tests.bench import writers
from tests.bench.measuring import Bar, percentile
from tests.bench.world import as_owner

WRITERS, PROCESSES = 50, 2


def throughput(milestones: int, *, seconds: float = 4.0, runs: int = 5) -> Bar:
    """Writes a second with the figures following, to the same with nothing noted for them; medians of pairs."""
    pairs = []
    for _ in range(runs):
        with _no_figures():
            alone = _written(seconds)
        with _drains():
            pairs.append((_written(seconds), alone))
    _exact()
    alone = median(pair[1] for pair in pairs)
    ratio = median(together / without for together, without in pairs)
    note = f"{ratio * alone:,.0f}/s to {alone:,.0f}/s"
    return Bar(f"{WRITERS} writers under one task", ratio, alone, milestones, at_least=0.6, note=note)


def staleness(milestones: int, *, seconds: float = 15.0) -> Bar:
    """How long after its commit a change stands in the figures, 95th percentile, to what was set: poll + 0.3 s."""
    with _drains() as drains:
        written = writers.steadily(databases.address(databases.current()), seconds)
        time.sleep(2 * POLL_SECONDS + 1)
    _exact()
    ages = [next((end - at for begun, end in drains if begun >= at), float("inf")) for at in written]
    limit, age = POLL_SECONDS + 0.3, percentile(ages, 0.95)
    rate = len(written) / (written[-1] - written[0])
    note = f"{age:.2f} s at {rate:.0f} changes/s"
    return Bar("age of a figure, 95 %, to poll + 0.3 s", age / limit, limit, milestones, at_most=1, note=note)


@contextmanager
def _no_figures() -> Iterator[None]:
    """The same write and the same log, but nothing is noted for the figures."""
    triggers = ("rollup_note", "rollup_note_update")
    as_owner(*(f"ALTER TABLE tasks_milestone DISABLE TRIGGER {name}" for name in triggers))
    try:
        yield
    finally:
        as_owner(*(f"ALTER TABLE tasks_milestone ENABLE TRIGGER {name}" for name in triggers))
        rollups.recompute()  # what was written meanwhile


@contextmanager
def _drains() -> Iterator[list[tuple[float, float]]]:
    """A process that drains every poll; the moments at which each drain began and ended, once it has stopped."""
    found: list[tuple[float, float]] = []
    environment = {**os.environ, "DATABASE_URL": databases.address(databases.current())}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.drainer"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin and process.stdout
        lines = process.stdout
        lines.readline()  # it stands ready
        reader = threading.Thread(target=lambda: found.extend(tuple(json.loads(line)) for line in lines))
        reader.start()
        try:
            yield found
        finally:
            process.stdin.close()
            reader.join()


def _exact() -> None:
    rollups.drain()
    if drift := rollups.recompute():
        raise SystemExit(f"{drift} figures were wrong after concurrent writes")


def _written(seconds: float) -> float:
    """Writes a second by all writers together."""
    address = databases.address(databases.current())
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        each = WRITERS // PROCESSES
        counts = pool.starmap(writers.at_once, [(address, each, seconds, number) for number in range(PROCESSES)])
    return sum(counts) / seconds
