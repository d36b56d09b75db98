"""Comments, mentions and following, through the pages."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tasks.actions.reports import ReportValues, draft_report
from tasks.mentions import mentioned, parts
from tasks.models import Comment, Follow, Milestone


@pytest.fixture
def say(client_of: Any, world: Any) -> Any:
    def post(text: str, by: str = "staff", on: str = "", **more: Any) -> Any:
        address = on or world.milestones.open.get_absolute_url()
        data = {"comment-text": text, "comment-uuid": str(uuid.uuid4())} | more
        return client_of(by).post(f"{address}comments/", data, follow=True)

    return post


def page(client: Any, row: Any) -> str:
    return str(client.get(row.get_absolute_url()).content.decode())


def test_a_comment_stands_on_the_page_as_plain_text(say: Any, client_of: Any, world: Any) -> None:
    assert say("Site visit on <b>Monday</b>\nsee @approver").status_code == 200
    html = page(client_of("analyst"), world.milestones.open)
    assert "Site visit on &lt;b&gt;Monday&lt;/b&gt;<br>see <strong>@approver</strong>" in html


@pytest.mark.parametrize("where", ["measure", "report"])
def test_measures_and_reports_are_commented_on_too(
    say: Any, client_of: Any, world: Any, users: Any, where: str
) -> None:
    values = ReportValues("start", progress_bp=100)
    report = draft_report(Milestone.objects.get(pk=world.milestones.open.pk), values, by=users["staff"])
    row = world.measures.m11 if where == "measure" else report
    say("Seen.", on=row.get_absolute_url())
    assert "Seen." in page(client_of("staff"), row)


def test_sent_twice_it_is_one_comment(say: Any) -> None:
    key = str(uuid.uuid4())
    say("Once", **{"comment-uuid": key})
    say("Once", **{"comment-uuid": key})
    assert Comment.objects.count() == 1


def test_an_empty_or_endless_comment_is_refused_and_nothing_typed_is_lost(say: Any) -> None:
    empty = say("  ")
    assert empty.status_code == 422
    assert "Write something first." in empty.content.decode()
    long = say("Kept " + "x" * 4000)
    assert long.status_code == 422
    assert "Kept xxx" in long.content.decode()
    assert "at most 4000 characters" in long.content.decode()


def test_what_one_may_not_see_one_does_not_comment_on(say: Any, world: Any) -> None:
    assert say("x", by="analyst", on=world.milestones.internal.get_absolute_url()).status_code == 404
    refused = say("x", by="nobody")
    assert refused.status_code == 403
    assert "no role yet" in refused.content.decode()
    assert not Comment.objects.exists()


def test_the_own_words_are_corrected_for_a_quarter_of_an_hour(say: Any, client_of: Any, world: Any) -> None:
    say("Frist")
    comment = Comment.objects.get()
    address = f"/comments/{comment.uuid}/"
    assert client_of("approver").post(address, {"correction-text": "x"}).status_code == 403
    assert client_of("staff").post(address, {"correction-text": ""}).status_code == 422
    client_of("staff").post(address, {"correction-text": "First"})
    html = page(client_of("approver"), world.milestones.open)
    assert "First" in html and "corrected" in html and "Frist" not in html.partition('id="comments"')[2]
    Comment.objects.update(posted_at=timezone.now() - timedelta(minutes=16))
    late = client_of("staff").post(address, {"correction-text": "Too late"})
    assert late.status_code == 403
    assert "for 15 minutes" in late.content.decode()
    assert "Save the correction" not in page(client_of("staff"), world.milestones.open)


def test_a_withdrawn_comment_keeps_its_place_without_its_words(say: Any, client_of: Any, world: Any) -> None:
    say("Wrong figure")
    say("An answer", by="approver")
    comment = Comment.objects.get(text="Wrong figure")
    assert client_of("approver").post(f"/comments/{comment.uuid}/", {"act": "withdraw"}).status_code == 403
    client_of("staff").post(f"/comments/{comment.uuid}/", {"act": "withdraw"})
    html = page(client_of("approver"), world.milestones.open).partition('id="comments"')[2]
    assert "Wrong figure" not in html
    assert html.index("Withdrawn") < html.index("An answer")


def test_people_who_may_not_see_it_are_named_as_not_told(say: Any, world: Any) -> None:
    answer = say("@analyst and @approver, please look", on=world.milestones.internal.get_absolute_url())
    assert "Not told, because they may not see this page: @analyst" in answer.content.decode()


def offered(client: Any, row: Any, typed: str) -> list[str]:
    query = {"about": row._meta.label_lower, "id": str(row.uuid), "q": typed}
    return [each["account"] for each in json.loads(client.get("/people/", query).content)["people"]]


def test_those_who_may_see_the_row_are_offered_for_a_mention(client_of: Any, world: Any) -> None:
    client = client_of("staff")
    assert offered(client, world.milestones.open, "a") == ["admin", "analyst", "approver", "auditor"]
    assert offered(client, world.milestones.internal, "a") == ["admin", "approver", "auditor"]
    assert offered(client, world.milestones.restricted, "a") == []  # not to be seen by who asks
    assert offered(client, world.milestones.open, "st") == ["staff-msit"]  # not oneself
    assert json.loads(client.get("/people/?about=x&id=y").content) == {"people": []}
    assert json.loads(client.get("/people/?about=tasks.milestone&id=y").content) == {"people": []}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@staff님, 확인 바랍니다", {"staff"}),
        ("@staff-msit.", {"staff-msit"}),
        ("(@staff)", {"staff"}),
        ("@stafford", set()),
        ("mail@staff", set()),
        ("@staff @approver @nobody-there", {"staff", "approver"}),
    ],
)
def test_a_mention_is_the_longest_account_that_was_typed(users: Any, text: str, names: set[str]) -> None:
    found = mentioned(text)
    assert set(found) == names
    assert "".join(piece for piece, _is in parts(text, found)) == text
    assert {piece[1:] for piece, is_mention in parts(text, found) if is_mention} == names


def test_a_row_is_followed_and_no_longer(client_of: Any, world: Any) -> None:
    client, row = client_of("analyst"), world.milestones.open
    address = f"/follow/tasks.milestone/{row.uuid}/"
    assert 'aria-pressed="false"' in page(client, row)
    client.post(address)
    client.post(address)
    assert Follow.objects.count() == 1
    assert 'aria-pressed="true"' in page(client, row)
    assert 'aria-pressed="false"' in page(client_of("staff"), row)
    client.post(address, {"act": "unfollow"})
    assert not Follow.objects.exists()


@pytest.mark.parametrize(
    "name", ["strategic task", "measure", "commitment", "bill", "ministry", "indicator", "budget line"]
)
def test_whatever_has_a_page_can_be_followed(client_of: Any, addresses: Any, name: str) -> None:
    html = client_of("analyst").get(addresses[name]).content.decode()
    (address,) = {part.split('"')[0] for part in html.split('action="') if part.startswith("/follow/")}
    answer = client_of("analyst").post(address, follow=True)
    assert "You follow:" in answer.content.decode()


def test_nothing_hidden_or_private_is_followed(client_of: Any, world: Any) -> None:
    client = client_of("analyst")
    assert client.post(f"/follow/tasks.milestone/{world.milestones.internal.uuid}/").status_code == 404
    assert client.post(f"/follow/accounts.user/{uuid.uuid4()}/").status_code == 404
    assert not Follow.objects.exists()
