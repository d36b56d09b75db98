"""Queued work: in the transaction of the change, once a period, done once however often it is delivered."""

from datetime import datetime

import pytest
from django.db import transaction

from common.background import enqueue
from strategy.jobs import nightly
from tasks import jobs, rollups
from tasks.models import Change, Figure, Milestone, OutboxJob, Region

NAME = "tasks.jobs.recompute_figures"


def job():
    enqueue(NAME, "")
    return OutboxJob.objects.latest("pk")


@pytest.fixture
def counted(monkeypatch):
    """How often the effect of a job was made."""
    calls = []
    monkeypatch.setattr(rollups, "recompute", lambda: calls.append(1) or len(calls))
    return calls


@pytest.mark.django_db
def test_a_job_of_a_period_is_queued_once():
    assert enqueue(NAME, 7, period="2025-06-02")
    assert not enqueue(NAME, 7, period="2025-06-02")
    assert enqueue(NAME, 7, period="2025-06-03")
    assert enqueue(NAME, 8, period="2025-06-02")
    assert enqueue("other", 7, period="2025-06-02")
    assert OutboxJob.objects.count() == 4


@pytest.mark.django_db
def test_a_job_without_a_period_is_queued_every_time():
    assert enqueue(NAME, "")
    assert enqueue(NAME, "")


@pytest.mark.django_db
def test_the_nightly_work_is_queued_once_a_day_of_the_ministries(time_machine):
    time_machine.move_to(datetime(2025, 6, 1, 15, 0), tick=False)  # midnight in Seoul
    assert nightly()
    assert not nightly()
    time_machine.move_to(datetime(2025, 6, 2, 14, 59), tick=False)
    assert not nightly()
    time_machine.move_to(datetime(2025, 6, 2, 15, 0), tick=False)
    assert nightly()
    queued = OutboxJob.objects.filter(name=NAME)
    assert list(queued.values_list("period", flat=True)) == ["2025-06-02", "2025-06-03"]
    for name in (
        "tasks.jobs.forget_stray_files",
        "tasks.jobs.forget_uploads",
        "tasks.jobs.open_periods",
        "tasks.jobs.keep_past_days",
        "tasks.jobs.remind",
    ):
        assert OutboxJob.objects.filter(name=name).count() == 2


@pytest.mark.django_db
def test_a_change_that_is_rolled_back_queues_nothing():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue(NAME, "")
        raise ZeroDivisionError
    assert not OutboxJob.objects.exists()


@pytest.mark.django_db
def test_a_job_delivered_twice_is_done_once(counted):
    row = job()
    assert (jobs.recompute_figures(row.pk), jobs.recompute_figures(row.pk)) == (1, 0)
    assert counted == [1]


@pytest.mark.django_db
def test_a_job_of_an_unknown_row_does_nothing(counted):
    assert jobs.recompute_figures(123_456) == 0
    assert counted == []


@pytest.mark.django_db
def test_a_job_that_fails_stays_undone_and_leaves_no_effect(monkeypatch):
    row = job()

    def half(*args):
        Region.objects.create(key="seoul", name_ko="서울", name_en="Seoul")
        raise ZeroDivisionError

    monkeypatch.setattr(rollups, "recompute", half)
    with pytest.raises(ZeroDivisionError):
        jobs.recompute_figures(row.pk)
    row.refresh_from_db()
    assert row.done_at is None
    assert not Region.objects.exists()


@pytest.mark.django_db
def test_what_a_job_writes_is_logged_as_coming_through_a_job(monkeypatch):
    def write(*args):
        from common import history

        with history.context(actor=None, verb="region.made"):
            Region.objects.create(key="seoul", name_ko="서울", name_en="Seoul")
        return 1

    monkeypatch.setattr(rollups, "recompute", write)
    jobs.recompute_figures(job().pk)
    assert Change.objects.get(table="tasks_region").door == "job"


def test_two_deliveries_at_once_are_one_effect(committed_db, counted):
    """The second worker waits for the row, then finds it done."""
    import threading

    from django.db import connection

    row = job()
    inside, answers = threading.Event(), []
    rollups_recompute = rollups.recompute

    def slow():
        inside.set()
        second.start()
        second.join(0.3)  # it waits at the row meanwhile
        return rollups_recompute()

    def deliver():
        inside.wait(10)
        answers.append(jobs.recompute_figures(row.pk))
        connection.close()

    second = threading.Thread(target=deliver)
    rollups.recompute = slow
    try:
        answers.insert(0, jobs.recompute_figures(row.pk))
    finally:
        rollups.recompute = rollups_recompute
    second.join(10)
    assert (answers, counted) == ([1, 0], [1])


@pytest.mark.django_db
def test_a_drain_moves_the_figures_and_a_second_one_finds_nothing(strategy_tree):
    before = Figure.objects.get(slice="strategy", tier=1).version
    Milestone.objects.filter(pk=strategy_tree.milestones.open.pk).update(state="in_progress", progress_bp=5_000)
    assert jobs.drain_changes() > 0
    assert jobs.drain_changes() == 0
    assert Figure.objects.get(slice="strategy", tier=1).version == before + 1


def test_a_change_is_not_settled_while_a_transaction_before_it_is_open(committed_db):
    """Its own is such a one. What of it is settled afterwards depends on every database of the server."""
    with transaction.atomic():
        Region.objects.create(key="seoul", name_ko="서울", name_en="Seoul")
        rows = Change.objects.filter(table="tasks_region")
        assert rows.exists()
        assert not rows.settled().exists()
