"""The national overview: plan against actual, what is late, what comes next."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from common.pages import Page, Table
from common.records import Confidence
from common.tiers import clearance_of
from tasks import charts, risk_tables, tables
from tasks.choices import Verdict
from tasks.models import Assessment, Commitment, StrategicTask, Strategy
from tasks.rollups import count_rated, outlook, with_divergence
from tasks.views import base, what_changed
from tasks.views.commitments import with_verdict
from tasks.views.risks import needing_decision

DECISIONS = 5  # that are shown


def _count_lights(asked: Q) -> Count:
    return Count("pk", filter=asked)


class Overview(Page):
    title = _("Overview")
    template_name = "strategy/overview.html"

    def get_crumbs(self) -> list[Any]:
        return []

    @cached_property
    def strategy(self) -> Strategy:
        return base.strategy_of(self.request)

    @cached_property
    def views(self) -> tuple[dict[int, Any], dict[int, Any]]:
        """The figures of the strategy and of its tasks."""
        return (
            base.figures_for(self.request, "strategy", self.strategy),
            base.figures_for(self.request, "task", self.strategy),
        )

    @cached_property
    def stamp(self) -> str:
        return base.stamp([view for part in self.views for view in part.values()])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        whole, by_task = self.views
        whole = self.outlook.known_dues(whole)
        by_task = self.outlook.known_dues(by_task, "measure__strategic_task")
        tasks = self._tasks(by_task)
        context = {
            "strategy": self.strategy,
            "is_announced": base.is_announced(self.strategy),
            "figure": whole.get(0),
            "links": base.milestone_links(),
            "money": base.money_for(self.request, "strategy", self.strategy).get(0, base.NO_MONEY),
            "tasks": tasks,
            "asked": self._asked(),
            "chart": charts.plan_and_actual(tasks, by_task),
            "stamp": self.stamp,
            "late": self._late(),
            "windows": self._windows(),
            "next_due": self._next_due(),
            "verdicts": self._verdicts(),
            **self._decisions(),
        }
        return super().get_context_data(**context | kwargs)

    def _tasks(self, by_task: dict[int, Any]) -> list[StrategicTask]:
        rows = StrategicTask.objects.visible_to(self.request.user).filter(strategy=self.strategy)
        tasks = base.attach_figures(rows.select_related("lead_ministry"), by_task)
        money = base.money_for(self.request, "task", self.strategy)
        for task in tasks:
            task.links = base.milestone_links(strategic_task=task.slug)
            task.money = money.get(task.pk, base.NO_MONEY)
        return tasks

    def _asked(self) -> list[dict[str, Any]]:
        """What given lights ask for: how many, and how many of them are demonstration, each with the list of lights.

        Of all strategies, as that list is.
        """
        rows: Any = Assessment.objects.visible_to(self.request.user).with_open_ends()
        rows = with_divergence(rows, tier=clearance_of(self.request.user))
        lists = {
            "diverging": (_("Tasks and measures with lights apart"), Q(divergence__gte=1), count_rated),
            "plan_asked": (_("Recovery plans asked for"), Q(plan_is_asked=True), _count_lights),
            "disputed": (_("Disputes open"), Q(is_disputed=True), _count_lights),
        }
        counts = {name: count(asked) for name, (_label, asked, count) in lists.items()}
        demonstration = {
            f"{name}_generated": count(asked & Q(confidence=Confidence.GENERATED))
            for name, (_label, asked, count) in lists.items()
        }
        found = rows.aggregate(**counts, **demonstration)
        path = reverse("tasks:assessments")
        return [
            {
                "label": label,
                "count": found[name],
                "generated": found[f"{name}_generated"],
                "url": f"{path}?{name}=true",
            }
            for name, (label, _asked, _count) in lists.items()
        ]

    def _decisions(self) -> dict[str, Any]:
        """The risks that wait for a decision, the most urgent first; and what changed since the last meeting."""
        rows, count = needing_decision(self.request.user, self.strategy, DECISIONS)
        table = Table(
            risk_tables.NEEDS_DECISION, rows, _("Risks that wait for a decision, the most urgent first"), "undecided",
            _("Nothing waits for a decision"),
            _("A risk stands here once its page says by when a decision is needed."),
        )  # fmt: skip
        last = next(iter(base.meetings_held(self.request, 1)), None)
        return {
            "undecided": table,
            "undecided_count": count,
            "undecided_url": f"{reverse('tasks:risks')}?strategy={self.strategy.slug}&waiting=true&sort=decide_by",
            "last_meeting": last,
            "since_meeting_url": what_changed.address(last.meets_on) if last else "",
        }

    @cached_property
    def outlook(self) -> Any:
        return outlook(self.strategy, tier=clearance_of(self.request.user))

    def _late(self) -> Table:
        return Table(
            tables.LATE_MILESTONES, self._drawn(self.outlook.late()),
            _("Late milestones, the longest overdue first"), "late",
            _("Nothing is late"), _("Every milestone with a date is on time."),
        )  # fmt: skip

    def _next_due(self) -> Table:
        return Table(
            tables.LATE_MILESTONES, self._drawn(self.outlook.due_next()),
            _("Milestones due in the next 90 days"), "next-due",
            _("Nothing is due in the next 90 days"), _("Later milestones stand in the list of all."),
        )  # fmt: skip

    def _drawn(self, rows: Any) -> Any:
        return base.with_light(rows, self.request).select_related("responsible_ministry")

    def _windows(self) -> list[dict[str, Any]]:
        """How many open milestones fall due within so many days, each with its list."""
        today = base.today()
        return [
            {"days": days, "count": count, "url": base.due_link(today, today + timedelta(days=days))}
            for days, count in self.outlook.due_within().items()
        ]

    def _verdicts(self) -> list[dict[str, Any]]:
        rows = Commitment.objects.visible_to(self.request.user).filter(strategic_task__strategy=self.strategy)
        counts = Counter(with_verdict(rows).order_by().values_list("verdict", flat=True))
        path = reverse("tasks:commitments")
        return [
            {"value": verdict.value, "count": counts[verdict.value], "url": f"{path}?verdict={verdict.value}"}
            for verdict in Verdict
        ]


class OverviewFigures(base.Poll, Overview):
    template_name = "strategy/overview.html#figures"
