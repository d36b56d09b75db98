"""Reporting periods over the API: who reported, what was published, figures as they were published."""

import hashlib
import json
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tasks import rollups
from tasks.actions import periods, plans
from tasks.actions.reports import ReportValues, report_milestone
from tasks.choices import Verb
from tasks.permissions import SYSTEM

pytestmark = pytest.mark.usefixtures("everything")
SEOUL = ZoneInfo("Asia/Seoul")
# A year by which all of the tree is known.
FIRST, LAST = date(2035, 1, 1), date(2035, 1, 31)


def at(day: date, hour: int = 12) -> Any:
    return time_machine.travel(datetime(day.year, day.month, day.day, hour, tzinfo=SEOUL), tick=False)


@pytest.fixture
def closed(everything: Any) -> Any:
    """January 2035, after whose closing something was reported of it."""
    with at(date(2035, 2, 3)):
        period = periods.open_period(strategy=everything.strategy, starts_on=FIRST, by=SYSTEM)
        periods.close_period(period, by=SYSTEM, anyway=True)
    with at(date(2035, 2, 4)):
        done = ReportValues(verb=Verb.COMPLETE, completed_on=LAST)
        report_milestone(everything.milestones.late, done, by=SYSTEM)
        yield period


def test_a_period_is_found_by_its_month(ask: Any, closed: Any) -> None:
    row = ask("analyst").one("reporting-periods/2035-01/")
    assert (row["month"], row["state"], row["id"]) == ("2035-01", "closed", str(closed.uuid))
    assert ask("analyst").rows("reporting-periods/", month="2035-01") == [row]


def test_who_has_not_reported_is_told_with_the_milestones(ask: Any, closed: Any, everything: Any) -> None:
    rows = ask("staff").one("reporting-periods/2035-01/reporting/")
    by_ministry = {row["ministry"]["key"]: row for row in rows if row["ministry"]}
    row = by_ministry["MOTIR"]
    assert row["late"] + row["on_time"] + row["missing"] == row["expected"]
    assert len(row["milestones"]) == row["missing"] > 0
    codes = {each["code"] for each in row["milestones"]}
    assert "T1-2-M1" in codes
    assert "T1-1-M2" not in codes
    public = ask("analyst").one("reporting-periods/2035-01/reporting/")
    assert "T1-2-M1" not in json.dumps(public)


def test_snapshots_are_given_up_to_the_readers_tier_and_are_proven_by_their_content(ask: Any, closed: Any) -> None:
    for reader, tiers in (("analyst", ["public"]), ("staff", ["public", "internal"]), ("executive", None)):
        caller = ask(reader)
        rows = caller.rows("snapshots/", period="2035-01")
        assert sorted(row["tier"] for row in rows) == sorted(tiers or ["public", "internal", "restricted"])
        for row in rows:
            content = caller.get(f"snapshots/{row['id']}/content/").content
            assert hashlib.sha256(content).hexdigest() == row["sha256"]
            read = json.loads(content)
            assert (read["period"], read["tier"], read["as_of"]) == ("2035-01", row["tier"], str(LAST))
            assert list(read["below"]) == ["internal", "public"][2 - len(read["below"]) :]


def test_content_that_names_what_is_hidden_by_now_is_refused(ask: Any, closed: Any, everything: Any) -> None:
    (row,) = ask("analyst").rows("snapshots/", period="2035-01")
    plans.revise_plan(everything.measures.m21, by=SYSTEM, effective_on=date(2035, 2, 1), reason="why", tier=3)
    answer = ask("analyst").get(f"snapshots/{row['id']}/content/")
    assert answer.status_code == 403
    assert "T2-1" not in answer.content.decode()
    assert ask("executive").get(f"snapshots/{row['id']}/content/").status_code == 200
    shown = ask("analyst").rows("rollups/", slice="measure", basis="published")
    assert "T2-1" not in {each["code"] for each in shown}


@pytest.mark.parametrize("slice_", ["strategy", "task", "measure", "ministry", "region", "technology",
                                    "task_ministry", "task_region"])  # fmt: skip
def test_figures_are_read_as_they_were_published(ask: Any, closed: Any, everything: Any, slice_: str) -> None:
    caller = ask("executive")
    rows = {row["code"] or "none": row for row in caller.rows("rollups/", slice=slice_, basis="published")}
    snapshot = rollups.latest_snapshot(everything.strategy, tier=3)
    kept = {row.code: row for row in snapshot.figures.filter(slice=slice_)}
    assert set(rows) == set(kept)
    for code, row in rows.items():
        assert row["sums"]["earned"] == kept[code].earned
        assert (row["basis"], row["as_of"], row["version"]) == ("published", str(LAST), 1)
        assert datetime.fromisoformat(row["known_at"]) == snapshot.taken_at
    assert rows == {
        row["code"] or "none": row for row in caller.rows("rollups/", slice=slice_, basis="published", as_of=LAST)
    }


def test_what_is_known_now_differs_from_what_was_published(ask: Any, closed: Any) -> None:
    caller = ask("executive")
    (published,) = caller.rows("rollups/", basis="published", as_of=LAST)
    (current,) = caller.rows("rollups/", basis="current", as_of=LAST)
    assert published["sums"]["earned"] == 0 < current["sums"]["earned"]
    assert (current["basis"], published["money"]) == ("current", current["money"])


@pytest.mark.parametrize(
    ("query", "field"),
    [({"as_of": "2034-12-31"}, "as_of"), ({"as_of": str(LAST), "known_at": "2035-02-01"}, "known_at"),
     ({"basis": "x"}, "basis")],
)  # fmt: skip
def test_what_cannot_be_read_as_published_is_told(ask: Any, closed: Any, query: dict[str, str], field: str) -> None:
    answer = ask("analyst").get("rollups/", **{"basis": "published", **query})
    assert answer.status_code == 400
    assert [error["pointer"].removeprefix("/") for error in answer.json()["errors"]] == [field]
