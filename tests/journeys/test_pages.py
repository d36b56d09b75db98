"""Every page in both languages: reachable, accessible, nothing from outside, nothing refused by the policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError as TooLate

from tests.journeys.pages import one_of_every_kind

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


TAB_OUT_OF_SIGHT = """() => [...document.querySelectorAll(".tabs a[aria-current]")].some((tab) => {
  const row = tab.closest(".tabs").getBoundingClientRect(), box = tab.getBoundingClientRect();
  return box.left < row.left - 1 || box.right > row.right + 1;
})"""
# Words that run out of their cell, or under what stands beside them.
CUT = """() => [...document.querySelectorAll("main td, main th, main dt, main dd")]
  .filter((cell) => cell.checkVisibility() && cell.clientWidth > 1 && cell.scrollWidth > cell.clientWidth + 1)
  .map((cell) => `${cell.dataset.label ?? cell.tagName}: ${cell.textContent.trim().slice(0, 60)}`)"""
ON_EACH_OTHER = """() => {
  const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
  const groups = [...document.querySelectorAll("main .bar-row")].map((row) => [...row.children]);
  groups.push(...[...document.querySelectorAll("main .chart-canvas svg")].map((drawn) => [...drawn.querySelectorAll("text")]));
  return groups.flatMap((parts) => parts.flatMap((a, i) => parts.slice(i + 1)
    .filter((b) => !apart(a.getBoundingClientRect(), b.getBoundingClientRect()))
    .map((b) => `${a.textContent} on ${b.textContent}`)));
}"""
DRAWN = "() => [...document.querySelectorAll('main .chart-canvas')].every((c) => c.hidden || c.querySelector('svg'))"
# Beside one page of every kind: a ministry that is no more, the API's page, an address that does not exist.
MORE = ["/ministries/MOTIE/", "/saved-views/new/?of=/milestones/?light=overdue", "/api/docs/", "/nothing-here/"]
ALL_MODES = [("ko", 1440, "dark"), ("en", 390, "dark"), ("ko", 390, "contrast"), ("en", 1440, "contrast")]


@pytest.fixture(scope="module")
def pages(stack) -> dict[str, list[str]]:
    """Addresses by the account that opens them."""
    found = {reader: list(addresses.values()) for reader, addresses in one_of_every_kind().items()}
    return found | {"coordinator": [*found["coordinator"], *MORE]}


def too_wide(page, address: str) -> list[str]:
    """Pages that a phone or a desk would have to scroll sideways, and words cut off on them."""
    found = []
    former = page.viewport_size
    for width in (390, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"{address}: {beyond} px wider than a screen of {width}"] if beyond > 0 else []
        found += [f"{address}: cut at {width}: {words}" for words in page.evaluate(CUT)[:3]]
    page.set_viewport_size(former)
    return found


@pytest.mark.parametrize(("language", "width", "turn"), [("ko", 1440, 0), ("en", 390, 1)])
def test_every_page_is_accessible_and_asks_nothing_of_the_outside(stack, sign_in, pages, language, width, turn):
    """The search for barriers takes the time: each page is searched in one of the two modes, those of the core in both."""
    for reader, addresses in pages.items():
        searched = {address for address in addresses if address.count("/") < 3} | set(addresses[turn::2])
        look_at(sign_in(reader, language=language, width=width), addresses, searched)


@pytest.mark.drill
@pytest.mark.parametrize(("language", "width", "mode"), ALL_MODES)
def test_every_page_in_every_mode(stack, sign_in, pages, language, width, mode):
    for reader, addresses in pages.items():
        page = sign_in(reader, language=language, width=width)
        page.context.add_cookies([{"name": "display_mode", "value": mode, "url": stack.url}])
        look_at(page, addresses, set(addresses))


def barriers(page, address: str) -> list[str]:
    result = Axe().run(page, options=RULES)
    return [f"{address}: {v['id']} {v['nodes'][0]['html'][:160]}" for v in result.response["violations"]]


def undrawn(page, address: str) -> list[str]:
    try:
        page.wait_for_function(DRAWN, timeout=10_000)
    except TooLate:
        return [f"{address}: a chart is not drawn"]
    return []


def look_at(page, pages: list[str], searched: set[str]) -> None:
    """Reachable, accessible, no wider than the screen, nothing from outside, nothing refused by the policy."""
    found = []
    for address in pages:
        answer = page.goto(address)
        page.wait_for_load_state("networkidle" if address == "/api/docs/" else "load")
        if answer.status >= 500 or (answer.status >= 400 and address != "/nothing-here/"):
            found.append(f"{address}: status {answer.status}")
            continue
        found += [f"{address}: {complaint}" for complaint in page.complaints if "404 (Not Found)" not in complaint]
        page.complaints.clear()
        if address != "/api/docs/":
            found += barriers(page, address) if address in searched else []
            found += [f"{address}: the current tab is out of sight"] if page.evaluate(TAB_OUT_OF_SIGHT) else []
            found += undrawn(page, address)
            found += [f"{address}: {words}" for words in page.evaluate(ON_EACH_OTHER)[:3]]
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
