"""What the processes beside a test do until they are killed: write, or drain.

They are forked, as those of Celery are, from a process that has loaded Django and has neither threads nor
connections. A fork of the test's own process would inherit both, from whatever test ran there before.
"""

import multiprocessing
from collections.abc import Callable
from datetime import date, timedelta
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.synchronize import Event
from random import Random
from typing import Any
from unittest.mock import patch

import django
from django.apps import apps

if not apps.ready:  # imported by the process to fork from
    django.setup()

from django.db import Error, connection, transaction

from tasks import rollups
from tasks.models import Dependency, Measure, Milestone
from tests import databases

processes: ForkServerContext = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload([__name__])


def start(work: Callable[[Random], None], seed: int) -> ForkServerProcess:
    """A worker in a process of its own, on the database that the test uses."""
    process = processes.Process(target=_forever, args=(work, seed, databases.current()), daemon=True)
    process.start()
    return process


def _forever(work: Callable[[Random], None], seed: int, database: str) -> None:
    databases.use(database)
    random = Random(seed)
    while True:
        work(random)


def drain(random: Random) -> None:
    """A drain that the database refuses leaves everything waiting, as for a Celery worker."""
    try:
        rollups.drain()
    except Error:
        connection.close()


def drain_and_hang(reached: Event, first: Callable[[], None], random: Random) -> None:
    """A drain that has taken its changes, does `first`, and stands still before it stores a figure."""
    from tasks.rollups import engine

    def hang(*_: Any) -> None:
        first()
        reached.set()
        processes.Event().wait()

    with patch.object(engine, "_carry", hang):
        drain(random)


def nothing() -> None:
    pass


def let_go_of_the_changes() -> None:
    connection.connection.commit()


def write(random: Random) -> None:
    """One transaction of one to four changes; a deadlock or conflict between writers undoes it whole."""
    try:
        with transaction.atomic():
            for _ in range(random.randint(1, 4)):
                random.choice(CHANGES)(random)
            if random.random() < 0.1:
                transaction.set_rollback(True)
    except Error:
        connection.close()


def _one(model: Any, random: Random) -> Any:
    ids = list(model.objects.values_list("pk", flat=True))
    return model.objects.filter(pk=random.choice(ids)) if ids else model.objects.none()


def _milestone(values: Callable[[Random], dict[str, Any]]) -> Callable[[Random], None]:
    def change(random: Random) -> None:
        _one(Milestone, random).update(**values(random))

    return change


def _measure(values: Callable[[Random], dict[str, Any]]) -> Callable[[Random], None]:
    def change(random: Random) -> None:
        _one(Measure, random).update(**values(random))

    return change


def _move(random: Random) -> None:
    target = _one(Measure, random).first()
    if target is not None:
        _one(Milestone, random).update(measure=target)


def _come_and_go(random: Random) -> None:
    measure = _one(Measure, random).first()
    if random.random() < 0.5 or measure is None:
        _one(Milestone, random).delete()
        return
    code = f"N{random.getrandbits(60)}"
    Milestone.objects.create(measure=measure, code=code, title_ko="가", title_en="A", weight=3, **_dates(random))


def _link(random: Random) -> None:
    first, second = sorted(random.sample(list(Milestone.objects.values_list("pk", flat=True)), 2))
    if not Dependency.objects.filter(predecessor=first, successor=second).delete()[0]:
        Dependency.objects.create(predecessor_id=first, successor_id=second, lag_days=random.randint(0, 40))


def _dates(random: Random) -> dict[str, Any]:
    due = date.today() + timedelta(random.randint(-60, 90))
    return {"baseline_start": due - timedelta(random.randint(0, 90)), "baseline_due": due, "current_due": due}


CHANGES: list[Callable[[Random], None]] = [
    *[
        _milestone(
            lambda random: {"state": "in_progress", "progress_bp": random.randint(0, 9_999), "completed_on": None}
        )
    ]
    * 4,
    _milestone(lambda random: {"state": "completed", "progress_bp": 10_000, "completed_on": date.today()}),
    _milestone(lambda random: {"state": "cancelled", "completed_on": None}),
    _milestone(lambda random: {"weight": random.randint(0, 9)}),
    _milestone(lambda random: {"tier": random.randint(1, 3)}),
    _milestone(_dates),
    _measure(lambda random: {"weight": random.randint(0, 9)}),
    _measure(lambda random: {"tier": random.choice((1, 1, 2, 3))}),
    _measure(lambda random: {"scope": random.choice(("in_scope", "in_scope", "cancelled"))}),
    _move,
    _come_and_go,
    _link,
]
