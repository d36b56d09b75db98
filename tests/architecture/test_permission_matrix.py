"""Every address × role × tier against the one table; hidden is as if it did not exist; a refusal changes nothing."""

import logging
import re
from functools import cache
from urllib.parse import quote

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import reverse

from common.tiers import Tier
from tasks.models import Change, Milestone, StatusReport
from tests.architecture.permission_matrix import (
    CLEARANCE,
    EVERYONE,
    FOLLOW,
    OF_ROW,
    PLAIN,
    QUERY,
    SIGNED_IN,
    THIRD_PARTY,
    WITHDRAW,
)
from tests.architecture.sitemap import addresses, value_of
from tests.architecture.world import World, canary, clients

pytestmark = pytest.mark.django_db

# Addresses that only take POST say so before they look.
POST_ONLY = (WITHDRAW, FOLLOW)
SIGN_IN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _quiet(monkeypatch):
    """Thousands of refusals are expected here."""
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)


@pytest.fixture
def site(strategy_tree, users):
    return World(), clients(users)


@cache
def known_addresses():
    return {address.name: address for address in addresses()}


def missing_rows(names):
    """Names that neither the table nor a third-party rule knows."""
    return sorted(
        name for name in names if name not in PLAIN and name not in OF_ROW and not name.startswith(THIRD_PARTY)
    )


def path_of(name, row=None):
    if row is None:
        return reverse(name)
    return reverse(name, kwargs={key: value_of(row, key) for key in known_addresses()[name].arguments})


def expected(path, rule, role, method, tier=Tier.PUBLIC):
    """The answer that the table promises."""
    status, allowed = rule.answers.get(method, (405, EVERYONE))
    if path.startswith("/api/") and method not in rule.answers:
        return 405
    if role == "anonymous" and not (allowed == EVERYONE and status == 200):
        is_open = any(EVERYONE in answer for answer in rule.answers.values())
        return 405 if is_open else 401 if path.startswith("/api/") else 302
    if role != "anonymous" and tier > CLEARANCE[role] and (status != 405 or rule not in POST_ONLY):
        return 404  # an address that only takes POST says so before it looks
    return status if role in allowed else 403


def cases(world):
    """(name, path, rule, tier, query) of every row of the table, once for each tier."""
    for name, rule in PLAIN.items():
        yield name, path_of(name), rule, Tier.PUBLIC
    for name, (label, rule) in OF_ROW.items():
        model = apps.get_model(label)
        for tier in world.tiers(model):
            yield name, path_of(name, world.row(model, tier)), rule, tier


def leaked(response, role):
    """Canaries of tiers above the reader's clearance; the address itself is the reader's own word."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = body.decode("utf-8", "replace").replace(response.request["PATH_INFO"], "")
    return [tier.name for tier in Tier if tier > CLEARANCE[role] and canary(tier) in text]


def state():
    return Change.objects.count(), list(Milestone.objects.order_by("pk").values()), list(StatusReport.objects.values())


def test_every_address_has_a_row_and_every_row_an_address():
    names = set(known_addresses())
    assert missing_rows(names) == []
    assert sorted({*PLAIN, *OF_ROW} - names) == []


def test_a_new_address_without_a_row_is_seen():
    assert missing_rows(["overview", "admin:index", "tasks:secret-page", ""]) == ["", "tasks:secret-page"]


def test_the_table_knows_every_role(users):
    assert set(CLEARANCE) == {*users, "anonymous"}
    assert all(users[name].clearance == CLEARANCE[name] for name in users)


def test_reading_is_answered_as_the_table_says_and_tells_nothing_hidden(site):
    world, readers = site
    before, wrong = state(), []
    for name, path, rule, tier in cases(world):
        for role, client in readers.items():
            response = client.get(path, QUERY.get(name), headers=rule.headers)
            wanted = expected(path, rule, role, "get", tier)
            if role == "anonymous" and rule.headers and wanted == 302:
                wanted = 401  # htmx is told to sign in by a header of its own
                if response.headers["HX-Redirect"] != f"{SIGN_IN}?next=/":
                    wrong.append(f"anonymous GET {name} leads to {response.headers['HX-Redirect']}")
            if response.status_code != wanted:
                wrong.append(f"{role} GET {name} ({tier.name}): {response.status_code}, not {wanted}")
            if role == "anonymous" and wanted == 302 and not response.headers["Location"].startswith(SIGN_IN):
                wrong.append(f"anonymous GET {name} leads to {response.headers['Location']}")
            wrong += [f"{role} GET {name} ({tier.name}): shows what is {found}" for found in leaked(response, role)]
    assert not wrong, "\n".join(wrong)
    assert state() == before


def test_writing_is_answered_as_the_table_says_and_a_refusal_changes_nothing(site):
    world, readers = site
    before, wrong = state(), []
    for name, path, rule, tier in cases(world):
        offered = {"post", "delete"} & set(rule.answers)
        for role in readers if offered else ("admin", "anonymous"):
            for method in ("post", "delete"):
                wrong += _attempt(readers[role], name, path, rule, role, method, tier, before)
    assert not wrong, "\n".join(wrong)
    assert state() == before


def _attempt(client, name, path, rule, role, method, tier, before):
    """One request whose effect is rolled back to the state `before`; what was wrong about it."""
    wanted = expected(path, rule, role, method, tier)
    with transaction.atomic():
        status = getattr(client, method)(path, rule.body if method == "post" else None).status_code
        has_changed = state() != before
        transaction.set_rollback(True)
    may = role in rule.answers.get(method, (0, frozenset()))[1] and tier <= CLEARANCE[role]
    if status != wanted:
        yield f"{role} {method.upper()} {name} ({tier.name}): {status}, not {wanted}"
    if has_changed and not may:
        yield f"{role} {method.upper()} {name} ({tier.name}): was refused and changed something"
    if may and not has_changed and rule.body:
        yield f"{role} {method.upper()} {name} ({tier.name}): may, and changed nothing"


def plain(response, *own):
    """An answer without what differs each time: nonce, CSRF, request id, and the id that was asked for."""
    text = b"".join(response.streaming_content) if response.streaming else response.content
    text = re.sub(rb'(nonce=|name="csrfmiddlewaretoken" value=|"X-CSRFToken":\s*)"[^"]*"', b"", text).decode()
    headers = {
        k: v for k, v in response.headers.items() if k not in ("X-Request-ID", "Content-Security-Policy", "Date")
    }
    headers["cookies"] = sorted(response.cookies)
    for word in own:
        text = text.replace(quote(word), "∎").replace(word, "∎")
    return response.status_code, headers, text


def absent(value):
    """An id of the same form and length that nothing has."""
    text = str(value)
    return "00000000-0000-4000-8000-000000000000" if re.fullmatch(r"[0-9a-f-]{36}", text) else f"Zz{text[2:]}"


@pytest.mark.parametrize("role", ["analyst", "staff"])
def test_what_is_hidden_answers_byte_for_byte_like_what_does_not_exist(site, role):
    world, readers = site
    wrong, compared = [], 0
    for name, (label, rule) in OF_ROW.items():
        model = apps.get_model(label)
        for tier in (tier for tier in world.tiers(model) if tier > CLEARANCE[role]):
            row = world.row(model, tier)
            keys = known_addresses()[name].arguments
            lookups = [{key: str(value_of(row, key)) for key in keys}]
            if keys == ("id",) and hasattr(row, "code"):
                lookups.append({"id": row.code})
            for hidden in lookups:
                none = {key: absent(value) for key, value in hidden.items()}
                for method in rule.answers:
                    answers = [
                        plain(getattr(readers[role], method)(reverse(name, kwargs=ids)), *ids.values())
                        for ids in (hidden, none)
                    ]
                    compared += 1
                    if answers[0] != answers[1] or answers[0][0] != 404:
                        wrong.append(f"{role} {method.upper()} {name} ({tier.name})")
    assert not wrong, "\n".join(wrong)
    assert compared > 40


# What belongs to an account: without one there is none.
OF_A_PERSON = ("me-list", "tasks:notification-settings", "tasks:saved-view", "tasks:saved-view-new")


def test_opened_to_all_anonymous_reads_what_is_public_and_nothing_else(site, settings):
    settings.ANONYMOUS_READING = True
    world, readers = site
    before, wrong = state(), []
    for name, path, rule, tier in cases(world):
        if "get" not in rule.answers or rule.answers["get"][1] not in (SIGNED_IN, EVERYONE) or name in OF_A_PERSON:
            continue
        response = readers["anonymous"].get(path, QUERY.get(name), headers=rule.headers)
        wanted = rule.answers["get"][0] if tier == Tier.PUBLIC else 404
        if response.status_code != wanted:
            wrong.append(f"GET {name} ({tier.name}): {response.status_code}, not {wanted}")
        wrong += [f"GET {name}: shows what is {found}" for found in leaked(response, "nobody")]
    assert not wrong, "\n".join(wrong)
    assert state() == before


def test_the_admin_is_for_administrators_alone(site):
    _world, readers = site
    wrong = []
    for address in addresses():
        if (
            not address.name.startswith("admin:")
            or address.arguments
            or address.name in ("admin:login", "admin:logout", "admin:jsi18n")
        ):
            continue
        for role, client in readers.items():
            response = client.get(reverse(address.name))
            is_turned_away = response.status_code == 302 and "/login/" in response.headers["Location"]
            if is_turned_away == (role == "admin"):
                wrong.append(f"{role} {address.name}: {response.status_code}")
    assert not wrong, "\n".join(wrong)


def test_the_pages_of_sign_in_answer_everyone(site):
    _world, readers = site
    for address in addresses():
        if address.name.startswith("account_") and not address.arguments:
            for role in ("anonymous", "analyst"):
                assert readers[role].get(reverse(address.name)).status_code in (200, 302), address.name
