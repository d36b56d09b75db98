"""Meetings and decisions: lists and pages. What was decided is followed up until it is done."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import past
from common.pages import Crumb, ListPage, Table
from common.tiers import clearance_of
from tasks import record_filters, risk_tables, tables
from tasks.changes import history_of
from tasks.choices import DecisionState, MeetingStatus
from tasks.models import AgendaItem, Decision, Meeting, Milestone, Risk
from tasks.views import base, what_changed
from tasks.views.entry import CHANGE, Change, Offer, doors
from tasks.views.rows import RowPage

TABS = ((gettext_lazy("Meetings"), "tasks:meetings"), (gettext_lazy("Decisions"), "tasks:decisions"))
AGAIN = Offer(gettext_lazy("Plan it again"), "tasks:meeting-state-change")
NEW = Offer(gettext_lazy("Add a meeting"), "tasks:meeting-new")


def with_follow_up(rows: Any, request: HttpRequest) -> Any:
    """Decisions with what their columns show: `follow_up`, the milestones that the reader sees, with their lights."""
    milestones = base.with_light(Milestone.objects.visible_to(request.user), request)
    joined = rows.select_related("meeting", "agenda_item", "ministry", "office")
    responsible = milestones.select_related("responsible_ministry").by_due()
    return joined.prefetch_related(Prefetch("milestones", responsible, to_attr="follow_up"))


class Meetings(ListPage):
    model, columns, filterset_class = Meeting, risk_tables.MEETINGS, record_filters.MeetingFilter
    title = gettext_lazy("Meetings")
    caption = gettext_lazy("Meetings on the strategy, the latest first")
    tabs = TABS
    empty_hint = gettext_lazy(
        "No meeting is on record. The coordinating office adds one here, by “Add a meeting”; its agenda and decisions"
        " follow on its page."
    )

    def prepare(self, rows: QuerySet) -> QuerySet:
        seen = Q(decisions__tier__lte=clearance_of(self.request.user))
        return rows.select_related("chair").annotate(
            agenda_all=Count("agenda", distinct=True),
            decisions_all=Count("decisions", filter=seen, distinct=True),
            decisions_open=Count("decisions", filter=seen & Q(decisions__state=DecisionState.OPEN), distinct=True),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"doors": doors(base.reader(self.request), Meeting, [NEW])} | kwargs)


class Decisions(ListPage):
    model, columns, filterset_class = Decision, risk_tables.DECISIONS, record_filters.DecisionFilter
    title = gettext_lazy("Decisions")
    caption = gettext_lazy("Decisions of meetings, the latest first")
    tabs = TABS
    empty_hint = gettext_lazy(
        "No decision is on record. The coordinating office records what a meeting decided on the page of that meeting,"
        " once it was held."
    )

    def prepare(self, rows: QuerySet) -> QuerySet:
        return with_follow_up(rows, self.request)


class MeetingPage(RowPage):
    """Its facts, agenda, decisions and minutes."""

    model, lookup, template_name = Meeting, "uuid", "tasks/meeting.html"
    parent = Crumb(gettext_lazy("Meetings"), "tasks:meetings")
    facts, joins = risk_tables.MEETING_FACTS, ("chair",)

    @property
    def offers(self) -> Sequence[Offer]:  # type: ignore[override]
        status = self.object.status
        if status == MeetingStatus.CANCELLED:
            return [AGAIN, Offer(CHANGE, "tasks:meeting-change")]
        agenda, change = Offer(_("Add an agenda item"), "tasks:agenda-item-new"), Offer(CHANGE, "tasks:meeting-change")
        if status == MeetingStatus.HELD:
            return [Offer(_("Record a decision"), "tasks:decision-new"), agenda, change]
        return [Offer(_("Say that it was held"), "tasks:meeting-state-change"), agenda, change]

    @cached_property
    def decisions(self) -> list[Decision]:
        rows = Decision.objects.visible_to(self.request.user).filter(meeting=self.object)
        return list(with_follow_up(rows, self.request).order_by("decided_on", "pk"))

    @cached_property
    def agenda(self) -> list[AgendaItem]:
        """In order, each with the measures and milestones that the reader sees, and its door."""
        user = self.request.user
        rows = AgendaItem.objects.visible_to(user).filter(meeting=self.object).order_by("position")
        items = list(rows.with_visible(user, "measures", "milestones"))
        offer = [Offer(CHANGE, "tasks:agenda-item-change")]
        for item in items:
            item.meeting = self.object
            item.nodes = [*item.measures.all(), *item.milestones.all()]  # type: ignore[attr-defined]
            item.doors = doors(user, item, offer, "uuid")  # type: ignore[attr-defined]
        return items

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meeting = self.object
        is_held = meeting.status == MeetingStatus.HELD
        context = {
            "agenda": self.agenda,
            "decisions": Table(
                risk_tables.DECISIONS_OF_MEETING, self.decisions, _("Decisions of this meeting"), "decisions",
                _("No decision is on record"),
                _("What it decided is recorded here, with who does it by when.") if is_held
                else _("Decisions are recorded once it was held."),
            ),
            "since_url": what_changed.address(meeting.meets_on) if is_held and meeting.meets_on <= past.day() else "",
            "history": history_of(meeting, self.request.user, [*self.agenda, *self.decisions]),
        }  # fmt: skip
        return super().get_context_data(**context | kwargs)


class DecisionPage(RowPage):
    """What was decided, and how its follow-up stands."""

    model, lookup = Decision, "uuid"
    template_name = "tasks/decision.html"
    parent = Crumb(gettext_lazy("Decisions"), "tasks:decisions")
    facts = risk_tables.DECISION_FACTS
    offers = (
        Offer(gettext_lazy("Say what was done"), "tasks:decision-state-change"),
        Offer(CHANGE, "tasks:decision-change"),
    )

    def prepare(self, rows: Any) -> QuerySet:
        return with_follow_up(rows, self.request)

    def tables(self) -> list[Table]:
        user: Any = self.request.user
        risks: Any = Risk.objects.visible_to(user).filter(decisions=self.object)
        rows = risks.select_related("measure", "milestone", "ministry", "office").with_score().with_waiting(user)
        found = [
            Table(
                tables.MILESTONES, self.object.follow_up, _("Milestones of the follow-up"), "follow-up",
                _("No milestone is linked"),
                _("Milestones in which it is carried out are linked by “Change”; their lateness then shows here."),
            )
        ]  # fmt: skip
        return [*found, *([Table(risk_tables.RISKS_BELOW, rows, _("Risks that it decides"), "risks")] if rows else [])]


class MoveMeeting(Change):
    submit = gettext_lazy("Save the change")
    short = gettext_lazy("Change the state")

    def get_title(self) -> str:
        return _("Change the state: %s") % self.object


class MoveDecision(Change):
    submit = gettext_lazy("Change the state")
    short = gettext_lazy("Change the state")

    def prepare(self, rows: Any) -> QuerySet:
        return rows.select_related("meeting")

    def get_title(self) -> str:
        return _("Change the state: %s") % self.object
