"""Observations of dependence from a table: one share for each series and day, methods never joined."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from ecosystem import actions
from ecosystem.models import DependenceObservation
from tasks.models import Change, ImportUpload
from tasks.permissions import SYSTEM
from tests.imports.conftest import SOURCE, book, confirm, faults, saved, upload

pytestmark = pytest.mark.django_db
TO = "/ecosystem/import/dependence/"
LIST = "/ecosystem/dependence-observations/"
HEADS = (
    "Item key", "Country", "Method", "HS code", "Observed on", "How exact the date is", "Share (%)", "Basis",
    "Measured as", "Source",
)  # fmt: skip
WEIGHT = "Weight, representative HS code"
YEAR_2024, YEAR_2025 = date(2024, 12, 31), date(2025, 12, 31)


@pytest.fixture
def items(world: Any) -> Any:
    """An open item with a share, one that nobody observed, an internal one."""
    named = {"name_ko": "흑연", "name_en": "Graphite"}
    world.items = {
        name: actions.create_supply_item(by=SYSTEM, measure=measure, key=f"item-{name}", **named)
        for name, measure in [("a", world.measures.m11), ("b", world.measures.m11), ("internal", world.measures.m12)]
    }
    world.seen = actions.record_dependence(
        by=SYSTEM, item=world.items["a"], country="CN", year=2024, observed_on=YEAR_2024, precision="year",
        share_bp=9_300, method="weight_representative_hs", hs_code="250410", basis="weight",
        measured_as="natural", source="customs 2024",
    )  # fmt: skip
    return world


def line(
    key: Any = "item-a", country: Any = "China", method: Any = WEIGHT, hs: Any = "250410", on: Any = YEAR_2025,
    exact: Any = "Year", share: Any = 91.5, basis: Any = None, measured: Any = None, source: Any = SOURCE,
) -> list[Any]:  # fmt: skip
    return [key, country, method, hs, on, exact, share, basis, measured, source]


def sent(client: Any, *rows: list[Any]) -> Any:
    return upload(client, saved(book(rows, HEADS, "Dependence")), to=TO)


def state() -> tuple[int, int]:
    return DependenceObservation.objects.count(), Change.objects.count()


def test_the_template_filled_in_becomes_observations(client: Any, items: Any) -> None:
    page = client.get(LIST).content.decode()
    assert f"{TO}template/" in page and f'href="{TO}"' in page
    template = openpyxl.load_workbook(io.BytesIO(client.get(f"{TO}template/").content))
    sheet = template["Dependence"]
    heads = [cell.value for cell in sheet[2]]
    rows = {cell.value: cell.row for cell in sheet["A"][3:]}
    at = {head: number for number, head in enumerate(heads, 1)}
    mine = rows["item-a"]
    shown = [sheet.cell(mine, at[head]).value for head in ("Latest share (%)", "Country", "Method", "HS code")]
    assert shown == [93, "China", WEIGHT, "250410"]
    assert [sheet.cell(mine, at[head]).protection.locked for head in ("Item key", "Country", "Method")] == [1, 0, 0]
    assert sheet.cell(rows["item-b"], at["Method"]).value is None
    for head, value in {"Observed on": YEAR_2025, "How exact the date is": "Year", "Share (%)": 91.5}.items():
        sheet.cell(mine, at[head]).value = value
    sheet.cell(mine, at["Source"]).value = SOURCE
    before = state()
    answer = upload(client, saved(template), to=TO)
    assert (faults(answer), [row.was for row in answer.context["checked"].rows]) == ({}, ["93% (31 Dec 2024)"])
    assert "91.5% (31 Dec 2025)" in answer.content.decode()
    assert "Graphite · China · Weight, representative HS code · 250410" in answer.content.decode()
    assert state() == before
    done = confirm(client, answer, TO)
    assert "1 entry was imported" in done.content.decode()
    assert done.redirect_chain[-1][0] == LIST
    made = DependenceObservation.objects.latest("pk")
    assert (made.item, made.share_bp, made.year, made.precision, made.source) == (
        items.items["a"], 9_150, 2025, "year", SOURCE,
    )  # fmt: skip
    change = Change.objects.filter(table="ecosystem_dependenceobservation").latest("sequence")
    assert (change.door, change.verb) == ("import", "dependence.observed")
    assert not ImportUpload.objects.exists()


FAULTY = [
    (line(share=100.01), "G", "Not a share"),
    (line(share=-1), "G", "Not a share"),
    (line(share="12.345"), "G", "Not a share"),
    (line(share="50%"), "G", "A percentage"),
    (line(share=None), "G", "is empty"),
    (line(country="Atlantis"), "B", "Not on the list"),
    (line(country=None), "B", "is empty"),
    (line(method="guess"), "C", "Not on the list"),
    (line(hs="1234567890123"), "D", "Too long"),
    (line(on=date(2026, 12, 31)), "E", "future"),
    (line(exact="about"), "F", "Not on the list"),
    (line(basis="price"), "H", "Not on the list"),
    (line(source=None), "J", "“Source” is empty"),
    (line(key="item-nowhere"), "A", "No such key"),
]


def test_every_fault_is_named_by_its_cell(client: Any, items: Any) -> None:
    before = state()
    shown = sent(client, *(cells for cells, _column, _words in FAULTY))
    found = faults(shown)
    wanted = {f"Dependence!{column}{number}": words for number, (_c, column, words) in enumerate(FAULTY, 2)}
    assert {place: words for place, words in wanted.items() if words not in found[place].wrong} == {}
    assert sorted(found) == sorted(wanted)
    assert all(fault.remedy for fault in found.values())
    confirm(client, shown, TO)
    assert state() == before


def test_the_same_row_twice_in_a_file_is_named(client: Any, items: Any) -> None:
    found = faults(sent(client, line(), line(share=90), line(hs="250490"), line(country="Japan")))
    assert list(found) == ["Dependence!A3"]
    assert "The same entry as in Dependence!2" in found["Dependence!A3"].wrong


def test_what_stands_already_is_unchanged(client: Any, items: Any) -> None:
    rows = [line(on=YEAR_2024, share=93, source="customs 2024"), line(key="item-b", method="Method not stated")]
    confirm(client, sent(client, *rows), TO)
    before = state()
    checked = sent(client, *rows).context["checked"]
    assert (len(checked.unchanged), checked.new, checked.cautions) == (2, [], [])
    assert state() == before


def test_another_share_of_the_same_day_changes_the_one_on_record_when_it_is_meant(client: Any, items: Any) -> None:
    shown = sent(client, line(on=YEAR_2024, share=92, exact=None))
    ((place, _row, words),) = shown.context["checked"].cautions
    assert (place, words.split(" is on record")[0]) == ("Dependence!G2", "93%")
    before = state()
    assert confirm(client, shown, TO).status_code == 400
    assert state() == before
    confirm(client, shown, TO, meant="1")
    items.seen.refresh_from_db()
    kept = (items.seen.precision, items.seen.basis, items.seen.measured_as)
    assert (items.seen.share_bp, items.seen.source, *kept) == (9_200, SOURCE, "year", "weight", "natural")
    change = Change.objects.filter(table="ecosystem_dependenceobservation").latest("sequence")
    assert (change.verb, change.reason[:9], state()[0]) == ("dependence.changed", "file.xlsx", before[0])


def test_another_method_is_pointed_out_as_the_form_does(client: Any, items: Any) -> None:
    shown = sent(client, line(method="Method not stated"), line(key="item-b", method="Method not stated"))
    ((place, _row, words),) = shown.context["checked"].cautions
    address = f"{items.items['a'].get_absolute_url()}observations/new/"
    form = client.post(address, {"preview": "1", "method": "unspecified"}, headers={"HX-Request": "true"})
    assert (place, [words]) == ("Dependence!C2", [caution.words for caution in form.context["cautions"]])


def test_a_share_that_was_corrected_meanwhile_is_not_overrun(client: Any, items: Any) -> None:
    shown = sent(client, line(on=YEAR_2024, share=92))
    actions.change_dependence(items.seen, by=SYSTEM, reason="corrected", share_bp=9_100)
    before = state()
    answer = confirm(client, shown, TO, meant="1")
    assert (answer.status_code, state()) == (409, before)
    assert "91% (31 Dec 2024)" in answer.content.decode()


def test_who_may_enter_nothing_imports_nothing(client_of: Any, items: Any) -> None:
    reader = client_of("analyst")
    answers = [reader.get(TO), reader.get(f"{TO}template/"), sent(reader, line())]
    assert {answer.status_code for answer in answers} == {403}
    assert TO not in reader.get(LIST).content.decode()


def test_a_hidden_item_answers_like_one_that_does_not_exist(client: Any, users: Any, items: Any) -> None:
    users["coordinator"].clearance = 1
    users["coordinator"].save()
    found = faults(sent(client, line(key="item-internal"), line(key="item-nowhere-")))
    first, second = (found[f"Dependence!A{number}"] for number in (2, 3))
    assert (first.wrong, first.remedy) == (second.wrong, second.remedy)
    template = openpyxl.load_workbook(io.BytesIO(client.get(f"{TO}template/").content))
    keys = {cell.value for cell in template["Dependence"]["A"]}
    assert ("item-a" in keys, "item-internal" in keys) == (True, False)


def test_korean_names_are_read(client_of: Any, items: Any) -> None:
    korean = client_of(language="ko")
    template = openpyxl.load_workbook(io.BytesIO(korean.get(f"{TO}template/").content))
    sheet = template.worksheets[0]
    at = {cell.value: cell.column for cell in sheet[1]}
    mine = next(cell.row for cell in sheet["A"] if cell.value == "item-a")
    assert sheet.cell(mine, at["국가"]).value == "중국"
    for head, value in {"측정일": YEAR_2025, "비중(%)": "91.5", "출처": "관세청"}.items():
        sheet.cell(mine, at[head]).value = value
    checked = upload(korean, saved(template), to=TO).context["checked"]
    assert (checked.faults, len(checked.new)) == ([], 1)
