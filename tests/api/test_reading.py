"""Reading over the API: shapes, filters, pages, formats, languages, errors."""

import csv
import io
import json
from datetime import date
from typing import Any

import pytest

from tasks.actions import assessments
from tasks.permissions import SYSTEM
from tests.api.conftest import Caller

NOUNS = [
    "strategies", "strategic-tasks", "measures", "commitments", "milestones", "dependencies", "plan-versions",
    "budget-lines", "budget-entries", "indicators", "indicator-observations", "assessments", "bills", "regions", "ministries",
    "reporting-periods", "snapshots", "status-reports", "risks", "meetings", "decisions", "evidence",
]  # fmt: skip
PROBLEM = "application/problem+json"
NOBODY = "00000000-0000-4000-8000-000000000000"

pytestmark = pytest.mark.usefixtures("everything")


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_is_read_as_a_list_and_one_by_one(ask: Any, noun: str) -> None:
    caller = ask("coordinator")
    rows = caller.rows(f"{noun}/")
    assert rows
    assert caller.one(f"{noun}/{rows[0]['id']}/") == rows[0]


@pytest.mark.parametrize("noun", NOUNS)
def test_a_list_takes_the_same_number_of_queries_whatever_its_length(
    ask: Any, everything: Any, noun: str, django_assert_max_num_queries: Any
) -> None:
    caller = ask("coordinator")
    caller.get(f"{noun}/")
    with django_assert_max_num_queries(50) as few:
        before = len(caller.rows(f"{noun}/"))
    for number in (2, 3):
        everything.more(number)
    with django_assert_max_num_queries(len(few)):
        after = len(caller.rows(f"{noun}/"))
    assert after > before or noun in ("strategies", "strategic-tasks", "ministries")


@pytest.mark.parametrize(
    ("address", "expand"),
    [("milestones/", "measure,ministry,strategic_task"), ("measures/", "ministry"), ("commitments/", "measure")],
)
def test_expanding_takes_the_same_number_of_queries_whatever_the_length(
    ask: Any, everything: Any, address: str, expand: str, django_assert_max_num_queries: Any
) -> None:
    caller = ask("coordinator")
    caller.get(address, expand=expand)
    with django_assert_max_num_queries(50) as few:
        caller.rows(address, expand=expand)
    everything.more(2)
    with django_assert_max_num_queries(len(few)):
        caller.rows(address, expand=expand)


def test_a_measure_has_the_promised_fields(ask: Any) -> None:
    row = ask("coordinator").one("measures/T1-1.1/")
    assert {"id", "code", "title", "title_ko", "title_en", "strategic_task", "parent", "weight", "scope"} <= set(row)
    assert {"tier", "lead_ministry", "cooperating_ministries", "region", "technology", "provenance"} <= set(row)
    assert row["parent"]["code"] == "T1-1"
    assert row["strategic_task"]["slug"] == "technology"
    assert set(row["lead_ministry"]) == {"id", "key", "name"}
    assert set(row["provenance"]) == {"confidence", "source", "note"}
    assert (row["scope"], row["tier"]) == ("in_scope", "public")


def test_a_milestone_has_light_and_share_of_the_readers_tier(ask: Any) -> None:
    late = ask("nobody").one("milestones/T1-1-M2/")
    assert late["light"] == "overdue"
    assert late["strategic_task"]["slug"] == "technology"
    shares = [row["share"] for row in ask("nobody").rows("milestones/")]
    assert sum(shares) == 10**11
    assert ask("staff").one("milestones/T1-1-M2/")["share"] < late["share"]


@pytest.mark.parametrize(
    "address", ["measures/T1-1/", "ministries/MOTIR/", "strategic-tasks/technology/", "milestones/T1-1-M1/"]
)
def test_codes_resolve_like_public_ids(ask: Any, address: str) -> None:
    caller = ask("nobody")
    row = caller.one(address)
    assert caller.one(f"{address.split('/')[0]}/{row['id']}/") == row


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("measures/t1-1/", "measures/T1-1/"),
        ("ministries/Motir/", "ministries/MOTIR/"),
        ("bills/T2-11/", "bills/t2-11/"),
    ],
)
def test_codes_are_found_whatever_their_case(ask: Any, typed: str, address: str) -> None:
    assert ask("nobody").one(typed) == ask("nobody").one(address)


def test_titles_come_in_the_asked_language(ask: Any) -> None:
    caller = ask("nobody")
    assert caller.one("measures/T1-1/")["title"] == "Introduce a Korean IMEC"
    assert caller.one("measures/T1-1/", lang="ko")["title"] == "한국형 IMEC 도입"
    korean = caller.get("measures/T1-1/", headers={"Accept-Language": "ko"})
    assert korean.json()["title"] == "한국형 IMEC 도입"
    assert caller.get("measures/", lang="fr").status_code == 400


def test_search_finds_part_of_a_korean_word_of_an_english_one_and_of_a_code(ask: Any) -> None:
    caller = ask("nobody")
    for words in ("국형", "korean", "T1-1.1", "한국 도입"):
        assert caller.rows("measures/", search=words), words
    assert caller.rows("measures/", search="한국 없음") == []


def test_filters_narrow(ask: Any) -> None:
    caller = ask("coordinator")
    assert {row["light"] for row in caller.rows("milestones/", light="overdue")} == {"overdue"}
    assert {row["light"] for row in caller.rows("milestones/", light__in="overdue,on_track")} <= {"overdue", "on_track"}
    assert [row["code"] for row in caller.rows("milestones/", due_on__lte="2024-12-31")] == ["T1-1-M2"]
    assert [row["code"] for row in caller.rows("milestones/", ministry="MSIT")] == ["T2-1-M2"]
    assert [row["code"] for row in caller.rows("measures/", parent="T1-1")] == ["T1-1.1"]
    assert {row["ministry"]["key"] for row in caller.rows("plan-versions/", ministry="MSIT")} == {"MSIT"}
    assert {row["tier"] for row in caller.rows("measures/", tier="internal")} == {"internal"}
    assert len(caller.rows("ministries/", as_of="2025-10-01")) == 2
    task = caller.one("strategic-tasks/talent/")["id"]
    assert caller.rows("milestones/", strategic_task=task) == caller.rows("milestones/", strategic_task="talent")


def test_given_lights_are_narrowed_by_what_they_ask_for(ask: Any, everything: Any) -> None:
    caller = ask("coordinator")
    made: dict[str, Any] = {"by": SYSTEM, "reason": "why"}
    first = assessments.assess_light(everything.technology, light="red", assessed_on=date(2025, 3, 1), **made)
    declared = assessments.declare_light(everything.measures.m11, light="green", assessed_on=date(2025, 3, 2), **made)
    assessments.assess_light(everything.technology, light="amber", assessed_on=date(2025, 3, 3), **made)

    def found(**asked: Any) -> set[str]:
        return {row["id"] for row in caller.rows("assessments/", **asked)}

    whole = found()
    assert found(standing="false") == {str(first.uuid)}
    assert found(kind="declared") == found(diverging="true") == found(measure="T1-1") == {str(declared.uuid)}
    assert found(diverging="false") == whole - found(diverging="true")
    assert found(plan_asked="true") == set(), "those of the tree have their plans"
    assert found(disputed="true") == found(ministry="MSIT")
    assert len(found(strategic_task="technology")) == 3
    assert found(assessed_on__lte="2025-01-01") == found(ministry="MSIT")
    row = caller.one(f"assessments/{declared.uuid}/")
    assert (row["strategic_task"], row["measure"]["code"], row["divergence"]) == (None, "T1-1", 2)
    assert row["dispute"] is None and row["recovery_plans"] == []
    given = caller.rows("assessments/", ministry="MSIT")[0]
    assert (given["dispute"]["outcome"], given["dispute"]["reason"]) == (None, "not late")
    assert [plan["plan"] for plan in given["recovery_plans"]] == ["faster"]
    then = caller.rows("assessments/", as_of="2025-03-02", kind="independent", strategic_task="technology")
    assert [(row["light"], row["is_standing"]) for row in then] == [("red", True)]


def test_order_puts_what_is_empty_last(ask: Any) -> None:
    caller = ask("coordinator")
    due = [row["current_due"] for row in caller.rows("milestones/", ordering="-current_due")]
    assert due[-1] is None
    assert due[:-1] == sorted(due[:-1], reverse=True)
    assert caller.get("milestones/", ordering="nonsense").status_code == 400


@pytest.mark.parametrize("ordering", ["code", "-code", "current_due", "-current_due", "ministry", "-state,current_due"])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_by_cursor_give_every_row_once_and_lead_back(ask: Any, ordering: str, size: int) -> None:
    caller = ask("coordinator")
    whole = [row["id"] for row in caller.rows("milestones/", ordering=ordering)]
    page = caller.one("milestones/", ordering=ordering, page_size=size)
    seen, last = [row["id"] for row in page["results"]], page
    while last["next"]:
        last = caller.client.get(last["next"]).json()
        seen += [row["id"] for row in last["results"]]
    assert seen == whole
    back = [row["id"] for row in last["results"]]
    while last["previous"]:
        last = caller.client.get(last["previous"]).json()
        back = [row["id"] for row in last["results"]] + back
    assert back == whole


def test_pages_by_number_and_the_count(ask: Any) -> None:
    caller = ask("coordinator")
    whole = caller.rows("milestones/")
    page = caller.one("milestones/", page=2, page_size=3, count="exact")
    assert page["results"] == whole[3:6]
    assert page["count"] == len(whole)
    assert "count" not in caller.one("milestones/")
    assert set(caller.one("milestones/")) == {"next", "previous", "results"}


@pytest.mark.parametrize(
    "parameters",
    [
        {"page_size": 0}, {"page_size": 1001}, {"page_size": "many"}, {"page": "-1"}, {"page": "²"},
        {"cursor": "nonsense"}, {"cursor": "WzAsWyJuYW1lIl0sWyJ4Il1d"}, {"count": "roughly"}, {"format": "xml"},
        {"state": "unknown"}, {"ministry": "NONE"}, {"due_on__lte": "soon"}, {"fields": "secret"}, {"expand": "secret"},
        {"measure": "a\x00b"},
        {"search": "\x00"}, {"tier": "4"},
    ],
)  # fmt: skip
def test_a_wrong_value_is_a_problem_that_names_the_parameter(ask: Any, parameters: dict[str, Any]) -> None:
    answer = ask("staff").get("milestones/", **parameters)
    assert answer.status_code == 400
    assert answer["Content-Type"] == PROBLEM
    assert answer.json()["errors"][0]["pointer"] == f"/{next(iter(parameters))}"


def test_an_unknown_parameter_is_refused_with_the_nearest_known_one(ask: Any) -> None:
    answer = ask("staff").get("milestones/", minstry="MSIT")
    assert answer.status_code == 400
    error = answer.json()["errors"][0]
    assert (error["pointer"], error["code"]) == ("/minstry", "unknown_parameter")
    assert "ministry" in error["detail"]
    assert ask("staff").get("measures/T1-1/", search="x").status_code == 400
    assert ask("staff").get("me/", page=1).status_code == 400


def test_fields_omit_and_expand(ask: Any) -> None:
    caller = ask("staff")
    assert set(caller.one("measures/T1-1/", fields="code,title")) == {"code", "title"}
    assert "title_ko" not in caller.rows("measures/", omit="title_ko")[0]
    row = caller.one("milestones/T1-1-M1/", expand="measure,ministry")
    assert row["measure"] == caller.one("measures/T1-1/")
    assert row["responsible_ministry"] == caller.one("ministries/MOTIR/")
    assert set(row["strategic_task"]) == {"id", "slug", "title"}


def test_the_same_answer_again_is_not_sent_twice(ask: Any) -> None:
    caller = ask("staff")
    first = caller.get("measures/")
    again = caller.get("measures/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert caller.get("measures/", lang="ko", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_csv_holds_the_whole_list_with_a_mark_for_excel(ask: Any) -> None:
    caller = ask("staff")
    answer = caller.get("measures/", format="csv")
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeffid,code,title")
    rows = list(csv.DictReader(io.StringIO(text[1:])))
    assert [row["code"] for row in rows] == [row["code"] for row in caller.rows("measures/")]
    assert rows[0]["strategic_task.slug"] == "technology"
    page = caller.get("measures/", headers={"Accept": "text/csv"}, page_size=1, fields="code")
    assert page.content.decode().split() == ["\ufeffcode", "T1-1"]
    assert 'rel="next"' in page["Link"]


def test_json_lines_hold_the_whole_list(ask: Any) -> None:
    caller = ask("staff")
    lines = b"".join(caller.get("measures/", format="ndjson").streaming_content).decode().splitlines()
    assert [json.loads(line) for line in lines] == caller.rows("measures/")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "＝"])
def test_no_cell_of_a_csv_is_a_formula(ask: Any, everything: Any, start: str) -> None:
    measure = everything.measures.m11
    type(measure).objects.filter(pk=measure.pk).update(title_en=f"{start}1+1")
    answer = ask("staff").get("measures/", format="csv", fields="code,title_en")
    rows = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode()[1:], newline=""))
    assert next(rows)["title_en"] == f"'{start}1+1"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_writes_are_refused_as_problems(ask: Any, method: str) -> None:
    answer = getattr(ask("admin").client, method)("/api/v1/measures/", content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (405, PROBLEM)
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", ["nowhere/", "measures/T9-9/", f"measures/{NOBODY}/", "bills/%00/"])
def test_what_does_not_exist_is_a_problem(ask: Any, path: str) -> None:
    answer = ask("staff").get(path)
    assert (answer.status_code, answer["Content-Type"]) == (404, PROBLEM)
    assert answer.json() == {"type": "about:blank", "title": "not_found", "status": 404, "detail": "Not found."}


def test_who_is_not_signed_in_is_asked_to(db: None) -> None:
    answer = Caller().get("measures/")
    assert (answer.status_code, answer["Content-Type"], answer["WWW-Authenticate"]) == (401, PROBLEM, "Bearer")


def test_a_token_reads_and_a_wrong_one_does_not(users: Any) -> None:
    from accounts.tokens import create_token

    token = create_token(users["staff"], by=users["staff"], name="test")
    me = Caller().one("me/", headers={"Authorization": f"Bearer {token}"})
    assert (me["username"], me["clearance"], me["token"]["scope"]) == ("staff", "internal", "read")
    assert me["memberships"][0]["ministry"]["key"] == "MOTIR"
    answer = Caller().get("me/", headers={"Authorization": "Bearer st_wrong"})
    assert (answer.status_code, answer["Content-Type"]) == (401, PROBLEM)


def test_a_budget_line_shows_the_latest_level_of_each_phase(ask: Any) -> None:
    line = ask("nobody").one("budget-lines/t2-11/")
    assert line["amounts"] == {
        "announced": 900,
        "appropriated": None,
        "current": 400,
        "allotted": None,
        "executed": 300,
        "actually_executed": None,
        "carried_over": None,
        "unused": None,
    }


def test_of_restated_levels_the_last_stands(ask: Any) -> None:
    rows = ask("nobody").rows("budget-entries/", line="t2-11", phase="executed")
    assert {row["amount_won"]: row["is_standing"] for row in rows} == {100: False, 300: True}


def test_decimals_are_numbers(ask: Any) -> None:
    indicator = ask("nobody").one("indicators/t2-11/")
    assert (indicator["baseline_value"], indicator["targets"][0]["value"]) == (10, 12.5)
    assert ask("nobody").rows("indicator-observations/", indicator="t2-11")[0]["value"] == 11.25
