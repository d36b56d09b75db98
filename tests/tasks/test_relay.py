"""The relay: wakes the workers once, again after a pause, and survives whatever is away."""

import socket
from datetime import timedelta

import pytest
from celery import current_app
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from kombu.exceptions import ChannelError
from kombu.exceptions import OperationalError as BrokerAway
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import ResponseError

from common.background import enqueue
from tasks import relay as module
from tasks.models import OutboxJob
from tasks.relay import RESEND_AFTER, RESEND_WAKE_UP_AFTER, Relay

pytestmark = pytest.mark.django_db

DRAIN = ("tasks.jobs.drain_changes", [])


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def sent(monkeypatch):
    """The messages that a broker would have got."""
    messages = []
    monkeypatch.setattr(module, "_send", lambda name, arguments: messages.append((name, arguments)))
    return messages


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def relay(clock):
    return Relay(clock=clock)


def wait_for_figures():
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO rollup_outbox (node, node_id, change) VALUES ('measure', 1, 'leaf')")


def taken():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM rollup_outbox")


# Wake-ups for the figures


def test_nothing_waiting_wakes_nobody(relay, sent):
    assert relay._round()
    assert sent == []


def test_waiting_changes_wake_a_worker_once(relay, sent, clock):
    wait_for_figures()
    for _ in range(5):
        relay._round()
        clock.now += 0.3
    assert sent == [DRAIN]


def test_changes_that_wait_on_wake_again_after_the_pause(relay, sent, clock):
    wait_for_figures()
    relay._round()
    clock.now += RESEND_WAKE_UP_AFTER - 0.01
    relay._round()
    assert sent == [DRAIN]
    clock.now += 0.01
    relay._round()
    assert sent == [DRAIN, DRAIN]


def test_a_new_change_after_all_was_taken_wakes_at_once(relay, sent, clock):
    wait_for_figures()
    relay._round()
    taken()
    relay._round()
    wait_for_figures()
    clock.now += 0.3
    relay._round()
    assert sent == [DRAIN, DRAIN]


# Queued jobs


def test_a_job_is_sent_once_and_again_after_a_minute_until_it_is_done(relay, sent, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    enqueue("jobs.one", 7)
    row = OutboxJob.objects.get()
    relay._round()
    relay._round()
    assert sent == [("jobs.one", [row.pk])]
    time_machine.shift(RESEND_AFTER - timedelta(seconds=1))
    relay._round()
    assert len(sent) == 1
    time_machine.shift(timedelta(seconds=2))
    relay._round()
    assert len(sent) == 2
    OutboxJob.objects.update(done_at=timezone.now())
    time_machine.shift(RESEND_AFTER * 2)
    relay._round()
    assert len(sent) == 2


def test_the_oldest_jobs_go_first_a_hundred_at_a_time(relay, sent):
    for number in range(101):
        enqueue("jobs.one", number)
    assert (relay.send_jobs(), relay.send_jobs()) == (100, 1)
    assert [pk for _name, (pk,) in sent] == sorted(OutboxJob.objects.values_list("pk", flat=True))


# Away


@pytest.mark.parametrize(
    "error",
    [BrokerAway("down"), ChannelError("closed"), RedisAway("reset"), ResponseError("MISCONF"), OSError(111, "refused")],
)
def test_a_broker_that_is_away_ends_the_round_and_loses_nothing(relay, monkeypatch, error, clock):
    messages = []

    def refuse(name, arguments):
        raise error

    wait_for_figures()
    enqueue("jobs.one", 7)
    monkeypatch.setattr(module, "_send", refuse)
    assert relay._round() is False
    monkeypatch.setattr(module, "_send", lambda name, arguments: messages.append(name))
    assert relay._round() is True
    assert messages == [DRAIN[0], "jobs.one"]


def test_a_real_broker_that_is_down_ends_the_round(relay, monkeypatch):
    """Nothing listens on this port; the message goes through Celery and kombu as ever."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # bound and never listening: connections are refused
        address = f"redis://127.0.0.1:{held.getsockname()[1]}/0"
        with current_app.connection_for_write(address) as away:
            send = current_app.send_task
            monkeypatch.setattr(
                current_app, "send_task", lambda *args, **options: send(*args, connection=away, **options)
            )
            wait_for_figures()
            assert relay._round() is False
    assert OutboxJob.objects.count() == 0


@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("closed")])
def test_a_database_that_is_away_ends_the_round_with_a_fresh_connection(relay, monkeypatch, error):
    closed = []

    def fail():
        raise error

    monkeypatch.setattr(relay, "wake_drain", fail)
    monkeypatch.setattr(module.connection, "close", lambda: closed.append(True))
    assert relay._round() is False
    assert closed == [True]


def test_it_runs_until_told_to_stop_and_is_patient_while_something_is_away(relay, monkeypatch):
    beats, pauses, rounds = [], [], iter([True, False, True])
    monkeypatch.setattr(relay, "_round", lambda: next(rounds))
    monkeypatch.setattr(module.time, "sleep", pauses.append)
    relay.run(beat=lambda: beats.append(1), running=lambda: len(beats) < 3)
    assert pauses == [module.POLL_SECONDS, module.PATIENCE_SECONDS, module.POLL_SECONDS]
