"""Lists: search as people type, order of codes, empty states, errors of filters, pages."""

import csv
import io
import re
import unicodedata
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from accounts.models import Ministry
from common.order import Natural
from common.search import LONGEST, MOST_WORDS
from tasks.actions import budgets, plans, reports
from tasks.actions.reports import ReportValues
from tasks.choices import Verb
from tasks.models import Measure, Milestone, StatusReport
from tasks.permissions import SYSTEM
from tests.pages.conftest import HTMX


@pytest.fixture
def codes(world: Any) -> list[str]:
    """Measures that the order of characters would put wrongly."""
    numbers = ("T1-1.10", "T1-1.2", "T1-10", "T1-1.1")
    for code in numbers[:3]:
        titles = {"title_ko": f"국가첨단전략산업 특화단지 {code}", "title_en": f"Specialised complex 50%_{code}"}
        plans.create_measure(
            strategic_task=world.technology, code=code, by=SYSTEM, effective_on=date(2023, 3, 15), **titles,
            lead_ministry=world.ministries.other,
        )  # fmt: skip
    return ["T1-1", "T1-1.1", "T1-1.2", "T1-1.10", "T1-2", "T1-10", "T2-1"]


def _shown(client: Any, address: str, **query: str) -> list[str]:
    return [row.code for row in client.get(address, query).context["page"].object_list]


def test_codes_follow_their_numbers_on_pages_in_the_api_and_in_files(client_of: Any, codes: list[str]) -> None:
    client = client_of("coordinator")
    assert _shown(client, "/measures/") == codes
    assert _shown(client, "/measures/", sort="code") == codes
    assert _shown(client, "/measures/", sort="-code") == codes[::-1]
    assert _in_api(client, "/api/v1/measures/?page_size=2") == codes
    assert _in_api(client, "/api/v1/measures/?page_size=2&ordering=-code") == codes[::-1]
    lines = b"".join(client.get("/api/v1/measures/?format=csv&fields=code").streaming_content).decode().split()
    assert lines[1:] == codes
    tree = client.get("/tasks/technology/").context["measures"]
    assert [measure.code for measure in tree] == codes[:-1]


def _in_api(client: Any, address: str) -> list[str]:
    found: list[str] = []
    while address:
        body = client.get(address).json()
        found += [row["code"] for row in body["results"]]
        address = body["next"]
    return found


def test_the_order_of_codes_is_served_by_an_index(db: None) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute("EXPLAIN " + str(Milestone.objects.order_by(Natural("code"), "pk").values("pk").query))
        assert "milestone_code_natural" in str(cursor.fetchall())


@pytest.mark.parametrize(
    "typed",
    [
        "특화단지",
        "특화 단지",
        "단지 첨단",
        "전략산업특화",
        unicodedata.normalize("NFD", "특화단지"),
        "SPECIALISED complex",
        "ｃｏｍｐｌｅｘ",
        "50%",
        "50%_",
        "과기정통부 특화",
        "Science ICT",
        "  특화단지  ",
    ],
)
def test_search_finds_what_people_type(client_of: Any, codes: list[str], world: Any, typed: str) -> None:
    type(world.ministries.other).objects.filter(key="MSIT").update(short_ko="과기정통부")
    expected = ["T1-1.2", "T1-1.10", "T1-10"]
    assert _shown(client_of("coordinator"), "/measures/", search=typed) == expected
    body = client_of("coordinator").get("/api/v1/measures/", {"search": typed}).json()
    assert [row["code"] for row in body["results"]] == expected


def test_search_finds_texts_that_were_stored_with_parted_syllables(client_of: Any, world: Any) -> None:
    parted = unicodedata.normalize("NFD", "배터리 특화 단지")
    Measure.objects.filter(code="T2-1").update(title_ko=parted)
    for typed in ("배터리", "특화단지"):
        assert _shown(client_of("coordinator"), "/measures/", search=typed) == ["T2-1"]


@pytest.mark.parametrize("typed", ["%", "_", "50_%", "T1_1", "\\", "zz'; --"])
def test_signs_of_patterns_are_letters(client_of: Any, world: Any, typed: str) -> None:
    assert _shown(client_of("coordinator"), "/measures/", search=typed) == []


def test_a_null_character_is_refused_and_not_a_crash(client_of: Any, world: Any) -> None:
    for address in ("/measures/?search=a%00b", "/milestones/?ministry=%00", "/measures/?search=a%00b&format=csv"):
        assert client_of("coordinator").get(address).status_code in (200, 400)


@pytest.mark.parametrize(
    ("address", "typed", "expected"),
    [
        ("milestones", "예정", {"T1-1-M1", "T1-1-M2", "T1-1.1-M1", "T1-2-M1", "T2-1-M1", "T2-1-M2"}),
        ("milestones", "overdue", {"T1-1-M2"}),
        ("milestones", "지연", {"T1-1-M2"}),
        ("commitments", "부분 이행", {"T1-1"}),
        ("commitments", "will do", {"T1-1"}),
        ("commitments", "will promote", set()),
    ],
)
def test_search_finds_a_choice_by_its_label_in_either_language(
    client_of: Any, world: Any, address: str, typed: str, expected: set[str]
) -> None:
    client = client_of("coordinator")
    assert set(_shown(client, f"/{address}/", search=typed)) == expected
    assert set(_in_api(client, f"/api/v1/{address}/?search={typed}")) == expected


def test_the_longest_text_that_is_taken_is_found(client_of: Any, world: Any) -> None:
    client = client_of("coordinator")
    name = ("가나다라마바사아자차 " * 40)[:LONGEST].strip()
    Measure.objects.filter(code="T1-1").update(title_ko=name)
    assert [row.code for row in client.get("/measures/", {"search": name}).context["page"].object_list] == ["T1-1"]


@pytest.mark.parametrize(
    ("typed", "allowed"),
    [
        ("가" * (LONGEST + 1), f"{LONGEST} characters"),
        (" ".join(map(str, range(MOST_WORDS + 1))), f"{MOST_WORDS} words"),
    ],
)
def test_more_than_a_title_holds_is_refused_with_what_is_allowed(
    client_of: Any, world: Any, typed: str, allowed: str
) -> None:
    page = client_of("coordinator").get("/measures/", {"search": typed})
    assert allowed in page.content.decode()
    assert not page.context["page"].object_list
    answer = client_of("coordinator").get("/api/v1/measures/", {"search": typed})
    assert answer.status_code == 400
    assert allowed in answer.json()["errors"][0]["detail"]


def test_search_tells_nothing_hidden(client_of: Any, world: Any) -> None:
    assert _shown(client_of("analyst"), "/milestones/", search="T1-2-M1") == []
    assert _shown(client_of("staff"), "/milestones/", search="T1-2-M1") == ["T1-2-M1"]


def test_an_empty_list_says_why_and_what_to_do(client_of: Any, world: Any) -> None:
    client = client_of("coordinator")
    nothing_fits = client.get("/milestones/?search=zzz&state=planned&sort=due").content.decode()
    assert "Nothing fits these filters" in nothing_fits
    assert 'href="/milestones/"' in nothing_fits
    nothing_there = client.get("/clusters/tenants/").content.decode()
    assert "Nothing here yet" in nothing_there
    assert "Nothing fits" not in nothing_there


def test_chips_name_each_filter_and_lead_to_the_list_without_it(client_of: Any, world: Any) -> None:
    context = client_of("coordinator").get("/milestones/?search=T1&state=planned&sort=due&page=1").context
    assert [chip.label for chip in context["chips"]] == ["Search: T1", "State: Planned"]
    assert context["chips"][0].url == "?state=planned&sort=due"


def test_folded_filters_say_how_many_are_active(client_of: Any, world: Any) -> None:
    client, address = client_of("coordinator"), "/milestones/?search=T1&state=planned&sort=due"
    for headers in ({}, HTMX | {"HTTP_HX_TARGET": "list"}):
        assert client.get(address, **headers).content.decode().count(">2 active<") == 1
    assert " active<" not in client.get("/milestones/?sort=due").content.decode()


@pytest.mark.parametrize(
    ("query", "field", "allowed"),
    [
        ("light=purple", "Schedule light", "Known: overdue, at_risk, due_soon, on_track"),
        ("state=done", "State", "Known: planned, in_progress"),
        ("due_on__gte=yesterday", "Due on or after", "YYYY-MM-DD"),
        ("weight=many", "Weight among its siblings", "number in digits"),
        ("ministry=NOPE", "Responsible ministry", "There is no “NOPE” here"),
        ("strategy=NOPE", "Strategy", "There is no “NOPE” here"),
        ("kept_late=maybe", "Kept beyond its due date by others", "Known: true, false."),
        ("light__isnull=maybe", "Without a light: ended, cancelled or undated", "Known: true, false."),
    ],
)
def test_an_unreadable_filter_is_named_with_what_is_allowed(
    client_of: Any, world: Any, query: str, field: str, allowed: str
) -> None:
    client, address = client_of("coordinator"), f"/milestones/?{query}&search=kept"
    for headers in ({}, HTMX | {"HTTP_HX_TARGET": "list"}):
        html = client.get(address, **headers).content.decode()
        assert f"<strong>{field}</strong>" in html
        assert allowed in html
    assert 'value="kept"' in client.get(address).content.decode()
    problem = client.get(address.replace("/milestones/", "/api/v1/milestones/"))
    assert problem.status_code == 400
    assert allowed in str(problem.json()["errors"])


@pytest.mark.parametrize("address", ["/milestones/", "/my-work/", "/tasks/", "/trade/frameworks/"])
@pytest.mark.parametrize(
    ("query", "label", "allowed"),
    [
        ("sort=bogus", "Order", "“bogus” is not known here. Known: "),
        ("sort=--title", "Order", "“--title” is not known here. Known: "),
        ("page=bogus", "Page", "“page” is a whole number from 1 to 1."),
        ("page=0", "Page", "“page” is a whole number from 1 to 1."),
        ("page=²", "Page", "“page” is a whole number from 1 to 1."),
        ("sorted=title", "sorted", "Unknown parameter. Known: sort"),
        ("<b>=1", "&lt;b&gt;", "Unknown parameter."),
    ],
)
def test_an_order_a_page_and_a_name_that_cannot_be_read_are_told(
    client_of: Any, world: Any, address: str, query: str, label: str, allowed: str
) -> None:
    client = client_of("coordinator")
    answer = client.get(f"{address}?{query}")
    html = answer.content.decode()
    assert f"<strong>{label}</strong>: {allowed}" in html
    assert not answer.context["page"].object_list
    assert address == "/my-work/" or [chip.url for chip in answer.context["chips"]] == ["?"], "a way out"
    if not query.startswith("page"):
        assert client.get(f"{address}?{query}&format=csv").status_code == 400


def test_every_link_to_a_list_can_be_read(client_of: Any, addresses: dict[str, str]) -> None:
    client, unread = client_of("coordinator"), {}
    for page in addresses.values():
        html = client.get(page).content.decode()
        for link in {unescape(link) for link in re.findall(r'href="(/[^"]*[?][^"]*|[?][^"]*)"', html)}:
            if "format=" in link:
                continue
            answer = client.get(link if link.startswith("/") else page + link)
            if told := (answer.context or {}).get("unread"):
                unread[page, link] = told
    assert not unread


def test_a_long_list_has_pages_with_counts_and_files_hold_all_of_it(client_of: Any, world: Any) -> None:
    for number in range(100):
        titles = {"title_ko": f"긴 목록 {number}", "title_en": f"Long {number}"}
        plans.create_milestone(
            measure=world.measures.m11, code=f"T1-1-L{number}", by=SYSTEM, effective_on=date(2023, 3, 15), **titles
        )
    client = client_of("coordinator")
    second = client.get("/milestones/?search=Long&page=2")
    assert "100 rows, 51–100" in second.content.decode()
    assert second.context["page"].object_list[0].code == "T1-1-L50"
    beyond = client.get("/milestones/?search=Long&page=3")
    assert "“page” is a whole number from 1 to 2." in beyond.content.decode()
    assert not beyond.context["page"].object_list
    lines = b"".join(client.get("/milestones/?search=Long&page=2&format=csv").streaming_content).splitlines()
    assert len(lines) == 101


def test_empty_values_stand_last_in_either_direction(client_of: Any, world: Any) -> None:
    client = client_of("coordinator")
    for sort in ("due", "-due"):
        assert _shown(client, "/milestones/", sort=sort)[-1] == "T1-1.1-M1"


def test_heads_say_how_they_sort_and_texts_sort_in_the_readers_language(client_of: Any, world: Any) -> None:
    html = client_of("coordinator").get("/measures/?sort=-title").content.decode()
    assert 'aria-sort="descending"' in html
    assert _shown(client_of("coordinator"), "/measures/", sort="title")[0] == "T1-1"  # Introduce … before Measure …


def test_every_page_of_a_row_tells_its_source_and_history(client_of: Any, addresses: dict[str, str]) -> None:
    client = client_of("coordinator")
    pages = (
        "strategic task",
        "measure",
        "milestone",
        "commitment",
        "budget line",
        "indicator",
        "bill",
        "region",
        "ministry",
    )
    for page in pages:
        html = client.get(addresses[page]).content.decode()
        assert "How sure" in html, page
        assert "History" in html, page


def test_a_restated_amount_says_so(client_of: Any, world: Any) -> None:
    from tasks.actions import budgets

    budgets.record_budget_entry(
        world.line, by=SYSTEM, phase="announced", amount_won=5_000_000_000_000, effective_on=date(2025, 6, 1)
    )
    for address in ("/budget-entries/", world.line.get_absolute_url()):
        html = client_of("analyst").get(address).content.decode()
        assert "Restated" in html
        assert "Stands" in html


def test_a_region_says_what_of_it_is_not_verified(reader: Any) -> None:
    """Where it stands, and not beside complexes: it is not about what was designated there."""
    for address in ("/regions/", "/regions/chungnam/"):
        page = reader.get(address).content.decode()
        assert "Unverified: government code" in page, address
    assert "government code" not in reader.get("/clusters/complexes/").content.decode()


def _options(client: Any, address: str, name: str, language: str) -> list[str]:
    page = client.get(address, headers={"accept-language": language}).context["filter_form"]
    return [str(label) for value, label in page.fields[name].choices if value]


def test_options_stand_in_the_order_of_names_in_the_readers_language(reader: Any) -> None:
    english = [label.partition(" (")[0] for label in _options(reader, "/milestones/", "ministry", "en")]
    assert english == sorted(english)
    assert english != [row.name_en for row in Ministry.objects.order_by("name_ko")]
    korean = _options(reader, "/milestones/", "ministry", "ko")
    assert korean == [row.name_ko for row in Ministry.objects.order_by("name_ko")]


def test_options_of_the_same_name_tell_for_which_years_they_hold(reader: Any) -> None:
    for address in ("/milestones/", "/offices/"):
        options = _options(reader, address, "ministry", "en")
        assert len(set(options)) == len(options)
        assert {
            "Ministry of Gender Equality and Family (–2025)",
            "Ministry of Gender Equality and Family (2025–)",
        } <= set(options)
        assert not any("(" in each for each in _options(reader, address, "ministry", "ko") if "가족부" in each)


def test_the_kind_of_what_a_plan_version_is_of_is_written_as_pages_write_it(client_of, world):
    page = client_of("coordinator").get("/plan-versions/?format=csv", headers={"accept-language": "en"})
    kinds = {row["Kind"] for row in csv.DictReader(io.StringIO(page.getvalue().decode("utf-8-sig")))}
    assert kinds == {"Strategic task", "Measure", "Milestone"}


def test_an_entry_that_was_restated_names_what_counts_instead(client_of, world):
    entry = {"by": SYSTEM, "phase": "announced"}
    for amount, day in ((3_900_000_000_000, date(2025, 6, 1)), (1, timezone.localdate() + timedelta(days=9))):
        budgets.record_budget_entry(world.line, amount_won=amount, effective_on=day, **entry)
    client = client_of("analyst")
    page = " ".join(strip_tags(client.get("/budget-entries/?stands=false").content.decode()).split())
    assert page.count("Counts instead:") == 1, "not of one that takes effect later"
    assert "Counts instead: KRW 3.9 tn (1 Jun 2025)" in page
    assert "Counts instead" not in client.get("/budget-entries/?stands=true").content.decode()
    file = client.get("/budget-entries/?stands=false&format=csv").getvalue().decode()
    assert "Amount that counts instead (won)" in file
    assert "3900000000000" in file


def test_what_became_known_later_than_it_holds_is_listed_as_a_change_of_the_past(client_of, world):
    today = timezone.localdate()
    late, prompt = Milestone.objects.get(code="T1-1-M1"), Milestone.objects.get(code="T1-1-M2")
    for row, day in ((late, today - timedelta(days=40)), (prompt, today)):
        reports.report_milestone(row, ReportValues(verb=Verb.COMPLETE, completed_on=day), by=SYSTEM)
    client = client_of("coordinator")

    def told(address):
        page = client.get(address)
        return [report.milestone.code for report in page.context["table"].rows], page.content.decode()

    found, page = told("/reports/?restates=true")
    assert found == ["T1-1-M1"]
    assert "40 days later" in page
    StatusReport.objects.create(
        milestone=prompt, verb=Verb.UPDATE, from_state="planned", state="planned", effective_on=today
    )
    found, page = told("/reports/?restates=false&status=draft")
    assert found == ["T1-1-M2"], "a draft changed nothing yet"
    assert "Not accepted yet" in page
    assert "T1-1-M2" in told("/reports/?restates=false&status=accepted")[0]
    answer = client.get("/api/v1/status-reports/?restates=true").json()
    assert [(row["milestone"]["code"], row["known_from"]) for row in answer["results"]] == [
        ("T1-1-M1", today.isoformat())
    ]
    drafts = client.get("/api/v1/status-reports/?status=draft").json()["results"]
    assert [row["known_from"] for row in drafts] == [None]
    plans.revise_plan(late, by=SYSTEM, effective_on=today - timedelta(days=9), reason="late", current_due=today)
    assert client.get("/api/v1/plan-versions/?restates=true").json()["results"][0]["known_from"] == today.isoformat()
    moved = client.get("/plan-versions/?restates=true&milestone=T1-1-M1").context["table"].rows[0]
    assert (moved.known_on - moved.effective_on).days == 9


@pytest.mark.parametrize(("language", "words"), [("ko", "결과 공표 없음"), ("en", "No outcome published")])
def test_a_late_milestone_without_any_report_says_that_no_outcome_was_published(
    client_of: Any, world: Any, language: str, words: str
) -> None:
    client, late = client_of("coordinator"), world.milestones.late
    late_ones = f"/milestones/?light=overdue&search={late.code}"

    def told() -> list[bool]:
        pages = (
            client.get(path, headers={"accept-language": language}) for path in (late_ones, late.get_absolute_url())
        )
        return [words in page.content.decode() for page in pages]

    assert told() == [True, True]
    reports.report_milestone(late, ReportValues(verb=Verb.START, effective_on=timezone.localdate()), by=SYSTEM)
    assert client.get(late_ones).context["page"].paginator.count == 1, "it is still late"
    assert told() == [False, False]
