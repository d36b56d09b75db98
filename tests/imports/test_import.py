"""From the template to the written entries, through the pages: all or nothing, and nobody is overrun."""

import hashlib
import io
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.utils import timezone

from tasks import jobs, permissions
from tasks.actions import budgets, imports
from tasks.models import BudgetEntry, Change, ImportUpload, IndicatorObservation
from tasks.permissions import SYSTEM
from tests.imports.conftest import BUDGET, HEADS, SOURCE, book, confirm, faults, row, saved, text, upload

pytestmark = pytest.mark.django_db
INDICATORS = "/import/indicators/"


def state():
    return BudgetEntry.objects.count(), IndicatorObservation.objects.count(), Change.objects.count()


def test_the_template_filled_in_becomes_entries(client, world):
    template = openpyxl.load_workbook(io.BytesIO(client.get(f"{BUDGET}template/").content))
    sheet = template["Budget"]
    heads = [cell.value for cell in sheet[2]]
    at = {head: number for number, head in enumerate(heads, 1)}
    mine = next(
        r
        for r in range(4, sheet.max_row + 1)
        if sheet.cell(r, 1).value == "bud-a" and sheet.cell(r, at["Phase"]).value == "Announced"
    )
    assert sheet.cell(mine, at["Level now (won)"]).value == 4_700_000_000_000
    assert sheet.protection.sheet
    assert sheet.cell(mine, 1).protection.locked
    assert not sheet.cell(mine, at["Amount (won)"]).protection.locked
    sheet.cell(mine, at["As of"]).value = date(2026, 1, 31)
    sheet.cell(mine, at["Amount (won)"]).value = "4조 8,000억"
    sheet.cell(mine, at["Source"]).value = SOURCE
    before = state()
    file = saved(template)
    shown = upload(client, file, "예산.xlsx")
    checked = shown.context["checked"]
    assert (len(checked.new), checked.faults) == (1, [])
    html = shown.content.decode()
    assert "KRW 4,700,000,000,000 (1 Jan 2025)" in html
    assert "KRW 4,800,000,000,000 (31 Jan 2026)" in html
    assert state() == before
    assert "1 entry was imported" in confirm(client, shown).content.decode()
    entry = BudgetEntry.objects.latest("pk")
    assert (entry.line, entry.phase, entry.amount_won, entry.effective_on, entry.source) == (
        world.lines.a,
        "announced",
        48 * 10**11,
        date(2026, 1, 31),
        SOURCE,
    )
    change = Change.objects.filter(table="tasks_budgetentry").latest("sequence")
    assert (change.door, change.verb) == ("import", "budget_entry.recorded")
    assert change.reason == f"예산.xlsx · sha256:{hashlib.sha256(file).hexdigest()}"
    assert not ImportUpload.objects.exists()


def test_observations_too(client, world):
    heads = ("Indicator key", "Method", "Observed on", "Value", "Source")
    shown = upload(
        client,
        saved(
            book(
                [
                    ["ind-a", None, date(2026, 5, 31), 41.5, SOURCE],
                    ["ind-a", "survey", date(2026, 5, 31), "1,000.25", SOURCE],
                ],
                heads,
                "Observations",
            )
        ),
        to=INDICATORS,
    )
    assert [r.was for r in shown.context["checked"].rows] == ["40 people (31 Dec 2025)", ""]
    confirm(client, shown, INDICATORS)
    assert list(IndicatorObservation.objects.order_by("pk").values_list("value", "method"))[-2:] == [
        (Decimal("41.5"), ""),
        (Decimal("1000.25"), "survey"),
    ]


def test_an_observation_says_where_it_stands(client):
    heads = ("Indicator key", "Observed on", "Value", "Source")
    before = state()
    shown = upload(client, saved(book([["ind-a", date(2026, 5, 31), 41, None]], heads, "Observations")), to=INDICATORS)
    assert "“Source” is empty" in faults(shown)["Observations!D2"].wrong
    without = upload(client, saved(book([["ind-a", date(2026, 5, 31), 41]], heads[:3], "Observations")), to=INDICATORS)
    assert "“Source” is missing" in faults(without)["Observations!1"].wrong
    assert state() == before


def test_a_value_that_the_indicator_cannot_have_is_named(client):
    heads = ("Indicator key", "Observed on", "Value", "Source")
    before = state()
    shown = upload(
        client, saved(book([["ind-a", date(2026, 5, 31), -3, SOURCE]], heads, "Observations")), to=INDICATORS
    )
    fault = faults(shown)["Observations!C2"]
    assert "Below 0" in fault.wrong
    assert (fault.found, fault.remedy) == ("-3", "Check the sign, or change the kind of the indicator.")
    confirm(client, shown, INDICATORS)
    assert state() == before


def test_the_same_file_twice_writes_nothing_again(client):
    file = saved(book([row(), row(phase="집행", key="bud-b", source="e나라도움")]))
    confirm(client, upload(client, file))
    before = state()
    shown = upload(client, file)
    assert (len(shown.context["checked"].unchanged), shown.context["checked"].new) == (2, [])
    assert 'name="basis"' not in shown.content.decode()
    confirm(client, shown)
    assert state() == before


def test_a_new_row_beside_unchanged_ones_is_written_alone(client):
    confirm(client, upload(client, saved(book([row()]))))
    before = BudgetEntry.objects.count()
    confirm(client, upload(client, saved(book([row(), row(amount=2_000, on=date(2026, 2, 28))]))))
    assert BudgetEntry.objects.count() == before + 1


def test_one_error_keeps_every_row_out(client):
    before = state()
    shown = upload(client, saved(book([row(), row(key="bud-b", amount="soon")])))
    assert list(faults(shown)) == ["Budget!E3"]
    assert len(shown.context["checked"].new) == 1
    answer = confirm(client, shown)
    assert "Nothing was imported" in answer.content.decode()
    assert state() == before


def test_a_level_that_changed_meanwhile_is_shown_and_nothing_is_written(client, world):
    shown = upload(client, saved(book([row(phase="Announced"), row(key="bud-b")])))
    budgets.record_budget_entry(
        world.lines.a, by=SYSTEM, phase="announced", amount_won=7, effective_on=date(2026, 1, 1)
    )
    before = state()
    answer = confirm(client, shown)
    assert answer.status_code == 409
    assert "Something changed" in answer.content.decode()
    assert answer.content.decode().count("changed since the upload") == 1
    assert "KRW 7 (1 Jan 2026)" in answer.content.decode()
    assert state() == before
    confirm(client, answer)
    assert BudgetEntry.objects.count() == before[0] + 2


def test_a_value_that_was_corrected_in_place_counts_as_changed(client):
    heads = ("Indicator key", "Observed on", "Value", "Source")
    file = saved(book([["ind-a", date(2026, 5, 31), 41, SOURCE]], heads, "Observations"))
    shown = upload(client, file, to=INDICATORS)
    IndicatorObservation.objects.update(value=39)
    before = state()
    answer = confirm(client, shown, INDICATORS)
    assert answer.status_code == 409
    assert "39 people" in answer.content.decode()
    assert state() == before


def test_a_write_that_fails_halfway_leaves_nothing(client, monkeypatch):
    shown = upload(client, saved(book([row(), row(key="bud-b")])))
    before, real = state(), budgets.create_record
    monkeypatch.setattr(budgets, "create_record", lambda *a, **k: real(*a, **k) if k["line"].key == "bud-a" else 1 / 0)
    with pytest.raises(ZeroDivisionError):
        confirm(client, shown)
    assert state() == before
    assert ImportUpload.objects.count() == 1


def test_another_file_of_the_same_user_is_not_confirmed_by_the_older_page(client):
    old = upload(client, saved(book([row(amount=1)])))
    upload(client, saved(book([row(amount=2)])))
    before = state()
    assert confirm(client, old).status_code == 409
    assert state() == before


def test_pressing_twice_imports_once(client):
    shown = upload(client, saved(book([row()])))
    confirm(client, shown)
    before = state()
    assert "no checked file any more" in confirm(client, shown).content.decode()
    assert state() == before


def test_nobody_sees_another_ones_file(client, client_of, users):
    upload(client, saved(book([row()])))
    users["admin"].memberships.create(role="coordinator")
    other = client_of("admin")
    assert other.get(f"{BUDGET}check/").status_code == 302
    assert other.get(f"{BUDGET}errors/").status_code == 302


def test_discarded_is_gone(client):
    upload(client, saved(book([row()])))
    client.post(f"{BUDGET}check/", {"discard": "1"})
    assert not ImportUpload.objects.exists()


def test_an_upload_expires_and_is_cleared_away(client, time_machine):
    shown = upload(client, saved(book([row()])))
    time_machine.move_to(timezone.now() + timedelta(hours=2, minutes=1), tick=False)
    before = state()
    assert "expired" in confirm(client, shown).content.decode()
    assert client.get(f"{BUDGET}check/").status_code == 302
    assert state() == before
    assert imports.forget_uploads() == 1
    assert jobs.forget_uploads(0) == 0


@pytest.mark.parametrize("name", ["analyst", "auditor", "nobody"])
def test_who_may_enter_nothing_imports_nothing(client_of, world, name):
    reader = client_of(name)
    answers = [reader.get(BUDGET), reader.get(f"{BUDGET}template/"), upload(reader, saved(book([row()])))]
    assert {answer.status_code for answer in answers} == {403}
    assert not ImportUpload.objects.exists()
    assert "import/budget" not in reader.get("/budget/").content.decode()


def test_a_right_that_went_meanwhile_stops_the_import(client, users):
    shown = upload(client, saved(book([row()])))
    users["coordinator"].memberships.all().delete()
    before = BudgetEntry.objects.count()
    assert confirm(client, shown).status_code == 403
    assert BudgetEntry.objects.count() == before


def test_a_hidden_line_answers_like_one_that_does_not_exist(client, users):
    users["coordinator"].clearance = 1
    users["coordinator"].save()
    shown = upload(client, saved(book([row(key="bud-internal"), row(key="bud-nowhere-")])))
    first, second = (faults(shown)[f"Budget!A{number}"] for number in (2, 3))
    assert (first.wrong, first.remedy) == (second.wrong, second.remedy)
    template = client.get(f"{BUDGET}template/").content
    keys = {cell.value for cell in openpyxl.load_workbook(io.BytesIO(template))["Budget"]["A"]}
    assert "bud-internal" not in keys
    assert "bud-a" in keys


def test_a_row_that_the_user_may_not_enter_is_named_and_not_offered(client, monkeypatch):
    """Whatever the rule is: it is asked for each row."""

    def rule(user, obj):
        mine = isinstance(obj, type) or obj.line.key == "bud-a"
        return permissions.ALLOWED if mine else permissions.Denied("Another ministry answers for this.")

    monkeypatch.setitem(permissions.RULES, "record", rule)
    shown = upload(client, saved(book([row(), row(key="bud-b")])))
    (fault,) = shown.context["checked"].faults
    assert (fault.place, fault.wrong, fault.found) == ("Budget!A3", "Another ministry answers for this.", "bud-b")
    template = openpyxl.load_workbook(io.BytesIO(client.get(f"{BUDGET}template/").content))
    assert {cell.value for cell in template["Budget"]["A"][3:]} - {None} == {"bud-a"}


def test_korean_pages_and_files(client_of, world):
    korean = client_of(language="ko")
    template = openpyxl.load_workbook(io.BytesIO(korean.get(f"{BUDGET}template/").content))
    assert template.sheetnames == ["예산", "코드"]
    sheet = template["예산"]
    sheet["G4"], sheet["H4"], sheet["J4"] = date(2026, 1, 31), "3조", "예산서"
    shown = upload(korean, saved(template))
    assert len(shown.context["checked"].new) == 1, faults(shown)
    assert "3,000,000,000,000원" in shown.content.decode()


def test_the_error_list_is_a_file_that_excel_reads_and_nothing_runs(client):
    upload(client, saved(book([row(amount="soon"), row(key="@cmd")])))
    body = client.get(f"{BUDGET}errors/").content
    assert body.startswith("\ufeff".encode())
    lines = body.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Cell,What is wrong")
    assert any("Budget!E2" in line for line in lines)
    assert any("'@cmd" in line for line in lines)


def test_text_in_every_encoding_and_separator_is_read_and_said(client):
    rows = [row(source="예산서", amount="1000", on="2026-01-31")]
    for codec, said in [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("cp949", "CP949"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ]:
        for separator, word in [(",", "comma"), (";", "semicolon"), ("\t", "tab")]:
            shown = upload(client, text(rows, separator).encode(codec), "file.csv")
            checked = shown.context["checked"]
            assert (checked.faults, len(checked.new)) == ([], 1), (codec, separator)
            assert said in checked.notes[0]
            assert word in checked.notes[0]
            assert checked.rows[0].values["source"] == "예산서"


def test_two_thousand_rows_are_checked_and_one_more_is_refused(client, settings):
    settings.IMPORT_MAX_ROWS = 50
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(90)]
    assert len(upload(client, saved(book([row(on=d) for d in days[:50]]))).context["checked"].new) == 50
    refused = upload(client, saved(book([row(on=d) for d in days])))
    assert refused.status_code == 422
    assert "at most 50 rows" in refused.content.decode()


def test_what_was_typed_is_normalised_not_refused(client):
    odd = [
        row(amount="１，０００", on="2026.1.31"),
        row(key=" BUD-b\u00a0", amount="1,000", on="2026년 1월 31일"),
        row(key="bud-\u200bb", phase="\u110c\u1175\u11b8\u1112\u1162\u11bc", amount="10억 원", on=date(2026, 2, 28)),
        row(phase="current", amount=1e12, on="2026. 2. 1.(일)", source="  e나라도움\u200b "),
    ]
    checked = upload(client, saved(book(odd))).context["checked"]
    assert checked.faults == []
    assert [r.values["amount"] for r in checked.rows] == [1_000, 1_000, 10**9, 10**12]
    assert checked.rows[3].values["source"] == "e나라도움"


def test_columns_in_another_order_are_found_by_their_heads(client):
    order = [4, 0, 3, 1, 2, 5, 6]
    swapped = [[cells[at] for at in order] for cells in [row(), row(key="bud-b")]]
    assert len(upload(client, saved(book(swapped, [HEADS[at] for at in order]))).context["checked"].new) == 2
