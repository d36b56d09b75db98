"""Processes die while reports come in: no request fails, nothing acknowledged is lost or doubled, figures catch up.

The drills take minutes (`make drills`); the dead processes at the top are their short variant.
"""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import psycopg
import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from accounts.models import User
from tasks.models import Milestone, StatusReport
from tests import databases
from tests.journeys.http import signed_in
from tests.journeys.test_reporting import choose, file_report, headline, milestone

AWAY_SECONDS, CHANGES, KILLS = 60, 1_000, 30
CAUGHT_UP_SECONDS = 30


@pytest.mark.parametrize("away", ["worker", "valkey", "relay"])
def test_a_dead_process_fails_no_request_and_loses_no_change(stack, sign_in, away):
    officer = sign_in("staff")
    row = milestone("T2-1-M3")
    officer.goto("/tasks/talent/")
    before = headline(officer)
    stack.kill(away)
    report_progress(officer, row)
    officer.goto("/tasks/talent/")
    assert headline(officer) == before
    stack.start(away)
    expect(officer.locator("#figures .figure-value").first).to_be_visible()
    caught_up()


def test_without_the_relay_lost_messages_are_not_made_good(stack):
    """The control of the drills below: it is the relay's sweep that sends again, and without it they would be red."""
    stack.kill("relay")
    stack.kill("valkey")
    try:
        with signed_in(stack, "staff") as officer:
            assert officer.report(open_milestones()[0], result="no message goes out") == 302
        stack.start("valkey")
        with pytest.raises(AssertionError, match="still wait"):
            caught_up(within=3)
    finally:
        stack.start("relay")
    caught_up()


@pytest.mark.drill
def test_the_broker_away_for_a_minute_under_a_thousand_reports(stack):
    """Every request answers, every report is kept once, the figures catch up and agree with the reference model."""
    rows, answers, marks = open_milestones(), Counter(), []
    stack.kill("valkey")
    end = time.monotonic() + AWAY_SECONDS
    with signed_in(stack, "staff") as officer:
        while time.monotonic() < end or len(marks) < CHANGES:
            mark = f"broker away {len(marks)}"
            answers[officer.report(rows[len(marks) % len(rows)], result=mark, progress=len(marks) % 99)] += 1
            marks.append(mark)
    stack.start("valkey")
    caught_up(within=60)
    assert answers == {302: len(marks)}
    assert kept(marks) == dict.fromkeys(marks, 1)
    agree()


@pytest.mark.drill
def test_a_worker_killed_again_and_again_in_the_middle_of_a_drain(stack):
    """Each time it has taken the changes and waits to store a figure; the next one starts over with all of them."""
    rows, marks, seconds = open_milestones(), [], []
    for number in range(KILLS):
        with signed_in(stack, "staff") as officer, figures_held():
            for step in range(3):
                mark = f"worker killed {number}.{step}"
                row = rows[len(marks) % len(rows)]
                assert officer.report(row, result=mark, progress=other_progress(row)) == 302
                marks.append(mark)
            until(a_drain_waits, "no drain reached the figures")
            stack.kill("worker")
        started = time.monotonic()
        stack.start("worker")
        caught_up()
        seconds.append(time.monotonic() - started)
        agree()
    assert kept(marks) == dict.fromkeys(marks, 1)
    assert max(seconds) <= CAUGHT_UP_SECONDS


def open_milestones() -> list[Milestone]:
    """What `staff` answers for and is planned or under way."""
    staff = User.objects.get(username="staff")
    rows = Milestone.objects.filter(responsible_ministry__in=staff.ministry_ids, in_scope=True)
    return list(rows.filter(state__in=["planned", "in_progress"]).order_by("code"))


def report_progress(page: Page, row: Milestone) -> None:
    row.refresh_from_db()
    page.goto(f"/milestones/{row.uuid}/")
    if row.state == "planned":
        choose(page, "start")
    page.locator("#report [name=progress]").fill(str(min(99, (row.progress_bp or 0) // 100 + 10)))
    file_report(page)
    expect(page.locator("#report .notice-ok")).to_be_visible()


def other_progress(row: Milestone) -> int:
    """In percent, not what stands there: a report that changes no figure has nothing to store, and waits for nobody."""
    row.refresh_from_db()
    return ((row.progress_bp or 0) // 100 + 7) % 99


def kept(marks: list[str]) -> dict[str, int]:
    """How often each acknowledged report stands in the database."""
    return Counter(StatusReport.objects.filter(result__in=marks, status="accepted").values_list("result", flat=True))


def agree() -> None:
    """Stored figures are those of the reference model; the command ends with an error where they are not."""
    call_command("check_rollups", stdout=StringIO())


@contextmanager
def figures_held() -> Iterator[None]:
    """Inside, somebody else holds the figures' rows: a drain comes as far as storing them, and waits."""
    with psycopg.connect(databases.address(databases.current(), "owner")) as holder:
        holder.execute("SELECT 1 FROM tasks_figure FOR UPDATE")
        yield


def a_drain_waits() -> bool:
    """At a row; one that waits for another drain waits at the table."""
    return sees(
        "SELECT EXISTS (SELECT 1 FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event = 'transactionid')"
    )


def caught_up(within: float = CAUGHT_UP_SECONDS) -> None:
    until(lambda: not sees("SELECT EXISTS (SELECT 1 FROM rollup_outbox)"), "changes still wait for the figures", within)


def until(reached, otherwise: str, within: float = CAUGHT_UP_SECONDS) -> None:
    end = time.monotonic() + within
    while not reached():
        assert time.monotonic() < end, otherwise
        time.sleep(0.05)


def sees(question: str) -> bool:
    """Asked on a connection of its own; as the application, which sees what its own sessions wait for."""
    with psycopg.connect(databases.address(databases.current())) as outside:
        return bool(outside.execute(question).fetchone()[0])
