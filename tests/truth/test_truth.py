"""The rules of truth on every page of the real strategy: nothing known is not 0, what is unverified says so, no permit that was none."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from tests import databases
from tests.architecture.permission_matrix import OF_ROW, PLAIN, Rule
from tests.architecture.scan import PACKAGES, ROOT
from tests.architecture.sitemap import addresses, value_of
from tests.truth import rules

# Every reader and language sees the lists; the first, one in each language, see the rows' own pages too.
READERS = [("coordinator", "ko"), ("analyst", "en"), ("coordinator", "en"), ("analyst", "ko")]
WITH_ROWS = 2


def is_page(name: str, route: str) -> bool:
    return not route.startswith("api/") and name not in ("livez", "readyz") and "home" not in name


def is_offered(rule: Rule, user: User) -> bool:
    """Whether the table says that this reader is shown a page; how it refuses the others is tested there."""
    status, allowed = rule.answers.get("get", (0, frozenset()))
    return status == 200 and user.username in allowed


def rows_of(model: Any, user: User) -> Any:
    return model._default_manager.visible_to(user)


def paths(user: User, turn: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Every address of the table that gives the reader HTML, each page of a list, and the page of every row.

    The explanations of figures are dear: readers share them, each takes those of its turn.
    """
    known = {address.name: address for address in addresses()}
    for name, rule in PLAIN.items():
        if is_offered(rule, user) and is_page(name, known[name].route):
            yield reverse(name), rule.headers
    for name, (label, rule) in OF_ROW.items() if turn < WITH_ROWS else ():
        is_part = name.endswith(("-figures", ":series"))  # stands in the row's own page too
        if is_offered(rule, user) and is_page(name, known[name].route) and not is_part:
            keys = known[name].arguments
            rows = rows_of(apps.get_model(label), user)
            for row in rows[turn::WITH_ROWS] if name.endswith(":why") else rows:
                yield reverse(name, kwargs={key: value_of(row, key) for key in keys}), rule.headers


def unverified_addresses(user: User) -> dict[str, str]:
    """Of every unverified row that has a page."""
    found = {}
    for model in apps.get_models():
        if not (hasattr(model, "get_absolute_url") and hasattr(model, "provenance")):
            continue
        for row in filter(rules.in_doubt, rows_of(model, user).filter(confidence=rules.UNVERIFIED)):
            try:
                found[row.get_absolute_url()] = f"{model.__name__} {row}"
            except NoReverseMatch:
                continue
    return found


def _given(response: Any) -> dict[str, Any]:
    """What the view gave to the page's own template."""
    first = response.context[0] if isinstance(response.context, list) else response.context
    return first.flatten() if first is not None else {}


def pages(reader: str, language: str, turn: int) -> Iterator[rules.Page]:
    user = User.objects.get(username=reader)
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    todo = list(paths(user, turn))
    for path, headers in todo:
        response = client.get(path, headers=headers)
        assert response.status_code in (200, 302, 403), path
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            continue  # answered as the permission matrix says; a file, into which tests/parity looks
        context = _given(response)
        page = context.get("page")
        if page is not None and page.has_next():
            todo.append((re.sub(r"\?.*", "", path) + f"?page={page.next_page_number()}", headers))
        yield rules.Page.of(f"{reader} {language} {path}", language, response.content.decode(), context)


@pytest.fixture(scope="module")
def found(seeded_template: str, django_db_blocker: Any) -> dict[str, Any]:
    """What each rule finds wrong, over one walk through the whole site."""
    wrong: dict[str, Any] = {"zeros": [], "unmarked": [], "permitted": [], "pages": 0, "unknown": 0, "unverified": 0}
    with django_db_blocker.unblock(), databases.made("truth", seeded_template) as name, databases.used(name):
        for turn, (reader, language) in enumerate(READERS):
            marked = unverified_addresses(User.objects.get(username=reader))
            for page in pages(reader, language, turn):
                wrong["pages"] += 1
                wrong["unknown"] += sum(rules.unknown(column, row) for column, row, *_ in page.cells)
                wrong["unverified"] += len(page.main.all(css="mark-warn"))
                wrong["zeros"] += rules.zeros(page)
                wrong["unmarked"] += rules.unmarked(page, marked)
                wrong["permitted"] += rules.permitted(page.name, page.html.pieces)
    return wrong


def test_the_walk_meets_what_the_rules_are_about(found):
    assert found["pages"] > 500
    assert found["unknown"] > 1000
    assert found["unverified"] > 100


def test_what_is_not_known_is_never_shown_as_a_figure(found):
    assert found["zeros"] == [], "\n".join(found["zeros"][:50])


def test_every_unverified_row_carries_its_mark_wherever_it_stands(found):
    assert found["unmarked"] == [], "\n".join(found["unmarked"][:50])


def test_no_page_calls_what_is_deemed_processed_a_permit(found):
    assert found["permitted"] == [], "\n".join(found["permitted"][:50])


def test_no_text_of_ours_calls_it_a_permit_either():
    files = [path for package in (*PACKAGES, "templates", "static", "docs") for path in (ROOT / package).rglob("*.*")]
    files += [ROOT / "README.md", ROOT / "locale" / "ko" / "LC_MESSAGES" / "django.po"]
    read = [path for path in files if path.suffix in (".py", ".html", ".yaml", ".md", ".po", ".js", ".json")]
    wrong = [line for path in read for line in rules.permitted(path.name, path.read_text(encoding="utf-8"))]
    assert len(read) > 300
    assert wrong == []
