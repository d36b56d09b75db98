"""A figure opens to what it is made of, beside it: on a desk and on a phone, today and in the past."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.test_pages import RULES


@pytest.mark.parametrize(("language", "width"), [("ko", 1440), ("en", 390)])
@pytest.mark.parametrize("address", ["/", "/measures/T3-1/", "/ministries/MOTIR/"])
def test_a_figure_opens_beside_itself_and_gives_the_focus_back(stack, sign_in, language, width, address):
    page = sign_in("coordinator", language=language, width=width)
    page.goto(address)
    opener = page.locator("main a[data-why]:visible").first
    opener.focus()
    page.keyboard.press("Enter")
    sheet = page.locator("#why")
    expect(sheet.locator("tbody tr").first).to_be_visible()
    expect(page.locator("#why-body")).to_be_focused()
    assert page.url == f"{stack.url}{address}"
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{v['id']} {v['nodes'][0]['html'][:200]}" for v in found] == []
    edges = sheet.bounding_box()
    assert edges["x"] >= 0 and edges["x"] + edges["width"] <= width
    assert sheet.evaluate("e => e.scrollWidth <= e.clientWidth && e.scrollTop === 0")
    if width == 390:
        assert edges["width"] == width
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(opener).to_be_focused()
    assert page.outside == page.complaints == []


@pytest.mark.parametrize("past", ["", "/as-of/2026-06-30"])
def test_the_way_leads_down_to_a_milestone_and_its_reports_in_the_same_sheet(stack, sign_in, past):
    page = sign_in("analyst", language="en")
    page.goto(f"{past}/")
    page.locator("main a[data-why]").first.click()
    sheet = page.locator("#why-body")
    title, parts = sheet.locator(".why-title"), sheet.locator("tbody")
    parts.get_by_role("link", name="Securing").first.click()
    expect(title).to_contain_text("Securing")
    assert page.url == f"{stack.url}{past}/"
    sheet.get_by_role("navigation").get_by_role("link", name="Strategy").click()
    expect(sheet.get_by_role("navigation")).to_be_hidden()
    parts.get_by_role("link", name="Securing").first.click()
    parts.get_by_role("link", name="T1-1 ").first.click()
    parts.get_by_role("link", name=re.compile(r"^Report \d")).first.click()
    page.wait_for_url(f"{stack.url}{past}/milestones/*/#reports")
    expect(page.locator("#reports")).to_be_visible()
    assert page.outside == page.complaints == []


def test_a_word_of_the_sheet_opens_its_entry(stack, sign_in):
    page = sign_in("analyst", language="en")
    page.goto("/")
    page.locator("main a[data-why]").first.click()
    page.locator("#why-body thead").get_by_role("link", name="Adds").click()
    box = page.locator("#term")
    expect(box).to_contain_text("percentage points")
    box.get_by_role("button", name="Close").click()
    expect(box).to_be_hidden()
    expect(page.locator("#why")).to_be_visible()
    assert page.complaints == []


def test_without_scripts_the_same_stands_on_a_page(stack, sign_in):
    page = sign_in("analyst", language="en", java_script_enabled=False)
    page.goto("/")
    page.locator("main a[data-why]").first.click()
    expect(page.locator("h1")).to_have_text("Why this figure")
    page.locator("main tbody a").first.click()
    assert page.url.startswith(f"{stack.url}/why/task/")
