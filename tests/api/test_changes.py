"""The change log over the API: who reads it, in which order, and what stays hidden in it."""

import threading
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from tests.api.conftest import Caller
from tests.settling import settle


@pytest.fixture
def committed(committed_db: str) -> SimpleNamespace:
    """A committed strategy, and readers of the log with high and low clearance."""
    from accounts.models import Membership, Role, User
    from tasks.actions import plans
    from tasks.permissions import SYSTEM

    people = {"auditor": (Role.AUDITOR, 3), "coordinator": (Role.COORDINATOR, 1), "analyst": (Role.ANALYST, 3)}
    users = {}
    for name, (role, clearance) in people.items():
        users[name] = User.objects.create(username=name, clearance=clearance)
        Membership.objects.create(user=users[name], role=role)
    words = {"title_ko": "가", "title_en": "A"}
    made = {"by": SYSTEM, "effective_on": date(2023, 3, 15), **words}
    strategy = plans.create_strategy(
        by=SYSTEM, slug="s", announced_on=date(2023, 3, 15), first_year=2023, last_year=2027, **words
    )
    task = plans.create_strategic_task(strategy=strategy, number=1, slug="one", **made)
    public = plans.create_measure(strategic_task=task, code="P", **made)
    secret = plans.create_measure(strategic_task=task, code="S", tier=3, **made)
    settle()
    return SimpleNamespace(users=users, public=public, secret=secret, task=task)


def test_only_those_who_answer_for_it_read_the_log(ask: Any) -> None:
    for name, status in {"auditor": 200, "coordinator": 200, "admin": 200, "staff": 403, "analyst": 403}.items():
        answer = ask(name).get("changes/")
        assert answer.status_code == status, name
    assert answer.json()["title"] == "permission_denied"
    assert answer["Content-Type"] == "application/problem+json"
    assert Caller().get("changes/").status_code == 401


def test_a_reader_sees_changes_of_what_the_reader_sees(committed: SimpleNamespace) -> None:
    auditor, coordinator = Caller(committed.users["auditor"]), Caller(committed.users["coordinator"])
    secret = str(committed.secret.uuid)
    assert auditor.rows("changes/", object=secret)
    assert coordinator.rows("changes/", object=secret) == []
    assert coordinator.rows("changes/", object=str(committed.public.uuid))
    assert secret not in coordinator.get("changes/", page_size=1000).content.decode()
    tables = {row["table"] for row in coordinator.rows("changes/", page_size=1000)}
    assert "accounts_user" not in tables
    assert "accounts_user" in {row["table"] for row in auditor.rows("changes/", page_size=1000)}


def test_references_are_public_ids_and_hidden_ones_are_not_told(committed: SimpleNamespace) -> None:
    from common import history

    with history.context(actor=committed.users["auditor"], verb="measure.superseded", reason="test"):
        rows = type(committed.public).objects.filter(pk=committed.public.pk)
        rows.update(scope="superseded", superseded_by=committed.secret)
    settle()
    seen = {"auditor": str(committed.secret.uuid), "coordinator": "(hidden)"}
    for name, expected in seen.items():
        row = Caller(committed.users[name]).rows("changes/", object=str(committed.public.uuid))[-1]
        assert row["after"]["superseded_by"] == expected
        assert (row["verb"], row["reason"], row["version"]) == ("measure.superseded", "test", 2)
        assert row["actor"] == str(committed.users["auditor"].uuid)
    created = Caller(committed.users["auditor"]).rows("changes/", object=str(committed.public.uuid))[0]
    assert created["after"]["strategic_task"] == str(committed.task.uuid)
    assert "id" not in created["after"]


def test_reading_on_after_the_last_change_gives_every_change_once(committed: SimpleNamespace) -> None:
    auditor = Caller(committed.users["auditor"])
    whole = [row["id"] for row in auditor.rows("changes/", page_size=1000)]
    assert whole
    seen: list[int] = []
    while page := auditor.rows("changes/", page_size=4, **({"after": seen[-1]} if seen else {})):
        seen += [row["id"] for row in page]
    assert seen == whole


def test_a_change_of_a_transaction_that_is_still_open_is_never_skipped(committed: SimpleNamespace) -> None:
    """The one that began first commits last: its change waits, and so do those after it."""
    auditor = Caller(committed.users["auditor"])
    last = auditor.rows("changes/", page_size=1000)[-1]["id"]
    written, finish = threading.Event(), threading.Event()
    slow = threading.Thread(target=_write_slowly, args=(committed.public, written, finish))
    slow.start()
    assert written.wait(10)
    type(committed.secret).objects.filter(pk=committed.secret.pk).update(title_en="quick")
    waiting = auditor.rows("changes/", after=last)
    finish.set()
    slow.join()
    settle()
    titles = [row["after"]["title_en"] for row in auditor.rows("changes/", after=last)]
    assert waiting == []
    assert sorted(titles) == ["quick", "slow"]


def _write_slowly(measure: Any, written: threading.Event, finish: threading.Event) -> None:
    from django.db import transaction

    try:
        with transaction.atomic():
            type(measure).objects.filter(pk=measure.pk).update(title_en="slow")
            written.set()
            finish.wait(10)
    finally:
        connection.close()
