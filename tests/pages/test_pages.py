"""Every page answers for every reader, with a title and captions, and nothing inline."""

import re
from typing import Any

import pytest
from django.urls import resolve

from accounts.models import Ministry
from tasks.models import Bill
from tests.pages.conftest import HTMX


@pytest.mark.parametrize("name", ["coordinator", "staff", "analyst", "nobody"])
def test_every_page_answers(name: str, client_of: Any, addresses: dict[str, str]) -> None:
    client = client_of(name)
    for page, address in addresses.items():
        assert client.get(address).status_code == 200, page


def test_pages_have_a_title_captions_and_nothing_inline(client_of: Any, addresses: dict[str, str]) -> None:
    client = client_of("coordinator")
    for page, address in addresses.items():
        html = client.get(address).content.decode()
        assert re.search(r"<title>\s*\S.*Strategy Tracker\s*</title>", html), page
        assert len(re.findall("<h1", html)) == 1, page
        assert html.count("<table") == html.count("<caption"), page
        assert " style=" not in html, page
        assert not re.search(r"<script(?![^>]*(src=|application/json))", html), page
        assert "<style" not in html, page


def test_anonymous_readers_are_sent_to_sign_in(client: Any, addresses: dict[str, str]) -> None:
    for address in addresses.values():
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/")


def test_a_poll_of_a_lost_session_leads_to_sign_in(client: Any, world: Any) -> None:
    assert client.get("/figures/", **HTMX)["HX-Redirect"].startswith("/accounts/login/")


def test_hidden_rows_answer_like_missing_ones(client_of: Any, world: Any) -> None:
    hidden = client_of("staff").get(world.milestones.restricted.get_absolute_url())
    missing = client_of("staff").get("/milestones/00000000-0000-4000-8000-000000000000/")
    assert hidden.status_code == missing.status_code == 404
    assert client_of("analyst").get("/measures/T1-2/").status_code == 404
    assert client_of("coordinator").get(world.milestones.restricted.get_absolute_url()).status_code == 200


def test_a_name_in_another_case_leads_to_the_address_as_it_is_written(
    client_of: Any, addresses: dict[str, str]
) -> None:
    client, tried = client_of("coordinator"), set()
    for address in addresses.values():
        named = re.fullmatch(r"/(\w+)/([A-Za-z][\w.-]{,20})/", address)
        if named and resolve(address).kwargs:  # not a word of the site
            answer = client.get(f"/{named[1]}/{named[2].swapcase()}/?a=1")
            assert (answer.status_code, answer["Location"]) == (302, f"{address}?a=1")
            tried.add(named[1])
    assert {"tasks", "measures", "commitments", "bills", "indicators", "regions", "ministries", "offices"} <= tried
    form = client.get("/measures/t1-1/plan/")
    assert (form.status_code, form["Location"]) == (302, "/measures/T1-1/plan/")
    assert client.get("/measures/t9-9/").status_code == 404
    assert client.get("/measures/T1%00/").status_code == 404


def test_a_hidden_row_is_not_told_by_another_case(client_of: Any, world: Any) -> None:
    assert client_of("analyst").get("/measures/t1-2/").status_code == 404
    assert client_of("staff").get("/measures/t1-2/")["Location"] == "/measures/T1-2/"


def test_lists_hold_what_the_reader_may_see(client_of: Any, world: Any) -> None:
    assert "T2-1-M1" in client_of("coordinator").get("/milestones/").content.decode()
    public = client_of("analyst").get("/milestones/").content.decode()
    assert "T2-1-M1" not in public
    assert "T1-2-M1" not in public


def test_a_filter_narrows_and_an_unreadable_one_says_so(client_of: Any, world: Any) -> None:
    client = client_of("coordinator")
    html = client.get("/milestones/?light=overdue").content.decode()
    assert "T1-1-M2" in html
    assert "T2-1-M2" not in html
    wrong = client.get("/milestones/?due_on__gte=yesterday")
    assert wrong.status_code == 200
    assert wrong.context["page"].paginator.count == 0


def test_htmx_gets_the_list_alone(client_of: Any, world: Any) -> None:
    html = client_of("staff").get("/milestones/?state=planned", **HTMX, HTTP_HX_TARGET="list").content.decode()
    assert "<table" in html
    assert "<html" not in html


def test_lists_sort_with_empty_values_last(client_of: Any, world: Any) -> None:
    rows = client_of("coordinator").get("/milestones/?sort=-due").context["table"].rows
    assert [row.code for row in rows][:2] == ["T1-1-M1", "T2-1-M2"]
    assert [row.code for row in rows][-1] == "T1-1.1-M1"


def test_a_ministry_that_ended_shows_its_successor_and_leads_to_its_last_day(client_of: Any, world: Any) -> None:
    page = client_of("analyst").get("/ministries/MOTIE/").content.decode()
    assert "Ministry of Trade, Industry and Resources" in page
    assert f'href="/as-of/{Ministry.objects.get(key="MOTIE").valid_to}/ministries/MOTIE/"' in page
    assert "page of its last day" not in client_of("analyst").get("/ministries/MOTIR/").content.decode()


def test_a_ministry_leads_to_what_stands_in_the_name_of_the_one_it_took_over_from(client_of: Any, world: Any) -> None:
    row = world.line
    row.ministry = Ministry.objects.get(key="MOTIE")
    row.save()
    client = client_of("analyst")
    page = client.get("/ministries/MOTIR/")
    assert "from which it took over" in page.content.decode()
    assert "Budget lines of this ministry" not in page.content.decode()
    ((_ministry, address),) = page.context["budget_lists"]
    assert [line.key for line in client.get(address).context["table"].rows] == [row.key]
    assert "No bill names it" in page.content.decode()
    row.ministry = Ministry.objects.get(key="MOTIR")
    row.save()
    assert "Budget lines of this ministry" in client.get("/ministries/MOTIR/").content.decode()


def test_where_a_ministry_that_ended_is_named_its_last_day_stands_beside_it(client_of: Any, world: Any) -> None:
    gone = Ministry.objects.get(key="MOTIE")
    bill = Bill.objects.first()
    bill.ministry = gone
    bill.save()
    client = client_of("analyst")
    for address in ("/bills/", bill.get_absolute_url()):
        assert "(until <time" in client.get(address).content.decode()
        assert "(until <time" not in client.get(f"/as-of/{gone.valid_to}{address}").content.decode()


def test_health(client: Any, db: None) -> None:
    assert client.get("/livez").status_code == 200
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["database"] == "ok"


def test_filter_labels_follow_the_language_also_after_another_was_asked_first(client_of):
    client = client_of("staff")
    client.get("/api/schema/", headers={"accept-language": "ko"})
    page = client.get("/milestones/", headers={"accept-language": "en"}).content.decode()
    assert "상태" not in page
