"""Two hundred rows of My work: every fault named by its cell, whoever was faster, another ministry's row; then all or none."""

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from tasks.actions import plans
from tasks.actions.reports import ReportValues, report_milestone
from tasks.models import Change, Milestone, StatusReport
from tasks.permissions import SYSTEM
from tests.imports.conftest import confirm, faults, saved, upload
from tests.imports.test_reports import TO, state

pytestmark = pytest.mark.django_db
ROWS = 200
HEADS = {"ko": "번호", "en": "Code"}
FIRST = 3  # below the heads in one language, and the hints
FIELDS = {
    "code": "A", "version": "G", "month": "H", "verb": "I", "progress": "J", "forecast": "K", "completed": "L",
    "result": "M", "next": "N", "issues": "O", "reason": "P",
}  # fmt: skip
WORDS = {
    "en": {"start": "Start", "complete": "Complete", "suspend": "Suspend"},
    "ko": {"start": "착수", "complete": "완료", "suspend": "중단"},
}

# What somebody typed over a good row → the field that is named, and words of the fault.
FAULTY: list[tuple[dict[str, Any], str, str]] = [
    ({"verb": "Sleep"}, "verb", "Not on the list"),
    ({"verb": None}, "verb", "is empty"),
    ({"verb": 5}, "verb", "Not on the list"),
    ({"verb": "=A4"}, "verb", "formula"),
    ({"verb": "Resume"}, "verb", "is not possible from"),
    ({"verb": "Update"}, "progress", "It has not started yet"),
    ({"verb": "Cancel", "reason": "no money"}, "code", "coordinating office"),
    ({"verb": "Suspend"}, "reason", "needs one"),
    ({"progress": 101}, "progress", "Not a share"),
    ({"progress": -1}, "progress", "Not a share"),
    ({"progress": 100}, "progress", "100% means completed"),
    ({"progress": "half"}, "progress", "Not a number"),
    ({"progress": "50%"}, "progress", "A percentage"),
    ({"progress": 12.345}, "progress", "Too many digits|Not a share"),
    ({"progress": "1E+1"}, "progress", "powers of ten"),
    ({"progress": date(2026, 5, 1)}, "progress", "A date, not a number"),
    ({"progress": True}, "progress", "TRUE or FALSE"),
    ({"progress": "=5*5"}, "progress", "formula"),
    ({"progress": "#N/A"}, "progress", "error of Excel"),
    ({"forecast": date(2020, 1, 1)}, "forecast", "past"),
    ({"forecast": "next year"}, "forecast", "Not a date"),
    ({"forecast": "26. 12. 31."}, "forecast", "two digits"),
    ({"forecast": "01/02/2027"}, "forecast", "taken for each other"),
    ({"forecast": "2027-02-30"}, "forecast", "does not exist"),
    ({"forecast": datetime(2027, 1, 31, 9, 30)}, "forecast", "time of day"),
    ({"forecast": "=TODAY()"}, "forecast", "formula"),
    ({"verb": "Complete", "progress": None}, "completed", "Enter the date"),
    ({"verb": "Complete", "progress": None, "completed": date(2030, 1, 1)}, "completed", "future"),
    ({"verb": "Complete", "progress": None, "completed": "2026-13-01"}, "completed", "does not exist"),
    ({"result": "=1+1"}, "result", "formula"),
    ({"result": "x" * 2_001}, "result", "Too long"),
    ({"next": "turned \u202e round"}, "next", "control characters"),
    ({"issues": "bell _x0007_ rings"}, "issues", "control characters"),
    ({"reason": "-2+3"}, "reason", "Begins like a formula"),
    ({"version": None}, "version", "is empty"),
    ({"version": "first"}, "version", "Not a number"),
    ({"month": "2019-01"}, "month", "never opened"),
    ({"code": None}, "code", "is empty"),
    ({"code": "T9-9-M9"}, "code", "No such key"),
    ({"code": "M-000"}, "code", "The same entry as in"),
]


@pytest.fixture
def many(world: Any) -> list[Milestone]:
    """Two hundred that one ministry answers for, the last of them begun."""
    other, values = world.ministries.other, {"by": SYSTEM, "effective_on": date(2023, 3, 15)}
    made = [
        plans.create_milestone(
            measure=world.measures.m11,
            code=f"M-{number:03}",
            responsible_ministry=other,
            title_ko=f"이정표 {number}",
            title_en=f"Milestone {number}",
            current_due="2027-12-31",
            baseline_due="2027-12-31",
            **values,
        )
        for number in range(ROWS)
    ]
    report_milestone(made[-1], ReportValues("start"), by=SYSTEM)
    made[-1].refresh_from_db()
    return made


class Workbook:
    """The template as it was downloaded, with the heads of one language alone, filled in row by row."""

    def __init__(self, content: bytes, language: str) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        self.sheet = self.book.worksheets[0]
        heads = {self.sheet[f"A{number}"].value: number for number in (1, 2)}
        self.sheet.delete_rows(next(number for head, number in heads.items() if head != HEADS[language]))
        assert self.sheet["A1"].value == HEADS[language]
        self.words = WORDS[language]
        self.rows = {cell.value: cell.row for cell in self.sheet["A"][FIRST - 1 :]}

    def put(self, number: int, **typed: Any) -> None:
        for field, value in typed.items():
            cell = self.sheet[f"{FIELDS[field]}{number}"]
            cell.value = value
            if value == "-2+3":
                cell.data_type = "s"
            if field == "progress" and not isinstance(value, date):
                cell.number_format = "0.00"

    def good(self, code: str) -> int:
        """Fill in the row as it should be; where it stands."""
        number = self.rows[code]
        empty = dict.fromkeys(("month", "forecast", "completed", "next", "issues", "reason"))
        self.put(number, code=code, verb=self.words["start"], progress=12.5, result=f"Ground broken: {code}", **empty)
        return number

    def place(self, number: int, field: str) -> str:
        return f"{self.sheet.title}!{FIELDS[field]}{number}"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_two_hundred_rows_with_every_fault_named_then_mended_and_written_once(
    client_of: Any, world: Any, many: list[Milestone], language: str
) -> None:
    officer, stranger = client_of("staff-msit", language), world.milestones.open
    made = Workbook(officer.get(f"{TO}template/").content, language)
    for milestone in many:
        made.good(milestone.code)
    wanted = {}
    for (typed, field, words), milestone in zip(FAULTY, many[10:], strict=False):
        number = made.rows[milestone.code]
        made.put(number, **typed)
        wanted[made.place(number, field)] = words
    faster = many[-1]
    made.put(made.rows[faster.code], verb="update")
    report_milestone(faster, ReportValues("update", progress_bp=4_000), by=SYSTEM)
    wanted[made.place(made.rows[faster.code], "version")] = "changed this milestone"
    last = max(number for number in made.rows.values()) + 1
    made.put(last, code=stranger.code, version=stranger.version, verb=made.words["start"], result="not mine")
    wanted[made.place(last, "code")] = "another ministry"
    assert len(wanted) == len(FAULTY) + 2 == 42

    before = state()
    shown = upload(officer, saved(made.book), to=TO)
    found = faults(shown)
    assert set(found) ^ set(wanted) == set(), "these cells, and no other"
    assert all(fault.wrong and fault.remedy for fault in found.values())
    if language == "en":
        unsaid = {place: found[place].wrong for place, words in wanted.items() if not _says(found[place].wrong, words)}
        assert unsaid == {}
    html = shown.content.decode()
    assert [place for place in wanted if place not in html] == []
    assert 'name="basis"' not in html, "there is nothing to agree to"
    confirm(officer, shown, TO)
    assert state() == before, "nothing is written"

    faster.refresh_from_db()
    for milestone in many:
        made.put(made.good(milestone.code), version=milestone.version)
    made.put(made.rows[faster.code], verb="update")
    made.sheet.delete_rows(last)
    mended = upload(officer, saved(made.book), to=TO)
    assert (faults(mended), len(mended.context["checked"].new)) == ({}, ROWS)
    assert state() == before
    confirm(officer, mended, TO)
    reports = StatusReport.objects.filter(author__username="staff-msit")
    assert sorted(reports.values_list("milestone__code", "result", "status", "progress_bp")) == [
        (row.code, f"Ground broken: {row.code}", "accepted", 1_250) for row in many
    ]
    moved = Change.objects.filter(door="import", table="tasks_milestone", verb__startswith="milestone.")
    assert sorted(moved.values_list("object_id", flat=True)) == sorted(row.pk for row in many)
    after = state()
    confirm(officer, mended, TO)
    assert state() == after, "confirmed twice, written once"


def _says(wrong: str, words: str) -> bool:
    return any(each in wrong for each in words.split("|"))
