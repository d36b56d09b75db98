"""Loads what the plan promised and what came of it: commitments, money, indicators, bills, meetings."""

from decimal import Decimal
from typing import Any

from django.utils.text import slugify

from accounts.models import Ministry
from common.seeds import Row, load_rows, provenance, texts
from common.tiers import Tier
from tasks.actions import bills, budgets, commitments, indicators, meetings
from tasks.actions.records import create_record
from tasks.choices import MeetingStatus, MoneyPhase
from tasks.models import (
    Bill,
    BudgetLine,
    Commitment,
    Indicator,
    LegislativeStep,
    Measure,
    Meeting,
    Milestone,
    StrategicTask,
    Technology,
)
from tasks.permissions import SYSTEM
from tasks.seed.references import core_rows, precision


class Outcomes:
    """One run upon a plan that is loaded; milestones by the keys of the starter data."""

    def __init__(
        self,
        ministries: dict[str, Ministry],
        tasks: dict[str, StrategicTask],
        measures: dict[str, Measure],
        milestones: dict[str, Milestone],
    ) -> None:
        self.ministries, self.tasks, self.measures, self.milestones = ministries, tasks, measures, milestones
        self.technologies = {technology.key: technology for technology in Technology.objects.all()}

    def run(self) -> None:
        self._commitments()
        self._budgets()
        self._indicators()
        self._legislative_steps()
        self._bills()
        self._meetings()

    def _commitments(self) -> None:
        for row in core_rows("commitments", Commitment, "code"):
            commitment = commitments.create_commitment(
                by=SYSTEM,
                strategic_task=self.tasks[row["task"]],
                measures=[self.measures[code] for code in row["measures"]],
                wording_en=row["wording_en"] or "",
                deadline_precision=precision(row, "deadline"),
                **{name: row[name] for name in ("code", "strength", "deadline")},
                **texts(row, "title", "promise"),
                **provenance(row),
            )
            verdict = row["verdict"]
            commitments.judge_commitment(
                commitment,
                by=SYSTEM,
                value=verdict["value"],
                judged_on=verdict["on"],
                sources=verdict["sources"],
                confidence=verdict["confidence"],
                **texts(verdict, "reason"),
            )

    def _budgets(self) -> None:
        """Levels of one line and year share the line: a restatement is a further entry."""
        rows = load_rows("tasks", "budgets")
        line_of = {row["key"]: _line_key(row) for row in rows}
        latest = {line_of[row["key"]]: row for row in rows}
        lines = {line.key: line for line in BudgetLine.objects.all()}
        known = set(lines)
        for row in rows:
            key = line_of[row["key"]]
            if key in known:
                continue
            if key not in lines:
                lines[key] = self._budget_line(key, latest[key], lines.get(line_of.get(row["part_of"], "")))
            budgets.record_budget_entry(
                lines[key],
                by=SYSTEM,
                phase=row["phase"],
                amount_won=row["amount_won"],
                effective_on=row["as_of"],
                known_from=row["as_of"] if row["phase"] == MoneyPhase.ANNOUNCED else None,
                precision=precision(row, "as_of"),
                bound=row["bound"],
                **provenance(row),
            )

    def _budget_line(self, key: str, row: Row, part_of: BudgetLine | None) -> BudgetLine:
        return budgets.create_budget_line(
            by=SYSTEM,
            key=key,
            part_of=part_of,
            measure=self.measures[row["measure"]],
            ministry=self._ministry(row["ministry"]),
            account=row["account"] or "",
            technology=self.technologies.get(row["technology"]),
            **{name: row[name] for name in ("kind", "fiscal_year")},
            **texts(row, "title"),
            **provenance(row),
        )

    def _indicators(self) -> None:
        for row in core_rows("indicators", Indicator):
            baseline = row.get("baseline") or {}
            indicator = indicators.create_indicator(
                by=SYSTEM,
                measure=self.measures[row["measure"]],
                baseline_on=baseline.get("on"),
                baseline_value=_decimal(baseline.get("value")),
                **{name: row[name] for name in ("key", "value_kind", "direction", "aggregation")},
                **texts(row, "title", "unit"),
                **provenance(row),
            )
            for target in row["targets"]:
                value = _decimal(target["value"])
                indicators.set_target(
                    indicator,
                    by=SYSTEM,
                    due_on=target["on"],
                    value=value,
                    precision=precision(target, "on"),
                    **provenance(row),
                )
            for seen in row["observations"]:
                indicators.record_observation(
                    indicator,
                    by=SYSTEM,
                    observed_on=seen["on"],
                    value=_decimal(seen["value"]),
                    method=seen["method"] or "",
                    precision=precision(seen, "on"),
                    **provenance(seen),
                )

    def _legislative_steps(self) -> None:
        for row in core_rows("legislative_steps", LegislativeStep, "stage"):
            create_record(
                LegislativeStep,
                by=SYSTEM,
                verb="legislative_step.seeded",
                rule_confidence=row.get("rule_confidence", ""),
                **{name: row[name] for name in ("number", "stage", "typical_days_min", "typical_days_max")},
                **texts(row, "name", "typical_note", "rule"),
                **provenance(row),
            )

    def _bills(self) -> None:
        for row in core_rows("bills", Bill):
            bill = bills.create_bill(
                by=SYSTEM,
                key=row["key"],
                measure=self.measures[row["measure"]],
                kind=row["kind"],
                route=row["route"] or "",
                law_number=row["law_number"] or "",
                ministry=self._ministry(row["responsible_ministry"]),
                **texts(row, "title", "law", "summary"),
                **provenance(row),
            )
            for position, stage in enumerate(row["stages"], start=1):
                milestone = self.milestones[stage["milestone"]]
                bills.add_bill_stage(
                    bill, milestone, by=SYSTEM, position=position, stage=stage["stage"], **provenance(row)
                )

    def _meetings(self) -> None:
        """Meetings that were held; found by their title."""
        for row in core_rows("meetings", Meeting, "title_ko"):
            meeting = meetings.plan_meeting(
                by=SYSTEM,
                kind=row["kind"] or "",
                status=MeetingStatus.HELD,
                meets_on=row["meets_on"],
                tier=Tier.PUBLIC,
                **texts(row, "title"),
                **provenance(row),
            )
            for position, item in enumerate(row["agenda"], start=1):
                meetings.add_agenda_item(meeting, by=SYSTEM, position=position, **texts(item, "title"))

    def _ministry(self, key: str | None) -> Ministry | None:
        return self.ministries[key] if key else None


def _line_key(row: Row) -> str:
    """Levels of the same measure, year, ministry and account are one line; anything else stands alone."""
    if row["kind"] != "level":
        return str(row["key"])
    parts = (row["measure"], row["fiscal_year"], row["ministry"], row["account"], row["technology"])
    return slugify("-".join(str(part).replace(".", "-") for part in parts if part))


def _decimal(value: Any) -> Any:
    return None if value is None else Decimal(str(value))
