"""The review by keyboard, the list of keys, and a saved view, in the browser."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from accounts.models import Role, User
from tasks.actions.reports import ReportValues, report_milestone
from tasks.models import Milestone, StatusReport, Strategy

FOCUS = "document.activeElement"


@pytest.fixture
def waiting(stack) -> list[StatusReport]:
    """Three reports of an officer, in the order in which they wait."""
    Strategy.objects.update(review_steps=1)
    officer = User.objects.get(username="staff")
    ministry = officer.memberships.get(role=Role.STAFF).ministry
    rows = Milestone.objects.filter(responsible_ministry=ministry, state="in_progress", in_scope=True).order_by("code")
    said = ReportValues("update", forecast=date(2027, 6, 30), result="On the way")
    return [report_milestone(row, said, by=officer) for row in rows[:3]]


def in_row(page) -> str:
    """The tick box of the row where the focus is."""
    return page.evaluate(f"{FOCUS}.closest('tr')?.querySelector('[name=report]')?.value ?? ''")


def test_reports_are_ticked_approved_and_returned_by_keyboard(stack, sign_in, waiting):
    first, second, third = (str(report.uuid) for report in waiting)
    page = sign_in("approver", language="en")
    page.goto("/review/")
    seen = []
    for key in "jjjjkk":
        page.keyboard.press(key)
        seen.append(in_row(page))
    assert seen == [first, second, third, third, second, first]
    page.keyboard.press("a")
    page.keyboard.press("j")
    page.keyboard.press("a")
    assert page.locator("[name=report]").evaluate_all("all => all.map(each => each.checked)") == [True, True, False]
    page.keyboard.press("a")
    assert page.locator("[name=report]").evaluate_all("all => all.map(each => each.checked)") == [True, False, False]

    page.locator("main [name=search]").fill("")
    page.keyboard.type("jar")
    assert page.locator("main [name=search]").input_value() == "jar"
    assert page.locator("[name=report]:checked").count() <= 1
    page.goto("/review/")
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.press("Shift+A")
    expect(page.get_by_role("button", name="Approve what is ticked")).to_be_focused()
    assert StatusReport.objects.get(uuid=first).status == "submitted", "no letter sends anything"
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("1 report approved")
    assert StatusReport.objects.get(uuid=first).status == "accepted"
    expect(page.locator("#count-review")).to_contain_text("2")

    page.keyboard.press("j")
    page.keyboard.press("r")
    expect(page).to_have_url(re.compile(f"/reports/{second}/#return_words"))
    expect(page.locator("#return_words")).to_be_focused()
    page.keyboard.type("The day is missing, ask again?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("Returned")
    assert StatusReport.objects.get(uuid=second).return_reason == "The day is missing, ask again?"

    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/reports/{third}/$"))
    page.keyboard.press("r")
    expect(page.locator("#return_words")).to_be_focused()
    page.locator("h1").click()
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Approve", exact=True)).to_be_focused()
    page.keyboard.press("?")
    keys = page.locator("dialog#keys")
    expect(keys).to_be_visible()
    expect(keys).to_contain_text("Next and previous report")
    expect(keys).to_contain_text("File the row, and go to the next")
    page.keyboard.press("r")
    expect(page.locator("#return_words")).not_to_be_focused()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    assert page.complaints == []


def test_a_view_is_saved_from_the_filters_as_they_are_chosen(stack, sign_in):
    page = sign_in("staff", language="en")
    page.goto("/milestones/")
    page.locator("select[name=light]").select_option("overdue")
    page.get_by_role("link", name="Save this view").click()
    page.get_by_label("Name").fill("My late ones")
    page.get_by_role("button", name="Save", exact=True).click()
    link = page.locator(".saved-views a", has_text="My late ones")
    expect(link).to_have_attribute("aria-current", "true")
    page.goto("/milestones/")
    link.click()
    expect(page).to_have_url(re.compile(r"/milestones/\?light=overdue$"))
    assert page.complaints == []
