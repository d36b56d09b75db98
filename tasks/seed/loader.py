"""Loads the plan of the starter data by actions, with effective dates, so that the past is right; then its outcomes.

Rows are found by their keys: what is there already is left alone. What the record dates as public is known from that
day on (`known_from`), the rest from its loading.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import Ministry
from common.records import Confidence
from common.seeds import Row, load_rows, provenance, texts
from common.tiers import Tier
from tasks.actions import plans, reports
from tasks.actions.records import create_record
from tasks.choices import DatePrecision, MilestoneState, Verb
from tasks.models import (
    Dependency,
    Measure,
    Milestone,
    Region,
    StrategicTask,
    Strategy,
    Technology,
)
from tasks.permissions import SYSTEM
from tasks.seed.outcomes import Outcomes
from tasks.seed.references import core_rows


@dataclass(frozen=True)
class NewNode:
    """A node that this run made, with the ministry that answered for it at first."""

    node: plans.Node
    ministry: str | None
    function: str | None
    known_from: date | None


class Loader:
    """One run: the rows by key, and which nodes this run made (only those are reported on)."""

    def __init__(self) -> None:
        self.ministries = {ministry.key: ministry for ministry in Ministry.objects.all()}
        self.successors = {row["key"]: row["successors"] for row in load_rows("accounts", "ministries")}
        self.new_nodes: list[NewNode] = []
        self.promised = {code: row["deadline"] for row in load_rows("tasks", "commitments") for code in row["measures"]}

    def run(self) -> None:
        self._references()
        self._strategy()
        self._measures()
        self._milestones()
        for new in self.new_nodes:
            self._hand_over(new)
        self._dependencies()

    def _references(self) -> None:
        for row in core_rows("regions", Region):
            values = {name: row[name] for name in ("key", "code", "valid_from")} | texts(row, "name") | provenance(row)
            create_record(Region, by=SYSTEM, verb="region.seeded", **values)
        for row in core_rows("technologies", Technology):
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
            **texts(row, "meeting", "companion"),
            **{name: row[name] for name in ("industries_ko", "industries_en")},
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
            known_from=self.announced_on,
            strategy=self.strategy,
            lead_ministry=self._ministry(row["lead_ministry"]),
            **{name: row[name] for name in ("number", "slug", "weight")},
            **texts(row, "title", "summary"),
            **provenance(row),
        )
        self.new_nodes.append(NewNode(task, row["lead_ministry"], None, self.announced_on))

    def _measures(self) -> None:
        for row in sorted(core_rows("measures", Measure, "code"), key=lambda row: row["code"].count(".")):
            measure = plans.create_measure(
                by=SYSTEM,
                effective_on=self.announced_on,
                known_from=self.announced_on,
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
            self.new_nodes.append(NewNode(measure, row["lead_ministry"], row["function"], self.announced_on))
        self.measures = {measure.code: measure for measure in Measure.objects.all()}

    def _milestones(self) -> None:
        for row in core_rows("milestones", Milestone, "code"):
            precision = row.get("precision") or {}
            key, function = self._at_first(row["responsible_ministry"], row["function"])
            known_from = self._known_from(row)
            milestone = plans.create_milestone(
                by=SYSTEM,
                effective_on=self.announced_on,
                known_from=known_from,
                measure=self.measures[row["measure"]],
                responsible_ministry=self._ministry(key),
                current_due=row["current_due"] or row["baseline_due"],
                due_precision=precision.get("baseline_due", DatePrecision.DAY),
                tier=Tier[row["tier"].upper()],
                **{name: row[name] for name in ("code", "weight", "baseline_start", "baseline_due")},
                **texts(row, "title", "done_when"),
                **provenance(row),
            )
            node = NewNode(milestone, key, function, known_from)
            if key == row["responsible_ministry"]:
                self.new_nodes.append(node)
            else:  # what the later ministry did, it also reported
                self._hand_over(node)
                milestone.refresh_from_db()
            self._report(milestone, row, precision)
        codes = {row["key"]: row["code"] for row in load_rows("tasks", "milestones")}
        by_code = {milestone.code: milestone for milestone in Milestone.objects.filter(code__in=codes.values())}
        self.milestones = {key: by_code[code] for key, code in codes.items()}

    def _known_from(self, row: Row) -> date | None:
        """What was announced or promised: from the announcement; what was done: from that day. Else nobody says."""
        if row["provenance"]["confidence"] == Confidence.ANNOUNCED:
            return self.announced_on
        if row["baseline_due"] and row["baseline_due"] == self.promised.get(row["measure"]):
            return self.announced_on
        return row["completed_on"] or row.get("started_on")

    def _report(self, milestone: Milestone, row: Row, precision: dict[str, str]) -> None:
        """A fact takes effect on its own date; what is under way, from its actual start, else from the announcement."""
        values: dict[str, Any]
        if row["state"] == MilestoneState.COMPLETED:
            values = {
                "verb": Verb.COMPLETE,
                "started_on": row.get("started_on"),
                "completed_on": row["completed_on"],
                "completed_precision": precision.get("completed_on", DatePrecision.DAY),
            }
        elif row["state"] == MilestoneState.IN_PROGRESS:
            values = {
                "verb": Verb.START,
                "effective_on": row.get("started_on") or self.announced_on,
                "started_on": row.get("started_on"),
            }
        else:
            return
        known_from = row["completed_on"] or row.get("started_on") or self._known_from(row)
        reports.report_milestone(
            milestone, reports.ReportValues(**values), by=SYSTEM, known_from=known_from, **provenance(row)
        )

    def _at_first(self, key: str | None, function: str | None) -> tuple[str | None, str | None]:
        """Who answered when the strategy was announced, where the row names a ministry that came to be later."""
        for former, successors in self.successors.items():
            for row in successors:
                if row["key"] == key and row["from"] > self.announced_on:
                    return former, row["function"]
        return key, function

    def _hand_over(self, new: NewNode) -> None:
        """A node of a reorganised ministry goes to the successor that holds its function, on the day."""
        key, function = new.ministry, new.function
        while key and (succession := self._succession(key, function)):
            former, successor = self.ministries[key], self.ministries[succession["key"]]
            plans.reassign_ministry(
                [new.node],
                successor,
                by=SYSTEM,
                effective_on=succession["from"],
                known_from=new.known_from and max(new.known_from, succession["from"]),
                reason=f"정부조직 개편({former.name_ko} → {successor.name_ko})"
                f" / Government reorganisation ({former.name_en} → {successor.name_en})",
            )
            key, function = succession["key"], None

    def _succession(self, key: str, function: str | None) -> Row | None:
        successors = self.successors[key]
        named = [row for row in successors if row["function"] == function]
        return next(iter(named or successors), None)

    def _dependencies(self) -> None:
        known = set(Dependency.objects.values_list("predecessor__code", "successor__code"))
        for row in load_rows("tasks", "dependencies"):
            ends = self.milestones[row["predecessor"]], self.milestones[row["successor"]]
            if (ends[0].code, ends[1].code) not in known:
                plans.add_dependency(*ends, by=SYSTEM, lag_days=row["lag_days"], **provenance(row))

    def _ministry(self, key: str | None) -> Ministry | None:
        return self.ministries[key] if key else None


def load(report: Callable[[str], None]) -> None:
    """Load what is missing of the core; `report` is told when it is done."""
    loader = Loader()
    loader.run()
    Outcomes(loader.ministries, loader.tasks, loader.measures, loader.milestones).run()
    report(f"{len(loader.measures)} measures, {len(loader.milestones)} milestones")
