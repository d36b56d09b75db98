"""Cells of lists: what stands first in a row, in place of a value, and beside a light."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.utils.html import strip_tags

from tasks import rollups
from tasks.actions import budgets, plans
from tasks.actions.reports import ReportValues, report_milestone
from tasks.models import Milestone, Strategy
from tasks.permissions import SYSTEM
from tests.pages.conftest import HTMX


def _rows(client: Any, address: str) -> list[str]:
    """The rows of tables as a reader hears them; a dash by its reason."""
    page = client.get(address).content.decode()
    found = re.findall(r"<tr[^>]*>.*?</tr>", page, re.DOTALL)
    return [" ".join(unescape(strip_tags(row.replace("<", " <"))).split()) for row in found]


def _row(client: Any, address: str, words: str) -> str:
    return next(row for row in _rows(client, address) if words in row)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/my-work/", "Milestone T1-1-M1 T1-1-M1"),
        ("/dependencies/", "Milestone T1-1-M2 T1-1-M2"),
        ("/reports/", "Milestone T1-1-M1 T1-1-M1"),
        ("/plan-versions/", "Milestone T1-1-M1 T1-1-M1"),
        ("/assessments/", "Introduce a Korean IMEC T1-1"),
        ("/tasks/technology/", "Introduce a Korean IMEC T1-1"),
    ],
)
def test_a_row_begins_with_its_title_and_its_code_stands_behind(
    client_of: Any, world: Any, address: str, name: str
) -> None:
    report_milestone(world.milestones.open, ReportValues("start", progress_bp=1_000), by=SYSTEM)
    page = client_of("coordinator").get(address).content.decode()
    heads = [
        " ".join(strip_tags(head.replace("<", " <")).split())
        for head in re.findall(r'<th scope="row".*?</th>', page, re.DOTALL)
    ]
    assert any(head.startswith(name) for head in heads), heads
    assert not [head for head in heads if re.match(r"T\d", head)]


def test_what_does_not_apply_is_said_in_words_and_is_no_missing_data(client_of: Any, world: Any) -> None:
    client = client_of("coordinator")
    assert "Not completed" in _row(client, "/milestones/", "T1-1-M1")
    report_milestone(world.milestones.open, ReportValues("complete", completed_on=date(2026, 1, 5)), by=SYSTEM)
    row = _row(client, "/milestones/", "T1-1-M1")
    assert "Has ended" in row and "5 Jan 2026" in row
    assert "No date" in _row(client, "/milestones/", world.milestones.undated.code)
    assert "Still exists" in " ".join(_rows(client, "/ministries/"))


def test_a_light_in_a_list_says_what_decided_it(client_of: Any, world: Any) -> None:
    Strategy.objects.update(red_overdue_bp=500, amber_overdue_bp=100)
    row = _row(client_of("coordinator"), "/tasks/", "Securing super-gap")
    assert re.search(r"Red Overdue share [\d.]+% \(threshold 5.0%\)", row), row


def test_a_number_or_a_date_that_cannot_be_is_no_none(client_of: Any, world: Any) -> None:
    client = client_of("coordinator")
    row = _row(client, "/ministries/", "Ministry of Trade, Industry and Energy")
    assert re.search(r"Energy \(until 30 Sep 2025 \).* Answers for no milestone No milestone 0 0$", row), row
    plans.create_milestone(
        measure=world.measures.m21, code="T2-1-M9", responsible_ministry=world.ministries.former, weight=0,
        effective_on=date(2025, 1, 1),
        by=SYSTEM, title_ko="제목", title_en="Title",
    )  # fmt: skip
    rollups.drain()
    assert "Without weight: not counted 1 0" in _row(client, "/ministries/", "Ministry of Trade, Industry and Energy")
    measures = [row for row in _rows(client, "/plan-versions/") if "T1-2 " in row]
    assert measures and all("Does not apply Does not apply" in row for row in measures), measures


def test_a_budget_entry_names_years_and_ministry_as_its_line_does(client_of: Any, world: Any) -> None:
    line = budgets.create_budget_line(
        by=SYSTEM, measure=world.measures.m11, key="bud-years", kind="commitment", title_ko="여러 해", title_en="Several",
        ministry=world.ministries.former,
    )  # fmt: skip
    budgets.record_budget_entry(line, by=SYSTEM, phase="announced", amount_won=1, effective_on=date(2025, 1, 1))
    for address in ("/budget/", "/budget-entries/"):
        row = _row(client_of("coordinator"), address, "Over several years")
        assert "Ministry of Trade, Industry and Energy (until 30 Sep 2025 )" in row


def test_my_work_says_whose_a_milestone_is_also_in_a_row_drawn_anew(client_of: Any, world: Any) -> None:
    client = client_of("coordinator")
    whose = re.escape(world.milestones.open.responsible_ministry.name_en)
    assert re.search(rf"T1-1-M1 On track {whose} Planned", _row(client, "/my-work/", "T1-1-M1"))
    address = f"{world.milestones.open.get_absolute_url()}report/?place=row"
    row = client.get(address, **HTMX).content.decode()
    assert re.search(
        rf"T1-1-M1 On track {whose} Planned", " ".join(unescape(strip_tags(row.replace("<", " <"))).split())
    )


def test_a_report_of_the_demonstration_is_marked_where_it_says_something(client_of: Any, world: Any) -> None:
    report = report_milestone(world.milestones.open, ReportValues("start", progress_bp=1_000), by=SYSTEM)
    type(report).objects.filter(pk=report.pk).update(confidence="generated")
    client = client_of("coordinator")
    assert "Reported state Reported progress" in _row(client, "/reports/", "What happened")
    assert "In progress Demonstration Demonstration 10.0%" in _row(client, "/reports/", "T1-1-M1")


def test_a_dependency_says_what_is_overdue_and_why_nothing_holds(client_of: Any, world: Any) -> None:
    client = client_of("coordinator")
    assert "T1-1-M2 Planned Overdue" in _row(client, "/dependencies/", "T1-1-M2")
    Milestone.objects.filter(pk=world.milestones.open.pk).update(due_precision="half")
    assert re.search(r"Second half of 2027 .* ≈ about \d+ days$", _row(client, "/dependencies/", "T1-1-M2"))
    report_milestone(world.milestones.late, ReportValues("complete", completed_on=date(2025, 1, 5)), by=SYSTEM)
    assert "Predecessor ended Predecessor ended" in _row(client, "/dependencies/", "T1-1-M2")


def test_days_late_are_about_where_the_due_date_is_not_known_to_the_day(client_of: Any, world: Any) -> None:
    client = client_of("coordinator")
    assert "≈" not in _row(client, "/milestones/", "T1-1-M2")
    Milestone.objects.filter(pk=world.milestones.late.pk).update(due_precision="month")
    assert re.search(r"Jun 2024 ≈ about [\d,]+ d late", _row(client, "/milestones/", "T1-1-M2"))


def test_the_page_of_an_office_leads_to_the_milestones_without_one(client_of: Any, world: Any) -> None:
    page = client_of("coordinator").get(world.office.get_absolute_url()).content.decode()
    assert f'<a class="link" href="{world.office.ministry.get_absolute_url()}#milestones">' in page


def test_what_became_of_a_light_stands_line_by_line(client_of: Any, world: Any) -> None:
    page = client_of("coordinator").get("/assessments/").content.decode()
    assert '<li>Recovery plan by <time datetime="2026-12-31">31 Dec 2026</time></li>' in page
    assert "<li>Dispute open</li>" in page
