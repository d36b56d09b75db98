"""For every role and list, the files hold the rows of the page, in its order, with its filters and its columns."""

import csv
import io
import re

import openpyxl
import pytest
from django.db import IntegrityError, models, transaction

from common.exports import FORMULA_STARTS, as_typed
from common.pages import ListPage
from common.sheets import columns_of
from tests.architecture.sitemap import addresses
from tests.architecture.world import World, canary, clients
from tests.parity.test_lists import on_page

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
# Their words are made of codes when they are read.
TOLD_BY_CODE = ("tasks:notifications",)
CLEARED = {"analyst": 1, "staff": 2, "coordinator": 3}


def lists():
    """(name, path, view) of every list page."""
    return [
        (a.name, "/" + a.route, a.view)
        for a in addresses()
        if isinstance(a.view, type) and issubclass(a.view, ListPage) and not a.arguments
    ]


@pytest.fixture
def site(strategy_tree, users):
    World()
    return clients(users)


def as_csv(client, path, **query):
    answer = client.get(path, {"format": "csv"} | query, headers=ENGLISH)
    assert answer.status_code == 200, path
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    heads, *rows = csv.reader(io.StringIO(text, newline=""))
    return heads, rows


def as_xlsx(client, path, **query):
    answer = client.get(path, {"format": "xlsx"} | query, headers=ENGLISH)
    assert answer.status_code == 200, path
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    heads, *rows = book.worksheets[0].iter_rows(values_only=True)
    return book, heads, rows


def test_files_hold_the_rows_of_the_page_for_every_role(site):
    wrong = []
    for role, tier in CLEARED.items():
        for name, path, _view in lists():
            shown = on_page(site[role], name)
            (_heads, rows), (_book, _same, cells) = as_csv(site[role], path), as_xlsx(site[role], path)
            if not (shown == sorted(row[-1] for row in rows) == sorted(str(row[-1]) for row in cells)):
                wrong.append(f"{role} {name}: {len(shown)} on the page, {len(rows)} in CSV, {len(cells)} in Excel")
            text = f"{rows}{cells}"
            wrong += [f"{role} {name} shows tier {hidden}" for hidden in range(tier + 1, 4) if canary(hidden) in text]
    assert not wrong, "\n".join(wrong)


def test_nobody_who_is_not_signed_in_gets_a_file(site):
    for _name, path, _view in lists():
        for kind in ("csv", "xlsx"):
            assert site["anonymous"].get(path, {"format": kind}).status_code == 302


def test_cells_are_values_without_marks_in_the_columns_of_the_page(site):
    """A column that shows the row itself says what a file holds; otherwise the row's name would stand there."""
    for name, path, view in lists():
        if isinstance(view.columns, property):  # they depend on what there is
            continue
        heads, rows = as_csv(site["coordinator"], path)
        columns = columns_of(view.model, view.columns)
        assert len(heads) == len(columns), name
        assert len(set(heads)) == len(heads), (name, heads)
        assert "<" not in "".join(cell for row in rows for cell in row), name
        for column in view.columns:
            speechless = callable(column.value) and column.value.__name__.strip("_") == "itself"
            assert not speechless or column.is_row_head or column.plain, (name, column.name)


def test_both_files_hold_the_same(site):
    for name, path, _view in lists():
        (heads, rows), (_book, same, cells) = as_csv(site["coordinator"], path), as_xlsx(site["coordinator"], path)
        assert list(same) == heads, name
        empty = [[cell == "" for cell in row] for row in rows]
        assert empty == [[cell is None for cell in row] for row in cells], name


def test_a_file_tells_what_it_is(site):
    path = "/milestones/"
    book, _heads, _rows = as_xlsx(site["analyst"], path, search="Cnry1x", sort="-due")
    about = {row[0].value: row[1].value for row in book.worksheets[-1].iter_rows()}
    assert "Search: Cnry1x" in about["Filters"]
    assert about["Order"] == "Due, descending"
    assert "Public" in about["Read as"]
    assert "CC BY 4.0" in about["Licence"]
    assert "never 0" in about["Empty cells"]
    assert "search=Cnry1x" in about["Address"]


def test_filters_and_order_of_the_page_hold_in_the_file(site):
    client = site["coordinator"]
    query = {"search": "Cnry", "sort": "-title"}
    shown = [row.code for row in client.get("/milestones/", query, headers=ENGLISH).context["table"].rows]
    _heads, rows = as_csv(client, "/milestones/", **query)
    assert [row[0] for row in rows] == shown
    assert 0 < len(shown) < len(as_csv(client, "/milestones/")[1])


def test_what_is_not_verified_says_so_in_the_file(site):
    from tasks.models import Milestone

    row = Milestone.objects.get(code="T1-1-M1")
    Milestone.objects.filter(pk=row.pk).update(confidence="unverified")
    heads, rows = as_csv(site["coordinator"], "/milestones/", search="T1-1-M1")
    assert rows[0][heads.index("How sure")] == "Not verified"


@pytest.mark.parametrize(
    ("query", "where"),
    [({"format": "pdf"}, "- Format (format): "), ({"format": "csv", "light": "purple"}, "- Schedule light (light): ")],
)
def test_where_something_cannot_be_read_there_is_no_file_but_a_text_that_says_so(site, query, where):
    answer = site["coordinator"].get("/milestones/", query | {"state": "planned"}, headers=ENGLISH)
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    told = answer.content.decode()
    assert where in told
    assert "Known: " in told
    assert told.endswith("/milestones/?state=planned\n"), "the list without it"
    alone = site["coordinator"].get("/milestones/", query, headers=ENGLISH).content.decode()
    assert alone.endswith("/milestones/\n")


def plant(model, text):
    """The text in every field of words of the noun's rows that takes it; the names of these fields."""
    planted = []
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.CharField | models.TextField) or field.choices:
            continue
        for pk in model._default_manager.values_list("pk", flat=True):
            value = f"{text}{pk}"[: field.max_length] if field.unique else text[: field.max_length]
            try:
                with transaction.atomic():
                    model._default_manager.filter(pk=pk).update(**{field.attname: value})
            except IntegrityError:
                break
        else:
            planted.append(field.name)
    return planted


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "|"])
def test_no_text_of_any_noun_is_run_by_a_spreadsheet(site, start):
    client, text = site["coordinator"], f"{start}cmd|'/C calc'!A0"
    for name, path, view in lists():
        with transaction.atomic():
            fields = plant(view.model, text)
            _heads, rows = as_csv(client, path)
            book, _same, _cells = as_xlsx(client, path)
            transaction.set_rollback(True)
        texts = [cell for row in rows for cell in row if not re.fullmatch(r"-?\d+(\.\d+)?", cell)]
        assert not [cell for cell in texts if cell.lstrip(" ").startswith(FORMULA_STARTS)], name
        assert any(as_typed(cell).startswith(start) for cell in texts) or not fields or name in TOLD_BY_CODE, name
        cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"], name
        assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith(text[:4])), name
