"""Nothing typed is lost: the connection is cut, the server is away, the laptop is closed, the session ends meanwhile."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import Locator, Page, expect

from tasks.actions.reports import ReportValues, report_milestone
from tasks.models import Comment, Evidence, Milestone, Risk, StatusReport
from tasks.permissions import SYSTEM
from tests.conftest import PASSWORD
from tests.documents import pdf
from tests.journeys.test_evidence import drop
from tests.journeys.test_failures import until

NOT_SENT = {
    "ko": "서버에 연결되지 않아 전송되지 않았습니다. 입력한 내용은 보관되어 있으니",
    "en": "nothing was sent. What you typed is kept",
}
SIGNED_OUT = {
    "ko": "로그인이 만료되어 저장되지 않았습니다.",
    "en": "Your session had ended, so nothing was saved.",
}
TEMPLATE = "/import/reports/template/"


def going() -> Milestone:
    """Under way, and `staff` answers for it."""
    return Milestone.objects.get(code="T1-1-M6")


def work() -> str:
    return f"/my-work/?search={going().code}"


def open_more(page: Page) -> None:
    page.locator(f"#m-{going().uuid} a[aria-expanded=false]").click()


def choose_update(form: Locator) -> None:
    form.locator("input[name=verb][value=update]").check()


def choose_degrees(form: Locator) -> None:
    form.locator("[name=severity]").select_option("2")
    form.locator("[name=likelihood]").select_option("3")
    expect(form.locator("#preview")).to_contain_text("6")


def accepted(words: str) -> Any:
    return StatusReport.objects.filter(result=words, status="accepted")


@dataclass(frozen=True)
class Form:
    """A form in which staff type: the page, how to come to it there, its text, what else it needs, and what it makes."""

    address: Callable[[], str]
    at: str
    field: str
    made: Callable[[str], Any]
    done: str
    opened: Callable[[Page], None] = lambda page: None
    completed: Callable[[Locator], None] = lambda form: None

    def open(self, page: Page) -> Locator:
        """The field, on the page opened anew."""
        page.goto(self.address())
        self.opened(page)
        return self.text(page)

    def text(self, page: Page) -> Locator:
        found = page.locator(self.at)
        expect(found).to_have_count(1)
        own = found.get_attribute("id") or "-"
        return page.locator(f"{self.at} [name={self.field}], [name={self.field}][form='{own}']")

    def save(self, page: Page) -> None:
        page.locator(f"{self.at} button[type=submit]").first.click()

    def file(self, page: Page, words: str) -> None:
        """Save; it is told, is there once, and the form that is opened next is empty."""
        self.save(page)
        expect(page.locator(self.done).first).to_be_visible()
        assert self.made(words).count() == 1
        expect(self.open(page)).not_to_have_value(words)


WHOLE, FILED = "form.report-form", ".notice-ok form[action*=withdraw]"
FORMS = {
    "milestone": Form(lambda: going().get_absolute_url(), WHOLE, "result", accepted, FILED, completed=choose_update),
    "row": Form(work, "form[data-row-form]", "result", accepted, FILED),
    "more": Form(work, WHOLE, "result", accepted, FILED, open_more, choose_update),
    "comment": Form(
        lambda: going().get_absolute_url(),
        "#comments form[data-keep]",
        "comment-text",
        lambda words: Comment.objects.filter(text=words),
        "#comments .comment:target",
    ),
    "risk": Form(
        lambda: f"{going().get_absolute_url()}risks/new/",
        "form[data-keep]",
        "title_ko",
        lambda words: Risk.objects.filter(title_ko=words),
        ".messages .notice-ok",
        completed=choose_degrees,
    ),
}
EACH = [(name, "en" if number % 2 else "ko") for number, name in enumerate(FORMS)]


@pytest.mark.parametrize(("name", "language"), EACH)
def test_a_cut_connection_is_told_and_loses_nothing(stack: Any, sign_in: Any, name: str, language: str) -> None:
    form, words = FORMS[name], f"typed while cut off: {name}"
    page = sign_in("staff", language=language)
    form.open(page).fill(words)
    form.completed(page.locator(form.at))
    page.context.set_offline(True)
    form.save(page)
    expect(page.locator("#toasts")).to_contain_text(NOT_SENT[language])
    expect(form.text(page)).to_have_value(words)
    assert not form.made(words).exists()
    page.context.set_offline(False)

    page.reload()
    form.opened(page)
    expect(form.text(page)).to_have_value(words)
    page.close()
    page = page.context.new_page()
    expect(form.open(page)).to_have_value(words)
    form.file(page, words)


def test_a_dead_server_is_told_as_a_cut_connection_is(stack: Any, sign_in: Any) -> None:
    page = sign_in("staff")
    form, words = FORMS["comment"], "typed while the server was away"
    form.open(page).fill(words)
    stack.kill("web")
    try:
        form.save(page)
        expect(page.locator("#toasts")).to_contain_text(NOT_SENT["ko"])
    finally:
        stack.start("web")
        stack.wait_until_ready()
    form.save(page)
    expect(page.locator("#comments .comment", has_text=words)).to_have_count(1)


@pytest.mark.parametrize(("name", "language"), EACH)
def test_after_the_session_ended_one_signs_in_and_goes_on(stack: Any, sign_in: Any, name: str, language: str) -> None:
    form, words = FORMS[name], f"typed while signed out: {name}"
    page = sign_in("staff", language=language)
    text = form.open(page)
    where = page.url
    form.completed(page.locator(form.at))
    end_session(page)
    text.fill(words)
    if name != "risk":  # its preview finds out while one types
        form.save(page)
    expect(page.locator(".messages")).to_contain_text(SIGNED_OUT[language])
    assert not form.made(words).exists()
    sign_in_again(page)
    expect(page).to_have_url(where)
    form.opened(page)
    expect(form.text(page)).to_have_value(words)
    form.file(page, words)


def test_files_sent_after_the_session_ended_are_told_to_be_chosen_again(stack: Any, sign_in: Any) -> None:
    page, row = sign_in("staff", language="en"), going()
    page.goto(row.get_absolute_url())
    page.locator("#report [name=result]").fill("typed beside a file")
    end_session(page)
    drop(page, "#report [data-upload]", [("contract.pdf", pdf("late"))])
    expect(page.locator(".messages")).to_contain_text("Files are to be chosen again.")
    sign_in_again(page)
    expect(page).to_have_url(re.compile(row.get_absolute_url()))
    expect(page.locator("#report [name=result]")).to_have_value("typed beside a file")
    assert not Evidence.objects.filter(milestone=row).exists()
    drop(page, "#report [data-upload]", [("contract.pdf", pdf("late"))])
    expect(page.locator("#evidence .evidence > li")).to_have_count(1)


@pytest.mark.parametrize("script", [True, False])
def test_a_workbook_sent_after_the_session_ended_is_told_to_be_chosen_again(
    stack: Any, sign_in: Any, script: bool
) -> None:
    page = sign_in("staff", language="ko", java_script_enabled=script)
    page.goto("/import/reports/")
    workbook = {"name": "a.xlsx", "mimeType": "application/zip", "buffer": page.request.get(TEMPLATE).body()}
    end_session(page)
    send_workbook(page, workbook)
    expect(page.locator(".messages")).to_contain_text("파일은 다시 선택해야 합니다.")
    sign_in_again(page)
    expect(page).to_have_url(re.compile("/import/reports/$"))
    send_workbook(page, workbook)
    expect(page).to_have_url(re.compile("/import/reports/check/$"))


def test_a_workbook_that_cannot_be_sent_stays_chosen(stack: Any, sign_in: Any) -> None:
    page = sign_in("staff", language="en")
    page.goto("/import/reports/")
    workbook = {"name": "a.xlsx", "mimeType": "application/zip", "buffer": page.request.get(TEMPLATE).body()}
    page.context.set_offline(True)
    send_workbook(page, workbook)
    expect(page.locator("#toasts")).to_contain_text(NOT_SENT["en"])
    page.context.set_offline(False)
    page.locator("main form button.primary").click()
    expect(page).to_have_url(re.compile("/import/reports/check/$"))


def test_who_was_faster_while_one_was_away_is_not_written_over(stack: Any, sign_in: Any) -> None:
    """What was typed comes back with the version that was seen: both stand side by side."""
    page, row = sign_in("staff", language="en"), going()
    page.goto(row.get_absolute_url())
    page.locator("#report [name=result]").fill("typed before the other")
    report_milestone(row, ReportValues("update", progress_bp=2_500, result="the other"), by=SYSTEM)
    page.reload()
    expect(page.locator("#report [name=result]")).to_have_value("typed before the other")
    page.locator("#report form.report-form .form-actions .primary").click()
    expect(page.locator("#report table")).to_contain_text("the other")
    expect(page.locator("#report [name=result]")).to_have_value("typed before the other")
    assert not accepted("typed before the other").exists()
    page.locator("#report form.report-form .form-actions .primary").click()
    until(accepted("typed before the other").exists, "meant, and not saved")


def test_what_was_typed_is_shown_to_nobody_else(stack: Any, sign_in: Any) -> None:
    page, row = sign_in("staff", language="en"), going()
    page.goto(row.get_absolute_url())
    page.locator("#report [name=result]").fill("only mine")
    end_session(page)
    page.goto("/accounts/login/")
    sign_in_again(page, "coordinator")
    for name in ("coordinator", "staff"):
        page.goto(row.get_absolute_url())
        expect(page.locator("#report [name=result]")).to_have_value("")
        if name == "coordinator":
            end_session(page)
            page.goto("/accounts/login/")
            sign_in_again(page, "staff")
    assert "only mine" not in page.evaluate("JSON.stringify(window.localStorage)")


def test_a_page_from_before_another_sign_in_says_so_and_keeps_what_was_typed(stack: Any, sign_in: Any) -> None:
    page, row = sign_in("staff", language="en"), going()
    page.goto(row.get_absolute_url())
    page.locator("#report [name=result]").fill("typed in the older tab")
    end_session(page)
    other = page.context.new_page()
    other.goto("/accounts/login/")
    sign_in_again(other)
    page.locator("#report form.report-form .form-actions .primary").click()
    expect(page.locator("#toasts")).to_contain_text("from before the last sign-in")
    expect(page.locator("#toasts .notice")).to_have_count(1)
    page.reload()
    expect(page.locator("#report [name=result]")).to_have_value("typed in the older tab")
    page.locator("#report form.report-form .form-actions .primary").click()
    until(accepted("typed in the older tab").exists, "not saved")


def end_session(page: Page) -> None:
    """On the server: the browser learns of it with what it sends next."""
    (cookie,) = [each for each in page.context.cookies() if each["name"] == settings.SESSION_COOKIE_NAME]
    assert Session.objects.filter(pk=cookie["value"]).delete()[0] == 1


def sign_in_again(page: Page, username: str = "staff") -> None:
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("input[name=password]")).to_have_count(0)


def send_workbook(page: Page, workbook: Any) -> None:
    page.locator("main input[type=file]").set_input_files(workbook)
    page.locator("main form button.primary").click()
