"""Milestones: list and page."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from common.pages import Crumb, DetailPage, ListPage
from tasks import filters, tables
from tasks.changes import history_of
from tasks.choices import ENDED, ReportStatus
from tasks.forms import ReportForm
from tasks.models import Bill, Decision, Milestone, StatusReport
from tasks.permissions import Denied, may
from tasks.views import base, evidence_shown, waits
from tasks.views.comments import comments_of
from tasks.views.entry import Offer, doors
from tasks.views.records import PLAN_TABS
from tasks.views.risks import risks_of


class Milestones(ListPage):
    model, columns, filterset_class = Milestone, tables.MILESTONES, filters.MilestoneFilter
    title = _("Milestones")
    caption = _("Milestones: every dated step of the strategy")
    tabs = PLAN_TABS

    def prepare(self, rows: QuerySet) -> QuerySet:
        return base.with_light(rows, self.request).select_related("responsible_ministry")


def joined(rows: Any, request: HttpRequest) -> Any:
    """Milestones with all that their page, or their row in My work, shows."""
    return (
        base.with_light(rows, request)
        .with_open_report(request.user)
        .select_related(
            "measure__strategic_task__strategy", "measure__lead_ministry", "responsible_ministry", "responsible_office"
        )
    )


class MilestonePage(DetailPage):
    model, template_name = Milestone, "tasks/milestone.html"
    offers = (
        Offer(_("Change the plan"), "tasks:milestone-plan", "plan"),
        Offer(_("Add a predecessor"), "tasks:dependency-new"),
    )
    form: ReportForm | None = None
    compared: Any = None
    report: StatusReport | None = None
    told = ""  # what was done just now, in words

    def prepare(self, rows: QuerySet) -> QuerySet:
        return joined(rows, self.request)

    def get_crumbs(self) -> list[Crumb]:
        measure = self.object.measure
        task = measure.strategic_task
        above = [Crumb(task.title, task.get_absolute_url()), Crumb(str(measure), measure.get_absolute_url())]
        return [*above, Crumb(self.object.code)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        milestone, user = self.object, base.reader(self.request)
        reports = StatusReport.objects.visible_to(user).filter(milestone=milestone)
        context = {
            "today": base.today(),
            **waits.of_milestone(self.request, milestone),
            **risks_of(self.request, milestone),
            "decisions": Decision.objects.visible_to(user).filter(milestones=milestone).select_related("meeting"),
            "reports": withdrawable(reports.select_related("author", "milestone", "ministry", "office"), user),
            "history": history_of(milestone, user),
            "succession": base.succession_of(milestone, user),
            "doors": doors(user, milestone, self.offers, "uuid"),
            **evidence_shown.of_milestone(milestone, user),
            **comments_of(self.request, milestone),
            "may_record": bool(may(user, "record", milestone)),
            "bills": Bill.objects.visible_to(user).filter(stages__milestone=milestone),
            **reporting(milestone, user, form=self.form, compared=self.compared, report=self.report),
            "told": self.told,
            "counted_in": self.counted_in,
            "stamp": self.stamp,
        }
        return super().get_context_data(**context | kwargs)

    @cached_property
    def counted_in(self) -> list[tuple[Any, Any]]:
        """Where this milestone counts: its measure and its task, each with its figure."""
        measure = self.object.measure
        task = measure.strategic_task
        return [
            (node, base.figures_for(self.request, slice_, task.strategy, [node.pk]).get(node.pk))
            for slice_, node in (("measure", measure), ("task", task))
        ]

    @cached_property
    def stamp(self) -> str:
        return base.stamp(view for _node, view in self.counted_in if view)


class MilestoneFigures(base.Poll, MilestonePage):
    """Of the figures that the milestone enters."""

    template_name = "tasks/milestone.html#figures"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"object": self.object, "counted_in": self.counted_in, "stamp": self.stamp}


def reporting(
    milestone: Milestone,
    user: Any,
    *,
    form: ReportForm | None = None,
    compared: Any = None,
    report: StatusReport | None = None,
    month: str | None = None,
) -> dict[str, Any]:
    """What the report section shows: the form, or why there is none; what was filed just now."""
    answer = may(user, "report", milestone)
    refusal = answer.reason if isinstance(answer, Denied) else ""
    if form is None and answer:
        going_on = to_continue(milestone, user)
        form = ReportForm(milestone=milestone, reporter=user, continues=going_on, month=month)
    if answer and milestone.state in ENDED:
        words = _("Nothing more is to be reported: it is %s. The coordinating office can change that.")
        refusal = words % milestone.get_state_display()
    return {
        "refusal": refusal,
        "form": form if form is not None and form.has_moves else None,
        **evidence_shown.of_form(milestone, user),
        "compared": compared,
        "filed": report,
        "continues": form.continues if form else None,
    }


def to_continue(milestone: Milestone, user: Any) -> StatusReport | None:
    """The draft or returned report on it that the user goes on with, if any."""
    return StatusReport.objects.visible_to(user).filter(milestone=milestone).to_continue(user).first()


def latest_words(milestone: Milestone, user: Any) -> StatusReport | None:
    """The last report on it that was submitted, whose words may be copied."""
    rows = StatusReport.objects.visible_to(user).filter(milestone=milestone, submitted_at__isnull=False)
    return rows.exclude(status=ReportStatus.WITHDRAWN).order_by("-submitted_at", "-pk").first()


def withdrawable(reports: QuerySet[StatusReport], user: Any) -> list[StatusReport]:
    rows = list(reports)
    for row in rows:
        row.may_withdraw = bool(may(user, "withdraw", row))  # type: ignore[attr-defined]
    return rows
