"""Every kind of page, found by following links from the overview: as the coordinating office, else as a ministry's staff."""

import re
from collections import Counter
from datetime import date

from django.test import Client
from django.urls import Resolver404, resolve

from accounts.models import User
from tasks.actions import periods
from tasks.actions.evidence import add_link
from tasks.models import Measure, Milestone, Strategy
from tasks.permissions import SYSTEM
from tests.architecture.permission_matrix import OF_ROW, PLAIN
from tests.domains.rows import make_rows

# How many pages of a kind are followed: the first row of a list need not have everything that leads further.
FOLLOWED = 6
LINK = re.compile(r'\s(?:href|hx-get)="(/[^"#?]*)')
# Not pages themselves, but they lead to some.
ON_THE_WAY = re.compile(r":(home|panel)$")
# Parts of pages, files, and steps that stand only between two others.
NO_PAGE = re.compile(
    r"(figures|series|home|panel|report|report-review|report-withdraw|comment|people|follow|template|check|errors|"
    r"milestone-evidence|evidence-file|evidence-preview|notification-open|notification-count|"
    r"saved-view|saved-view-new|saved-view-change)$"
)


def kinds() -> set[str]:
    """Names of the addresses that are pages."""
    names = set(PLAIN) | set(OF_ROW)
    return {name for name in names if ":" in name and not NO_PAGE.search(name)} | {"overview", "glossary"}


def kind_of(address: str) -> str | None:
    try:
        return resolve(address).view_name
    except Resolver404:
        return None


# The coordinating office may open all but what a ministry alone says: its lights, plans for red ones, disputes.
READERS = ("coordinator", "staff")


def one_of_every_kind() -> dict[str, dict[str, str]]:
    """By account: name of the address → the first page of that name on the way, that those before it do not find.

    Of some nouns nothing is published: a row of each is entered, as the coordinating office would.
    """
    _close_a_month()
    for milestone in Milestone.objects.all():  # whichever the way leads over first
        add_link(milestone, by=SYSTEM, kind="other", url="https://example.org/evidence")
    make_rows(Measure.objects.get(code="T1-3"), Milestone.objects.get(code="T3-1.13-M2"), "trial")
    found: dict[str, dict[str, str]] = {}
    missing = kinds()
    for reader in READERS:
        found[reader] = _found_by(reader, missing)
        missing -= set(found[reader])
    assert not missing, f"no link leads to these from the overview: {sorted(missing)}"
    return found


def _close_a_month() -> None:
    """One that is published, and one after it that is open still."""
    strategy = Strategy.objects.get()
    if strategy.periods.exists():
        return
    september, _october = (
        periods.open_period(strategy=strategy, starts_on=date(2025, month, 1), by=SYSTEM) for month in (9, 10)
    )
    periods.close_period(september, by=SYSTEM, anyway=True)


def _found_by(reader: str, wanted: set[str]) -> dict[str, str]:
    """On the way to what is wanted every kind of page leads on."""
    client, ways = Client(), kinds()
    client.force_login(User.objects.get(username=reader))
    found: dict[str, str] = {}
    followed: Counter[str] = Counter()
    todo, seen = ["/"], {"/"}
    while todo and wanted - set(found):
        address = todo.pop(0)
        name = kind_of(address)
        if name is None or not (name in ways or ON_THE_WAY.search(name)) or followed[name] >= FOLLOWED:
            continue
        answer = client.get(address, follow=True, headers={"HX-Request": "true"} if name.endswith(":panel") else {})
        if answer.status_code != 200:
            continue
        followed[name] += 1
        if name in wanted:
            found.setdefault(name, address)
        links = [link for link in LINK.findall(answer.content.decode()) if link not in seen]
        seen.update(links)
        todo += dict.fromkeys(links)
    return found
