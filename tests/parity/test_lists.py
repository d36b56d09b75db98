"""For every role the rows of a page's list are those of the API's list and of its export."""

import csv
import io

import pytest
from django.urls import reverse

from common.pages import ListPage
from tests.architecture.sitemap import addresses, views_of_nouns
from tests.architecture.world import World, clients

pytestmark = pytest.mark.django_db

# Lists that show less than their noun on purpose.
NARROWED = {
    "tasks:my-work": "The open milestones of one's own ministries.",
    "tasks:period-matrix": "The ministries of which a report was expected.",
    "tasks:notifications": "The reader's own.",
    "tasks:review": "The reports whose next review step is the reader's.",
}


@pytest.fixture
def site(strategy_tree, users):
    World()
    return clients(users)


def pairs():
    """(page's address, API's address) of every noun that has both lists."""
    api = {view.queryset.model: name for name, view in views_of_nouns().items() if name.endswith("-list")}
    pages = [
        a for a in addresses()
        if isinstance(a.view, type) and issubclass(a.view, ListPage) and not a.arguments and a.name not in NARROWED
    ]  # fmt: skip
    return sorted((page.name, api.get(page.view.model, "")) for page in pages)


def on_page(client, name):
    """The ids of all pages of the list."""
    found, number = [], 1
    while True:
        response = client.get(reverse(name), {"page": number})
        if response.status_code != 200:
            return response.status_code
        page = response.context["page"]
        found += [str(row.uuid) for row in page.object_list]
        if not page.has_next():
            return sorted(found)
        number += 1


def in_api(client, name):
    found, address, query = [], reverse(name), {}
    while address:
        response = client.get(address, query)
        if response.status_code != 200:
            return response.status_code
        body = response.json()
        found += [row["id"] for row in body["results"]]
        address = body.get("next")
    return sorted(found)


def in_export(client, name):
    response = client.get(reverse(name), {"format": "csv"})
    if response.status_code != 200:
        return response.status_code
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return sorted(row["id"] for row in csv.DictReader(io.StringIO(text)))


def test_every_list_of_rows_has_its_counterpart_in_the_api():
    assert [page for page, api in pairs() if not api] == []
    assert len(pairs()) >= 20


def test_page_api_and_export_list_the_same_rows_to_every_role(site):
    wrong = []
    for role, client in site.items():
        for page, api in pairs():
            shown, listed, exported = on_page(client, page), in_api(client, api), in_export(client, api)
            if role == "anonymous":
                if (shown, listed, exported) != (302, 401, 401):
                    wrong.append(f"{role} {page}: {shown}, {listed}, {exported}")
            elif not shown or not (shown == listed == exported):
                wrong.append(
                    f"{role} {page}: {_count(shown)} on the page, {_count(listed)} in the API, {_count(exported)} exported"
                )
    assert not wrong, "\n".join(wrong)


def _count(found):
    return f"status {found}" if isinstance(found, int) else len(found)
