"""Files of lists: texts are never run and come back as they were, values keep their types, nothing is not 0."""

import csv
import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from django.utils.translation import override

from common import exports
from common.exports import Sheet, as_typed, inert, write_workbook
from common.tables import Column, as_cell, hundredth
from common.templatetags.display import bp_percent, won

STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "|", "＝", "＋", "－", "＠"]
TEXTS = [start + rest for start in STARTS for rest in ("1+1", "cmd|' /C calc'!A0", "SUM(A1)")]
PLAIN = ["%", "%p", "% of GDP", "반도체", "T3-1.2", "it's", "'quoted'", "2 = 2", "", "1,000", '"a"', "–", "a\nb"]


def read_csv(rows, heads=("a",)):
    answer = exports.response(Sheet("제목", "titles", heads, rows), "csv", dt.date(2026, 1, 31))
    return answer, b"".join(answer.streaming_content)


def read_xlsx(rows, heads=("a",), about=()):
    file = io.BytesIO()
    write_workbook(Sheet("제목/1", "titles", heads, rows, list(about)), file)
    return openpyxl.load_workbook(file)


@pytest.mark.parametrize("text", TEXTS)
def test_a_formula_is_inert_in_both_and_comes_back(text):
    assert inert(text).startswith("'")
    assert as_typed(inert(text)) == text
    _answer, body = read_csv([[text]])
    (_head, (cell,)) = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    assert not cell.lstrip(" ").startswith(exports.FORMULA_STARTS)
    assert as_typed(cell) == text
    found = read_xlsx([[text]]).worksheets[0]["A2"]
    assert found.data_type == "s"
    assert found.quotePrefix
    assert found.value.replace("_x000D_", "\r") == text


@pytest.mark.parametrize("text", ["%", "%p", "% of GDP"])
def test_a_percent_sign_begins_no_formula(text):
    assert inert(text) == text
    assert not read_xlsx([[text]]).worksheets[0]["A2"].quotePrefix


@pytest.mark.parametrize("text", [*PLAIN, *(f"'{text}" for text in TEXTS), *(f"  {text}" for text in TEXTS)])
def test_any_text_comes_back_as_it_was(text):
    assert as_typed(inert(text)) == text


def test_csv_is_utf8_with_a_mark_and_lines_of_rfc_4180():
    _answer, body = read_csv(
        [["가,나", 'say "yes"', "a\nb", None, 0, True, dt.date(2026, 3, 1), Decimal("71.40")]], "abcdefgh"
    )
    assert body.startswith(b"\xef\xbb\xbf")
    assert body.decode("utf-8-sig") == ('a,b,c,d,e,f,g,h\r\n"가,나","say ""yes""","a\nb",,0,true,2026-03-01,71.4\r\n')


def test_the_name_of_a_file_is_told_in_two_ways():
    answer, _body = read_csv([])
    disposition = answer["Content-Disposition"]
    assert 'filename="titles_2026-01-31.csv"' in disposition
    assert "filename*=UTF-8''%EC%A0%9C%EB%AA%A9_2026-01-31.csv" in disposition


def test_cells_of_excel_have_types():
    row = [
        25_000_000_000_000,
        Decimal("71.4"),
        dt.date(2026, 3, 1),
        dt.datetime(2026, 3, 1, 0, 30, tzinfo=dt.UTC),
        None,
        0,
    ]
    sheet = read_xlsx([row], "abcdef").worksheets[0]
    cells = [cell.value for cell in sheet[2]]
    assert cells == [row[0], 71.4, dt.datetime(2026, 3, 1), dt.datetime(2026, 3, 1, 9, 30), None, 0]
    assert sheet["C2"].number_format == "yyyy-mm-dd"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F2"


def test_what_excel_would_change_is_written_as_text():
    long = "가" * 40_000
    cells = [
        cell.value for cell in read_xlsx([[12_345_678_901_234_567, dt.date(1890, 1, 1), long]], "abc").worksheets[0][2]
    ]
    assert cells == ["12345678901234567", "1890-01-01", f"{'가' * 32_766}…"]


def test_a_list_longer_than_a_sheet_goes_on_on_the_next(monkeypatch):
    monkeypatch.setattr(exports, "ROWS", 3)
    book = read_xlsx(([number] for number in range(5)), about=[("Rows", "5")])
    values = [[row[0].value for row in sheet.iter_rows(min_row=2)] for sheet in book.worksheets[:3]]
    assert values == [[0, 1], [2, 3], [4]]
    assert [sheet["A1"].value for sheet in book.worksheets[:3]] == ["a"] * 3
    assert book.worksheets[-1]["B1"].value == "5"


def test_rows_are_taken_one_by_one():
    taken = []

    def rows():
        for number in range(10_000):
            taken.append(number)
            yield [number]

    answer = exports.response(Sheet("t", "t", ["a"], rows()), "csv", dt.date(2026, 1, 1))
    lines = iter(answer.streaming_content)
    for _line in range(3):
        next(lines)
    assert len(taken) < 10


def test_a_column_says_its_unit_in_its_head_and_holds_the_bare_value():
    with override("en"):
        assert Column("x", "Share", show=bp_percent).written_head() == "Share (%)"
        assert Column("x", "Size", show=won).written_head() == "Size (won)"
    assert Column("x", "Share", show=bp_percent).written({"x": 7_140}) == Decimal("71.4")
    assert Column("x", "Size", show=won).written({"x": None}) is None
    assert hundredth(0) == 0
    assert f"{hundredth(10_000):f}" == "100"


def test_looks_are_left_out():
    from django.utils.html import format_html

    assert as_cell(format_html("<b>{}</b> &amp; more", "<a>")) == "<a> & more"
    assert as_cell(["가", "나"]) == "가; 나"
    assert as_cell("  ") is None
