"""A comment with a mention, written by keyboard, comes to the bell of who was mentioned; a row is followed by one press."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tasks import jobs
from tasks.models import Milestone
from tests.journeys.test_pages import RULES
from tests.settling import settle


@pytest.mark.parametrize(("language", "width", "words"), [("ko", 1440, "의견 등록"), ("en", 390, "Comment")])
def test_a_mention_is_picked_by_keyboard_and_told(stack, sign_in, language, width, words):
    address = Milestone.objects.filter(in_scope=True, effective_tier=1).order_by("pk").first().get_absolute_url()
    page = sign_in("staff", language=language, width=width)
    page.goto(address)
    area = page.locator("#comments textarea").last
    said = f"Please look at {width}"  # the comment of the other run stands on the page already
    area.press_sequentially(f"{said}, @app")
    offered = page.locator("#mention-list [role=option]")
    expect(offered).to_have_count(1)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{v['id']} {v['nodes'][0]['html'][:200]}" for v in found] == []
    area.press("Enter")
    expect(area).to_have_value(f"{said}, @approver ")
    expect(page.locator("#mention-list")).to_have_count(0)
    page.get_by_role("button", name=words, exact=True).click()
    expect(page.locator("#comments .comment", has_text=said).locator("strong", has_text="@approver")).to_be_visible()
    settle()
    jobs.notify()
    told = sign_in("approver", language=language, width=width)
    told.goto("/notifications/")
    expect(told.locator("#bell .count")).to_contain_text("1")
    told.locator("#rows a.link", has_text=said).click()
    expect(told).to_have_url(re.compile("#comment-"))
    expect(told.locator(".comment:target")).to_contain_text(said)
    expect(told.locator("#bell .count")).to_have_count(0)
    assert page.outside == page.complaints == told.outside == told.complaints == []


def test_escape_leaves_what_was_typed(stack, sign_in):
    page = sign_in("staff", language="en")
    page.goto(Milestone.objects.filter(in_scope=True, effective_tier=1).order_by("pk").first().get_absolute_url())
    area = page.locator("#comments textarea").last
    area.press_sequentially("@app")
    expect(page.locator("#mention-list")).to_be_visible()
    area.press("Escape")
    expect(page.locator("#mention-list")).to_have_count(0)
    expect(area).to_have_value("@app")
    expect(area).to_be_focused()
