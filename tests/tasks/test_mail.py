"""Mails by a real SMTP server on this machine: what they say, in which language, and that none goes out twice."""

import socket
from email import message_from_bytes
from email.message import Message
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from accounts.models import User
from common.background import enqueue
from tasks import jobs
from tasks.actions.comments import post_comment
from tasks.actions.following import follow
from tasks.actions.notices import choose_channels, mark_read
from tasks.actions.reports import ReportValues, report_milestone
from tasks.models import Mail, Measure, Milestone, Notification, OutboxJob, Strategy
from tasks.notifying import mail as mailing
from tasks.querysets import ChangeQuerySet
from tests import furniture


class Mailbox:
    """What the server took in; `refusal` is what it answers instead."""

    def __init__(self) -> None:
        self.messages: list[Any] = []
        self.refusal = ""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.messages.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


@pytest.fixture
def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def smtp(settings: Any, free_port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port, 5
    settings.SITE_URL = "https://strategy.example"


@pytest.fixture
def mailbox(smtp: None, free_port: int) -> Any:
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port)
    server.start()
    yield box
    server.stop()


@pytest.fixture
def site(committed_db: str, monkeypatch: Any) -> None:
    """The small tree with its people, three of whom have an address. Nothing holds the change log back."""
    monkeypatch.setattr(ChangeQuerySet, "settled", lambda rows: rows)
    furniture.furnish()
    for name, language in (("approver", "ko"), ("executive", "en"), ("staff", "en")):
        User.objects.filter(username=name).update(email=f"{name}@example.org", language=language)
    jobs.notify()
    Notification.objects.all().delete()


def person(name: str) -> User:
    return User.objects.get(username=name)


def work() -> list[bool]:
    """What the relay would send and the workers do."""
    waiting = OutboxJob.objects.filter(name="tasks.jobs.send_mail", done_at=None).order_by("pk")
    return [jobs.send_mail(key) for key in waiting.values_list("pk", flat=True)]


def mention(names: str, code: str = "T1-1-M1") -> None:
    post_comment(Milestone.objects.get(code=code), by=person("coordinator"), text=f"{names} secret words")
    jobs.notify()


def text_of(message: Message, kind: str = "plain") -> str:
    (part,) = [part for part in message.walk() if part.get_content_subtype() == kind]
    return str(part.get_content())  # type: ignore[attr-defined]


def test_news_at_once_go_out_with_code_and_link_and_nobodys_words(site: None, mailbox: Mailbox) -> None:
    mention("@executive")
    assert work() == [True]
    (message,) = mailbox.messages
    assert (message["To"], message["Subject"]) == ("executive@example.org", "[Strategy Tracker] 1 piece of news")
    assert message["Auto-Submitted"] == "auto-generated"
    for kind in ("plain", "html"):
        text = text_of(message, kind)
        assert "Somebody mentioned me in a comment (T1-1-M1)" in text
        assert "https://strategy.example/milestones/" in text
        assert "https://strategy.example/notifications/settings/" in text
        assert "secret words" not in text and "IMEC" not in text
    assert work() == []


def test_of_what_is_restricted_a_mail_says_only_that_there_is_news(site: None, mailbox: Mailbox) -> None:
    mention("@executive", "T2-1-M1")
    work()
    (message,) = mailbox.messages
    for kind in ("plain", "html"):
        text = text_of(message, kind)
        assert "1 piece of news that is shown after sign-in only" in text
        assert "T2-1-M1" not in text and "mentioned" not in text and "/milestones/" not in text


def test_what_became_restricted_before_the_mail_went_out_is_not_named(site: None, mailbox: Mailbox) -> None:
    mention("@executive @approver")
    Measure.objects.filter(code="T1-1").update(tier=3)
    work()
    (message,) = mailbox.messages  # the approver may not see it any more
    assert message["To"] == "executive@example.org"
    assert "T1-1-M1" not in text_of(message)


def test_the_digest_goes_out_once_a_day_in_the_language_of_each(site: None, mailbox: Mailbox) -> None:
    for name in ("approver", "executive"):
        follow(Milestone.objects.get(code="T1-1-M1"), by=person(name))
    Strategy.objects.update(review_steps=0)
    milestone = Milestone.objects.get(code="T1-1-M1")
    report_milestone(milestone, ReportValues("start", progress_bp=4000), by=person("staff"))
    jobs.notify()
    assert work() == []  # not at once
    day = timezone.localdate().isoformat()
    assert [enqueue("tasks.jobs.write_digests", "", period=day) for _turn in range(2)] == [True, False]
    key = OutboxJob.objects.get(name="tasks.jobs.write_digests").pk
    assert [jobs.write_digests(key), jobs.write_digests(key)] == [2, 0]
    work()
    by_address = {message["To"]: message for message in mailbox.messages}
    assert set(by_address) == {"approver@example.org", "executive@example.org"}
    assert "1 piece of news today" in by_address["executive@example.org"]["Subject"]
    assert "Something that I follow has changed (T1-1-M1)" in text_of(by_address["executive@example.org"])
    assert "관심 등록한" in text_of(by_address["approver@example.org"], "html")
    assert 'lang="ko"' in text_of(by_address["approver@example.org"], "html")


def test_what_was_read_meanwhile_is_in_no_digest(site: None, mailbox: Mailbox) -> None:
    choose_channels(person("executive"), {"mentioned": "daily"}, language="en")
    mention("@executive")
    assert jobs.write_digests(_queued("tasks.jobs.write_digests")) == 1
    mark_read(person("executive"))
    assert work() == [True]
    assert mailbox.messages == []


def _queued(name: str) -> int:
    enqueue(name, "")
    return int(OutboxJob.objects.filter(name=name).latest("pk").pk)


def test_without_a_server_or_an_address_nothing_is_queued(site: None, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    mention("@executive")
    settings.EMAIL_HOST = "127.0.0.1"
    mention("@auditor")
    assert Notification.objects.filter(kind="mentioned").count() == 2
    assert not Mail.objects.exists()


def test_a_server_that_is_away_is_tried_again(site: None, smtp: None, free_port: int) -> None:
    mention("@executive")
    assert work() == [False]
    mail = Mail.objects.get()
    assert mail.claimed_at is None and "refused" in mail.error.lower()
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port)
    server.start()
    try:
        assert work() == [True]
    finally:
        server.stop()
    assert len(box.messages) == 1
    assert Mail.objects.get().sent_at


@pytest.mark.parametrize(("refusal", "settled"), [("450 try later", False), ("550 no such mailbox", True)])
def test_a_refusal_of_the_server_is_known(site: None, mailbox: Mailbox, refusal: str, settled: bool) -> None:
    mailbox.refusal = refusal
    mention("@executive")
    assert work() == [settled]
    mail = Mail.objects.get()
    assert (mail.failed_at is not None) == settled
    assert refusal[:3] in mail.error
    mailbox.refusal = ""
    work()
    assert len(mailbox.messages) == (0 if settled else 1)


@pytest.mark.parametrize("dies", ["before", "after"])
def test_a_worker_that_dies_around_the_sending_sends_nothing_twice(
    site: None, mailbox: Mailbox, monkeypatch: Any, dies: str
) -> None:
    mention("@executive")
    real = mailing._deliver

    def killed(message: Any) -> None:
        if dies == "after":
            real(message)
        raise SystemExit

    monkeypatch.setattr(mailing, "_deliver", killed)
    with pytest.raises(SystemExit):
        work()
    monkeypatch.setattr(mailing, "_deliver", real)
    assert work() == [True]
    assert len(mailbox.messages) == (1 if dies == "after" else 0)
    mail = Mail.objects.get()
    assert mail.claimed_at and not mail.sent_at  # told to the administrator as not known
    assert work() == []


def test_two_workers_at_one_mail_send_it_once(site: None, mailbox: Mailbox) -> None:
    mention("@executive")
    key = Mail.objects.get().pk
    assert [mailing.send(key), mailing.send(key)] == [True, True]
    assert len(mailbox.messages) == 1
