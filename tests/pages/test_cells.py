"""Cells of lists: what stands first in a row, in place of a value, and beside a light."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.utils.html import strip_tags

from tasks.actions.reports import ReportValues, report_milestone
from tasks.models import Strategy
from tasks.permissions import SYSTEM


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
