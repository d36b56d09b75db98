"""Hostile uploads are refused by name, quickly, in little memory; good ones of many makers pass."""

import io
import json
import os
import subprocess
import sys
import time
import zipfile

import pytest
import xlsxwriter

from common.uploads import Limits, Refused, read_upload
from tasks.models import ImportUpload
from tests.imports import hostile
from tests.imports.conftest import HEADS, book, row, saved, text, upload

LIMITS = Limits(bytes=5 * 2**20, rows=2_000)
SECONDS, MEGABYTES = 2, 300  # of the processor: the machine may be busy with other things
FILES = hostile.all_of_them()


@pytest.mark.parametrize(("data", "code"), [pytest.param(d, c, id=n) for n, d, c in FILES])
def test_it_is_refused_by_name_and_quickly(data, code):
    started = time.process_time()
    with pytest.raises(Refused) as refusal:
        read_upload(data, LIMITS)
    assert time.process_time() - started < SECONDS
    assert refusal.value.code == code
    assert refusal.value.message


def test_there_are_enough_of_them():
    assert len(FILES) >= 60


MEASURED = """
import json, pathlib, sys, django
django.setup()
from common.uploads import Limits, Refused, read_upload
def peak():
    status = pathlib.Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM"))

path = pathlib.Path(sys.argv[1])
data = path.read_bytes()
try:
    read_upload(data, Limits(bytes=5 * 2**20, rows=2_000))
except Refused as refusal:
    print(json.dumps([refusal.code, peak()]))
"""


@pytest.mark.parametrize("name", ["300 MB of zeros", "300 MB of cells", "far corner", "endless texts", "deep nesting"])
def test_the_worst_stay_small(tmp_path, name):
    """In a process of its own, whose whole memory is counted."""
    data = next(data for found, data, _code in FILES if found == name)
    (tmp_path / "file").write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(tmp_path / "file")], capture_output=True, text=True, timeout=60, check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "strategy.settings.test"},
    )  # fmt: skip
    code, megabytes = json.loads(done.stdout)
    assert code
    assert megabytes < MEGABYTES


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["empty", "xls", "laughs", "far corner", "png", "300 MB of zeros"])
def test_the_page_says_why_and_keeps_nothing(client, name):
    data = next(data for found, data, _code in FILES if found == name)
    answer = upload(client, data, "예산.xlsx")
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not ImportUpload.objects.exists()


@pytest.mark.django_db
def test_a_file_too_big_is_not_even_read_whole(client, settings):
    settings.IMPORT_MAX_MB = 1
    answer = upload(client, b"a,b\r\n" * 300_000, "x.csv")
    assert answer.status_code == 422
    assert "larger than 1" in answer.content.decode()


def written_by_xlsxwriter(**options):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **options}) as made:
        sheet = made.add_worksheet("Budget")
        sheet.write_row(0, 0, HEADS)
        sheet.write_row(1, 0, ["bud-a", 2025, "Executed", "2026-01-31", 1000])
        sheet.insert_textbox(5, 5, "a box")
        sheet.write_comment("A1", "a comment")
    return file.getvalue()


def rich():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as made:
        bold = made.add_format({"bold": True})
        sheet = made.add_worksheet("Budget")
        sheet.write_rich_string("A1", "Budget ", bold, "key")
    return file.getvalue()


def strict():
    """The namespaces of ISO strict, and prefixed elements as some programs write them."""
    xml = hostile.part(hostile.SHEET).replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    )
    return hostile.repacked({hostile.SHEET: xml})


GOOD = {
    "openpyxl": hostile.good(),
    "xlsxwriter": written_by_xlsxwriter(),
    "xlsxwriter in constant memory": written_by_xlsxwriter(constant_memory=True),
    "xlsxwriter from 1904": written_by_xlsxwriter(date_1904=True),
    "strict": strict(),
    "stored": hostile.repacked(extra=[(zipfile.ZipInfo("docProps/note.xml"), b"<x/>")]),
    "two thousand rows": saved(book([row() for _ in range(2_000)])),
    "csv": text([row(on="2026-01-31")]).encode(),
    "csv with mark": text([row(on="2026-01-31")]).encode("utf-8-sig"),
    "csv in cp949": text([row(on="2026-01-31", source="예산")]).encode("cp949"),
    "csv in utf-16": text([row(on="2026-01-31", source="예산")]).encode("utf-16"),
}


@pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in GOOD.items()])
def test_good_files_of_many_makers_are_read(data):
    started = time.process_time()
    sheet = read_upload(data, LIMITS).sheets[0]
    assert time.process_time() - started < SECONDS
    assert sheet.rows[1][1].text == "Budget key"
    assert sheet.rows[2][5].text.startswith("1000")


def test_a_text_in_several_looks_is_one_text():
    assert read_upload(rich(), LIMITS).sheets[0].rows[1][1].text == "Budget key"


def test_numbers_keep_the_digits_of_the_file():
    data = hostile.sheet_of(
        '<row r="1"><c r="A1"><v>12345678901234567</v></c><c r="B1"><v>0.30000000000000004</v></c></row>'
    )
    cells = read_upload(data, LIMITS).sheets[0].rows[1]
    assert [cells[1].text, cells[2].text] == ["12345678901234567", "0.30000000000000004"]


NONSENSE = [
    '<c r="A1"><v>abc</v></c>', '<c r="A1"><v>NaN</v></c>', '<c r="A1" s="1"><v>Infinity</v></c>',
    '<c r="A1" t="s"><v>99999</v></c>', f'<c r="A1" t="s"><v>{"9" * 5_000}</v></c>', '<c r="A1" t="?"><v>1</v></c>',
    '<c r="A1" t="d"><v>soon</v></c>', '<c r="A1"><v>1E+999999999</v></c>', '<c r="A1"><v>1E-999999999</v></c>',
    '<c r="A1" t="inlineStr"><is><t>_xD800_</t></is></c>', '<c r="?"><v>1</v></c>', '<c r="A1" s="-1"><v>1</v></c>',
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("cell", NONSENSE)
def test_nonsense_in_a_cell_is_an_error_of_that_cell_and_never_a_crash(client, cell):
    """Once in every column of the table."""
    heads = "".join(
        f'<c r="{c}1" t="inlineStr"><is><t>{head}</t></is></c>' for c, head in zip("ABCDEFG", HEADS, strict=True)
    )
    cells = "".join(cell.replace('r="A1"', f'r="{c}2"') for c in "ABCDEFG")
    shown = upload(
        client,
        hostile.repacked(
            {
                hostile.SHEET: f'<worksheet><sheetData><row r="1">{heads}</row><row r="2">{cells}</row></sheetData></worksheet>'.encode()
            }
        ),
    )
    assert shown.status_code == 200
    assert shown.context["checked"].faults
