"""Fifty officers save at the same moment on twenty milestones: nothing is lost, and every loser sees both versions.

The drill (`make drills`) makes it two hundred saves.
"""

import re
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any
from uuid import UUID, uuid4

import pytest

from accounts.actions import add_membership, create_user
from accounts.models import Role, User
from common.tiers import Tier
from tasks.models import Milestone, StatusReport
from tasks.permissions import SYSTEM
from tests.conftest import PASSWORD
from tests.journeys.http import Answer, Officer, signed_in
from tests.journeys.test_failures import agree, caught_up, open_milestones

OFFICERS, MILESTONES, ROUNDS = 50, 20, 4


@pytest.fixture(scope="module")
def officers(stack: Any) -> Iterator[list[Officer]]:
    """Fifty of the ministry of `staff`, each signed in on a connection of its own."""
    (ministry,) = {each.ministry for each in User.objects.get(username="staff").memberships_now}
    names = [f"officer-{number}" for number in range(OFFICERS)]
    for name in names:
        user = create_user(by=SYSTEM, username=name, password=PASSWORD, clearance=Tier.INTERNAL)
        add_membership(user, Role.STAFF, by=SYSTEM, ministry=ministry)
    with ExitStack() as connections:
        yield [connections.enter_context(signed_in(stack, name)) for name in names]


@pytest.mark.parametrize("rounds", [1, pytest.param(ROUNDS, marks=pytest.mark.drill)])
def test_saves_of_fifty_at_once_lose_nothing(stack: Any, officers: list[Officer], rounds: int) -> None:
    rows = open_milestones()[:MILESTONES]
    assert len(rows) == MILESTONES
    for number in range(rounds):
        at_once(officers, rows, 10 * rounds + number)  # never the progress that stands: that would change no version
    caught_up()
    agree()


def at_once(officers: list[Officer], rows: list[Milestone], number: int) -> None:
    """All send what they typed on the version that they saw, at one moment; who won, and what the others are shown."""
    seen = {row.pk: row for row in Milestone.objects.filter(pk__in=[row.pk for row in rows])}
    rows = [seen[row.pk] for row in rows]
    saves = [
        (officer, rows[place % len(rows)], f"round {number}, officer {place}.")
        for place, officer in enumerate(officers)
    ]
    start = threading.Barrier(len(saves))

    def save(officer: Officer, row: Milestone, words: str) -> Answer:
        start.wait(30)
        return officer.send(row, result=words, progress=number, submission=uuid4())

    with ThreadPoolExecutor(len(saves)) as pool:
        answers = list(pool.map(lambda each: save(*each), saves))

    assert Counter(answer.status for answer in answers) == {302: len(rows), 409: len(saves) - len(rows)}
    won = [(row.pk, words) for (_o, row, words), answer in zip(saves, answers, strict=True) if answer.status == 302]
    filed = StatusReport.objects.filter(result__startswith=f"round {number},", status="accepted")
    assert sorted(filed.values_list("milestone", "result")) == sorted(won), (
        "each winner's words, once, and nobody else's"
    )
    assert sorted(pk for pk, _words in won) == sorted(seen), "on each milestone one"
    winner = dict(won)
    for (_officer, row, words), answer in zip(saves, answers, strict=True):
        if answer.status == 409:
            typed, stands = in_form(answer.text), both_versions(answer.text)
            assert typed == words, "what the loser typed stands in the form"
            assert winner[row.pk] in stands and words in stands, "and beside what the winner wrote"
    for row in Milestone.objects.filter(pk__in=seen):
        assert row.version == seen[row.pk].version + 1, "one change each"


def test_a_form_sent_twice_at_once_has_one_effect(stack: Any, officers: list[Officer]) -> None:
    rows = open_milestones()[:MILESTONES]
    before = dict(Milestone.objects.values_list("pk", "version"))
    pairs = list(zip(officers[: len(rows)], rows, strict=True))
    forms, start = [uuid4() for _pair in pairs], threading.Barrier(2 * len(pairs))

    def save(sender: Officer, row: Milestone, form: UUID) -> Answer:
        start.wait(30)
        return sender.send(row, result=f"sent twice: {row.code}", progress=55, submission=form)

    with ExitStack() as connections, ThreadPoolExecutor(2 * len(pairs)) as pool:
        twins = [connections.enter_context(signed_in(stack, officer.username)) for officer, _row in pairs]
        senders = [*(officer for officer, _row in pairs), *twins]
        answers = list(pool.map(save, senders, rows * 2, forms * 2))
    assert Counter(answer.status for answer in answers) == {302: len(senders)}
    filed = Counter(StatusReport.objects.filter(result__startswith="sent twice").values_list("milestone", flat=True))
    assert filed == {row.pk: 1 for row in rows}
    after = dict(Milestone.objects.values_list("pk", "version"))
    assert {pk: after[pk] - before[pk] for pk in filed} == dict.fromkeys(filed, 1)
    caught_up()
    agree()


def in_form(page: str) -> str:
    (text,) = re.findall(r'<textarea name="result"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL)
    return str(text)


def both_versions(page: str) -> str:
    (table,) = [each for each in re.findall(r"<table.*?</table>", page, re.DOTALL) if 'name="take"' in each]
    return str(table)
