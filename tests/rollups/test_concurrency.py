"""Many writers, several drains, and workers that die: afterwards stored figures are those of the reference model."""

import time
from datetime import date
from functools import partial
from random import Random

import pytest
from django.db import connection

from tasks import rollups
from tasks.models import Figure, Measure, Milestone, RollupPass, StrategicTask, Strategy
from tests.rollups.compare import broken_sums, differences
from tests.rollups.worker import (
    drain,
    drain_and_hang,
    let_go_of_the_changes,
    nothing,
    processes,
    start,
    write,
)

WRITERS, DRAINERS = 3, 3


@pytest.fixture
def plan(committed_db):
    strategy = Strategy.objects.create(
        slug="busy", title_ko="가", title_en="A", announced_on=date(2023, 3, 15), first_year=2023, last_year=2027
    )
    for number in (1, 2):
        task = StrategicTask.objects.create(strategy=strategy, number=number, slug=f"t{number}", weight=number)
        for branch in range(3):
            outer = Measure.objects.create(strategic_task=task, code=f"{number}-{branch}", title_ko="가", title_en="A")
            inner = Measure.objects.create(
                strategic_task=task, parent=outer, code=f"{number}-{branch}.1", title_ko="가", title_en="A"
            )
            for step in range(12):
                Milestone.objects.create(
                    measure=inner if step % 2 else outer,
                    code=f"{inner.code}-{step}",
                    title_ko="가",
                    title_en="A",
                    weight=step,
                )
    rollups.drain()
    return strategy


def end(worker):
    worker.kill()
    worker.join()
    worker.close()


def busy(seconds, seed):
    """Writers and drains at once; every moment one of them is killed and another takes its place."""
    random = Random(seed)
    jobs = [write] * WRITERS + [drain] * DRAINERS
    workers = [(job, start(job, number)) for number, job in enumerate(jobs)]
    kills, until = 0, time.monotonic() + seconds
    try:
        while time.monotonic() < until:
            place = random.randrange(len(workers))
            job, victim = workers[place]
            victim.join(random.uniform(0.1, 0.4))
            assert victim.is_alive(), "a worker ended by itself"
            end(victim)
            kills += 1
            workers[place] = (job, start(job, seed + kills * 100))
    finally:
        for _, worker in workers:
            end(worker)
    return kills


def check(strategy, seconds, seed):
    before = Figure.objects.get(strategy=strategy, slice="strategy", tier=3).version
    kills = busy(seconds, seed)
    rollups.drain()
    assert waiting_changes() == 0
    day = RollupPass.objects.first().as_of
    assert differences(strategy, day) == []
    assert broken_sums(strategy) == []
    assert rollups.audit() == 0
    assert kills > seconds / 2
    assert Figure.objects.get(strategy=strategy, slice="strategy", tier=3).version > before + 10


def test_writers_drains_and_kills_leave_exact_figures(plan):
    check(plan, 6, seed=1)


@pytest.mark.drill
def test_a_minute_of_writers_drains_and_kills_leaves_exact_figures(plan):
    check(plan, 60, seed=2)


def killed_in_the_middle(first=nothing):
    """A drain that has taken its changes, does `first`, and is killed before it stores a figure."""
    reached = processes.Event()
    victim = start(partial(drain_and_hang, reached, first), 0)
    assert reached.wait(30)
    end(victim)


def test_a_worker_killed_in_the_middle_of_a_drain_loses_nothing(plan):
    Milestone.objects.filter(code="1-0.1-1").update(state="in_progress", progress_bp=5_000)
    waiting = waiting_changes()
    killed_in_the_middle()
    assert waiting_changes() == waiting > 0
    assert rollups.drain() == waiting
    assert differences(plan, RollupPass.objects.first().as_of) == []


def test_a_drain_that_lets_go_of_its_changes_first_is_found_out(plan):
    """The control: were taking the changes and storing the figures two transactions, a kill between them would show."""
    Milestone.objects.filter(code="1-0.1-1").update(state="in_progress", progress_bp=5_000)
    killed_in_the_middle(first=let_go_of_the_changes)
    assert waiting_changes() == 0
    rollups.drain()
    assert differences(plan, RollupPass.objects.first().as_of) != []
    assert rollups.audit() > 0


def waiting_changes():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM rollup_outbox")
        return cursor.fetchone()[0]
