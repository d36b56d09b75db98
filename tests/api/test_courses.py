"""The course of a figure by month and what moved it, over the API."""

from datetime import date

import pytest
from django.test import Client

from tasks.actions import plans, reports
from tasks.actions.reports import ReportValues
from tasks.choices import Verb
from tasks.models import Milestone
from tasks.permissions import SYSTEM


@pytest.fixture
def client(strategy_tree, users):
    made = Client()
    made.force_login(users["analyst"])
    return made


def test_a_course_by_month(client):
    answer = client.get("/api/v1/rollups/technology/series/?slice=task").json()
    assert answer["slice"] == "task"
    days = [point["day"] for point in answer["points"]]
    assert {"2023-03-31", "2027-12-31"} <= set(days)
    assert [point for point in answer["points"] if point["day"] > answer["as_of"] and point["actual"] is not None] == []


def test_what_moved_a_figure(client):
    row = Milestone.objects.get(code="T1-1-M1")
    reports.report_milestone(row, ReportValues(verb=Verb.COMPLETE, completed_on=date(2025, 3, 3)), by=SYSTEM)
    answer = client.get("/api/v1/rollups/T1-1/changes/?since=2025-02-28&until=2025-03-31").json()
    moved = answer["after"]["sums"]["earned"] - answer["before"]["sums"]["earned"]
    assert moved > 0
    assert sum(step["sums"]["earned"] for step in answer["steps"]) == moved
    reported = next(step for step in answer["steps"] if step["name"] == "progress")
    assert [each["node"]["code"] for each in reported["nodes"]] == ["T1-1-M1"]
    assert reported["nodes"][0]["after"]["state"] == "completed"
    assert reported["nodes"][0]["progress_points"] == reported["progress_points"] > 0


def test_what_changed_names_other_rows_by_key_and_code(client, strategy_tree):
    row, other = Milestone.objects.get(code="T1-1-M1"), strategy_tree.ministries.other
    plans.reassign_ministry([row], other, by=SYSTEM, effective_on=date(2025, 3, 1), reason="이관")
    answer = client.get("/api/v1/rollups/T1-1/changes/?since=2025-02-28&until=2025-03-31").json()
    moved = next(step for step in answer["steps"] if step["name"] == "reassigned")["nodes"][0]
    assert (moved["node"]["code"], moved["after"]["responsible_ministry"]) == ("T1-1-M1", other.key)
    assert moved["after"]["parent"] == row.measure.code
    assert not {name for name in moved["after"] if name.endswith("_id")} | {"id", "path"} & set(moved["after"])


@pytest.mark.parametrize(
    ("query", "pointer"),
    [("since=2999-01-01", "/until"), ("since=soon", "/since"), ("since=2025-01-02&until=2025-01-01", "/since")],
)
def test_days_that_cannot_be_compared_are_named(client, query, pointer):
    answer = client.get(f"/api/v1/rollups/technology/changes/?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] in (pointer, "/since")


def test_an_unknown_figure_is_not_found(client):
    assert client.get("/api/v1/rollups/nothing/series/").status_code == 404
