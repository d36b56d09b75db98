"""What waits for what over the API: the schedule of a milestone, what waits on a noun, what a dependency keeps."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine

from tasks.actions import plans
from tasks.models import Milestone
from tasks.permissions import SYSTEM


@pytest.fixture
def waits(everything: Any) -> Iterator[Any]:
    """T2-11-M1, a stage of the bill t2-11, waits for T1-1-M2 (overdue); T2-1-M2 (2027-06-30) for it, 200 days after."""
    with time_machine.travel("2026-12-01T12:00:00+09:00", tick=False):
        found = everything.milestones
        everything.stage = Milestone.objects.get(code="T2-11-M1")
        plans.add_dependency(everything.stage, found.of_other, by=SYSTEM, lag_days=200)
        plans.add_dependency(found.restricted, found.of_other, by=SYSTEM)
        Milestone.objects.filter(pk=found.restricted.pk).update(current_due=date(2030, 12, 31))
        yield everything


def test_the_schedule_of_a_milestone(ask: Any, waits: Any) -> None:
    told = ask("nobody").one("milestones/T2-1-M2/schedule/")
    assert told["milestone"]["code"] == "T2-1-M2"
    names = ("as_of", "earliest_end", "earliest_precision", "latest_end", "slack_days", "is_critical")
    assert [told[name] for name in names] == ["2026-12-01", "2027-07-19", "day", None, -19, False]
    assert told["driver"]["code"] == "T2-11-M1"
    assert [row["milestone"]["code"] for row in told["critical_path"]] == ["T2-11-M1", "T2-1-M2"]
    assert told["in_loop"] == told["waiting"] == []
    rows = [(row["milestone"]["code"], row["needed_by"], row["needed_slack_days"]) for row in told["waits_for"]]
    assert rows == [("T2-11-M1", "2026-12-12", -19), ("T1-1-M2", "2026-12-12", 11)]
    assert [row["is_direct"] for row in told["waits_for"]] == [True, False]
    assert [row["is_critical"] for row in told["waits_for"]] == [True, False]


def test_a_milestone_without_dependencies_has_its_own_date(ask: Any, waits: Any) -> None:
    told = ask("nobody").one("milestones/T1-1-M1/schedule/")
    assert (told["earliest_end"], told["slack_days"], told["driver"]) == ("2027-12-31", 0, None)
    undated = ask("nobody").one("milestones/T1-1.1-M1/schedule/")
    assert (undated["earliest_end"], undated["earliest_precision"], undated["slack_days"]) == (None, "", None)


@pytest.mark.parametrize(
    ("noun", "waiting"),
    [
        ("bills/t2-11", ["T2-1-M2"]),
        ("measures/T2-11", ["T2-1-M2"]),
        ("measures/T1-1", ["T2-1-M2", "T2-11-M1"]),
        ("strategic-tasks/technology", ["T2-1-M2", "T2-11-M1"]),
        ("strategic-tasks/talent", []),
        ("strategies/strategy", []),
    ],
)
def test_what_waits_on_a_noun(ask: Any, waits: Any, noun: str, waiting: list[str]) -> None:
    told = ask("nobody").one(f"{noun}/waiting/")
    assert sorted(row["milestone"]["code"] for row in told["waiting"]) == waiting
    assert told["waiting_count"] == len(waiting)
    assert told["late_count"] == (noun in ("bills/t2-11", "measures/T2-11"))


def test_by_how_many_days_a_bill_makes_late(ask: Any, waits: Any) -> None:
    row = ask("nobody").one("bills/t2-11/waiting/")["waiting"][0]
    assert (row["kept_until"], row["kept_slack_days"], row["slack_days"]) == ("2027-07-19", -19, -19)


def test_a_strategy_has_one_critical_path(ask: Any, waits: Any) -> None:
    told = ask("nobody").one("strategies/strategy/waiting/")
    assert [row["milestone"]["code"] for row in told["critical_path"]] == ["T2-11-M1", "T2-1-M2"]


def test_a_dependency_says_until_when_it_keeps_and_whether_it_decides(ask: Any, waits: Any) -> None:
    rows = ask("nobody").rows("dependencies/", successor="T2-1-M2")
    assert [(row["keeps_until"], row["slack_days"], row["is_driver"]) for row in rows] == [("2027-07-19", -19, True)]
    lines = b"".join(ask("nobody").get("dependencies/", format="csv").streaming_content).decode()
    assert "2027-07-19,-19" in lines


def test_a_hidden_predecessor_tells_nothing(ask: Any, waits: Any) -> None:
    seen, hidden = (ask(name).one("milestones/T2-1-M2/schedule/") for name in ("executive", "staff"))
    assert (seen["earliest_end"], hidden["earliest_end"]) == ("2030-12-31", "2027-07-19")
    assert (seen["driver"]["code"], hidden["driver"]["code"]) == ("T2-1-M1", "T2-11-M1")
    assert "T2-1-M1" in str(seen["waits_for"])
    assert "T2-1-M1" not in str(hidden)
    assert ask("staff").get("milestones/T2-1-M1/schedule/").status_code == 404


def test_it_is_dated_and_takes_nothing_else(ask: Any, waits: Any) -> None:
    told = ask("nobody").one("milestones/T1-1-M2/schedule/", as_of="2024-03-01")
    assert (told["as_of"], told["earliest_end"]) == ("2024-03-01", "2024-06-30")
    assert ask("nobody").get("milestones/T1-1-M2/schedule/", fields="waiting").status_code == 400
    assert ask("nobody").get("bills/t2-11/waiting/", search="x").status_code == 400


def test_milestones_are_narrowed_by_what_they_wait_for(ask: Any, waits: Any) -> None:
    caller = ask("nobody")
    assert [row["code"] for row in caller.rows("milestones/", waits_for_bill="t2-11")] == ["T2-1-M2"]
    assert [row["code"] for row in caller.rows("milestones/", waits_for="T1-1-M2")] == ["T2-1-M2", "T2-11-M1"]
    assert [row["code"] for row in caller.rows("milestones/", kept_late="true")] == ["T2-1-M2"]
    assert caller.get("milestones/", waits_for="T2-1-M1").status_code == 400
