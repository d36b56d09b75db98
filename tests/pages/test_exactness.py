"""Pages and files say no more of a date than is known, and a value as it is read."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from common.entry import EntryForm
from ecosystem.models import SupplyItem
from tasks import rollups
from tasks.actions import indicators, plans, reports
from tasks.choices import DatePrecision, Verb
from tasks.forms.plan import MilestonePlanForm
from tasks.models import CommitmentVerdict, Milestone, PlanVersion
from tasks.permissions import SYSTEM
from tests.pages.test_entry import entered

FAR = date.today().year + 5
PAGES = ["/", "/tasks/", "/tasks/technology/", "/measures/T1-1/", "/ministries/MOTIR/"]


@pytest.fixture
def vague(world: Any) -> Any:
    """What falls due next anywhere is known to the half-year."""
    Milestone.objects.filter(current_due__gte=date.today()).update(current_due=date(FAR + 1, 1, 31))
    made = plans.create_milestone(
        measure=world.measures.m11,
        code="T1-1-M9",
        by=SYSTEM,
        effective_on=date(2023, 3, 15),
        title_ko="하반기",
        title_en="Second half",
        baseline_due=date(FAR, 12, 31),
        current_due=date(FAR, 12, 31),
        due_precision="half",
        responsible_ministry=world.ministries.lead,
    )
    rollups.recompute()
    return made


@pytest.mark.parametrize("address", PAGES)
def test_the_next_due_date_is_as_exact_as_its_milestone(client_of: Any, vague: Any, address: str) -> None:
    page = client_of("coordinator").get(address).content.decode()
    assert f"Second half of {FAR}</time>" in page
    assert f"31 Dec {FAR}" not in page


def test_a_milestone_with_a_day_on_the_same_date_makes_it_a_day(client_of: Any, vague: Any, world: Any) -> None:
    plan = {"measure": world.measures.m11, "code": "T1-1-M8", "title_ko": "날", "title_en": "Day", "by": SYSTEM}
    plans.create_milestone(**plan, effective_on=date(2023, 3, 15), current_due=date(FAR, 12, 31))
    rollups.recompute()
    page = client_of("coordinator").get("/tasks/").content.decode()
    assert f"31 Dec {FAR}" in page
    assert f"Second half of {FAR}" not in page


def test_a_file_says_no_more_of_it_either(client_of: Any, vague: Any) -> None:
    file = client_of("coordinator").get("/tasks/?format=csv").getvalue().decode()
    assert f"Second half of {FAR}" in file
    assert f"{FAR}-12-31" not in file


def test_the_end_of_a_predecessor_in_a_file_is_as_exact_as_it_is_known(client_of: Any, vague: Any, world: Any) -> None:
    plans.add_dependency(vague, world.milestones.undated, by=SYSTEM)
    file = client_of("coordinator").get("/dependencies/?format=csv").getvalue().decode()
    assert f"Second half of {FAR}" in file
    assert f"{FAR}-12-31" not in file


def test_a_whole_number_is_written_without_decimals(client_of: Any, world: Any) -> None:
    line = client_of("analyst").get("/indicators/?format=csv").getvalue().decode().splitlines()[1]
    assert ",40," in line
    assert ",100," in line


@pytest.mark.parametrize("address", ["/indicators/", "/indicators/ind-won/", "/indicator-observations/"])
def test_an_indicator_in_won_reads_as_money(client_of: Any, world: Any, address: str) -> None:
    titles = {"title_ko": "투자", "title_en": "Investment", "unit_ko": "원", "unit_en": "won"}
    made = indicators.create_indicator(by=SYSTEM, measure=world.measures.m11, key="ind-won", **titles)
    value, day = Decimal(550 * 10**12), date.today() - timedelta(days=9)
    indicators.set_target(made, by=SYSTEM, due_on=day, value=value)
    indicators.record_observation(made, by=SYSTEM, observed_on=day, value=value)
    page = client_of("analyst").get(address).content.decode()
    assert "KRW 550 tn</data>" in page
    assert "550,000,000,000,000</td>" not in page
    file = client_of("analyst").get("/indicators/?format=csv").getvalue().decode()
    assert ",550000000000000," in file


def _rows(client: Any, address: str) -> list[dict[str, str]]:
    text = client.get(f"{address}?format=csv").getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_lower_bound_of_a_need_stands_in_the_file(reader: Any) -> None:
    rows = {row["Key"]: row for row in _rows(reader, "/investment/infrastructure-needs/")}
    assert (rows["need-power-total"]["Required"], rows["need-power-total"]["Required: bound"]) == ("10000", "At least")


def test_a_file_of_commitments_says_why_each_was_judged_so_and_from_what(reader: Any) -> None:
    rows = {row["Code"]: row for row in _rows(reader, "/commitments/")}
    latest = CommitmentVerdict.objects.order_by("commitment_id", "-judged_on", "-pk").distinct("commitment_id")
    for verdict in latest.select_related("commitment"):
        row = rows[verdict.commitment.code]
        assert row["Verdict: Reason"] == verdict.reason_en
        assert len(row["Verdict: Sources"].split("; ")) >= len(verdict.sources)
        assert row["How sure the verdict is"]


def test_a_file_of_observations_names_the_item_alone(reader: Any) -> None:
    rows = _rows(reader, "/ecosystem/dependence-observations/")
    names = set(SupplyItem.objects.values_list("name_en", flat=True))
    assert rows
    assert {row["Supply item"] for row in rows} <= names


@pytest.fixture
def completed(world: Any) -> str:
    """The address of a milestone of which only the month of its completion is known."""
    milestone = world.milestones.open
    values = reports.ReportValues("complete", completed_on=date(2024, 1, 31), completed_precision="month")
    reports.report_milestone(milestone, values, by=SYSTEM)
    return milestone.get_absolute_url()


def test_reports_and_history_of_a_milestone_say_no_more_than_the_month(client_of: Any, completed: str) -> None:
    client = client_of("coordinator")
    page = client.get(completed).content.decode()
    assert page.count("Jan 2024</time>") >= 4
    assert "31 Jan 2024" not in page
    assert "recision of" not in page
    korean = client.get(completed, headers={"accept-language": "ko"}).content.decode()
    assert "2024. 1. 31." not in korean
    assert "recision of" not in korean


def test_the_history_follows_a_date_to_the_exactness_it_had(client_of: Any, world: Any, completed: str) -> None:
    Milestone.objects.filter(pk=world.milestones.open.pk).update(completed_precision="day")
    page = client_of("coordinator").get(completed).content.decode().partition('class="history"')[2]
    assert "Precision of the completion date" in page
    assert "Jan 2024</time>" in page
    assert "31 Jan 2024</time>" not in page
    korean = client_of("coordinator").get(completed, headers={"accept-language": "ko"}).content.decode()
    assert "완료일 정확도" in korean


def test_an_explanation_tells_a_report_no_more_exactly_than_its_day_is_known(client_of: Any, world: Any) -> None:
    row = Milestone.objects.get(code="T1-1-M1")
    values = reports.ReportValues(
        verb=Verb.COMPLETE, completed_on=date(2024, 5, 31), completed_precision=DatePrecision.MONTH
    )
    reports.report_milestone(row, values, by=SYSTEM)
    rollups.drain()
    page = client_of("coordinator").get("/why/measure/T1-1/").content.decode()
    assert "May 2024" in page
    assert "31 May 2024" not in page


def test_how_exact_a_due_date_is_can_be_said_with_the_plan(client_of: Any, world: Any) -> None:
    office, milestone = client_of("coordinator"), world.milestones.open
    form = office.get(f"{milestone.get_absolute_url()}plan/").context["form"]
    typed = entered(form, current_due="2028-06-30", due_precision="half", reason="the plan says no more")
    assert office.post(f"{milestone.get_absolute_url()}plan/", typed).status_code == 302
    milestone.refresh_from_db()
    assert (milestone.current_due, milestone.due_precision) == (date(2028, 6, 30), "half")
    for address in (milestone.get_absolute_url(), "/plan-versions/"):
        assert "First half of 2028</time>" in office.get(address).content.decode()
    file = office.get("/plan-versions/?format=csv").getvalue().decode()
    assert "First half of 2028" in file and "2028-06-30" not in file


def test_a_completion_is_reported_as_exactly_as_it_is_known(client_of: Any, world: Any) -> None:
    client, milestone = client_of("staff"), world.milestones.open
    values = {"verb": "complete", "completed_on": "2026-01-31", "completed_precision": "month"}
    address = f"{milestone.get_absolute_url()}report/"
    assert client.post(address, {"version": milestone.version, "place": "page"} | values).status_code == 302
    milestone.refresh_from_db()
    assert (milestone.completed_on, milestone.completed_precision) == (date(2026, 1, 31), "month")
    assert "Jan 2026</time>" in client.get(milestone.get_absolute_url()).content.decode()


def test_every_form_of_a_date_asks_how_exact_it_is() -> None:
    """Of a column whose date has a precision the form offers both; completions are reported."""
    missing = []
    for form in _forms(EntryForm):
        model = getattr(form, "model", None)
        if not form.shown or model in (None, PlanVersion):
            continue
        exact = {field.name for field in model._meta.concrete_fields if field.name.endswith("precision")}
        missing += [f"{form.__name__}: {name}" for name in exact - {"completed_precision"} - set(form.shown)]
    assert not missing
    assert "due_precision" in MilestonePlanForm.shown
    assert len(_forms(EntryForm)) > 20, "the forms of the domains are looked at too"


def _forms(base: Any) -> set[Any]:
    return {base, *(form for each in base.__subclasses__() for form in _forms(each))} if base else set()
