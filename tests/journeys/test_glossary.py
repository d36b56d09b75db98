"""A term opens its entry in place, by mouse and keyboard, on a desk and on a phone; My work counts on without a reload."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.test_pages import RULES


@pytest.mark.parametrize(("language", "width"), [("ko", 1440), ("en", 390)])
@pytest.mark.parametrize("address", ["/", "/milestones/", "/tasks/technology/", "/glossary/?q=light"])
def test_a_term_opens_in_place_and_gives_the_focus_back(stack, sign_in, language, width, address):
    page = sign_in("coordinator", language=language, width=width)
    page.goto(address)
    term = page.locator("main a[data-term]:visible").first
    term.focus()
    page.keyboard.press("Enter")
    box = page.locator("#term")
    expect(box).to_be_visible()
    expect(box).to_be_focused()
    assert page.url == f"{stack.url}{address}"
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{v['id']} {v['nodes'][0]['html'][:200]}" for v in found] == []
    edges = box.bounding_box()
    assert edges["x"] >= 0 and edges["x"] + edges["width"] <= width
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(term).to_be_focused()
    assert page.outside == page.complaints == []


def test_a_related_word_replaces_the_entry_and_the_box_closes_by_its_button(stack, sign_in):
    page = sign_in("analyst", language="en")
    page.goto("/")
    page.locator(".figure-label a[data-term]").first.click()
    box = page.locator("#term")
    expect(box).to_contain_text("at least")
    box.get_by_role("link", name="coverage").click()
    expect(box).to_contain_text("Share of the weight")
    box.get_by_role("button", name="Close").click()
    expect(box).to_be_hidden()


def test_without_scripts_a_term_leads_to_its_entry(stack, sign_in):
    page = sign_in("analyst", language="en", java_script_enabled=False)
    page.goto("/")
    page.locator(".figure-label a[data-term]").first.click()
    assert page.url.endswith("/glossary/?term=progress#progress")
    expect(page.locator("#progress")).to_contain_text("진도율")


def test_on_a_phone_long_pages_begin_folded_and_everything_is_reached(stack, sign_in):
    page = sign_in("coordinator", language="en", width=390)
    page.goto("/glossary/")
    expect(page.locator("#progress")).to_be_hidden()
    page.get_by_role("link", name=re.compile("^Figures")).click()
    expect(page.locator("#progress")).to_be_visible()
    page.goto("/glossary/#overdue")
    page.reload()
    expect(page.locator("#overdue")).to_be_visible()
    expect(page.locator("#progress")).to_be_hidden()
    page.goto("/tasks/clusters/")
    contents = page.get_by_role("navigation", name="On this page")
    for link in contents.get_by_role("link").all():
        assert page.locator(link.get_attribute("href")).count() == 1, link.inner_text()
    below = page.locator("#measure-tree .row-deep").first
    expect(below).to_be_hidden()
    page.locator(".more-deep summary").click()
    expect(below).to_be_visible()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/tasks/clusters/")
    expect(contents).to_be_hidden()
    expect(below).to_be_visible()
    assert page.outside == page.complaints == []


def test_the_large_numbers_lead_to_what_they_count(stack, sign_in):
    page = sign_in("coordinator", language="en")
    page.goto("/")
    late = page.locator("article.figure", has=page.get_by_role("heading", name="Late milestones")).locator(
        ".figure-value a"
    )
    counted = int(re.search(r"\d+", late.inner_text().split(":")[-1]).group())
    late.click()
    expect(page).to_have_url(re.compile("light=overdue"))
    expect(page.locator(".list-tools p").first).to_contain_text(re.compile(rf"^{counted} rows?,"))


def test_the_counts_of_my_work_follow_a_report_and_its_undo(stack, sign_in):
    page = sign_in("staff", language="en")
    page.goto("/my-work/")
    counts = page.locator("#my-counts")
    before = counts.text_content()
    row = page.locator("#my-work tbody", has_text="Overdue").first
    row.get_by_role("link", name=re.compile("^More")).click()
    form = row.locator("form.report-form")
    form.locator("input[name=verb][value=complete]").check()
    form.locator("[name=completed_on]").fill("2026-11-20")
    form.get_by_role("button", name="File the report").click()
    expect(counts).not_to_have_text(before)
    page.get_by_role("button", name="Undo").click()
    expect(counts).to_have_text(before)
    assert page.complaints == []
