"""Reads the worked example: its plan, its date, and the results it expects of each tier."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from .plan import Measure, Milestone, Plan, StrategicTask

PATH = Path(__file__).with_name("rollup-example.json")

_DATES = ("baseline_start", "baseline_due", "current_due", "forecast", "completed_on")


@dataclass(frozen=True)
class Example:
    """`expected` as in the file: tier -> shares, strategy, task, measure, ministry."""

    plan: Plan
    as_of: date
    units: int
    expected: dict[str, Any]


def load_example(path: Path = PATH) -> Example:
    content = json.loads(path.read_text(encoding="utf-8"))
    rows = content["input"]
    plan = Plan(
        tasks=tuple(StrategicTask(**row) for row in rows["strategic_tasks"]),
        measures=tuple(Measure(**row) for row in rows["measures"]),
        milestones=tuple(_milestone(row) for row in rows["milestones"]),
    )
    return Example(plan, date.fromisoformat(content["as_of"]), content["units"], content["expected"])


def _milestone(row: dict[str, Any]) -> Milestone:
    dates = {name: date.fromisoformat(row[name]) if row[name] else None for name in _DATES}
    return Milestone(**(row | dates))
