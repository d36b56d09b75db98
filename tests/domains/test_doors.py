"""Every noun of the six domains through its doors: list, page, panel and API show the same to the same reader."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from common.filters import as_uuid
from strategy.domains import DOMAINS
from tasks.models import StrategicTask, Strategy

READERS = ["nobody", "staff", "executive"]
# Lists of rules without pages of their own.
WITHOUT_PAGE = {"tax-credit-rules", "stage-rules"}
each_domain = pytest.mark.parametrize("domain", DOMAINS, ids=lambda domain: domain.slug)


def signed_in(users: Any, name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(users[name])
    return client


def listed(client: Client, path: str) -> list[str]:
    """The addresses of the rows that a list page links to, in its own section; not the form of a new row."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return sorted(set(re.findall(rf'href="({path}[^"?/]+/)"', answer.content.decode())) - {f"{path}new/"})


def made(world: Any, domain: Any) -> Iterator[tuple[Any, Any]]:
    """The domain's nouns that a world has a row of, with the row."""
    return ((noun, world[noun.api_path]) for noun in domain.nouns if noun.api_path in world)


def in_api(noun: Any, row: Any) -> str:
    return f"/api/v1/{noun.api_path}/{getattr(row, 'key', row.uuid)}/"


@each_domain
@pytest.mark.parametrize("reader", READERS)
def test_list_page_and_api_show_the_same_rows(rows: Any, users: Any, domain: Any, reader: str) -> None:
    client = signed_in(users, reader)
    for noun in domain.nouns:
        answer = client.get(f"/api/v1/{noun.api_path}/")
        assert answer.status_code == 200, noun
        path = reverse(noun.list_url_name)
        expected = sorted(f"{path}{row.get('key') or row['id']}/" for row in answer.json()["results"])
        if noun.api_path in WITHOUT_PAGE:
            assert client.get(path).status_code == 200
            continue
        assert listed(client, path) == expected
        for address in expected[:1]:
            assert client.get(address).status_code == 200, address
            name = address.split("/")[-2]
            if as_uuid(name) is None:
                shouted = client.get(address.replace(name, name.upper()))
                assert (shouted.status_code, shouted["Location"]) == (302, address)


@each_domain
def test_what_hangs_on_a_hidden_measure_is_not_there(rows: Any, users: Any, domain: Any) -> None:
    nobody, executive = signed_in(users, "nobody"), signed_in(users, "executive")
    for noun, hidden in made(rows.internal, domain):
        assert executive.get(hidden.get_absolute_url()).status_code == 200
        assert nobody.get(hidden.get_absolute_url()).status_code == 404
        assert nobody.get(in_api(noun, hidden)).status_code == 404
        for door in (reverse(noun.list_url_name), f"/api/v1/{noun.api_path}/"):
            assert "canaryrow" not in nobody.get(door).content.decode().lower(), door


@each_domain
def test_a_hidden_milestone_is_shown_by_no_row_that_points_to_it(rows: Any, users: Any, domain: Any) -> None:
    staff, executive = signed_in(users, "staff"), signed_in(users, "executive")
    seen = 0
    for noun, row in made(rows.pointing, domain):
        for door in (row.get_absolute_url(), reverse(noun.list_url_name), in_api(noun, row)):
            assert "T2-1-M1" not in staff.get(door).content.decode(), door
            seen += "T2-1-M1" in executive.get(door).content.decode()
    assert seen


@each_domain
def test_a_panel_is_a_fragment_and_leads_to_the_list_when_opened_by_itself(rows: Any, users: Any, domain: Any) -> None:
    client = signed_in(users, "nobody")
    path = reverse(domain.panels[0].url_name)
    fragment = client.get(path, headers={"hx-request": "true"})
    assert fragment.status_code == 200
    assert "<html" not in fragment.content.decode()
    assert "canaryrow" not in fragment.content.decode().lower()
    assert client.get(path).headers["Location"] == reverse(domain.nouns[0].list_url_name)
    assert client.get(f"/{domain.slug}/").status_code == 302


def test_nothing_is_shown_before_sign_in(db: None) -> None:
    client = Client()
    for domain in DOMAINS:
        for noun in domain.nouns:
            assert client.get(reverse(noun.list_url_name)).status_code == 302
            assert client.get(f"/api/v1/{noun.api_path}/").status_code in {401, 403}


@each_domain
def test_a_page_tells_the_history_of_its_row_in_words(rows: Any, users: Any, domain: Any) -> None:
    client = signed_in(users, "executive")
    for _noun, row in made(rows.open, domain):
        history = client.get(row.get_absolute_url()).context["history"]
        assert next(item.what for item in history if ":" not in item.what) in ("Registered", "Recorded"), row


@each_domain
def test_every_list_of_a_domain_is_two_clicks_from_the_overview(strategy_tree: Any, users: Any, domain: Any) -> None:
    titles = {"title_ko": "과제", "title_en": "Task", "number": 9, "strategy": Strategy.objects.get()}
    StrategicTask.objects.get_or_create(slug=domain.slug, defaults=titles)
    client, task = signed_in(users, "nobody"), f"/tasks/{domain.slug}/"
    assert f'href="{task}"' in client.get("/").content.decode()
    page = client.get(task).content.decode()
    for noun in domain.nouns:
        with translation.override("en"):
            label = re.escape(escape(str(noun.name)))
        assert re.search(rf'href="{reverse(noun.list_url_name)}"\s*>\s*{label}</a>', page), noun.list_url_name
