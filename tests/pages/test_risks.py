"""Risks raised, scored, moved, decided and shown in the browser."""

import csv
import io
import re
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tasks.actions import meetings, risks
from tasks.choices import RISK_MOVES, risk_level
from tasks.models import Change, Risk
from tasks.permissions import SYSTEM
from tests.pages.conftest import HTMX
from tests.pages.test_entry import entered, send, text

MEASURE = "/measures/T1-2/"  # internal; without a risk
NEW = f"{MEASURE}risks/new/"
TYPED = {"title_ko": "인력 부족", "title_en": "Too few people", "severity": "5", "likelihood": "4"}


def raised(node: Any, **values: Any) -> Risk:
    words = {"title_ko": "쟁점", "title_en": "Secret matter", "severity": 2, "likelihood": 2}
    return risks.raise_risk(node, by=SYSTEM, **(words | values))


def cell(page: str, severity: int, likelihood: int) -> str:
    rows = re.findall(r"<tr>(.*?)</tr>", page.partition("risk-matrix")[2].partition("</table>")[0])
    return re.findall(r'<td class="risk-\w+">(.*?)</td>', rows[-severity])[likelihood - 1]


def in_file(client: Any, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


# Raised


def test_the_ministry_raises_a_risk_and_page_list_and_history_say_so(client_of: Any, world: Any, users: Any) -> None:
    staff = client_of("staff")
    assert NEW in text(staff.get(MEASURE))
    response = send(staff, NEW, **TYPED, mitigation="Hire", decide_by="2026. 1. 31.(토)", decision_asked="More money?")
    assert response.status_code == 302, response.context["form"].errors
    risk = Risk.objects.latest("pk")
    assert response["Location"] == risk.get_absolute_url()
    assert (risk.measure, risk.milestone, risk.ministry) == (world.measures.m12, None, world.ministries.lead)
    assert (risk.score, risk.state, risk.decide_by) == (20, "open", date(2026, 1, 31))
    page = text(staff.get(response["Location"]))
    assert "Too few people" in page and ">20 <" in page and "Very high" in page and "5 – Critical" in page
    assert "More money?" in page and "Hire" in page and "d late" in page
    change = Change.objects.filter(table="tasks_risk").latest("sequence")
    assert (change.actor_id, change.door, change.verb) == (users["staff"].pk, "page", "risk.raised")
    for where in (MEASURE, "/risks/", "/tasks/technology/", "/?"):
        assert risk.get_absolute_url() in text(staff.get(where)), where


def test_a_risk_of_a_milestone_stands_on_all_pages_above_it(client_of: Any, world: Any) -> None:
    staff, where = client_of("staff"), world.milestones.open.get_absolute_url()
    response = send(staff, f"{where}risks/new/", **TYPED)
    assert response.status_code == 302, response.context["form"].errors
    risk = Risk.objects.latest("pk")
    assert (risk.measure, risk.milestone) == (None, world.milestones.open)
    for page in (where, "/measures/T1-1/", "/tasks/technology/"):
        assert risk.get_absolute_url() in text(staff.get(page)), page
    assert risk.get_absolute_url() not in text(staff.get("/tasks/talent/"))


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"severity": ""}, "severity", "required"),
        ({"severity": "6"}, "severity", "not one of the available choices"),
        ({"likelihood": "0"}, "likelihood", "not one of the available choices"),
        ({"title_ko": ""}, "title_ko", "required"),
        ({"decide_by": "2026-12-31", "decision_asked": " "}, "decision_asked", "what is to be decided"),
        ({"decide_by": "soon"}, "decide_by", "date of the calendar"),
        ({"raised_on": "2199-01-01"}, "raised_on", "has not come yet"),
    ],
)
def test_what_is_missing_stands_at_its_field_and_nothing_typed_is_lost(
    client_of: Any, world: Any, typed: dict[str, str], field: str, words: str
) -> None:
    before = Risk.objects.count(), Change.objects.count()
    response = send(client_of("staff"), NEW, **(TYPED | {"mitigation": "typed with care"} | typed))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    page = text(response)
    assert words in page and f'href="#id_{field}"' in page and "typed with care" in page
    assert (Risk.objects.count(), Change.objects.count()) == before


def test_an_office_of_another_ministry_is_refused_by_name(client_of: Any, world: Any) -> None:
    wrong = {"ministry": world.ministries.other.uuid, "office": world.office.uuid}
    response = send(client_of("staff"), NEW, **TYPED, **wrong)
    assert response.status_code == 422 and list(response.context["form"].errors) == ["office"]
    assert "belongs to another ministry: Ministry of Trade" in text(response)
    assert send(client_of("staff"), NEW, **TYPED, office=world.office.uuid).status_code == 302


def test_the_preview_computes_the_score_beside_the_one_that_stands(client_of: Any, world: Any) -> None:
    staff = client_of("staff")
    page = text(staff.post(NEW, {"preview": "1", "severity": "3", "likelihood": "4"}, **HTMX))
    assert "12 (High)" in page and "<html" not in page
    address = f"{world.risk.get_absolute_url()}change/"
    page = text(staff.post(address, {"preview": "1", "severity": "5", "likelihood": "5"}, **HTMX))
    assert "12 (High)" in page and "25 (Very high)" in page
    late = text(staff.post(NEW, {"preview": "1", "decide_by": "2020-01-01"}, **HTMX))
    assert "has gone by" in late


def test_sending_twice_records_once(client_of: Any, world: Any) -> None:
    staff = client_of("staff")
    typed = entered(staff.get(NEW).context["form"], **TYPED)
    assert staff.post(NEW, typed).status_code == 302
    once = Risk.objects.count(), Change.objects.count()
    again = staff.post(NEW, typed)
    assert again.status_code == 302 and (Risk.objects.count(), Change.objects.count()) == once
    assert "recorded already" in text(staff.get(again["Location"]))


def test_who_may_not_sees_why_and_no_button(client_of: Any, world: Any) -> None:
    before, risk = Change.objects.count(), world.risk
    refused = {"staff-msit": "Another ministry answers", "executive": "reads only", "auditor": "reads only"}
    for name, why in refused.items():
        client = client_of(name)
        for address in (NEW, f"{risk.get_absolute_url()}change/", f"{risk.get_absolute_url()}state/"):
            assert why in text(client.get(address)), (name, address)
            assert client.post(address, TYPED).status_code == 403
        page = text(client.get(risk.get_absolute_url()))
        assert f"{risk.uuid}/change/" not in page and f"{risk.uuid}/state/" not in page
        assert NEW not in text(client.get(MEASURE))
    assert client_of("analyst").get(NEW).status_code == 404
    assert Change.objects.count() == before


# Changed and moved


def test_a_new_score_leaves_the_old_one_in_the_history(client_of: Any, world: Any) -> None:
    staff, address = client_of("staff"), f"{world.risk.get_absolute_url()}change/"
    response = send(staff, address, severity="5", likelihood="5", reason="supplier failed")
    assert response.status_code == 302, response.context["form"].errors
    page = text(staff.get(response["Location"]))
    assert ">25 <" in page and "supplier failed" in page
    change = Change.objects.filter(table="tasks_risk").latest("sequence")
    assert (change.verb, change.before["severity"], change.after["severity"]) == ("risk.changed", 4, 5)
    assert (change.before["likelihood"], change.after["likelihood"]) == (3, 5)
    assert "Severity" in page.partition("History")[2] and "Major" in page.partition("History")[2]


def test_two_at_once_the_second_sees_both_versions_and_keeps_what_was_typed(client_of: Any, world: Any) -> None:
    address = f"{world.risk.get_absolute_url()}change/"
    staff, office = client_of("staff"), client_of("coordinator")
    seen = [entered(client.get(address).context["form"]) for client in (staff, office)]
    assert staff.post(address, seen[0] | {"severity": "1", "reason": "first"}).status_code == 302
    response = office.post(address, seen[1] | {"severity": "5", "reason": "second"})
    assert response.status_code == 409
    assert "<td>Negligible</td><td>Critical</td>" in text(response).replace("1 – ", "").replace("5 – ", "")
    world.risk.refresh_from_db()
    assert world.risk.severity == 1
    again = office.post(address, entered(response.context["form"]))
    assert again.status_code == 302
    world.risk.refresh_from_db()
    assert world.risk.severity == 5


def test_two_moves_at_once_the_second_is_told_what_stands(client_of: Any, world: Any) -> None:
    address = f"{world.risk.get_absolute_url()}state/"
    staff, office = client_of("staff"), client_of("coordinator")
    seen = [entered(client.get(address).context["form"]) for client in (staff, office)]
    assert staff.post(address, seen[0] | {"verb": "close", "reason": "gone"}).status_code == 302
    response = office.post(address, seen[1] | {"verb": "occur", "reason": "it came"})
    assert response.status_code == 409 and "Closed" in text(response) and "it came" in text(response)
    world.risk.refresh_from_db()
    assert world.risk.state == "closed"


@pytest.mark.parametrize("verb", RISK_MOVES)
@pytest.mark.parametrize("state", ["open", "occurred", "mitigated", "closed"])
def test_exactly_the_moves_of_the_table_are_offered_and_made(client_of: Any, world: Any, state: str, verb: str) -> None:
    Risk.objects.filter(pk=world.risk.pk).update(state=state)
    staff, address, move = client_of("staff"), f"{world.risk.get_absolute_url()}state/", RISK_MOVES[verb]
    form = staff.get(address).context["form"]
    is_legal = state in move.sources
    assert (verb in dict(form.fields["verb"].widget.choices)) == is_legal
    response = staff.post(address, entered(form, verb=verb, reason="because"))
    assert response.status_code == (302 if is_legal else 422)
    world.risk.refresh_from_db()
    assert world.risk.state == (move.target if is_legal else state)
    if is_legal:
        assert "because" in text(staff.get(response["Location"]))


def test_a_move_without_a_word_is_refused(client_of: Any, world: Any) -> None:
    response = send(client_of("staff"), f"{world.risk.get_absolute_url()}state/", verb="close", reason="")
    assert response.status_code == 422 and list(response.context["form"].errors) == ["reason"]


# Seen


@pytest.mark.parametrize(
    ("score", "level"),
    [
        (1, "low"),
        (4, "low"),
        (5, "medium"),
        (9, "medium"),
        (10, "high"),
        (14, "high"),
        (15, "extreme"),
        (25, "extreme"),
    ],
)
def test_the_level_of_a_score(score: int, level: str) -> None:
    assert risk_level(score) == level


def test_the_matrix_counts_live_risks_and_leads_to_the_list_that_it_counts(client_of: Any, world: Any) -> None:
    raised(world.measures.m11, severity=4, likelihood=3, title_en="Closed one")
    risks.move_risk(Risk.objects.latest("pk"), by=SYSTEM, verb="close", reason="gone")
    staff = client_of("staff")
    page = text(staff.get("/risks/"))
    found = cell(page, 4, 3)
    assert "<strong>2</strong>" in found and "<svg" in found and ">High<" in found
    assert "0" in cell(page, 1, 5) and "href" not in cell(page, 1, 5)
    link = re.findall(r'href="([^"]+)"', found)[0].replace("&amp;", "&")
    listed = staff.get(link).context["page"].paginator.count
    assert listed == 2 and "Closed one" not in text(staff.get(link))
    assert "2 risks that are open or have occurred" in page


def test_what_threatens_something_hidden_is_nowhere(client_of: Any, world: Any) -> None:
    """Restricted milestone, internal measure: not in lists, matrix, pages, files, API or overview of a lower tier."""
    asked = {"decide_by": date(2026, 1, 1), "decision_asked": "Secret matter"}
    hidden = [raised(world.milestones.restricted, **asked), raised(world.measures.m12, **asked)]
    linked = {"risks": hidden, "text_ko": "결정", "text_en": "About it", "decided_on": date(2025, 3, 1), "tier": 1}
    decision = meetings.record_decision(world.meeting, by=SYSTEM, **linked)
    for name, seen in (("analyst", 0), ("staff", 1), ("coordinator", 2)):
        client = client_of(name)
        for where in ("/risks/", "/tasks/talent/", "/measures/T2-1/", decision.get_absolute_url(), "/api/v1/risks/",
                      "/api/v1/decisions/", "/risks/?format=csv", "/decisions/?format=csv", "/"):  # fmt: skip
            answer = client.get(where)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert not (seen == 0 and b"Secret matter" in body), where
            assert str(hidden[0].uuid) not in body.decode() or seen == 2, where
        page = text(client.get("/risks/"))
        assert f"{2 + seen} risks that are open or have occurred" in page
        assert ("<strong>" in cell(page, 2, 2)) == bool(seen)
        assert len(in_file(client, "/risks/?format=csv")) == 2 + seen
        assert len(client.get("/api/v1/risks/").json()["results"]) == 2 + seen
        assert client.get(hidden[0].get_absolute_url()).status_code == (200 if seen == 2 else 404)


def test_a_file_holds_what_the_list_shows_and_what_a_page_tells_by_marks(client_of: Any, world: Any) -> None:
    rows = in_file(client_of("staff"), "/risks/?format=csv&severity=4&waiting=true")
    assert len(rows) == 1
    row = rows[0]
    assert (row["Score"], row["Level of the risk"], row["Severity"], row["Needs a decision"]) == (
        "12", "High", "4 – Major", "Yes",
    )  # fmt: skip
    assert (row["Decision needed by"], row["What is to be decided"]) == ("2026-01-31", "Buy elsewhere?")
    assert row["Code of what it threatens"] == "T1-1"


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("level=high", 2), ("level=medium", 0), ("waiting=true", 1), ("waiting=false", 1), ("milestone=T1-1-M1", 1),
        ("measure=T1-1", 1), ("below=T1-1", 2), ("strategic_task=technology", 2), ("strategic_task=talent", 0),
        ("ministry=MOTIR", 2), ("ministry=MSIT", 0), ("state=closed", 0), ("live=true", 2), ("live=false", 0),
        ("score__gte=12", 2), ("score__gte=13", 0), ("strategy=strategy", 2), ("search=equipment T1-1-M1", 1),
        ("decide_by__lte=2026-01-31", 1), ("raised_on__gte=2025-02-01", 1),
    ],
)  # fmt: skip
def test_filters_narrow_page_and_api_alike(client_of: Any, world: Any, asked: str, count: int) -> None:
    staff = client_of("staff")
    response = staff.get(f"/risks/?{asked}")
    assert response.context["page"].paginator.count == count
    assert "Clear all" in text(response)
    assert len(staff.get(f"/api/v1/risks/?{asked}").json()["results"]) == count


def test_the_list_sorts_by_score_and_by_the_day_of_the_decision(client_of: Any, world: Any) -> None:
    raised(world.measures.m11, severity=1, likelihood=1)
    staff = client_of("staff")
    shown = [row.score for row in staff.get("/risks/?sort=-score").context["page"].object_list]
    assert shown == [12, 12, 1]
    scores = [row["score"] for row in staff.get("/api/v1/risks/?ordering=score").json()["results"]]
    assert scores == [1, 12, 12]
    assert staff.get("/risks/?sort=decide_by").context["page"].object_list[0] == world.risk


def test_the_overview_lists_what_needs_a_decision_until_a_meeting_decides_it(client_of: Any, world: Any) -> None:
    later = {"decide_by": date(2199, 1, 1), "decision_asked": "Later one?"}
    raised(world.milestones.late, **later)
    executive = client_of("executive")
    panel = text(executive.get("/")).partition("Needs a decision (2)")[2]
    assert panel.index("Buy elsewhere?") < panel.index("Later one?") and "d late" in panel[: panel.index("Later one?")]
    listed = re.search(r'href="(/risks/\?strategy=[^"]+)"', text(executive.get("/")))
    assert listed is not None
    assert executive.get(listed[1].replace("&amp;", "&")).context["page"].paginator.count == 2
    taken = {"text_ko": "결정", "decided_on": date(2025, 3, 1), "risks": [world.risk], "tier": 1}
    decision = meetings.record_decision(world.meeting, by=SYSTEM, **taken)
    page = text(executive.get("/"))
    assert "Needs a decision (1)" in page and "Buy elsewhere?" not in page
    assert "settled" in text(executive.get(world.risk.get_absolute_url()))
    meetings.move_decision(decision, by=SYSTEM, verb="withdraw", reason="taken back")
    assert "Buy elsewhere?" in text(executive.get("/"))
    risks.move_risk(world.risk, by=SYSTEM, verb="close", reason="gone")
    assert "Buy elsewhere?" not in text(executive.get("/"))


def test_without_a_risk_the_pages_say_what_to_do(client_of: Any, world: Any) -> None:
    Risk.objects.all().delete()
    assert "by “Add a risk”" in text(client_of("staff").get("/risks/"))
    assert "is entered by “Add a risk”" in text(client_of("staff").get(MEASURE))
    assert "Who answers for a measure" in text(client_of("executive").get(MEASURE))
    assert "Nothing waits for a decision" in text(client_of("executive").get("/"))


def test_a_past_day_shows_the_score_of_that_day(client_of: Any, world: Any) -> None:
    risks.change_risk(world.risk, by=SYSTEM, reason="worse", severity=5, likelihood=5)
    last = Change.objects.filter(table="tasks_risk", object_id=world.risk.pk).latest("sequence")
    assert last.verb == "risk.changed"
    address = f"/as-of/2025-06-30{world.risk.get_absolute_url()}"
    page = text(client_of("staff").get(address))
    assert ">12 <" in page and ">25 <" not in page
    assert client_of("staff").get(address.replace("2025-06-30", "2024-06-30")).status_code == 404


# The database


@pytest.mark.parametrize(
    "broken", [{"severity": 6}, {"likelihood": 0}, {"milestone": "open"}, {"decide_by": "2026-01-01"}]
)
def test_the_database_refuses_what_no_door_lets_in(world: Any, broken: dict[str, Any]) -> None:
    values = {"title_ko": "쟁점", "severity": 1, "likelihood": 1, "measure": world.measures.m11} | broken
    if "milestone" in broken:
        values["milestone"] = world.milestones.open
    with pytest.raises(IntegrityError), transaction.atomic():
        Risk.objects.create(**values)
