"""Meetings planned, held and followed up in the browser; decisions recorded, carried out, late."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tasks.actions import meetings
from tasks.choices import DECISION_MOVES, MEETING_MOVES
from tasks.models import AgendaItem, Change, Decision, Meeting
from tasks.permissions import SYSTEM
from tests.pages.conftest import HTMX
from tests.pages.test_entry import entered, send, text

NEW = "/meetings/new/"
TYPED = {"title_ko": "점검회의 2", "title_en": "Second review", "kind": "directors", "meets_on": "2026. 3. 2.(월)"}
DECIDED = {"text_ko": "예산 조정", "text_en": "Shift money", "decided_on": "2025-03-01", "due_on": "2025-12-31"}


def state() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Meeting, AgendaItem, Decision, Change))


def planned(**values: Any) -> Meeting:
    words = {"title_ko": "예정 회의", "title_en": "To come", "kind": "working", "tier": 1}
    return meetings.plan_meeting(by=SYSTEM, **(words | {"meets_on": date(2026, 3, 2)} | values))


def in_file(client: Any, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


# Planned and held


def test_the_office_plans_a_meeting_and_says_that_it_was_held(client_of: Any, world: Any, users: Any) -> None:
    office, participants = client_of("coordinator"), [world.ministries.lead.uuid, world.ministries.other.uuid]
    assert NEW in text(office.get("/meetings/"))
    response = send(office, NEW, **TYPED, place="Sejong", chair=world.ministries.lead.uuid, participants=participants)
    assert response.status_code == 302, response.context["form"].errors
    meeting = Meeting.objects.latest("pk")
    assert (meeting.status, meeting.meets_on, meeting.tier) == ("planned", date(2026, 3, 2), 2)
    where = meeting.get_absolute_url()
    page = text(office.get(where))
    assert "Second review" in page and "Sejong" in page and "Ministry of Science and ICT" in page
    assert "Decisions are recorded once it was held" in page and "decisions/new" not in page
    response = send(office, f"{where}state/", verb="hold", minutes="All were heard.")
    assert response.status_code == 302, response.context["form"].errors
    page = text(office.get(where))
    assert "All were heard." in page and ">Held<" in page and f"{where}decisions/new/" in page
    change = Change.objects.filter(table="tasks_meeting").latest("sequence")
    assert (change.actor_id, change.door, change.verb) == (users["coordinator"].pk, "page", "meeting.held")


def test_a_meeting_to_come_is_not_held_yet(client_of: Any, world: Any) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    where = planned(meets_on=tomorrow).get_absolute_url()
    response = send(client_of("coordinator"), f"{where}state/", verb="hold", minutes="typed with care")
    assert response.status_code == 422 and list(response.context["form"].errors) == ["meets_on"]
    assert "typed with care" in text(response)
    right = send(client_of("coordinator"), f"{where}state/", verb="hold", meets_on=timezone.localdate().isoformat())
    assert right.status_code == 302


@pytest.mark.parametrize("verb", MEETING_MOVES)
@pytest.mark.parametrize("status", ["planned", "held", "cancelled"])
def test_exactly_the_moves_of_a_meeting_are_made(client_of: Any, world: Any, status: str, verb: str) -> None:
    meeting = planned(status=status)
    office, move = client_of("coordinator"), MEETING_MOVES[verb]
    address = f"{meeting.get_absolute_url()}state/"
    response = office.post(address, entered(office.get(address).context["form"], verb=verb, reason="because"))
    is_legal = status in move.sources
    assert response.status_code == (302 if is_legal else 422)
    meeting.refresh_from_db()
    assert meeting.status == (move.target if is_legal else status)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"verb": "cancel", "reason": ""}, "reason"),
        ({"verb": "cancel", "minutes": "some", "reason": "x"}, "minutes"),
        ({"verb": ""}, "verb"),
        ({"verb": "vanish"}, "verb"),
    ],
)
def test_what_a_move_of_a_meeting_needs(client_of: Any, world: Any, typed: dict[str, str], field: str) -> None:
    where = planned().get_absolute_url()
    response = send(client_of("coordinator"), f"{where}state/", **typed)
    assert response.status_code == 422 and list(response.context["form"].errors) == [field]


def test_two_at_once_the_second_sees_both_versions_and_keeps_what_was_typed(client_of: Any, world: Any) -> None:
    office = client_of("coordinator")
    for row, name, first, second in (
        (world.meeting, "place", "Sejong", "Seoul"),
        (world.decision, "text_en", "First wording", "Second wording"),
    ):
        address = f"{row.get_absolute_url()}change/"
        seen = entered(office.get(address).context["form"])
        assert office.post(address, seen | {name: first, "reason": "first"}).status_code == 302
        response = office.post(address, seen | {name: second, "reason": "second"})
        assert response.status_code == 409 and f"<td>{first}</td><td>{second}</td>" in text(response)
        row.refresh_from_db()
        assert getattr(row, name) == first
        assert office.post(address, entered(response.context["form"])).status_code == 302
        row.refresh_from_db()
        assert getattr(row, name) == second


def test_two_who_finish_one_decision_at_once(client_of: Any, world: Any) -> None:
    office, address = client_of("coordinator"), f"{world.decision.get_absolute_url()}state/"
    seen = entered(office.get(address).context["form"])
    done = {"verb": "complete", "done_on": "2025-06-01", "reason": "Bought"}
    assert office.post(address, seen | done).status_code == 302
    response = office.post(address, seen | {"verb": "withdraw", "reason": "no longer"})
    assert response.status_code == 409 and "<td>Done</td><td>Withdraw it</td>" in text(response)


def test_only_the_coordinating_office_writes_and_the_others_see_why(client_of: Any, world: Any) -> None:
    before = state()
    of_meeting, of_decision = world.meeting.get_absolute_url(), world.decision.get_absolute_url()
    addresses = (
        NEW, f"{of_meeting}change/", f"{of_meeting}state/", f"{of_meeting}agenda/new/", f"{of_meeting}decisions/new/",
        f"/agenda-items/{world.item.uuid}/change/", f"{of_decision}change/", f"{of_decision}state/",
    )  # fmt: skip
    for name in ("staff", "approver", "executive", "auditor", "analyst"):
        client = client_of(name)
        for address in addresses:
            assert "Only the coordinating office" in text(client.get(address)), (name, address)
            assert client.post(address, TYPED | DECIDED).status_code == 403
        for page in ("/meetings/", of_meeting, of_decision):
            assert not [address for address in addresses if f'"{address}"' in text(client.get(page))], (name, page)
    assert state() == before


# Agenda


def test_agenda_items_stand_in_order_with_what_they_are_about(client_of: Any, world: Any) -> None:
    office, where = client_of("coordinator"), world.meeting.get_absolute_url()
    typed = {"title_ko": "인력", "title_en": "People", "measures": "t1-2", "milestones": "T1-1-M1, T1-1-M2"}
    form = office.get(f"{where}agenda/new/").context["form"]
    assert form["position"].value() == 2
    response = office.post(f"{where}agenda/new/", entered(form, **typed))
    assert response.status_code == 302, response.context["form"].errors
    assert response["Location"] == where
    agenda = text(office.get(where)).partition('id="agenda"')[2].partition('id="decisions"')[0]
    assert agenda.index("Equipment") < agenda.index("People")
    assert "/measures/T1-2/" in agenda and world.milestones.open.get_absolute_url() in agenda
    assert "/measures/T1-2/" not in text(client_of("analyst").get(where)), "internal"
    assert world.milestones.open.get_absolute_url() in text(client_of("analyst").get(where))


def test_an_unknown_code_is_named_and_a_hidden_one_is_unknown(client_of: Any, world: Any, users: Any) -> None:
    office, where = client_of("coordinator"), f"{world.meeting.get_absolute_url()}agenda/new/"
    wrong = send(office, where, title_ko="안건", milestones="T1-1-M1\nT9-9-M9")
    assert wrong.status_code == 422 and list(wrong.context["form"].errors) == ["milestones"]
    assert "There is no “T9-9-M9” here" in text(wrong) and "T1-1-M1 T9-9-M9" in text(wrong)
    type(users["coordinator"]).objects.filter(username="coordinator").update(clearance=2)
    hidden = send(office, where, title_ko="안건", milestones="T2-1-M1")
    assert hidden.status_code == 422 and "There is no “T2-1-M1” here" in text(hidden)


def test_the_same_place_twice_is_refused(client_of: Any, world: Any) -> None:
    where = f"{world.meeting.get_absolute_url()}agenda/new/"
    response = send(client_of("coordinator"), where, title_ko="안건", position="1")
    assert response.status_code == 422 and "stands at this place" in text(response)


def test_what_is_linked_and_hidden_from_who_changes_it_stays_linked(client_of: Any, world: Any, users: Any) -> None:
    links = [world.milestones.restricted, world.milestones.open]
    made = {"text_ko": "결정", "decided_on": date(2025, 3, 1), "milestones": links, "tier": 1}
    decision = meetings.record_decision(world.meeting, by=SYSTEM, **made)
    type(users["coordinator"]).objects.filter(username="coordinator").update(clearance=1)
    office, address = client_of("coordinator"), f"{decision.get_absolute_url()}change/"
    form = office.get(address).context["form"]
    assert form["milestones"].value() == "T1-1-M1"
    sent = office.post(address, entered(form, milestones="T1-1-M2", reason="another"))
    assert sent.status_code == 302, sent.context["form"].errors
    assert set(decision.milestones.all()) == {world.milestones.restricted, world.milestones.late}


# Decisions


def test_a_decision_is_recorded_with_its_follow_up(client_of: Any, world: Any) -> None:
    office, where = client_of("coordinator"), world.meeting.get_absolute_url()
    typed = DECIDED | {
        "agenda_item": world.item.uuid, "ministry": world.ministries.lead.uuid, "office": world.office.uuid,
        "milestones": "T1-1-M1", "risks": [world.risk.uuid], "tier": "1",
    }  # fmt: skip
    page = text(office.post(f"{where}decisions/new/", {"preview": "1", "milestones": "T1-1-M1"}, **HTMX))
    assert "T1-1-M1 Milestone T1-1-M1" in page and "<html" not in page
    response = send(office, f"{where}decisions/new/", **typed)
    assert response.status_code == 302, response.context["form"].errors
    decision = Decision.objects.latest("pk")
    assert (decision.meeting, decision.agenda_item, decision.state) == (world.meeting, world.item, "open")
    assert list(decision.milestones.all()) == [world.milestones.open] and list(decision.risks.all()) == [world.risk]
    for page_of in (response["Location"], where, "/decisions/", world.milestones.open.get_absolute_url(),
                    world.risk.get_absolute_url()):  # fmt: skip
        assert "Shift money" in text(client_of("analyst").get(page_of)), page_of


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"text_ko": ""}, "text_ko", "required"),
        ({"decided_on": "2199-01-01"}, "decided_on", "has not come yet"),
        ({"due_on": "2025-02-28"}, "due_on", "before it was decided"),
        ({"due_on": "2025-02-30"}, "due_on", "date of the calendar"),
        ({"milestones": "T1-1"}, "milestones", "There is no “T1-1” here"),
        ({"ministry": "other", "office": "kiat"}, "office", "belongs to another ministry"),
    ],
)
def test_what_is_wrong_of_a_decision_stands_at_its_field(
    client_of: Any, world: Any, typed: dict[str, str], field: str, words: str
) -> None:
    named = {"other": world.ministries.other.uuid, "kiat": world.office.uuid}
    before = state()
    values = DECIDED | {name: named.get(value, value) for name, value in typed.items()}
    response = send(client_of("coordinator"), f"{world.meeting.get_absolute_url()}decisions/new/", **values)
    assert response.status_code == 422 and list(response.context["form"].errors) == [field]
    assert words in text(response) and ("Shift money" in text(response))
    assert state() == before


def test_nothing_is_decided_before_the_meeting_or_on_the_agenda_of_another(client_of: Any, world: Any) -> None:
    office, other = client_of("coordinator"), planned()
    refused = send(office, f"{other.get_absolute_url()}decisions/new/", **DECIDED)
    assert refused.status_code == 422 and "Say first that it was held" in text(refused)
    where = f"{world.meeting.get_absolute_url()}decisions/new/"
    item = meetings.add_agenda_item(other, by=SYSTEM, position=1, title_ko="다른 안건")
    assert send(office, where, **DECIDED, agenda_item=item.uuid).status_code == 422


def test_a_follow_up_that_is_late_says_by_how_much_until_it_is_done(client_of: Any, world: Any) -> None:
    office, decision = client_of("coordinator"), world.decision
    for where in ("/decisions/", decision.get_absolute_url(), world.meeting.get_absolute_url()):
        page = text(client_of("analyst").get(where))
        assert ("d late" in page and "T1-1-M2" in page) or "1 overdue" in page, where
    assert client_of("analyst").get("/decisions/?late=true").context["page"].paginator.count == 1
    response = send(
        office, f"{decision.get_absolute_url()}state/", verb="complete", done_on="2025-07-01", reason="Bought it"
    )
    assert response.status_code == 302, response.context["form"].errors
    page = text(office.get(decision.get_absolute_url()))
    assert "Bought it" in page and "1 Jul 2025" in page and ">Done<" in page
    facts = page.partition('class="facts')[2].partition("</dl>")[0]
    assert "late" not in facts
    assert office.get("/decisions/?late=true").context["page"].paginator.count == 0
    assert [row["state"] for row in office.get("/api/v1/decisions/").json()["results"]] == ["done"]


@pytest.mark.parametrize("verb", DECISION_MOVES)
@pytest.mark.parametrize("stands", ["open", "done", "withdrawn"])
def test_exactly_the_moves_of_a_decision_are_made(client_of: Any, world: Any, stands: str, verb: str) -> None:
    done = {"done_on": "2025-07-01", "outcome": "all"} if stands == "done" else {}
    Decision.objects.filter(pk=world.decision.pk).update(state=stands, **done)
    office, move = client_of("coordinator"), DECISION_MOVES[verb]
    address = f"{world.decision.get_absolute_url()}state/"
    typed = {"verb": verb, "reason": "because"} | ({"done_on": "2025-06-30"} if verb == "complete" else {})
    response = office.post(address, entered(office.get(address).context["form"], **typed))
    is_legal = stands in move.sources
    assert response.status_code == (302 if is_legal else 422)
    world.decision.refresh_from_db()
    assert world.decision.state == (move.target if is_legal else stands)
    if verb == "reopen" and is_legal:
        assert (world.decision.done_on, world.decision.outcome) == (None, "")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"verb": "complete", "reason": "all"}, "done_on"),
        ({"verb": "complete", "reason": "all", "done_on": "2199-01-01"}, "done_on"),
        ({"verb": "complete", "reason": "all", "done_on": "2025-02-01"}, "done_on"),
        ({"verb": "complete", "reason": " ", "done_on": "2025-07-01"}, "reason"),
        ({"verb": "withdraw", "reason": "no", "done_on": "2025-07-01"}, "done_on"),
    ],
)
def test_what_a_move_of_a_decision_needs(client_of: Any, world: Any, typed: dict[str, str], field: str) -> None:
    response = send(client_of("coordinator"), f"{world.decision.get_absolute_url()}state/", **typed)
    assert response.status_code == 422 and list(response.context["form"].errors) == [field]


# Seen


def test_meetings_and_decisions_are_seen_within_their_tiers(client_of: Any, world: Any) -> None:
    secret = {"title_en": "Secret meeting", "status": "held", "meets_on": date(2025, 5, 1)}
    internal, restricted = planned(tier=2, **secret), planned(tier=3, **secret)
    words = {"by": SYSTEM, "text_ko": "비밀", "text_en": "Secret decision", "decided_on": date(2025, 5, 1)}
    made = [meetings.record_decision(internal, tier=1, **words), meetings.record_decision(restricted, tier=1, **words),
            meetings.record_decision(world.meeting, tier=3, milestones=[world.milestones.open], **words)]  # fmt: skip
    pages = ("/", "/meetings/", "/decisions/", "/what-changed/", world.meeting.get_absolute_url(),
             world.milestones.open.get_absolute_url(), "/api/v1/meetings/", "/api/v1/decisions/")  # fmt: skip
    for name, seen in (("analyst", 0), ("staff", 1), ("coordinator", 3)):
        client = client_of(name)
        for where in pages if not seen else ():
            assert "Secret" not in text(client.get(where)), where
        assert len(in_file(client, "/decisions/?format=csv")) == 1 + seen
        assert len(client.get("/api/v1/decisions/").json()["results"]) == 1 + seen
        assert len(in_file(client, "/meetings/?format=csv")) == {0: 1, 1: 2, 3: 3}[seen]
        assert [client.get(row.get_absolute_url()).status_code for row in made].count(200) == seen
        counted = {row["Meeting"]: row for row in in_file(client, "/meetings/?format=csv")}["Review meeting"]
        assert counted["Decisions"] == str(2 if seen == 3 else 1)


def test_nobody_records_what_is_above_the_own_clearance(client_of: Any, world: Any, users: Any) -> None:
    type(users["coordinator"]).objects.filter(username="coordinator").update(clearance=2)
    before = state()
    response = send(client_of("coordinator"), NEW, **TYPED, tier="3")
    assert response.status_code == 403 and "clearance" in text(response)
    assert state() == before


@pytest.mark.parametrize(
    ("where", "asked", "count"),
    [
        ("meetings", "kind=ministers", 1), ("meetings", "status=planned", 1), ("meetings", "search=review", 1),
        ("meetings", "meets_on__gte=2026-01-01", 1), ("meetings", "participant=MSIT", 0),
        ("decisions", "state=open", 1), ("decisions", "late=false", 0), ("decisions", "ministry=MOTIR", 1),
        ("decisions", "milestone=T1-1-M2", 1), ("decisions", "due_on__gte=2025-07-01", 0), ("decisions", "search=way", 1),
    ],
)  # fmt: skip
def test_filters_narrow_page_and_api_alike(client_of: Any, world: Any, where: str, asked: str, count: int) -> None:
    planned()
    staff = client_of("staff")
    assert staff.get(f"/{where}/?{asked}").context["page"].paginator.count == count
    assert len(staff.get(f"/api/v1/{where}/?{asked}").json()["results"]) == count


def test_a_file_tells_follow_up_outcome_and_lateness(client_of: Any, world: Any) -> None:
    row = in_file(client_of("staff"), "/decisions/?format=csv")[0]
    assert (row["Decision"], row["Follow-up"], row["Follow-up: overdue"], row["State"]) == (
        "Buy in another way", "T1-1-M2 Milestone T1-1-M2", "1", "To be done",
    )  # fmt: skip
    assert row["To be done by"] == "2025-06-30"


def test_what_changed_offers_the_days_of_the_last_meetings(client_of: Any, world: Any) -> None:
    planned(title_en="Not held yet", meets_on=date(2025, 4, 1))
    for month in (5, 6, 7):
        planned(status="held", meets_on=date(2025, month, 1), title_en=f"Held in {month}")
    analyst = client_of("analyst")
    page = text(analyst.get("/what-changed/?of=technology"))
    offered = page.partition("Since a meeting")[2].partition("</nav>")[0]
    assert "/what-changed/?since=2025-07-01&amp;of=technology" in offered
    assert offered.index("Held in 7") < offered.index("Held in 6") < offered.index("Held in 5")
    assert "Review meeting" not in offered and "Not held yet" not in offered
    overview = text(analyst.get("/"))
    assert "Last meeting 1 Jul 2025" in overview and "/what-changed/?since=2025-07-01" in overview
    then = text(analyst.get("/as-of/2025-05-31/"))
    assert "Held in 5" in then and "Held in 6" not in then


def test_a_past_day_does_not_know_what_came_later(client_of: Any, world: Any) -> None:
    meetings.move_decision(world.decision, by=SYSTEM, verb="complete", reason="Bought it", done_on=date(2025, 9, 1))
    staff = client_of("staff")
    then = text(staff.get(f"/as-of/2025-08-01{world.decision.get_absolute_url()}"))
    assert "To be done" in then and "Bought it" not in then.partition("<summary>History")[0]
    now = text(staff.get(world.decision.get_absolute_url()))
    assert "Bought it" in now.partition("<summary>History")[0]
    assert staff.get(f"/as-of/2025-02-01{world.meeting.get_absolute_url()}").status_code == 404


def test_without_rows_the_lists_say_what_to_do(client_of: Any, strategy_tree: Any) -> None:
    staff = client_of("staff")
    assert "by “Add a meeting”" in text(staff.get("/meetings/"))
    assert "on the page of that meeting" in text(staff.get("/decisions/"))
    assert "Last meeting" not in text(staff.get("/")) and "Since a meeting" not in text(staff.get("/what-changed/"))


# The database


@pytest.mark.parametrize(
    "broken", [{"state": "done"}, {"outcome": "some"}, {"due_on": "2025-01-01"}, {"done_on": "2025-07-01"}]
)
def test_the_database_refuses_what_no_door_lets_in(world: Any, broken: dict[str, Any]) -> None:
    values = {"meeting": world.meeting, "text_ko": "결정", "decided_on": "2025-03-01"} | broken
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(**values)
