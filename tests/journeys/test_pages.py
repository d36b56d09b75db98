"""Every page in both languages: reachable, accessible, nothing from outside, nothing refused by the policy."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from accounts.models import Ministry
from tasks.models import Bill, BudgetLine, Commitment, Indicator, Measure, Milestone

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def addresses() -> list[str]:
    """One page of every kind, found in the data itself."""
    return [
        "/",
        "/tasks/technology/",
        Measure.objects.get(code="T1-3").get_absolute_url(),
        Milestone.objects.get(code="T3-1.13-M2").get_absolute_url(),
        "/milestones/",
        Ministry.objects.get(key="MOTIR").get_absolute_url(),
        Ministry.objects.get(key="MOTIE").get_absolute_url(),
        "/ministries/",
        "/commitments/",
        Commitment.objects.get(code="T2-3").get_absolute_url(),
        "/budget/",
        BudgetLine.objects.first().get_absolute_url(),
        "/indicators/",
        Indicator.objects.first().get_absolute_url(),
        "/bills/",
        Bill.objects.first().get_absolute_url(),
        "/my-work/",
        "/glossary/",
        "/api/docs/",
        "/nothing-here/",
    ]


def linked_from(page) -> set[str]:
    """Addresses of this site that a page links to, without query."""
    links = page.locator("a[href^='/']").evaluate_all("nodes => nodes.map(n => n.getAttribute('href'))")
    return {re.split(r"[?#]", link)[0] for link in links}


def too_wide(page, address: str) -> list[str]:
    """Pages that a phone or a desk would have to scroll sideways."""
    found = []
    former = page.viewport_size
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"{address}: {beyond} px wider than a screen of {width}"] if beyond > 0 else []
    page.set_viewport_size(former)
    return found


@pytest.mark.parametrize(("language", "width"), [("ko", 1440), ("en", 390)])
def test_every_page_is_accessible_and_asks_nothing_of_the_outside(stack, sign_in, language, width):
    page = sign_in("staff", language=language, width=width)
    domains = [f"/{slug}/" for slug in ("technology", "talent", "clusters", "ecosystem", "investment", "trade")]
    todo = [*addresses(), *domains]
    for slug in domains:
        page.goto(slug)
        todo += sorted(link for link in linked_from(page) if link.startswith(slug) and link != slug)[:6]
    found = []
    for address in dict.fromkeys(todo):
        answer = page.goto(address)
        page.wait_for_load_state("networkidle" if address == "/api/docs/" else "load")
        if answer.status >= 500 or (answer.status >= 400 and address != "/nothing-here/"):
            found.append(f"{address}: status {answer.status}")
            continue
        found += [f"{address}: {complaint}" for complaint in page.complaints if "404 (Not Found)" not in complaint]
        page.complaints.clear()
        if address != "/api/docs/":
            result = Axe().run(page, options=RULES)
            found += [f"{address}: {v['id']} {v['nodes'][0]['html'][:160]}" for v in result.response["violations"]]
            found += too_wide(page, address)
    assert page.outside == []
    assert found == [], "\n".join(found)


def test_sign_in_page_and_its_error_are_accessible(stack, sign_in):
    page = sign_in("")
    page.goto("/accounts/login/")
    assert Axe().run(page, options=RULES).response["violations"] == []
    page.locator("input[name=login]").fill("staff")
    page.locator("input[name=password]").fill("wrong")
    page.locator("main form button[type=submit]").first.click()
    assert Axe().run(page, options=RULES).response["violations"] == []
    assert page.outside == []


def test_no_header_allows_anything_unsafe(stack, sign_in):
    page = sign_in("executive")
    for address in ("/", "/tasks/technology/", "/api/docs/", "/admin/login/"):
        policy = page.goto(address).headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'self'" in policy
