"""Staff report in the browser; the figures follow on every page, in the API and in the history."""

import json
import re
import urllib.request

import psycopg
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.tokens import create_token
from tasks.models import Figure, Milestone, StatusReport, StrategicTask
from tests import databases
from tests.journeys.stack import Stack

WITHIN = 5_000  # milliseconds from the report to the new figure on an open page


def milestone(code: str) -> Milestone:
    return Milestone.objects.get(code=code)


def headline(page: Page) -> str:
    """The first progress figure of a page, as text: `60.7%`."""
    return re.search(r"\d+\.\d", page.locator("#figures .figure-value").first.inner_text()).group()


def api(stack: Stack, path: str, username: str = "analyst") -> dict:
    token = create_token(User.objects.get(username=username), by=None, name="journey")
    request = urllib.request.Request(f"{stack.url}/api/v1/{path}", headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read())


def choose(page: Page, verb: str) -> None:
    page.locator(f"#report input[name=verb][value={verb}]").check()


def file_report(page: Page) -> None:
    page.locator("#report form.report-form .form-actions .primary").click()


def test_completing_a_milestone_moves_every_open_figure_within_five_seconds(stack, sign_in):
    overview, task, officer = sign_in("executive"), sign_in("executive"), sign_in("staff")
    overview.goto("/")
    task.goto("/tasks/technology/")
    before_overview, before_task = headline(overview), headline(task)
    row = milestone("T1-1-M6")
    officer.goto(f"/milestones/{row.uuid}/")
    choose(officer, "complete")
    officer.locator("#report [name=completed_on]").fill("2026-11-20")
    officer.locator("#report [name=result]").fill("준공 확인")
    file_report(officer)
    value = "#figures .figure-value"
    expect(overview.locator(value).first).not_to_contain_text(before_overview, timeout=WITHIN)
    expect(task.locator(value).first).not_to_contain_text(before_task, timeout=WITHIN)
    row.refresh_from_db()
    assert (row.state, row.completed_on.isoformat()) == ("completed", "2026-11-20")

    number = StrategicTask.objects.get(slug="technology")
    figure = api(stack, f"rollups/?slice=task&id={number.uuid}")["results"][0]
    stored = Figure.objects.get(slice="task", key=number.pk, tier=2)
    assert figure["sums"]["earned"] == stored.earned
    assert f"{figure['progress']:.1f}" == headline(task)

    history = officer.locator("main")
    expect(history).to_contain_text("완료")
    expect(history).to_contain_text("부처 담당자")
    assert overview.outside == task.outside == officer.outside == []
    assert overview.complaints == task.complaints == officer.complaints == []


def test_undo_takes_the_report_back(stack, sign_in):
    officer = sign_in("staff")
    row = milestone("T3-1.13-M2")
    officer.goto(f"/milestones/{row.uuid}/")
    choose(officer, "start")
    file_report(officer)
    officer.locator("#report .notice-ok").get_by_role("button", name="되돌리기").click()
    expect(officer.locator("#report .notice-ok")).to_have_count(0)
    assert officer.evaluate("document.activeElement.closest('#milestone') !== null")
    expect(officer.locator("#report input[name=verb][value=start]")).to_be_visible()
    row.refresh_from_db()
    assert row.state == "planned"


def test_an_illegal_move_says_why_and_keeps_what_was_typed(stack, sign_in):
    officer = sign_in("staff")
    row = milestone("T3-2.6-M2")
    officer.goto(f"/milestones/{row.uuid}/")
    choose(officer, "complete")
    officer.locator("#report [name=completed_on]").fill("2027-01-01")
    officer.locator("#report [name=result]").fill("끝낸 일을 적어 두었다")
    file_report(officer)
    expect(officer.locator("#report")).to_contain_text("미래")
    expect(officer.locator("#report [name=result]")).to_have_value("끝낸 일을 적어 두었다")
    row.refresh_from_db()
    assert (row.state, row.version) == ("planned", milestone("T3-2.6-M2").version)


def test_two_at_once_the_second_sees_both_versions_and_loses_nothing(stack, sign_in):
    first, second = sign_in("staff"), sign_in("coordinator")
    row = milestone("T3-2.6-M3")
    for page in (first, second):
        page.goto(f"/milestones/{row.uuid}/")
        choose(page, "start")
    second.locator("#report [name=result]").fill("두 번째 사람의 글")
    file_report(first)
    expect(first.locator("#report")).to_contain_text("착수")
    file_report(second)
    expect(second.locator("#report")).to_contain_text("그사이")
    expect(second.locator("#report [name=result]")).to_have_value("두 번째 사람의 글")
    expect(second.locator("#report input[name=verb][value=start]")).to_be_checked()


def test_a_change_made_in_psql_stands_in_the_history_and_moves_the_figures(stack, sign_in):
    page = sign_in("auditor")
    row = milestone("T4-1-M2")
    page.goto("/tasks/ecosystem/")
    before = headline(page)
    with psycopg.connect(databases.address(databases.current(), "owner")) as outside:
        outside.execute("UPDATE tasks_milestone SET state = 'in_progress', progress_bp = 5000 WHERE id = %s", [row.pk])
    expect(page.locator("#figures .figure-value").first).not_to_contain_text(before, timeout=WITHIN)
    page.goto(f"/milestones/{row.uuid}/")
    expect(page.locator("main")).to_contain_text("데이터베이스")


def test_staff_of_another_ministry_are_told_why_they_cannot_report(stack, sign_in):
    page = sign_in("staff-msit")
    page.goto(f"/milestones/{milestone('T3-1.13-M3').uuid}/")
    expect(page.locator("#report")).to_contain_text("다른 부처")
    assert page.locator("#report form.report-form").count() == 0


def test_rows_of_my_work_are_filed_by_keyboard_one_after_the_other(stack, sign_in):
    page = sign_in("staff", language="en")
    page.goto("/my-work/?sort=title")
    rows = page.locator(".work-row", has=page.locator("option[value=update]:checked"))
    first, code = rows.nth(0).locator("textarea[name=result]"), rows.nth(0).inner_text()
    code = re.search(r"T\d[\w.-]*M\d+", code).group()
    first.fill("Nothing moved this month")
    first.press("ArrowDown")
    below = "row => document.activeElement.closest('.work-row') === row.nextElementSibling"
    assert rows.nth(0).evaluate(below)
    assert page.evaluate("document.activeElement.name") == "result"
    page.keyboard.press("ArrowUp")
    expect(first).to_be_focused()
    first.press("Enter")
    expect(page.locator(".work-row .notice-ok")).to_contain_text("Filed")
    expect(page.locator(".work-row textarea[name=result]:focus")).to_have_count(1)
    assert page.evaluate("document.activeElement.closest('.work-row').innerText").count(code) == 0, "the next row"
    page.keyboard.type("x")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.value") == ""
    reports = StatusReport.objects.filter(result="Nothing moved this month")
    assert [report.milestone.code for report in reports] == [code]
    assert page.complaints == []
