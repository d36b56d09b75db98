"""A generated strategy of any size, to see and measure how the whole behaves when it is large.

Every row says that it is generated. It is a strategy of its own, with ministries of its own, so nothing
of it enters the figures of another.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.db import connection, transaction

from accounts.models import Ministry
from common import history
from common.errors import Invalid
from common.records import Confidence
from common.tiers import Tier
from tasks.actions import plans
from tasks.actions.records import create_record
from tasks.choices import LineKind, MilestoneState, MoneyPhase, Scope
from tasks.models import BudgetEntry, BudgetLine, Dependency, Measure, Milestone, Region, Strategy, Technology
from tasks.permissions import SYSTEM
from tasks.seed.copying import copy_rows, reserve_ids

LABEL = "시연용으로 생성된 자료이며 실제가 아님 / Generated for demonstration; not real"
MOST = 1_000_000
MINISTRIES = 60
PER_MEASURE = 20  # milestones
FAN = 12  # measures below a measure: five levels hold the largest strategy
FIRST_YEAR, LAST_YEAR = 2023, 2027
ANNOUNCED_ON = date(2023, 3, 16)  # after the real one, which stays the strategy that pages open on
SOURCED: dict[str, Any] = {"confidence": Confidence.GENERATED.value, "source": LABEL, "source_note": ""}
TASKS = ("technology", "talent", "clusters", "ecosystem", "investment", "trade")
_SQL = Path(__file__).parent / "sql"


def generate_strategy(milestones: int, *, today: date) -> Strategy:
    """Make a strategy with that many milestones, whole or not at all; its figures are left to the engine.

    Raises Invalid for a number out of bounds or where one of this size stands already.
    """
    if not 1 <= milestones <= MOST:
        raise Invalid(f"The number of milestones lies between 1 and {MOST:,}.", field="milestones")
    slug = f"generated-{milestones}"
    if Strategy.objects.filter(slug=slug).exists():
        raise Invalid(f"A generated strategy of {milestones:,} milestones stands already.", field="milestones")
    with transaction.atomic(), history.context(actor=SYSTEM, verb="strategy.generated", reason=LABEL):
        return _Generator(milestones, today, slug).run()


@dataclass
class _Generator:
    count: int
    today: date
    slug: str
    random: Random = field(init=False)

    def __post_init__(self) -> None:
        self.random = Random(self.count)  # noqa: S311 - repeatable on purpose, guards nothing

    def run(self) -> Strategy:
        demo = [self._ministry(number) for number in range(1, MINISTRIES + 1)]
        self.ministries = [ministry.pk for ministry in demo]
        self.regions = [*Region.objects.order_by("pk").values_list("pk", flat=True), None]
        self.technologies = [*Technology.objects.order_by("pk").values_list("pk", flat=True), None]
        strategy = self._strategy()
        self.prefix = f"G{strategy.pk}"
        self.tasks = [self._task(strategy, number, slug, demo[number]) for number, slug in enumerate(TASKS, start=1)]
        self.measures = reserve_ids(Measure, max(len(TASKS), self.count // PER_MEASURE))
        copy_rows(Measure, self._measures())
        self.milestones = reserve_ids(Milestone, self.count)
        copy_rows(Milestone, self._milestones())
        copy_rows(Dependency, self._dependencies())
        self._money()
        self._versions(strategy)
        return strategy

    def _versions(self, strategy: Strategy) -> None:
        """What follows from the rows just loaded, in SQL.

        The planner knows of those rows only what was there before them, or nothing, and takes tables of a
        million for tables of a few: nested loops, which such a guess makes look cheap, would run for hours.
        """
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_nestloop = off")
            for name in ("plan_versions", "status_reports"):
                cursor.execute((_SQL / f"{name}.sql").read_text(), {"strategy": strategy.pk, "since": ANNOUNCED_ON})
            cursor.execute("SET LOCAL enable_nestloop TO DEFAULT")

    def _ministry(self, number: int) -> Ministry:
        """One of the demo ministries, shared by all generated strategies."""
        key = f"DEMO-{number:02}"
        names = {"name_ko": f"시연부처 {number:02}", "name_en": f"Demo ministry {number:02}"}
        return Ministry.objects.filter(key=key).first() or create_record(
            Ministry, by=SYSTEM, verb="ministry.generated", key=key, **names, **SOURCED
        )

    def _strategy(self) -> Strategy:
        return plans.create_strategy(
            by=SYSTEM,
            slug=self.slug,
            title_ko=f"시연용 생성 전략(이정표 {self.count:,}개)",
            title_en=f"Generated demonstration strategy ({self.count:,} milestones)",
            announced_on=ANNOUNCED_ON,
            first_year=FIRST_YEAR,
            last_year=LAST_YEAR,
            **SOURCED,
        )

    def _task(self, strategy: Strategy, number: int, slug: str, lead: Ministry) -> int:
        task = plans.create_strategic_task(
            by=SYSTEM,
            effective_on=ANNOUNCED_ON,
            strategy=strategy,
            number=number,
            slug=f"{self.slug}-{slug}",
            title_ko=f"생성 과제 {number}(시연용)",
            title_en=f"Generated task {number} (demonstration)",
            weight=number,
            lead_ministry=lead,
            **SOURCED,
        )
        return int(task.pk)

    def _measures(self) -> Iterator[dict[str, Any]]:
        """A tree without gaps: measure i stands under measure (i - roots) // FAN; the first ones under the tasks."""
        choice, chance = self.random.choice, self.random.random
        roots = len(TASKS) * FAN
        for index, key in enumerate(self.measures):
            above = None if index < roots else (index - roots) // FAN
            yield {
                "id": key,
                "strategic_task_id": self.tasks[self._root(index) % len(TASKS)],
                "parent_id": None if above is None else self.measures[above],
                "code": f"{self.prefix}-{index + 1:05}",
                "title_ko": f"생성 세부과제 {index + 1:,}(시연용)",
                "title_en": f"Generated measure {index + 1:,} (demonstration)",
                "weight": self._weight(),
                "lead_ministry_id": choice(self.ministries) if chance() < 0.9 else None,
                "region_id": choice(self.regions) if chance() < 0.3 else None,
                "technology_id": choice(self.technologies) if chance() < 0.3 else None,
                "tier": self._tier(),
                "scope": Scope.CANCELLED.value if chance() < 0.002 else Scope.IN_SCOPE.value,
                **SOURCED,
            }

    def _root(self, index: int) -> int:
        roots = len(TASKS) * FAN
        while index >= roots:
            index = (index - roots) // FAN
        return index

    def _weight(self) -> int:
        return 0 if self.random.random() < 0.01 else self.random.randint(1, 20)

    def _tier(self) -> int:
        chance = self.random.random()
        return int(Tier.PUBLIC if chance < 0.92 else Tier.INTERNAL if chance < 0.98 else Tier.RESTRICTED)

    def _milestones(self) -> Iterator[dict[str, Any]]:
        """In the order of their measures, each of which has some."""
        choice = self.random.choice
        for index, key in enumerate(self.milestones):
            measure = self.measures[index * len(self.measures) // self.count]
            yield {
                "id": key,
                "measure_id": measure,
                "code": f"{self.prefix}-M{index + 1:07}",
                "title_ko": f"생성 이정표 {index + 1:,}(시연용)",
                "title_en": f"Generated milestone {index + 1:,} (demonstration)",
                "responsible_ministry_id": choice(self.ministries) if self.random.random() < 0.97 else None,
                "weight": self._weight(),
                "tier": self._tier(),
                **self._dates(),
                **SOURCED,
            }

    def _dates(self) -> dict[str, Any]:
        """Plan, state and dates that agree with each other on the day."""
        chance, number = self.random.random, self.random.randint
        start = date(FIRST_YEAR, 1, 1) + timedelta(days=number(0, 1_500))
        due = start + timedelta(days=number(30, 900))
        late = timedelta(days=number(-60, 240))
        row: dict[str, Any] = {
            "baseline_start": start if chance() < 0.8 else None,
            "baseline_due": due,
            "current_due": due + max(late, timedelta()) if chance() < 0.1 else due,
            "state": MilestoneState.PLANNED.value,
            "progress_bp": None,
            "forecast": due + late if chance() < 0.5 else None,
            "started_on": None,
            "completed_on": None,
            "reported_on": None,
        }
        if chance() < 0.08:
            row |= {"baseline_start": None, "baseline_due": None, "current_due": None, "forecast": None}
        if due + late <= self.today:
            row |= {
                "state": MilestoneState.COMPLETED.value, "progress_bp": 10_000, "forecast": None,
                "started_on": start, "completed_on": due + late, "reported_on": due + late,
            }  # fmt: skip
        elif start <= self.today:
            state = MilestoneState.SUSPENDED if chance() < 0.03 else MilestoneState.IN_PROGRESS
            reported = max(start, self.today - timedelta(days=number(0, 90)))
            row |= {
                "state": state.value, "progress_bp": number(0, 9_900) if chance() < 0.9 else None,
                "started_on": start, "reported_on": reported,
            }  # fmt: skip
        return row

    def _dependencies(self) -> Iterator[dict[str, Any]]:
        """One milestone in ten waits for an earlier one, so that no loop can close."""
        for index in range(10, self.count, 10):
            yield {
                "predecessor_id": self.milestones[index - self.random.randint(1, 10)],
                "successor_id": self.milestones[index],
                "lag_days": self.random.choice((0, 0, 0, 14, 30)),
                **SOURCED,
            }

    def _money(self) -> None:
        """A line for every fifth milestone, with what was announced, appropriated and executed of it."""
        lines = reserve_ids(BudgetLine, self.count // 5)
        copy_rows(BudgetLine, self._lines(lines))
        copy_rows(BudgetEntry, self._entries(lines))

    def _lines(self, lines: list[int]) -> Iterator[dict[str, Any]]:
        for index, key in enumerate(lines):
            yield {
                "id": key,
                "measure_id": self.measures[index * len(self.measures) // len(lines)],
                "key": f"{self.prefix.lower()}-line-{index + 1}",
                "kind": LineKind.LEVEL.value,
                "title_ko": f"생성 예산 항목 {index + 1:,}(시연용)",
                "title_en": f"Generated budget line {index + 1:,} (demonstration)",
                "fiscal_year": FIRST_YEAR + index % (LAST_YEAR - FIRST_YEAR + 1),
                "ministry_id": self.random.choice(self.ministries),
                **SOURCED,
            }

    def _entries(self, lines: list[int]) -> Iterator[dict[str, Any]]:
        for key in lines:
            amount = self.random.randint(1, 5_000) * 10**8
            for phase, part in ((MoneyPhase.ANNOUNCED, 100), (MoneyPhase.CURRENT, 97), (MoneyPhase.EXECUTED, 61)):
                yield {
                    "line_id": key,
                    "phase": phase.value,
                    "amount_won": amount * part // 100,
                    "effective_on": ANNOUNCED_ON,
                    **SOURCED,
                }
