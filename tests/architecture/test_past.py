"""Every address that is read opens on a past day as today; page and API say alike which nouns have a past."""

from datetime import date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from common import past
from common.pages import Page
from tests.architecture.permission_matrix import OF_ROW, PLAIN, QUERY
from tests.architecture.sitemap import addresses, value_of, views_of_nouns

DAY = date(2024, 12, 31)
KNOWN_AT = date(2026, 11, 25)
PREFIXES = {None: f"/as-of/{DAY}", KNOWN_AT: f"/as-of/{DAY}/known-at/{KNOWN_AT}"}
# What writes is closed on a past day, and shown by no page of it.
WRITES = ("-new", "-change", "-plan", "-remove", "-withdraw", "-report", "import-", "-declare", "-assess", "-answer",
          "-close", "-reopen", "-settings", "change-set", "-weights", "-merge", "-reassign", "-add-", "-assign", "-move",
          "-split", "-rebaseline", "-supersede", "-cancel")  # fmt: skip
COUNTED = ("tasks:regions", "tasks:region")  # what they count is of the day
NOT_BY_DAY = "is not kept day by day"


def reader(name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(username=name))
    return client


def is_read(name: str, rule: Any) -> bool:
    return rule.answers.get("get", (0,))[0] in (200, 302) and not any(word in name for word in WRITES)


def cases(known_at: date | None = None) -> Any:
    """(name, path, view, rule) of what is read: of a noun a row that is there on the day, and was known."""
    moment = known_at and timezone.make_aware(datetime.combine(known_at, datetime.max.time()))
    known = {address.name: address for address in addresses()}
    for name, rule in PLAIN.items():
        if is_read(name, rule):
            yield name, reverse(name), known[name].view, rule
    for name, (label, rule) in OF_ROW.items():
        with past.reading(DAY, moment):
            row: Any = apps.get_model(label)._default_manager.first()
        if is_read(name, rule) and row is not None:
            values = {key: value_of(row, key) for key in known[name].arguments}
            yield name, reverse(name, kwargs=values), known[name].view, rule


def faults_of_page(client: Client, name: str, path: str, rule: Any, prefix: str) -> Any:
    today = rule.answers["get"][0]  # as the matrix holds of today
    then = client.get(prefix + path, QUERY.get(name), headers=rule.headers)
    if then.status_code != today:
        yield f"{path}: {then.status_code}, today {today}"
    elif then.status_code == 302 and not then.headers["Location"].startswith(prefix):
        yield f"{path} leads to {then.headers['Location']}"
    elif then.status_code == 200 and not then.streaming:
        text = then.content.decode()
        main = text.partition("<main")[2].partition("</main>")[0] or text
        yield from (f"{path}: offers {word}" for word in ('method="post"', "hx-post=") if word in main)


@pytest.mark.parametrize("known_at", PREFIXES)
@pytest.mark.parametrize("role", ["executive", "staff"])
def test_every_page_of_a_past_day_answers_as_today_and_offers_nothing_that_writes(
    seeded_db: str, role: str, known_at: date | None
) -> None:
    client, wrong, opened = reader(role), [], 0
    for name, path, _view, rule in cases(known_at):
        if not path.startswith(("/api/", "/livez", "/readyz")):
            opened += 1
            wrong += faults_of_page(client, name, path, rule, PREFIXES[known_at])
    assert not wrong, "\n".join(wrong)
    assert opened > 80


def test_every_dated_view_of_the_api_answers_on_a_past_day_and_no_other_takes_one(seeded_db: str) -> None:
    client, wrong, asked = reader("executive"), [], 0
    for name, path, view, _rule in cases():
        if path.startswith("/api/v1/") and hasattr(view, "dated"):
            asked += 1
            query = QUERY.get(name) or {}
            today = client.get(path, query).status_code
            then = client.get(path, query | {"as_of": DAY}).status_code
            if today == 200 and then != (200 if view.dated else 400):
                wrong.append(f"{path}: {then}, today {today}, dated {view.dated}")
    assert not wrong, "\n".join(wrong)
    assert asked > 40


def test_page_and_api_agree_which_nouns_have_a_past() -> None:
    of_api = {view.queryset.model: view.dated for view in views_of_nouns().values()}
    assert [model.__name__ for model, dated in of_api.items() if past.is_dated(model) != dated] == []
    assert set(of_api.values()) == {True, False}


def test_a_list_without_a_past_says_so_and_no_other_does(seeded_db: str) -> None:
    client, told = reader("executive"), set()
    for name, path, view, _rule in cases():
        model = getattr(view, "model", None)
        if isinstance(view, type) and issubclass(view, Page) and model is not None:
            says_so = NOT_BY_DAY in client.get(f"/as-of/{DAY}{path}").content.decode()
            assert says_so == (not past.is_dated(model) and name not in COUNTED), name
            assert NOT_BY_DAY not in client.get(path).content.decode()
            told.add(says_so)
    assert told == {True, False}
