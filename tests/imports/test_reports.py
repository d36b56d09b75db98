"""My work taken along to Excel and brought back: each row a report, all of them or none."""

import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.utils import timezone

from tasks.actions.periods import month_of, open_period
from tasks.actions.reports import ReportValues, report_milestone
from tasks.models import Change, StatusReport
from tasks.permissions import SYSTEM
from tests.imports.conftest import book, confirm, faults, saved, upload

pytestmark = pytest.mark.django_db
TO, LIST = "/import/reports/", "/my-work/"
HEADS = (
    "Code", "Version", "What happened", "Progress (%)", "Expected completion", "Completed on", "This month's result",
    "Next month's plan", "Issues", "Reason",
)  # fmt: skip


def line(
    milestone: Any, verb: Any = "Start", progress: Any = None, forecast: Any = None, completed: Any = None,
    result: Any = "done so far", reason: Any = None, version: Any = None, code: Any = None,
) -> list[Any]:  # fmt: skip
    seen = milestone.version if version is None else version
    return [code or milestone.code, seen, verb, progress, forecast, completed, result, None, None, reason]


def sent(client: Any, *rows: list[Any]) -> Any:
    return upload(client, saved(book(rows, HEADS, "My work")), to=TO)


def state() -> tuple[int, int]:
    return StatusReport.objects.count(), Change.objects.count()


@pytest.fixture
def officer(client_of: Any, world: Any) -> Any:
    return client_of("staff")


def test_the_table_taken_along_comes_back_as_reports(officer: Any, world: Any) -> None:
    page = officer.get(LIST).content.decode()
    assert f"{TO}template/" in page and f'href="{TO}"' in page
    template = openpyxl.load_workbook(io.BytesIO(officer.get(f"{TO}template/").content))
    sheet = template["My work"]
    at = {cell.value: number for number, cell in enumerate(sheet[2], 1)}
    rows = {cell.value: cell.row for cell in sheet["A"][3:]}
    mine = rows[world.milestones.open.code]
    assert [sheet.cell(mine, at[head]).protection.locked for head in ("Code", "Version", "Progress (%)")] == [1, 1, 0]
    typed = {"What happened": "Start", "Progress (%)": 12.5, "This month's result": "Ground broken"}
    for head, value in typed.items():
        sheet.cell(mine, at[head]).value = value
    before = state()
    shown = upload(officer, saved(template), to=TO)
    (row,) = shown.context["checked"].rows
    assert (faults(shown), row.was, row.will) == ({}, "Planned", "In progress · 12.5%")
    assert state() == before
    assert "1 entry was imported" in confirm(officer, shown, TO).content.decode()
    world.milestones.open.refresh_from_db()
    assert (world.milestones.open.state, world.milestones.open.progress_bp) == ("in_progress", 1_250)
    report = StatusReport.objects.get(milestone=world.milestones.open)
    assert (report.author.username, report.result) == ("staff", "Ground broken")
    change = Change.objects.filter(table="tasks_milestone").latest("sequence")
    assert (change.door, change.verb) == ("import", "milestone.started")


def test_every_fault_is_named_by_its_cell_and_nothing_is_written(officer: Any, world: Any) -> None:
    mine, other = world.milestones.open, world.milestones
    rows = [
        (line(mine, verb="Sleep"), "C", "Not on the list"),
        (line(mine, verb=None), "C", "is empty"),
        (line(mine, verb="Resume"), "C", "is not possible from"),
        (line(mine, verb="Cancel", reason="x"), "A", "coordinating office"),
        (line(mine, progress=101), "D", "Not a share"),
        (line(mine, progress="50%"), "D", "A percentage"),
        (line(mine, forecast=date(2020, 1, 1)), "E", "past"),
        (line(mine, verb="Complete"), "F", "Enter the date"),
        (line(mine, verb="Complete", completed=date(2030, 1, 1)), "F", "future"),
        (line(mine, verb="Suspend"), "J", "needs one"),
        (line(mine, version=mine.version + 7), "B", "changed this milestone"),
        (line(mine, code="T9-9-M9"), "A", "No such key"),
    ]
    before = state()
    shown = sent(officer, *(cells for cells, _column, _words in rows))
    found = faults(shown)
    wanted = {f"My work!{column}{number}": words for number, (_c, column, words) in enumerate(rows, 2)}
    assert {
        place: words for place, words in wanted.items() if words not in getattr(found.get(place), "wrong", "")
    } == {}
    assert all(fault.remedy for fault in found.values())
    confirm(officer, shown, TO)
    assert state() == before
    assert other.open.pk == mine.pk


def test_another_ministrys_milestone_is_refused_and_a_hidden_one_unknown(client_of: Any, world: Any) -> None:
    client = client_of("staff-msit")
    foreign = next(row for row in vars(world.milestones).values() if row.responsible_ministry == world.ministries.lead)
    found = faults(sent(client, line(foreign)))
    assert list(found) == ["My work!A2"]
    assert "another ministry" in found["My work!A2"].wrong or "No such key" in found["My work!A2"].wrong


def test_who_was_faster_after_the_check_stops_the_whole_file(officer: Any, world: Any) -> None:
    shown = sent(officer, line(world.milestones.open, progress=10))
    report_milestone(world.milestones.open, ReportValues("start", progress_bp=4_000), by=SYSTEM)
    before = state()
    answer = confirm(officer, shown, TO)
    assert "Nothing was imported" in answer.content.decode()
    assert state() == before


def test_who_reports_nothing_cannot_import(client_of: Any, world: Any) -> None:
    assert client_of("analyst").get(TO).status_code == 403
    assert TO not in client_of("analyst").get(LIST).content.decode()


def test_a_row_is_filed_for_the_month_that_it_names_while_that_is_open(officer: Any, world: Any) -> None:
    today = timezone.localdate()
    last = month_of(today.replace(day=1) - timedelta(days=1))
    period = open_period(strategy=world.strategy, starts_on=last[0], due_on=today + timedelta(days=3), by=SYSTEM)
    template = openpyxl.load_workbook(io.BytesIO(officer.get(f"{TO}template/").content))["My work"]
    at = {cell.value: number for number, cell in enumerate(template[2], 1)}
    assert template.cell(4, at["Month that it reports"]).value == str(period)
    heads, month = (*HEADS, "Month that it reports"), [*line(world.milestones.open), str(period)]
    wrong = upload(officer, saved(book([[*month[:-1], "2019-01"]], heads, "My work")), to=TO)
    assert "has been closed, or was never opened" in faults(wrong)["My work!K2"].wrong
    ahead = upload(officer, saved(book([[*month[:-1], "2050-01"]], heads, "My work")), to=TO)
    assert list(faults(ahead)) == ["My work!K2"]
    shown = upload(officer, saved(book([month], heads, "My work")), to=TO)
    assert faults(shown) == {}
    confirm(officer, shown, TO)
    report = StatusReport.objects.get(milestone=world.milestones.open)
    assert (report.effective_on, report.period) == (last[1], period)
