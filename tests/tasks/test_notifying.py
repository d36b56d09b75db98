"""News for people: derived from the change log once, of what they may see, whatever dies in between."""

import threading
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common import history
from tasks import jobs, notifying
from tasks.actions import delegations, plans
from tasks.actions.comments import post_comment
from tasks.actions.following import follow
from tasks.actions.notices import choose_channels
from tasks.actions.reports import ReportValues, accept_report, draft_report, report_milestone, return_report
from tasks.models import (
    Change,
    Measure,
    Milestone,
    Notification,
    NotificationCursor,
    ReportingPeriod,
    StatusReport,
    Strategy,
)
from tasks.notifying.words import told
from tasks.permissions import SYSTEM
from tasks.querysets import ChangeQuerySet
from tests import furniture
from tests.settling import settle


@pytest.fixture
def all_is_settled(monkeypatch: Any) -> None:
    """Open transactions of other databases of the server, as of other tests, hold back nothing here."""
    monkeypatch.setattr(ChangeQuerySet, "settled", lambda rows: rows)


@pytest.fixture
def site(committed_db: str, all_is_settled: None) -> Any:
    """The small tree with its people; commits are real, and what made it is no news."""
    furniture.furnish()
    jobs.notify()
    Notification.objects.all().delete()
    return furniture.tree()


def person(name: str) -> User:
    return User.objects.get(username=name)


def submitted(steps: int = 2, author: str = "staff", milestone: str = "T1-1-M1") -> StatusReport:
    Strategy.objects.update(review_steps=steps)
    values = ReportValues("start", progress_bp=4000, result="Ground broken")
    return report_milestone(Milestone.objects.get(code=milestone), values, by=person(author))


def news() -> set[tuple[str, str]]:
    """Who was told what kind."""
    return set(Notification.objects.values_list("recipient__username", "kind"))


def words(name: str) -> list[str]:
    rows = Notification.objects.visible_to(person(name))
    return [each.words for each in told(rows, person(name))]


def test_a_report_tells_the_next_desk_and_then_its_author(site: Any) -> None:
    report = submitted()
    assert jobs.notify() == 1
    assert news() == {("approver", "waits")}
    return_report(report, by=person("approver"), reason="See page 3")
    jobs.notify()
    assert ("staff", "returned") in news()
    again = submitted(1)
    jobs.notify()
    assert ("coordinator", "waits") in news()
    accept_report(again, by=person("coordinator"))
    jobs.notify()
    assert ("staff", "accepted") in news()
    assert ("coordinator", "accepted") not in news()


def test_nobody_is_told_what_they_did_themselves(site: Any) -> None:
    Strategy.objects.update(review_steps=0)
    follow(Milestone.objects.get(code="T1-1-M1"), by=person("staff"))
    submitted(0)
    jobs.notify()
    assert news() == set()


def test_what_was_told_is_not_told_again(site: Any) -> None:
    submitted()
    assert [jobs.notify(), jobs.notify()] == [1, 0]
    NotificationCursor.objects.update(transaction_id=0)  # read anew from the beginning
    jobs.notify()
    assert Notification.objects.filter(kind="waits").count() == 1


def test_a_run_that_dies_tells_nothing_and_the_next_one_tells_it_once(site: Any, monkeypatch: Any) -> None:
    submitted()
    real = NotificationCursor.save

    def dies(*_args: Any, **_options: Any) -> None:
        raise SystemExit

    monkeypatch.setattr(NotificationCursor, "save", dies)
    with pytest.raises(SystemExit):
        jobs.notify()
    assert news() == set()
    monkeypatch.setattr(NotificationCursor, "save", real)
    assert [jobs.notify(), jobs.notify()] == [1, 0]


def test_of_two_workers_at_once_one_tells_it(site: Any) -> None:
    submitted()
    answers: list[int] = []

    def second() -> None:
        try:
            answers.append(jobs.notify())
        finally:
            connection.close()

    with transaction.atomic():
        NotificationCursor.objects.select_for_update().get()
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert answers == [0]
    assert jobs.notify() == 1


def test_a_transaction_that_commits_late_is_not_passed_over(site: Any, monkeypatch: Any) -> None:
    """It took its number first, and is still open while a later one is told."""
    monkeypatch.undo()
    begun, later_done = threading.Event(), threading.Event()
    follow(Measure.objects.get(code="T1-1"), by=person("executive"))
    follow(Measure.objects.get(code="T2-1"), by=person("executive"))
    jobs.notify()

    def early() -> None:
        try:
            with history.context(actor=person("staff"), verb="measure.edited"):
                Measure.objects.filter(code="T1-1").update(title_en="Renamed early")
                begun.set()
                later_done.wait(30)
        finally:
            connection.close()

    thread = threading.Thread(target=early)
    thread.start()
    begun.wait(30)
    with history.context(actor=person("staff"), verb="measure.edited"):
        Measure.objects.filter(code="T2-1").update(title_en="Renamed later")
    assert jobs.notify() == 0
    later_done.set()
    thread.join()
    settle()
    assert jobs.notify() == 2


def test_followers_hear_of_the_row_and_of_what_hangs_on_it_once_a_transaction(site: Any) -> None:
    follow(Measure.objects.get(code="T1-1"), by=person("analyst"))
    follow(Milestone.objects.get(code="T1-1-M1"), by=person("executive"))
    submitted(0)
    jobs.notify()
    assert news() == {("analyst", "followed"), ("executive", "followed")}
    assert Notification.objects.count() == 2
    assert (
        words("analyst") == ["T1-1 Introduce a Korean IMEC – Status report: Started"] or "T1-1" in words("analyst")[0]
    )


def test_of_one_event_a_person_hears_the_most_personal_news_alone(site: Any) -> None:
    follow(Milestone.objects.get(code="T1-1-M1"), by=person("staff"))
    report = submitted(1)
    jobs.notify()
    Notification.objects.all().delete()
    accept_report(report, by=person("approver"))
    jobs.notify()
    assert list(Notification.objects.filter(recipient__username="staff").values_list("kind", flat=True)) == ["accepted"]


def test_what_hangs_hidden_on_a_followed_row_is_not_told(site: Any) -> None:
    task = Measure.objects.get(code="T1-2").strategic_task
    for name in ("analyst", "executive"):
        follow(task, by=person(name))
    submitted(0, milestone="T1-2-M1")
    jobs.notify()
    assert news() == {("executive", "followed")}


def test_a_draft_is_told_to_nobody(site: Any) -> None:
    milestone = Milestone.objects.get(code="T1-1-M1")
    follow(milestone, by=person("approver"))
    draft_report(milestone, ReportValues("start", progress_bp=1), by=person("staff"))
    assert jobs.notify() == 0


def test_what_one_may_no_longer_see_is_not_shown(site: Any) -> None:
    follow(Measure.objects.get(code="T1-1"), by=person("analyst"))
    submitted(0)
    jobs.notify()
    assert len(words("analyst")) == 1
    Measure.objects.filter(code="T1-1").update(tier=3)
    assert words("analyst") == []
    assert not Notification.objects.visible_to(person("analyst")).exists()


def test_a_mention_tells_who_may_see_it_and_a_correction_only_who_was_added(site: Any) -> None:
    milestone = Milestone.objects.get(code="T1-2-M1")  # internal
    comment = post_comment(milestone, by=person("staff"), text="@approver @analyst look", uuid=uuid.uuid4())
    jobs.notify()
    assert news() == {("approver", "mentioned")}
    (said,) = words("approver")
    assert "T1-2-M1" in said and said.endswith(": @approver @analyst look")
    client = Client()
    client.force_login(person("staff"))
    client.post(f"/comments/{comment.uuid}/", {"correction-text": "@approver @executive look"})
    jobs.notify()
    assert news() == {("approver", "mentioned"), ("executive", "mentioned")}
    assert Notification.objects.count() == 2


def test_a_delegation_is_told_to_the_delegate_and_to_who_is_absent(site: Any) -> None:
    today = timezone.localdate()
    people = {"delegator": person("approver"), "delegate": person("staff")}
    delegations.give_delegation(**people, by=person("coordinator"), valid_from=today, valid_to=today, reason="Leave")
    jobs.notify()
    assert news() == {("staff", "delegated"), ("approver", "delegated")}
    Notification.objects.all().delete()
    submitted(2, author="coordinator")
    jobs.notify()
    assert news() == {("approver", "waits"), ("staff", "waits")}


def test_a_period_that_is_closed_is_told_to_those_who_report(site: Any) -> None:
    row = _period()
    with history.context(actor=person("coordinator"), verb="period.closed"):
        ReportingPeriod.objects.filter(pk=row.pk).update(state="closed")
    jobs.notify()
    assert news() == {(name, "period") for name in ("staff", "approver", "staff-msit")}


def test_what_is_turned_off_is_not_told(site: Any) -> None:
    choose_channels(person("approver"), {"waits": "off"}, language="en")
    submitted()
    assert jobs.notify() == 0


# What the night tells. Days are Korean ones.


def _period() -> ReportingPeriod:
    with history.context(actor=SYSTEM, verb="period.opened"):
        return ReportingPeriod.objects.create(
            strategy=Strategy.objects.get(),
            starts_on=date(2026, 11, 1),
            ends_on=date(2026, 11, 30),
            due_on=date(2026, 12, 10),
        )


def _due_on(day: date) -> None:
    milestone = Milestone.objects.get(code="T1-1-M1")
    plans.revise_plan(milestone, by=SYSTEM, effective_on=date(2026, 1, 1), reason="test", current_due=day)


def test_what_falls_due_is_told_a_week_before_once_and_again_when_it_is_overdue(site: Any) -> None:
    _due_on(date(2026, 11, 30))
    assert notifying.remind(date(2026, 11, 22)) == 0
    assert [notifying.remind(date(2026, 11, 23)), notifying.remind(date(2026, 11, 24))] == [1, 0]
    assert news() == {("staff", "due")}
    assert [notifying.remind(date(2026, 12, 1)), notifying.remind(date(2026, 12, 2))] == [1, 0]
    assert sorted(Notification.objects.values_list("verb", flat=True)) == ["due", "overdue"]
    assert notifying.remind(date(2026, 12, 20)) == 0  # old news


def test_the_reminder_goes_by_the_korean_day(site: Any) -> None:
    """At 23:59 UTC on the 22nd it is the 23rd in Seoul."""
    _due_on(date(2026, 11, 30))
    with time_machine.travel(datetime(2026, 11, 22, 14, 59, tzinfo=UTC), tick=False):
        assert notifying.remind(timezone.localdate()) == 0
    with time_machine.travel(datetime(2026, 11, 22, 15, 1, tzinfo=UTC), tick=False):
        assert notifying.remind(timezone.localdate()) == 1


def test_a_period_that_ends_soon_is_told_to_those_who_report(site: Any) -> None:
    _period()
    assert notifying.remind(date(2026, 12, 6)) == 0
    assert notifying.remind(date(2026, 12, 7)) == 3
    assert notifying.remind(date(2026, 12, 8)) == 0


def test_what_waits_too_long_is_told_to_the_coordinating_office_once_a_desk(site: Any) -> None:
    report = submitted()
    long_ago = timezone.now() - timedelta(days=30)
    StatusReport.objects.filter(pk=report.pk).update(submitted_at=long_ago)
    today = timezone.localdate()
    assert [notifying.remind(today), notifying.remind(today)] == [1, 0]
    assert news() == {("coordinator", "escalated")}
    StatusReport.objects.filter(pk=report.pk).update(endorsed_at=long_ago + timedelta(days=1))
    assert notifying.remind(today) == 1


def test_starter_data_are_no_news(site: Any) -> None:
    follow(Measure.objects.get(code="T1-1"), by=person("analyst"))
    with history.through("seed"), history.context(actor=SYSTEM, verb="measure.seeded"):
        Measure.objects.filter(code="T1-1").update(title_en="Seeded again")
    assert Change.objects.filter(door="seed").exists()
    assert jobs.notify() == 0
