"""A new strategy from a workbook: its plan is checked as a whole, then made by the actions or not at all."""

import io
from datetime import date

import openpyxl
import pytest

from tasks import rollups
from tasks.models import Change, Measure, Milestone, PlanVersion, StrategicTask, Strategy
from tests.imports.conftest import book, confirm, faults, saved, upload
from tests.rollups.compare import differences

pytestmark = pytest.mark.django_db
PLAN = "/import/plan/"
HEADS = ("Strategy", "Kind", "Code", "Stands below", "Title (Korean)", "Title (English)", "Weight", "Ministry", "Start",
         "Due", "Source")  # fmt: skip
NEW = {
    "slug": "clean-energy", "title_ko": "청정에너지 전략", "title_en": "Clean energy strategy",
    "announced_on": "2026-05-01", "first_year": "2026", "last_year": "2030", "review_steps": "0", "source": "의안 1호",
}  # fmt: skip


def line(kind, code, parent=None, weight=1, ministry="MSIT", start=None, due=None, strategy="clean-energy"):
    return [strategy, kind, code, parent, f"제목 {code}", f"Title {code}", weight, ministry, start, due, "의안 1호"]


GOOD = [
    line("Strategic task", "grid", weight=3),
    line("Strategic task", "storage", ministry="과학기술정보통신부"),
    line("Measure", "C1-1", "grid", weight=2),
    line("Measure", "C1-1.1", "C1-1", ministry=None),
    line("Milestone", "C1-1-M1", "C1-1", weight=5, start=date(2026, 5, 1), due=date(2028, 12, 31)),
    line("Milestone", "C1-1.1-M1", "C1-1.1", due=date(2026, 5, 31)),
]


def send(client, rows):
    return upload(client, saved(book(rows, HEADS, "Plan")), to=PLAN)


@pytest.fixture
def strategy(client):
    from uuid import uuid4

    made = client.post("/strategies/new/", NEW | {"uuid": uuid4()})
    assert made.status_code == 302 and made.headers["Location"] == PLAN
    return Strategy.objects.get(slug="clean-energy")


def state():
    return [m.objects.count() for m in (StrategicTask, Measure, Milestone, PlanVersion, Change)]


def test_the_template_filled_in_becomes_the_plan_of_the_strategy(client, strategy):
    template = openpyxl.load_workbook(io.BytesIO(client.get(f"{PLAN}template/").content))
    sheet = template["Plan"]
    assert [cell.value for cell in sheet[1]][:3] == ["전략", "종류", "번호"]
    assert {str(rule.sqref).split(":")[0][0] for rule in sheet.data_validations.dataValidation} == {"B", "H"}
    assert not sheet.cell(4, 3).protection.locked and sheet.cell(4, 1).value == "clean-energy"
    for number, cells in enumerate(GOOD, 4):
        for at, value in enumerate(cells, 1):
            sheet.cell(number, at).value = value
    before = state()
    shown = upload(client, saved(template), to=PLAN)
    assert (len(shown.context["checked"].new), shown.context["checked"].faults) == (6, [])
    assert state() == before
    assert "6 entries were imported" in confirm(client, shown, to=PLAN).content.decode()
    tasks = list(StrategicTask.objects.filter(strategy=strategy).values_list("number", "slug", "weight"))
    assert tasks == [(1, "grid", 3), (2, "storage", 1)]
    made = Milestone.objects.get(code="C1-1-M1")
    assert (made.measure.code, made.weight, made.baseline_start, made.current_due, made.responsible_ministry.key) == (
        "C1-1", 5, date(2026, 5, 1), date(2028, 12, 31), "MSIT",
    )  # fmt: skip
    assert Measure.objects.get(code="C1-1.1").parent.code == "C1-1"
    assert made.plan_versions.get().effective_on == date(2026, 5, 1)
    change = Change.objects.filter(table="tasks_milestone").latest("sequence")
    assert (change.door, change.verb) == ("import", "milestone.created") and change.reason.startswith("file.xlsx · ")
    rollups.drain()
    assert differences(strategy, date(2026, 6, 2)) == []


def test_every_error_is_told_at_once_by_its_cell(client, strategy):
    rows = [
        line("Strategic task", "Grid!"),
        line("Strategic task", "technology"),  # another strategy's
        line("Measure", "C1-1", "storage"),
        line("Milestone", "C1-M1", "nowhere"),
        line("Strategic task", "storage", parent="grid"),
        line("Measure", "C2-1", "technology", weight=-1),
        line("Measure", "C2-2", "Grid!"),  # what hangs on a faulty row is no error of its own
        line("Milestone", "C2-M1", "C1-1", ministry="MOTIE", start=date(2027, 1, 1)),
        line("Milestone", "C2-M2", "C1-1", start=date(2027, 1, 1), due=date(2026, 1, 1)),
        line("Measure", "C2-3", "grid2", due=date(2026, 1, 1), strategy="nothing"),
    ]
    before = state()
    found = {place: fault.wrong for place, fault in faults(send(client, rows)).items()}
    assert found == {
        "Plan!C2": "Not a code",
        "Plan!C3": "This code is taken",
        "Plan!D5": "There is no such task or measure",
        "Plan!D6": "A strategic task stands below nothing",
        "Plan!G7": "Not a weight",
        "Plan!H9": "Not a ministry of today",
        "Plan!J10": "The start lies after the due date.",
        "Plan!A11": "No such key",
    }
    assert state() == before


def test_a_parent_stands_further_up_and_a_milestone_below_a_measure(client, strategy):
    rows = [
        line("Measure", "C1-1", "grid"),
        line("Strategic task", "grid"),
        line("Milestone", "C1-M1", "grid"),
        line("Milestone", "C1-M2", "C1-M1"),
    ]
    found = {place: fault.wrong for place, fault in faults(send(client, rows)).items()}
    assert found["Plan!D2"] == "It stands further down, or is a milestone"
    assert found["Plan!D4"] == "A milestone stands below a measure"
    assert found["Plan!D5"] == "It stands further down, or is a milestone"


def test_what_was_taken_meanwhile_stops_the_whole(client, strategy, world):
    shown = send(client, GOOD)
    world.measures.m12.code = "C1-1"
    world.measures.m12.save()
    before = state()
    confirm(client, shown, to=PLAN)
    assert state() == before


def test_the_same_file_again_is_told_and_makes_nothing(client, strategy):
    confirm(client, send(client, GOOD), to=PLAN)
    before = state()
    assert set(faults(send(client, GOOD))) == {f"Plan!C{number}" for number in range(2, 8)}
    assert state() == before


@pytest.mark.parametrize("name", ["staff", "approver", "executive", "admin"])
def test_only_the_coordinating_office_makes_plans(client_of, world, name):
    assert client_of(name).get(PLAN).status_code == 403
    assert client_of(name).get("/strategies/new/").status_code == 403


def test_a_second_strategy_has_its_pages_and_leaves_the_first_alone(client, strategy):
    first = client.get("/").content.decode()
    confirm(client, send(client, GOOD), to=PLAN)
    rollups.drain()
    assert "Title grid" not in first and "Title grid" not in client.get("/").content.decode()
    assert "Title grid" in client.get("/?strategy=clean-energy").content.decode()
    assert "Title grid" in client.get("/tasks/?strategy=clean-energy").content.decode()
    assert "Title grid" in client.get("/structure/?strategy=clean-energy").content.decode()
    assert "Title C1-1" in client.get("/tasks/grid/").content.decode()
    assert client.get("/measures/C1-1/").status_code == 200
    assert "/?strategy=clean-energy" in client.get("/strategies/").content.decode()
