"""A month of the ministries through the pages alone: opened, reported, reviewed, closed, reopened, restated, closed again.

Eight accounts, thirty reports: in the rows of My work, in the form of a milestone, in an Excel table. At each step the
figures are those that the test adds up by itself, from the parts of the milestones and what was reported of them.
"""

import csv
import io
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import psycopg
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Ministry
from tasks.actions import plans
from tasks.actions.periods import month_of
from tasks.models import Measure, Milestone, StatusReport, Strategy
from tasks.permissions import SYSTEM
from tests import databases
from tests.journeys.test_failures import caught_up
from tests.journeys.test_reporting import WITHIN, api, choose, file_report

WHOLE = 10_000
# More to report than the record has open.
ADDED, OF_OTHERS = 7, "T1-3"
IN_ROWS, IN_EXCEL, BY_FORM = 18, 6, 3


@dataclass
class Hand:
    """What the figures must be: parts of the strategy by milestone, and their progress, as this test knows it."""

    parts: dict[str, int]
    progress: dict[str, int]
    whole: int
    ended: int  # what stood at the end of the month before anything was reported
    then: dict[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, stack: Any, last: date) -> "Hand":
        rows = api(stack, "milestones/?page_size=1000")["results"]
        sums = api(stack, f"rollups/?slice=strategy&as_of={last}")["results"][0]["sums"]
        found = {row["code"]: row for row in rows if row["share"] is not None}
        progress = {code: row["progress_bp"] or 0 for code, row in found.items()}
        parts = {code: row["share"] for code, row in found.items()}
        return cls(parts, progress, sums["share"], sums["earned"], dict(progress))

    def says(self, code: str, percent: float) -> None:
        """Accepted for the month."""
        self.progress[code] = int(percent * 100)

    @property
    def earned(self) -> int:
        return sum(part * self.progress[code] for code, part in self.parts.items())

    @property
    def published(self) -> int:
        """Of the month's last day."""
        return self.ended + sum(part * (self.progress[code] - self.then[code]) for code, part in self.parts.items())

    @property
    def percent(self) -> str:
        exact = Decimal(self.earned) * 100 / (self.whole * WHOLE)
        return str(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))


@pytest.fixture
def month() -> tuple[date, date]:
    """The one that ended last."""
    return month_of(timezone.localdate().replace(day=1) - timedelta(days=1))


@pytest.fixture
def mine(stack: Any, month: tuple[date, date]) -> list[Milestone]:
    """What the lead ministry has to report; seven more of it, and one that it answers for below another's measure."""
    of_lead, of_other = Measure.objects.get(code="T3-2.6"), Measure.objects.get(code=OF_OTHERS)
    lead = Ministry.objects.get(key="MOTIR")
    for measure, number in ((of_lead, ADDED), (of_other, 1)):
        for each in range(number):
            plans.create_milestone(
                measure=measure, code=f"{measure.code}-M9{each}", title_ko=f"시험 이정표 {each + 1}",
                title_en=f"Milestone of the test {each + 1}", done_when_ko="끝남", done_when_en="Done",
                responsible_ministry=lead, baseline_start=month[0], baseline_due=month[1], current_due=month[1],
                effective_on=month[0], by=SYSTEM,
            )  # fmt: skip
    caught_up()
    rows = Milestone.objects.filter(responsible_ministry=lead, in_scope=True, state__in=["planned", "in_progress"])
    return list(rows.exclude(measure=of_other).order_by("code"))


def in_row(page: Page, row: Milestone, percent: float, words: str) -> None:
    line = page.locator(f"#m-{row.uuid}")
    line.locator("select[name=verb]").select_option("start" if row.state == "planned" else "update")
    line.locator("input[name=progress]").fill(f"{percent}")
    line.locator("textarea[name=result]").fill(words)
    line.locator("textarea[name=result]").press("Enter")
    expect(page.locator(f"#m-{row.uuid} .notice-ok")).to_contain_text("Submitted")


def completed(page: Page, row: Milestone, day: date) -> None:
    page.goto(f"/milestones/{row.uuid}/")
    choose(page, "complete")
    page.locator("#report [name=completed_on]").fill(day.isoformat())
    page.locator("#report [name=result]").fill("Accepted by the inspection")
    file_report(page)
    expect(page.locator("#report .notice-ok")).to_be_visible()


def in_excel(page: Page, rows: list[tuple[Milestone, float]], folder: Path) -> None:
    page.goto("/import/reports/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Excel template").click()
    waiting.value.save_as(folder / "my-work.xlsx")
    book = openpyxl.load_workbook(folder / "my-work.xlsx")
    sheet = book["My work"]
    at = {cell.value: number for number, cell in enumerate(sheet[2], 1)}
    line = {cell.value: cell.row for cell in sheet["A"][3:]}
    for row, percent in rows:
        typed = {"What happened": "Start" if row.state == "planned" else "Update", "Progress (%)": percent}
        for head, value in (typed | {"This month's result": "From the table"}).items():
            sheet.cell(line[row.code], at[head]).value = value
    book.save(folder / "my-work.xlsx")
    page.locator("input[type=file]").set_input_files(folder / "my-work.xlsx")
    page.get_by_role("button", name="Upload and check").click()
    expect(page.locator("#changes tbody tr")).to_have_count(len(rows))
    page.locator("#import-rows button").click()
    expect(page.locator("main")).to_contain_text(f"{len(rows)} entries were imported")


def approve(page: Page, *, but: tuple[StatusReport, ...] = ()) -> int:
    """Tick all that waits, except some; how many were ticked."""
    page.goto("/review/")
    boxes = page.locator("main input[name=report]")
    left = {str(report.uuid) for report in but}
    values = [box.get_attribute("value") for box in boxes.all()]
    for value in values:
        if value not in left:
            page.locator(f"main input[name=report][value='{value}']").check()
    page.locator("#approve button[type=submit]").click()
    ticked = len([value for value in values if value not in left])
    expect(page.locator("body")).to_contain_text(f"{ticked} report{'s' if ticked > 1 else ''} approved")
    return ticked


def give_back(page: Page, report: StatusReport) -> None:
    page.goto(report.get_absolute_url())
    page.get_by_text("Return it with a reason").click()
    page.locator("select[name=common]").select_option("1")
    page.locator("textarea[name=words]").fill("Say what was measured.")
    page.get_by_role("button", name="Return", exact=True).click()
    expect(page.locator("body")).to_contain_text("Returned:")


def report_of(row: Milestone) -> StatusReport:
    return StatusReport.objects.filter(milestone=row, author__isnull=False).latest("pk")


def sent(page: Page, address: str, **typed: str) -> None:
    """A form of one row, filled and sent."""
    page.goto(address)
    for name, value in typed.items():
        control = page.locator(f"main form [name={name}]").first
        kind = control.evaluate("control => control.type || ''")
        if kind == "checkbox":
            control.check()
        elif kind.startswith("select"):
            control.select_option(value)
        else:
            control.fill(value)
    page.locator("main form .form-actions .primary").first.click()
    page.wait_for_url(lambda url: not url.endswith(address))


def test_a_month(stack, sign_in, mine, month, tmp_path):  # one story: each step rests on those before it
    today, name = timezone.localdate(), f"{month[0]:%Y-%m}"
    people = ("admin", "coordinator", "staff", "approver", "staff-msit", "analyst", "executive", "auditor")
    pages = {person: sign_in(person, language="en") for person in people}
    staff, other, office = pages["staff"], pages["staff-msit"], pages["coordinator"]
    hand = Hand.read(stack, month[1])
    watched = pages["executive"]
    watched.goto("/")

    def agrees() -> None:
        """The open overview, without loading it again, and the API."""
        expect(watched.locator("#figures .figure-value").first).to_contain_text(hand.percent, timeout=2 * WITHIN)
        caught_up()
        (figure,) = api(stack, "rollups/?slice=strategy")["results"]
        assert figure["sums"]["earned"] == hand.earned

    agrees()

    # The administrator sets two review steps, the coordinating office opens the month.
    admin = pages["admin"]
    admin.goto(f"/admin/tasks/strategy/{Strategy.objects.get().pk}/change/")
    admin.locator("[name=review_steps]").fill("2")
    admin.locator("input[name=_save]").click()
    expect(admin.locator(".messagelist")).to_contain_text("successfully")
    sent(office, "/periods/new/", starts_on=month[0].isoformat(), due_on=(today + timedelta(days=3)).isoformat())
    expect(office.locator("h1")).to_be_visible()

    # Thirty reports: in the rows, from Excel, in forms; nothing of it counts yet.
    rows, excel, forms = mine[:IN_ROWS], mine[IN_ROWS : IN_ROWS + IN_EXCEL], mine[IN_ROWS + IN_EXCEL :][:BY_FORM]
    staff.goto("/my-work/")
    expect(staff.locator("main")).to_contain_text("What you save here is your report of")
    said: dict[str, float] = {}
    for number, row in enumerate(rows):
        said[row.code] = 10 + number * 4.5
        in_row(staff, row, said[row.code], f"Result {number}")
    said |= {row.code: 20.25 + number for number, row in enumerate(excel)}
    in_excel(staff, [(row, said[row.code]) for row in excel], tmp_path)
    for row in forms:
        completed(staff, row, month[1])
        said[row.code] = 100
    theirs = list(
        Milestone.objects.filter(measure__lead_ministry__key="MSIT", state__in=["planned", "in_progress"])
        .filter(in_scope=True).order_by("code")
    )  # fmt: skip
    (lent,) = (row for row in theirs if row.responsible_ministry.key == "MOTIR")
    other.goto("/my-work/")
    for row in theirs:
        said[row.code] = 33
        in_row(other, row, 33, "As agreed")
    assert len(said) == 30
    agrees()

    # The approver gives the desk away for one, returns two, leaves one lying, approves the others.
    approver = pages["approver"]
    delegated, lying, returned = report_of(lent), report_of(rows[0]), [report_of(rows[1]), report_of(excel[0])]
    for report in returned:
        give_back(approver, report)
    sent(
        approver, "/delegations/new/", delegate="staff", valid_from=today.isoformat(), valid_to=today.isoformat(),
        reason="A business trip",
    )  # fmt: skip
    approve(approver, but=(delegated, lying))
    approve(staff)
    delegated.refresh_from_db()
    assert delegated.endorsed_by.username == "staff"
    agrees()

    # What was returned is mended in its row, with the reason before one's eyes.
    staff.goto(f"/my-work/?month={name}&report=returned")
    expect(staff.locator(".work-row")).to_have_count(2)
    for row in (rows[1], excel[0]):
        said[row.code] = 41.5
        staff.goto(f"/milestones/{row.uuid}/")
        expect(staff.locator("#report")).to_contain_text("Say what was measured.")
        staff.locator("#report [name=progress]").fill("41.5")
        staff.locator("#report [name=result]").fill("Measured on site")
        file_report(staff)
        expect(staff.locator("#report .notice-ok")).to_be_visible()
    approve(approver, but=(lying,))

    # Two weeks pass: what no approver has seen comes to the coordinating office, which accepts all.
    with psycopg.connect(databases.address(databases.current(), "owner")) as clock:
        clock.execute(
            "UPDATE tasks_statusreport SET submitted_at = submitted_at - interval '14 days'"
            " WHERE status = 'submitted' AND endorsed_at IS NULL"
        )
    office.goto("/review/")
    expect(office.locator("main")).to_contain_text("Escalated")
    assert approve(office) == 30
    for code, percent in said.items():
        hand.says(code, percent)
    agrees()

    # Closed although others are missing; a late completion restates, and stands beside what was published.
    first = hand.published
    sent(office, f"/periods/{name}/close/", anyway="on")
    assert published(office, name) == first
    late = rows[0]
    completed(staff, late, month[1] - timedelta(days=1))
    approve(approver)
    approve(office)
    hand.says(late.code, 100)
    agrees()
    assert published(office, name) == first
    office.goto(f"/periods/{name}/")
    expect(office.locator("main")).to_contain_text("1 report of that time was accepted after the closing")

    # Reopened with a reason, restated, closed again: both versions stay.
    sent(office, f"/periods/{name}/reopen/", reason="A completion was reported late")
    sent(office, f"/periods/{name}/close/", anyway="on")
    assert (published(office, name), published(office, name, "?snapshot=1")) == (hand.published, first)
    auditor = pages["auditor"]
    auditor.goto(report_of(late).get_absolute_url())
    for person in ("Ministry officer", "Ministry approver", "Coordinator"):
        expect(auditor.locator("main")).to_contain_text(person)
    auditor.goto(f"/periods/{name}/")
    expect(auditor.locator("main")).to_contain_text("A completion was reported late")
    (figure,) = api(stack, "rollups/?slice=strategy", "analyst")["results"]
    assert figure["sums"]["earned"] == hand.earned
    for page in pages.values():
        assert page.outside == page.complaints == []


def published(page: Page, name: str, query: str = "") -> int:
    """What the file of a snapshot says of the strategy."""
    answer = page.request.get(f"/periods/{name}/published/{query}{'&' if query else '?'}format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig"))))
    (whole,) = (row for row in rows if row["Cut by"] == "Strategy")
    return int(whole["earned"])
