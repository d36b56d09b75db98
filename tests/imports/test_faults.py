"""Everything that people and Excel do to a table, in one file: each is named by its cell, with what to do."""

from datetime import date, datetime, time

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from tests.imports.conftest import HEADS, book, faults, row, saved, text, upload

pytestmark = pytest.mark.django_db
LAST = date(2026, 5, 31)

# What stands in one row → the cell that is named (by its column), and words of the error.
FAULTY = [
    (row(amount="soon"), "E", "Not an amount"),
    (row(amount="1,00,0"), "E", "Not an amount"),
    (row(amount="1조 20,000억"), "E", "Not an amount"),
    (row(amount=-5), "E", "negative"),
    (row(amount="△1,000"), "E", "negative"),
    (row(amount=0.5), "E", "fraction of a won"),
    (row(amount="1.5원"), "E", "Not an amount"),
    (row(amount=2**53 + 1), "E", "fifteen digits"),
    (row(amount=1e300), "E", "fifteen digits"),
    (row(amount="1E+12"), "E", "powers of ten"),
    (row(amount="50%"), "E", "percentage"),
    (row(amount="９９％"), "E", "percentage"),
    (row(amount=True), "E", "TRUE or FALSE"),
    (row(amount="=A1*2"), "E", "formula"),
    (row(amount="#REF!"), "E", "error of Excel"),
    (row(amount="#N/A"), "E", "error of Excel"),
    (row(amount=date(2026, 1, 1)), "E", "A date, not a number"),
    (row(amount="99999999999999999999"), "E", "Not an amount"),
    (row(on="soon"), "D", "Not a date"),
    (row(on="31.1.26"), "D", "two digits"),
    (row(on="'26. 1. 31."), "D", "two digits"),
    (row(on="01/02/2026"), "D", "taken for each other"),
    (row(on="2026-02-30"), "D", "does not exist"),
    (row(on="2026-13-01"), "D", "does not exist"),
    (row(on=date(1900, 1, 15)), "D", "before"),
    (row(on=46000), "D", "number, not a date"),
    (row(on=date(2026, 6, 3)), "D", "future"),
    (row(on="2031-01-01"), "D", "future"),
    (row(on=datetime(2026, 1, 31, 14, 30)), "D", "time of day"),
    (row(on="2026-01-31 14:30"), "D", "time of day"),
    (row(on=time(9, 30)), "D", "time of day"),
    (row(on=True), "D", "TRUE or FALSE"),
    (row(on="=TODAY()"), "D", "formula"),
    (row(on=None), "D", "is empty"),
    (row(amount=None, source="x"), "E", "is empty"),
    (row(key=None), "A", "is empty"),
    (row(phase=None), "C", "is empty"),
    (row(phase="Spent"), "C", "Not on the list"),
    (row(phase="집 행"), "C", "Not on the list"),
    (row(phase=5), "C", "Not on the list"),
    (row(bound="about"), "F", "Not on the list"),
    (row(year=2024), "B", "Not the fiscal year"),
    (row(year="FY25"), "B", "four digits"),
    (row(key="bud-nowhere"), "A", "No such key"),
    (row(key="bud-internal", source="seen below"), "A", "No such key"),
    (row(source=None), "G", "“Source” is empty"),
    (row(source=" \u200b"), "G", "“Source” is empty"),
    (row(source="=1+1"), "G", "formula"),
    (row(source="@SUM(A1)"), "G", "Begins like a formula"),
    (row(source="＝cmd"), "G", "Begins like a formula"),
    (row(source="-2+3"), "G", "Begins like a formula"),
    (row(source="x" * 2_001), "G", "Too long"),
    (row(source="bell _x0007_ rings"), "G", "control characters"),
    (row(source="turned \u202e round"), "G", "control characters"),
]  # fmt: skip


@pytest.fixture
def low(client, users):
    """The coordinator of the tests, cleared for what is public alone."""
    users["coordinator"].clearance = 1
    users["coordinator"].save()
    return client


def faulty_book():
    made = book([row(on=LAST, phase="Unused", key="bud-b"), *(cells for cells, _column, _words in FAULTY)])
    sheet, first = made["Budget"], len(FAULTY) + 3
    for number, (cells, _column, _words) in enumerate(FAULTY, 3):
        if cells[6] in ("@SUM(A1)", "＝cmd", "-2+3"):
            sheet.cell(number, 7).data_type = "s"
    sheet.append(row(on=LAST, phase="Unused", key="bud-b", amount=9))  # duplicate of row 2
    sheet.append(row(on=LAST, phase="Allotted"))  # hidden row
    sheet.append(row(on=LAST, phase="Allotted", key="bud-b"))  # percent format
    sheet.cell(first + 2, 5).number_format = "0.00%"
    sheet.append(row(on=LAST, phase="Current budget"))  # merged
    sheet.append(row(on=LAST, phase="Current budget", key="bud-b"))
    sheet.append([])  # empty row
    sheet.append(row(on=date(2026, 4, 1)))  # array formula, and a cell beside the columns
    sheet.cell(first + 6, 5).value = ArrayFormula(f"E{first + 6}:E{first + 7}", "=ROW(1:2)")
    sheet.cell(first + 6, 9).value = "a note"
    sheet.append(row(on=date(2026, 4, 2)))
    sheet.row_dimensions[first + 1].hidden = True
    sheet.merge_cells(f"F{first + 3}:F{first + 4}")
    made.create_sheet("Archive").append(["old", "rows"])
    made.create_sheet("Secret").append(["x"])
    made["Secret"].sheet_state = "hidden"
    sheet["H1"] = "Comment"
    extra = [
        (f"Budget!A{first}", "The same entry as in Budget!2"),
        (f"Budget!D{first + 1}", "hidden row"),
        (f"Budget!E{first + 2}", "percentage"),
        (f"Budget!F{first + 3}", "Merged"),
        (f"Budget!A{first + 5}", "empty row"),
        (f"Budget!E{first + 6}", "formula"),
        (f"Budget!E{first + 7}", "formula"),
        (f"Budget!I{first + 6}", "outside the columns"),
        ("Archive!A1", "not read"),
        ("Secret!A1", "hidden sheet"),
        ("Budget!H1", "unknown column"),
    ]
    return made, extra


def test_one_file_with_all_faults_names_each_by_its_cell_with_a_remedy(low):
    made, extra = faulty_book()
    shown = upload(low, saved(made))
    wanted = [(f"Budget!{column}{number}", words) for number, (_c, column, words) in enumerate(FAULTY, 3)] + extra
    found = {}
    for fault in shown.context["checked"].faults:
        found.setdefault(fault.place, []).append(fault)
        assert fault.remedy, fault
    missing = [(p, w) for p, w in wanted if not any(w in fault.wrong for fault in found.get(p, []))]
    assert not missing, [(p, w, [f.wrong for f in found.get(p, [])]) for p, w in missing]
    assert sorted(found) == sorted({p for p, _w in wanted}), "nothing else is named"
    assert len(found) >= 60
    html = shown.content.decode()
    assert all(place in html for place in found)
    assert 'name="basis"' not in html


def test_what_was_found_is_told(low):
    shown = upload(low, saved(book([row(amount="soon\u200b"), row(on=datetime(2026, 1, 31, 14, 30))])))
    assert faults(shown)["Budget!E2"].found == "soon⟨200B⟩"
    assert faults(shown)["Budget!D3"].found == "2026-01-31 14:30:00"


def test_a_hidden_line_and_none_at_all_read_the_same_on_the_page(low):
    """Byte for byte: the same file but for the key, which is as long."""
    pages = [
        upload(low, saved(book([row(key=key)]))).content.replace(key.encode(), b"KEY")
        for key in ("bud-internal", "bud-nowhere-")
    ]
    strip = [page[page.index(b'id="faults"') : page.index(b"</table>")] for page in pages]
    assert strip[0] == strip[1]


def test_missing_unknown_and_twice_named_columns(client):
    heads = ["Budget key", "Phase", "As of", "Amount", "As of"]
    shown = upload(client, saved(book([["bud-a", "Executed", LAST, 5, LAST]], heads)))
    found = faults(shown)
    assert "unknown column" in found["Budget!D1"].wrong
    assert "same column twice" in found["Budget!E1"].wrong
    missing = [fault.wrong for fault in shown.context["checked"].faults if fault.place == "Budget!1"]
    assert ["Amount (won)" in missing[0], "Source" in missing[1]] == [True, True]
    assert not shown.context["checked"].rows


def test_swapped_heads_are_told_cell_by_cell(client):
    heads = list(HEADS)
    heads[3], heads[4] = heads[4], heads[3]
    found = faults(upload(client, saved(book([row()], heads))))
    assert "A date, not a number" in found["Budget!D2"].wrong
    assert "number, not a date" in found["Budget!E2"].wrong


def test_without_heads_nothing_is_guessed(client):
    found = faults(upload(client, saved(book([row()], ["a", "b"]))))
    assert "No row of heads" in found["Budget!A1"].wrong


def test_a_wrong_sheet_name_is_named_and_its_rows_are_checked_all_the_same(client):
    found = faults(upload(client, saved(book([row(amount="soon")], name="Sheet1"))))
    assert "“Budget” is missing" in found["Sheet1!A1"].wrong
    assert "Sheet1!E2" in found


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_the_sheet_itself_hidden(client, state):
    made = book([row()])
    made.create_sheet("Other")
    made["Budget"].sheet_state = state
    assert "hidden sheet" in faults(upload(client, saved(made)))["Budget!A1"].wrong


def test_a_hidden_column_with_entries(client):
    made = book([row(), row(key="bud-b")])
    made["Budget"].column_dimensions["E"].hidden = True
    found = faults(upload(client, saved(made)))
    assert "hidden column" in found["Budget!E2"].wrong


def test_hidden_rows_without_entries_do_not_matter(client):
    made = book([row(), row(key="bud-b", on=None, amount=None, source=None)])
    made["Budget"].row_dimensions[3].hidden = True
    assert faults(upload(client, saved(made))) == {}


def test_days_counted_from_1904_are_read_rightly_and_told(client):
    made = book([row(on=date(2026, 1, 31))])
    made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    checked = upload(client, saved(made)).context["checked"]
    assert checked.rows[0].values["as_of"] == date(2026, 1, 31)
    assert "1904" in checked.notes[0]


def test_an_untouched_file_says_that_nothing_is_filled_in(client):
    template = client.get("/import/budget/template/").content
    (fault,) = upload(client, template).context["checked"].faults
    assert "Nothing is filled in" in fault.wrong


TEXT_FAULTS = [
    ('bud-a,2025,Executed,2026-01-31,1,000,x,', "CSV!H2", "8 cells, the heads have 7"),
    ("bud-a,2025,Executed,2026-01-31,1000", "CSV!E2", "5 cells"),
    ('bud-a,2025,Executed,2026-01-31,1000,,"open', "CSV!A2", "do not pair"),
    ('bud-a,2025,Executed,2026-01-31,1000,,"a"b', "CSV!A2", "do not pair"),
    ("bud-a,2025,Executed,2026-01-31,4.7E+12,,x", "CSV!E2", "powers of ten"),
    ("bud-a,2025,Executed,26-01-31,1000,,x", "CSV!D2", "two digits"),
    ("bud-a,2025,Executed,2026-01-31,1000,,", "CSV!G2", "“Source” is empty"),
    ("bud-a,2025,Executed,2026-01-31,1000,,=1+1", "CSV!G2", "Begins like a formula"),
    ("bud-a,2025,Executed,2026-01-31,1000,,a\x07b", "CSV!G2", "control characters"),
    ("bud-a,2025,Executed,2026-01-31,-1000,,x", "CSV!E2", "negative"),
    ("bud-a,2025,Executed,#N/A,1000,,x", "CSV!D2", "Not a date"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "place", "words"), TEXT_FAULTS)
def test_faults_of_text_files(client, line, place, words):
    found = faults(upload(client, f"{text([])}{line}\r\n", "file.csv"))
    assert words in found[place].wrong, found


def test_a_line_break_in_quotes_counts_as_excel_counts(client):
    lines = text([]) + 'bud-a,2025,Executed,2026-01-31,1000,,"two\nlines"\r\nbud-b,2025,Executed,2026-01-31,soon,,x\r\n'
    assert list(faults(upload(client, lines, "file.csv"))) == ["CSV!E3"]
