"""Loads the core's starter data by actions, with effective dates, so that the past is right.

Rows are found by their keys: what is there already is left alone.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.text import slugify

from accounts.models import Ministry
from common.seeds import Row, load_rows, provenance, texts
from common.tiers import Tier
from tasks.actions import bills, budgets, commitments, indicators, plans, reports
from tasks.actions.records import create_record
from tasks.choices import DatePrecision, MilestoneState, Verb
from tasks.models import (
    Bill,
    BudgetLine,
    Commitment,
    Dependency,
    Indicator,
    Measure,
    Milestone,
    Region,
    StrategicTask,
    Strategy,
    Technology,
)
from tasks.permissions import SYSTEM


class Loader:
    """One run: the rows by key, and which nodes this run made (only those are reported on)."""

    def __init__(self) -> None:
        self.ministries = {ministry.key: ministry for ministry in Ministry.objects.all()}
        self.successors = {row["key"]: row["successors"] for row in load_rows("accounts", "ministries")}
        self.new_nodes: list[tuple[plans.Node, str | None, str | None]] = []

    def run(self) -> None:
        self._references()
        self._strategy()
        self._measures()
        self._milestones()
        self._hand_over()
        self._commitments()
        self._dependencies()
        self._budgets()
        self._indicators()
        self._bills()

    def _references(self) -> None:
        for row in _new("regions", Region):
            values = texts(row, "name") | provenance(row)
            create_record(Region, by=SYSTEM, verb="region.seeded", key=row["key"], code=row["code"], **values)
        for row in _new("technologies", Technology):
            values = texts(row, "name") | provenance(row)
            create_record(
                Technology, by=SYSTEM, verb="technology.seeded", key=row["key"], number=row["number"], **values
            )
        self.regions = {region.key: region for region in Region.objects.all()}
        self.technologies = {technology.key: technology for technology in Technology.objects.all()}

    def _strategy(self) -> None:
        (row,) = load_rows("tasks", "strategy")
        self.strategy = Strategy.objects.filter(slug=row["key"]).first() or plans.create_strategy(
            by=SYSTEM,
            slug=row["key"],
            title_ko=row["name_ko"],
            title_en=row["name_en"],
            **{name: row[name] for name in ("announced_on", "first_year", "last_year", "review_steps")},
            **{name: value for name, value in row["thresholds"].items() if name.endswith("_bp")},
            **texts(row, "meeting"),
            **provenance(row),
        )
        self.announced_on: date = self.strategy.announced_on
        known = set(StrategicTask.objects.values_list("slug", flat=True))
        for task in row["tasks"]:
            if task["slug"] not in known:
                self._strategic_task(task)
        slugs = {task["key"]: task["slug"] for task in row["tasks"]}
        self.tasks = {key: StrategicTask.objects.get(slug=slug) for key, slug in slugs.items()}

    def _strategic_task(self, row: Row) -> None:
        task = plans.create_strategic_task(
            by=SYSTEM,
            effective_on=self.announced_on,
            strategy=self.strategy,
            lead_ministry=self._ministry(row["lead_ministry"]),
            **{name: row[name] for name in ("number", "slug", "weight")},
            **texts(row, "title", "summary"),
            **provenance(row),
        )
        self.new_nodes.append((task, row["lead_ministry"], None))

    def _measures(self) -> None:
        for row in sorted(_new("measures", Measure, "code"), key=lambda row: row["code"].count(".")):
            measure = plans.create_measure(
                by=SYSTEM,
                effective_on=self.announced_on,
                cooperating=[self.ministries[key] for key in row["cooperating_ministries"]],
                strategic_task=self.tasks[row["task"]],
                parent=Measure.objects.get(code=row["parent"]) if row["parent"] else None,
                lead_ministry=self._ministry(row["lead_ministry"]),
                region=self.regions.get(row["region"]),
                technology=self.technologies.get(row["technology"]),
                tier=Tier[row["tier"].upper()],
                **{name: row[name] for name in ("code", "weight", "scope")},
                **texts(row, "title"),
                **provenance(row),
            )
            self.new_nodes.append((measure, row["lead_ministry"], row["function"]))
        self.measures = {measure.code: measure for measure in Measure.objects.all()}

    def _milestones(self) -> None:
        for row in _new("milestones", Milestone, "code"):
            precision = row.get("precision") or {}
            milestone = plans.create_milestone(
                by=SYSTEM,
                effective_on=self.announced_on,
                measure=self.measures[row["measure"]],
                responsible_ministry=self._ministry(row["responsible_ministry"]),
                current_due=row["current_due"] or row["baseline_due"],
                due_precision=precision.get("baseline_due", DatePrecision.DAY),
                tier=Tier[row["tier"].upper()],
                **{name: row[name] for name in ("code", "weight", "baseline_start", "baseline_due")},
                **texts(row, "title", "done_when"),
                **provenance(row),
            )
            self._report(milestone, row, precision)
            self.new_nodes.append((milestone, row["responsible_ministry"], row["function"]))
        codes = {row["key"]: row["code"] for row in load_rows("tasks", "milestones")}
        by_code = {milestone.code: milestone for milestone in Milestone.objects.filter(code__in=codes.values())}
        self.milestones = {key: by_code[code] for key, code in codes.items()}

    def _report(self, milestone: Milestone, row: Row, precision: dict[str, str]) -> None:
        """A fact takes effect on its own date; what is under way, from the announcement or its start."""
        values: dict[str, Any]
        if row["state"] == MilestoneState.COMPLETED:
            values = {
                "verb": Verb.COMPLETE,
                "completed_on": row["completed_on"],
                "completed_precision": precision.get("completed_on", DatePrecision.DAY),
            }
        elif row["state"] == MilestoneState.IN_PROGRESS:
            values = {
                "verb": Verb.START,
                "effective_on": row["baseline_start"] or self.announced_on,
                "started_on": row["baseline_start"],
            }
        else:
            return
        reports.report_milestone(milestone, reports.ReportValues(**values), by=SYSTEM, **provenance(row))

    def _hand_over(self) -> None:
        """Every node of a reorganised ministry goes to the successor that holds its function, on the day."""
        for node, key, function in self.new_nodes:
            while key and (succession := self._succession(key, function)):
                plans.reassign_ministry(
                    [node],
                    self.ministries[succession["key"]],
                    by=SYSTEM,
                    effective_on=succession["from"],
                    reason=f"정부조직 개편 / Government reorganisation ({key} → {succession['key']})",
                )
                key, function = succession["key"], None

    def _succession(self, key: str, function: str | None) -> Row | None:
        successors = self.successors[key]
        named = [row for row in successors if row["function"] == function]
        return next(iter(named or successors), None)

    def _commitments(self) -> None:
        for row in _new("commitments", Commitment, "code"):
            commitment = commitments.create_commitment(
                by=SYSTEM,
                strategic_task=self.tasks[row["task"]],
                measures=[self.measures[code] for code in row["measures"]],
                wording_en=row["wording_en"] or "",
                **{name: row[name] for name in ("code", "strength", "deadline")},
                **texts(row, "title"),
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

    def _dependencies(self) -> None:
        known = set(Dependency.objects.values_list("predecessor__code", "successor__code"))
        for row in load_rows("tasks", "dependencies"):
            ends = self.milestones[row["predecessor"]], self.milestones[row["successor"]]
            if (ends[0].code, ends[1].code) not in known:
                plans.add_dependency(*ends, by=SYSTEM, lag_days=row["lag_days"], **provenance(row))

    def _budgets(self) -> None:
        """Levels of one line and year share the line: a restatement is a further entry."""
        rows = load_rows("tasks", "budgets")
        line_of = {row["key"]: _line_key(row) for row in rows}
        known = set(BudgetLine.objects.values_list("key", flat=True))
        lines: dict[str, BudgetLine] = {}
        for row in rows:
            key = line_of[row["key"]]
            if key in known:
                continue
            if key not in lines:
                part_of = lines.get(line_of.get(row["part_of"], ""))
                lines[key] = self._budget_line(key, row, part_of)
            budgets.record_budget_entry(
                lines[key],
                by=SYSTEM,
                phase=row["phase"],
                amount_won=row["amount_won"],
                effective_on=row["as_of"],
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
        for row in _new("indicators", Indicator):
            baseline = row.get("baseline") or {}
            indicator = indicators.create_indicator(
                by=SYSTEM,
                measure=self.measures[row["measure"]],
                baseline_on=baseline.get("on"),
                baseline_value=_decimal(baseline.get("value")),
                **{name: row[name] for name in ("key", "direction", "aggregation")},
                **texts(row, "title", "unit"),
                **provenance(row),
            )
            for target in row["targets"]:
                value = _decimal(target["value"])
                indicators.set_target(
                    indicator, by=SYSTEM, due_on=target["on"], value=value, precision=_on(target), **provenance(row)
                )
            for seen in row["observations"]:
                indicators.record_observation(
                    indicator,
                    by=SYSTEM,
                    observed_on=seen["on"],
                    value=_decimal(seen["value"]),
                    method=seen["method"] or "",
                    precision=_on(seen),
                    **provenance(seen),
                )

    def _bills(self) -> None:
        for row in _new("bills", Bill):
            bill = bills.create_bill(
                by=SYSTEM,
                key=row["key"],
                measure=self.measures[row["measure"]],
                route=row["route"] or "",
                law_number=row["law_number"] or "",
                ministry=self._ministry(row["responsible_ministry"]),
                **texts(row, "title"),
                **provenance(row),
            )
            for position, stage in enumerate(row["stages"], start=1):
                milestone = self.milestones[stage["milestone"]]
                bills.add_bill_stage(
                    bill, milestone, by=SYSTEM, position=position, stage=stage["stage"], **provenance(row)
                )

    def _ministry(self, key: str | None) -> Ministry | None:
        return self.ministries[key] if key else None


def _new(name: str, model: Any, column: str = "key") -> list[Row]:
    """The rows of a file whose key is not in the database yet."""
    known = set(model.objects.values_list(column, flat=True))
    return [row for row in load_rows("tasks", name) if row[column] not in known]


def _line_key(row: Row) -> str:
    """Levels of the same measure, year, ministry and account are one line; anything else stands alone."""
    if row["kind"] != "level":
        return str(row["key"])
    parts = (row["measure"], row["fiscal_year"], row["ministry"], row["account"], row["technology"])
    return slugify("-".join(str(part).replace(".", "-") for part in parts if part))


def _decimal(value: Any) -> Any:
    return None if value is None else Decimal(str(value))


def _on(row: Row) -> str:
    return (row.get("precision") or {}).get("on", DatePrecision.DAY)


def load(report: Callable[[str], None]) -> None:
    """Load what is missing of the core; `report` is told when it is done."""
    loader = Loader()
    loader.run()
    report(f"{len(loader.measures)} measures, {len(loader.milestones)} milestones")
