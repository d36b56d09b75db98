"""The pages of a person's notifications."""

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from tasks.actions.following import follow
from tasks.models import Measure, Notification, NotificationPreference


@pytest.fixture
def tell(world: Any, users: Any) -> Any:
    """One piece of news about a milestone that is followed."""

    def write(name: str = "analyst", which: str = "open", event: str = "e1", **values: Any) -> Notification:
        row = getattr(world.milestones, which)
        about = {"table": "tasks_milestone", "object_id": row.pk}
        followed = {"followed_table": "tasks_milestone", "followed_id": row.pk}
        defaults = {"kind": "followed", "verb": "milestone.updated", "at": timezone.now(), "channel": "page"}
        return Notification.objects.create(recipient=users[name], event=event, **defaults | about | followed | values)

    return write


def bell(client: Any) -> str:
    """The number in the head of a page."""
    html = client.get("/glossary/").content.decode().partition('id="bell"')[2].partition("</a>")[0]
    return html.partition('class="count">')[2].partition("<")[0]


def test_news_are_listed_counted_opened_and_read(client_of: Any, tell: Any, world: Any) -> None:
    row, client = tell(), client_of("analyst")
    assert bell(client) == "1"
    html = client.get("/notifications/").content.decode()
    assert "T1-1-M1" in html and "Progress reported" in html
    assert "Something that I follow has changed</div>" in html
    answer = client.get(f"/notifications/open/?n={row.uuid}")
    assert answer.headers["Location"] == world.milestones.open.get_absolute_url()
    assert bell(client) == ""
    row.refresh_from_db()
    assert row.read_at


def test_nobody_reads_or_marks_the_news_of_another(client_of: Any, tell: Any) -> None:
    row, other = tell(), client_of("staff")
    assert "T1-1-M1" not in other.get("/notifications/").content.decode()
    assert other.get(f"/notifications/open/?n={row.uuid}").headers["Location"] == "/notifications/"
    other.post("/notifications/", {"notification": [str(row.uuid)]})
    other.post("/notifications/", {"act": "all"})
    row.refresh_from_db()
    assert row.read_at is None


def test_what_is_ticked_is_marked_as_read_or_all(client_of: Any, tell: Any) -> None:
    first, client = tell(), client_of("analyst")
    tell(event="e2")
    tell(event="e3")
    assert "Nothing was marked" in client.post("/notifications/", {"notification": "x"}, follow=True).content.decode()
    client.post("/notifications/", {"notification": [str(first.uuid)]})
    assert bell(client) == "2"
    client.post("/notifications/", {"act": "all"})
    assert bell(client) == ""
    rows = client.get("/notifications/?unread=true").context["table"].rows
    assert list(rows) == []


def test_what_became_hidden_is_neither_shown_nor_counted(client_of: Any, tell: Any, world: Any) -> None:
    row, client = tell(), client_of("analyst")
    Measure.objects.filter(pk=world.measures.m11.pk).update(tier=2)
    assert bell(client) == ""
    assert "T1-1-M1" not in client.get("/notifications/").content.decode()
    assert client.get(f"/notifications/open/?n={row.uuid}").headers["Location"] == "/notifications/"
    csv = b"".join(client.get("/notifications/?format=csv").streaming_content).decode()
    assert "T1-1-M1" not in csv


def test_the_bell_is_asked_cheaply(client_of: Any, tell: Any, django_assert_num_queries: Any) -> None:
    client = client_of("analyst")
    client.get("/glossary/")
    assert client.get("/notifications/count/?shown=0").status_code == 204
    tell()
    answer = client.get("/notifications/count/?shown=0")
    assert answer.status_code == 200 and 'class="count">1' in answer.content.decode()
    with django_assert_num_queries(4):  # session, user, tables, count
        assert client.get("/notifications/count/?shown=1").status_code == 204


def test_how_one_is_told_is_chosen_and_kept(client_of: Any, users: Any) -> None:
    client = client_of("staff")
    form = client.get("/notifications/settings/").context["form"]
    typed = {name: form[name].value() for name in form.fields} | {"due": "off", "language": "en"}
    assert "Recorded" in client.post("/notifications/settings/", typed, follow=True).content.decode()
    assert NotificationPreference.objects.get(user=users["staff"], kind="due").channel == "off"
    assert User.objects.get(username="staff").language == "en"
    assert client.get("/notifications/settings/").context["form"]["due"].value() == "off"
    assert client.post("/notifications/settings/", typed | {"due": "pigeon"}).status_code == 422


def test_what_is_followed_stands_there_and_is_let_go(client_of: Any, world: Any, users: Any) -> None:
    follow(world.bill, by=users["analyst"])
    client = client_of("analyst")
    html = client.get("/notifications/settings/").content.decode()
    assert world.bill.title_en in html
    address = f"/follow/tasks.bill/{world.bill.uuid}/"
    answer = client.post(address, {"act": "unfollow", "place": "settings"})
    assert answer.headers["Location"] == "/notifications/settings/"
    assert address not in client.get("/notifications/settings/").content.decode()


def test_a_page_of_the_past_marks_nothing(client_of: Any, tell: Any) -> None:
    row, client = tell(at=datetime(2024, 1, 1, tzinfo=timezone.get_current_timezone())), client_of("analyst")
    client.get(f"/as-of/2024-12-31/notifications/open/?n={row.uuid}")
    row.refresh_from_db()
    assert row.read_at is None
    assert client.get("/as-of/2024-12-31/notifications/settings/").status_code == 403
