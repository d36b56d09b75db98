"""Review of submitted reports: the queue of a desk, and the page of one report with what it would change."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from common.errors import DomainError
from common.pages import Crumb, DetailPage, ListPage
from common.tiers import clearance_of
from tasks import record_filters, review_tables
from tasks.actions.reports import approve_report, return_report
from tasks.changes import history_of, way_of
from tasks.choices import ReportStatus
from tasks.comparison import compared
from tasks.forms import ReturnForm
from tasks.models import Evidence, StatusReport, Strategy
from tasks.permissions import Denied, may, on_desk_of
from tasks.rollups import effects
from tasks.views import base, evidence_shown
from tasks.views.comments import comments_of

UNPROCESSABLE = 422
JOINED = ("milestone__measure__strategic_task__strategy", "milestone__responsible_ministry", "ministry", "author")


def desk_count(user: Any) -> int:
    """How many reports wait for this reader's review."""
    return on_desk_of(user, StatusReport.objects.visible_to(user)).count()


class Review(ListPage):
    """GET lists what waits for this reader's review, the oldest first; POST approves those that are ticked.

    Each is approved by itself: one that is refused says why, and the others stand.
    """

    model, columns, filterset_class = StatusReport, review_tables.REVIEW, record_filters.ReviewFilter
    title = pgettext_lazy("menu", "Review")
    caption = gettext_lazy("Reports that wait for your review, the oldest first")
    empty_title = gettext_lazy("Nothing waits for you")
    empty_hint = gettext_lazy("Reports appear here once they are submitted and the next step is yours.")
    template_name = "tasks/review.html"

    def get_empty_hint(self) -> Any:
        if Strategy.objects.visible_to(self.request.user).filter(review_steps__gt=0).exists():
            return super().get_empty_hint()
        return _("No review is set up: what is reported counts at once. Administrators set the steps of a strategy.")

    def prepare(self, rows: Any) -> QuerySet:
        found: QuerySet = on_desk_of(self.request.user, rows).select_related(*JOINED)
        filed = Evidence.objects.visible_to(self.request.user).in_force().filter(report=OuterRef("pk"))
        counted = filed.order_by().values("report").annotate(count=Count("pk")).values("count")
        return found.annotate(evidence_count=Coalesce(Subquery(counted), 0))

    def shown(self, rows: list[Any]) -> list[Any]:
        found = effects(rows, tier=clearance_of(self.request.user))
        for row in rows:
            row.effects = found[row.pk]
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        columns = (review_tables.TICK, *self.columns, review_tables.RETURN)
        return context | {"table": replace(context["table"], columns=columns)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wanted = request.POST.getlist("report")
        rows: Any = StatusReport.objects.visible_to(request.user).select_related(*JOINED)
        found = {str(row.uuid): row for row in rows.filter(uuid__in=filter(is_uuid, wanted))}
        done = 0
        for name in wanted:
            report = found.get(name)
            if report is None:
                messages.error(request, _("One of the reports does not exist, or you may not see it."))
                continue
            try:
                approve_report(report, by=base.reader(request))
            except DomainError as error:
                messages.error(request, f"{report.milestone.title}: {error.message}")
            else:
                done += 1
        if done:
            messages.success(request, ngettext("%s report approved.", "%s reports approved.", done) % done)
        elif not wanted:
            messages.error(request, _("Tick the reports that you approve."))
        return redirect(request.get_full_path())


def is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


class ReportPage(DetailPage):
    """One report: what was, what will be, who says so, and what the reader may do about it."""

    model, template_name = StatusReport, "tasks/report.html"
    form: ReturnForm | None = None

    def prepare(self, rows: Any) -> QuerySet:
        found: QuerySet = rows.with_desk().select_related(
            *JOINED, "office", "endorsed_by", "accepted_by", "returned_by"
        )
        return found

    def get_title(self) -> str:
        return _("Report: %s") % self.object.milestone.title

    def get_crumbs(self) -> list[Crumb]:
        milestone = self.object.milestone
        return [Crumb(milestone.title, milestone.get_absolute_url()), Crumb(_("Report"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report, user = self.object, base.reader(self.request)
        is_waiting = report.status == ReportStatus.SUBMITTED
        approve = may(user, "approve", report)
        waits_for_mending = StatusReport.objects.visible_to(user).to_continue(user).filter(pk=report.pk)
        context = {
            "may_mend": bool(may(user, "report", report.milestone)) and waits_for_mending.exists(),
            "compared": compared(report.milestone, report),
            "effects": effects([report], tier=clearance_of(user))[report.pk] if is_waiting else (),
            "may_approve": is_waiting and bool(approve),
            "may_return": is_waiting and bool(may(user, "return", report)),
            "refusal": approve.reason if isinstance(approve, Denied) else "",
            "form": self.form or ReturnForm(),
            **comments_of(self.request, report),
            "way": review_tables.way_table(report, way_of(report)),
            "history": history_of(report, user),
            **evidence_shown.of_report(report, user),
        }
        return super().get_context_data(**context | kwargs)


class ReviewReport(ReportPage):
    """POST approves or returns; a refusal shows the page with its reason, and what was typed."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = base.reader(request)
        try:
            if request.POST.get("act") == "return":
                return self._returned(user)
            approve_report(self.object, by=user)
        except DomainError as error:
            messages.error(request, error.message)
            return self._again(HTTPStatus(error.status))
        messages.success(request, _("Approved: %s.") % self.object.milestone.title)
        return redirect("tasks:review")

    def _returned(self, user: Any) -> HttpResponse:
        form = ReturnForm(self.request.POST)
        self.form = form
        if not form.is_valid():
            return self._again(UNPROCESSABLE)
        try:
            return_report(self.object, by=user, reason=form.reason())
        except DomainError as error:
            form.add_error("words" if error.field else None, error.message)
            return self._again(UNPROCESSABLE if error.field else error.status)
        messages.success(self.request, _("Returned: %s.") % self.object.milestone.title)
        return redirect("tasks:review")

    def _again(self, status: int) -> HttpResponse:
        self.object = self.get_object()
        return render(self.request, self.template_name, self.get_context_data(), status=status)
