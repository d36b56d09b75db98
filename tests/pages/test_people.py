"""Delegation and hand-over, through the pages: who reviews in whose place, and what passes to a successor."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Delegation, Membership, User
from tasks.actions.reports import ReportValues, draft_report, report_milestone
from tasks.models import Change, Milestone, StatusReport, Strategy

DAY = timedelta(days=1)


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def submitted(world: Any, users: Any) -> Any:
    def of(steps: int, author: str = "coordinator") -> StatusReport:
        Strategy.objects.update(review_steps=steps)
        values = ReportValues("start", progress_bp=4000, result="Ground broken")
        return report_milestone(Milestone.objects.get(pk=world.milestones.open.pk), values, by=users[author])

    return of


@pytest.fixture
def give(client_of: Any, today: date) -> Any:
    """The form of a delegation as it is sent; by default the approver names the officer of the same ministry."""

    def send(by: str = "approver", **typed: Any) -> Any:
        values = {"delegate": "staff", "valid_from": today, "valid_to": today + 5 * DAY, "reason": "Annual leave"}
        page = client_of(by).get("/delegations/new/")
        key = page.context["form"]["uuid"].value()
        return client_of(by).post("/delegations/new/", values | {"uuid": str(key)} | typed, follow=True)

    return send


def _queue(client: Any) -> list[Any]:
    return list(client.get("/review/").context["table"].rows)


def _approve(client: Any, report: StatusReport) -> None:
    client.post("/review/", {"report": [str(report.uuid)]})
    report.refresh_from_db()


def test_a_delegate_has_the_desk_and_acts_in_the_delegators_place(client_of: Any, submitted: Any, give: Any) -> None:
    report = submitted(2)
    assert _queue(client_of("staff")) == []
    assert "Recorded" in give().content.decode()
    assert "/review/" in client_of("staff").get("/").content.decode()
    assert _queue(client_of("staff")) == [report]
    _approve(client_of("staff"), report)
    assert report.endorsed_by.username == "staff"
    logged = Change.objects.filter(verb="report.endorsed").latest("sequence")
    people = dict(User.objects.values_list("pk", "username"))
    assert (people[logged.actor_id], people[logged.on_behalf_of_id]) == ("staff", "approver")
    assert "staff in place of approver" in client_of("coordinator").get(report.get_absolute_url()).content.decode()


def test_nobody_reviews_the_own_report_also_not_by_delegation(client_of: Any, submitted: Any, give: Any) -> None:
    give()
    own = submitted(1, author="staff")
    assert _queue(client_of("staff")) == []
    _approve(client_of("staff"), own)
    assert own.status == "submitted"
    of_delegator = submitted(1, author="approver")
    assert _queue(client_of("staff")) == []
    _approve(client_of("staff"), of_delegator)
    assert of_delegator.status == "submitted"


def test_a_delegation_holds_on_its_days_alone(client_of: Any, submitted: Any, give: Any, today: date) -> None:
    report = submitted(1)
    give(valid_from=today + DAY, valid_to=today + 3 * DAY)
    assert _queue(client_of("staff")) == []
    Delegation.objects.update(valid_from=today - 3 * DAY, valid_to=today - DAY)
    assert _queue(client_of("staff")) == []
    Delegation.objects.update(valid_to=today)
    assert _queue(client_of("staff")) == [report]


def test_a_revoked_delegation_ends_at_once(client_of: Any, submitted: Any, give: Any) -> None:
    report = submitted(1)
    give()
    row = Delegation.objects.get()
    refused = client_of("staff").post("/delegations/", {"delegation": str(row.uuid)}, follow=True).content.decode()
    assert "takes a delegation back" in refused
    unknown = client_of("staff-msit").post("/delegations/", {"delegation": str(row.uuid)}, follow=True).content.decode()
    assert "There is no such delegation" in unknown
    assert (
        "Revoked:"
        in client_of("approver").post("/delegations/", {"delegation": str(row.uuid)}, follow=True).content.decode()
    )
    assert _queue(client_of("staff")) == []
    _approve(client_of("staff"), report)
    assert report.status == "submitted"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"delegate": "staff-msit"}, "Select a valid choice"),
        ({"valid_to": "2020-01-01", "valid_from": "2019-12-01"}, "These days have gone by"),
        ({"valid_to": "2020-01-01"}, "The last day lies before the first"),
        ({"reason": ""}, "This field is required"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(give: Any, typed: Any, words: str) -> None:
    answer = give(**{"reason": "Kept words"} | typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "reason" in typed or "Kept words" in answer.content.decode()
    assert not Delegation.objects.exists()


def test_the_same_days_are_not_given_twice(give: Any, today: date) -> None:
    give()
    assert "There is such a delegation already" in give(valid_from=today + DAY).content.decode()
    assert Delegation.objects.count() == 1


def test_the_coordinating_office_names_a_delegate_for_who_is_absent(give: Any, submitted: Any, client_of: Any) -> None:
    other = give(by="coordinator", delegator="approver", delegate="staff-msit")
    assert "does not act for the ministry" in other.content.decode()
    give(by="coordinator", delegator="approver")
    report = submitted(1)
    assert _queue(client_of("staff")) == [report]


def test_a_delegation_is_seen_by_those_whom_it_concerns(give: Any, client_of: Any) -> None:
    give()
    seen = {name for name in ("staff", "approver", "coordinator", "admin", "analyst", "staff-msit")
            if "Annual leave" in client_of(name).get("/delegations/").content.decode()}  # fmt: skip
    assert seen == {"staff", "approver", "coordinator", "admin"}


def _drafted(users: Any, world: Any, author: str = "staff") -> StatusReport:
    milestone = Milestone.objects.get(pk=world.milestones.open.pk)
    return draft_report(milestone, ReportValues("start", progress_bp=1000), by=users[author])


def test_drafts_roles_and_delegations_pass_to_the_successor(
    client_of: Any, users: Any, world: Any, give: Any, today: date
) -> None:
    draft = _drafted(users, world)
    give()
    form = {"person": "staff", "successor": "nobody", "reason": "Transfer of 1 December"}
    preview = client_of("admin").post("/hand-over/", form | {"preview": "1"}).content.decode()
    assert "T1-1-M1" in preview and "Ministry staff" in preview
    said = client_of("admin").post("/hand-over/", form, follow=True).content.decode()
    assert "1 role, 1 open report, 1 delegation" in said
    draft.refresh_from_db()
    assert draft.author.username == "nobody"
    assert Membership.objects.get(user=users["staff"]).valid_to == today
    assert Membership.objects.get(user=users["nobody"]).valid_from == today
    held = Delegation.objects.get(revoked_at=None)
    assert (held.delegator.username, held.delegate.username, held.valid_from) == ("approver", "nobody", today)
    logged = Change.objects.filter(verb="person.handed_over", table="tasks_statusreport").latest("sequence")
    assert logged.reason == "Transfer of 1 December"


def test_a_hand_over_is_all_or_nothing_and_says_what_is_wrong(client_of: Any, users: Any, world: Any) -> None:
    restricted = Milestone.objects.get(pk=world.milestones.internal.pk)
    draft = draft_report(restricted, ReportValues("start", progress_bp=1000), by=users["staff"])
    form = {"person": "staff", "successor": "nobody", "reason": "Transfer"}
    answer = client_of("coordinator").post("/hand-over/", form)
    assert answer.status_code == 422
    assert "1 open report lies above the clearance of nobody" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.author.username == "staff"
    assert not Membership.objects.filter(user=users["nobody"]).exists()
    empty = client_of("coordinator").post("/hand-over/", form | {"person": "analyst"})
    assert "analyst holds nothing" in empty.content.decode()
    assert client_of("approver").post("/hand-over/", form).status_code == 403


def test_who_has_left_work_behind_is_named(client_of: Any, users: Any, world: Any, today: date) -> None:
    _drafted(users, world)
    assert "has left work behind" not in client_of("coordinator").get("/hand-over/").content.decode()
    Membership.objects.filter(user=users["staff"]).update(valid_to=today - DAY)
    assert "has left work behind" in client_of("coordinator").get("/hand-over/").content.decode()
    form = {"person": "staff", "successor": "nobody", "reason": "Transfer"}
    client_of("coordinator").post("/hand-over/", form)
    assert Membership.objects.get(user=users["nobody"]).role == "staff"
    assert "has left work behind" not in client_of("coordinator").get("/hand-over/").content.decode()
