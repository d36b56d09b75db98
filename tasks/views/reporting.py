"""Reporting in place: on the milestone's page, and in the rows of My work."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.models import Role
from common.errors import DomainError, Forbidden, Invalid, Stale, add_to_form
from common.pages import ListPage
from tasks import tables
from tasks.actions.reports import draft_report, report_milestone, revise_report, withdraw_report
from tasks.comparison import TAKEN, Said, merge_rows, said_by, standing_of, taken
from tasks.forms import ReportForm
from tasks.forms.reports import WORDS
from tasks.models import Milestone, StatusReport
from tasks.views import base
from tasks.views.milestones import MilestonePage, joined, latest_words, reporting

UNPROCESSABLE = 422
ROW = "row"
# Among what a form may take instead of what was typed: the words of the last report.
LAST_WORDS = "words"


class ReportMilestone(MilestonePage):
    """GET shows the form in a row of My work; POST files the report and shows what stands then.

    A refusal answers 422 (409 where somebody was faster, 403 where the user may not) with the form
    as it was typed. Without htmx the whole page is the answer, or the way back to it.
    """

    @property
    def in_row(self) -> bool:
        return (self.request.POST or self.request.GET).get("place") == ROW

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.htmx:  # type: ignore[attr-defined]
            return redirect(self.object)
        return self._row(is_open="closed" not in request.GET)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST)
        if name := request.POST.get("take"):
            return self._taken(form, name)
        try:
            report = self._file(form)
        except DomainError as error:
            return self._refused(form, error)
        return self._refused(form, None) if report is None else self._filed(report)

    def _form(self, data: Any) -> ReportForm:
        return ReportForm(data, milestone=self.object, reporter=base.reader(self.request))

    def _file(self, form: ReportForm) -> StatusReport | None:
        """File, keep as a draft, or go on with what is a draft or was returned."""
        if not form.is_valid():
            return None
        data, by = form.cleaned_data, base.reader(self.request)
        seen: dict[str, Any] = {"submission": data["submission"]}
        is_draft = self.request.POST.get("act") == "draft"
        if data["report"]:
            seen |= {"expected_version": data["version"], "expected_report_version": data["report_version"]}
            return revise_report(self._continued(data["report"]), form.values(), by=by, submit=not is_draft, **seen)
        if is_draft:
            return draft_report(self.object, form.values(), by=by, **seen)
        return report_milestone(self.object, form.values(), by=by, expected_version=data["version"], **seen)

    def _continued(self, name: Any) -> StatusReport:
        found = StatusReport.objects.visible_to(self.request.user).filter(milestone=self.object, uuid=name).first()
        if found is None:
            raise Invalid(_("There is no such report."))
        return found

    def _filed(self, report: StatusReport) -> HttpResponse:
        if not self.request.htmx:  # type: ignore[attr-defined]
            messages.success(self.request, _("Reported: %s.") % report.get_verb_display())
            return redirect(self.object)
        self.object, self.report = self.get_object(), report
        if self.in_row:
            return self._row(is_open=False)
        return render(self.request, "tasks/milestone.html#body", self.get_context_data())

    def _refused(self, form: ReportForm, error: DomainError | None) -> HttpResponse:
        status = UNPROCESSABLE
        if error is not None:
            status = error.status if isinstance(error, Stale | Forbidden) else UNPROCESSABLE
            add_to_form(error, form)
        if isinstance(error, Stale):
            self.object = self.get_object()
            form = self._compared(form, error.current)
        return self._shown(form, status)

    def _compared(self, form: ReportForm, current: Any) -> ReportForm:
        """Both versions, and the same form on top of what stands: sent once more, it is meant."""
        stands = self._stands(current)
        self.compared = merge_rows(stands, form)
        data = form.data.copy()  # type: ignore[attr-defined]
        data["version"] = str(self.object.version)
        if isinstance(current, StatusReport):
            data["report_version"] = str(current.version)
        return _renewed(form, self._form(data))

    def _stands(self, current: Any) -> Said:
        if isinstance(current, StatusReport):
            return said_by(current)
        return standing_of(self.object, latest_words(self.object, base.reader(self.request)))

    def _taken(self, form: ReportForm, name: str) -> HttpResponse:
        """The form as typed, but one item as it stands, chosen among both, or the words of the last report."""
        form.is_valid()
        data = form.data.copy()  # type: ignore[attr-defined]
        if name == LAST_WORDS:
            latest = latest_words(self.object, base.reader(self.request))
            data.update({each: getattr(latest, each) for each in WORDS if latest and getattr(latest, each)})
        elif name in TAKEN:
            current = self._continued(form.cleaned_data["report"]) if form.cleaned_data.get("report") else None
            stands = self._stands(current)
            data[name] = taken(stands, name)
            renewed = self._form(data)
            renewed.is_valid()
            self.compared = merge_rows(stands, renewed)
        shown = ReportForm(milestone=self.object, reporter=form.reporter, typed=data.dict())
        return self._shown(shown, HTTPStatus.OK)

    def _shown(self, form: ReportForm, status: int) -> HttpResponse:
        self.form = form
        if not self.request.htmx:  # type: ignore[attr-defined]
            return render(self.request, self.template_name, self.get_context_data(), status=status)
        if self.in_row:
            return self._row(is_open=True, status=status)
        response = render(self.request, "tasks/milestone.html#report", self._section(), status=status)
        response["HX-Retarget"] = "#report"
        response["HX-Reswap"] = "outerHTML"
        return response

    def _section(self) -> dict[str, Any]:
        return {"object": self.object, "title": self.get_title()} | reporting(
            self.object, self.request.user, form=self.form, compared=self.compared, report=self.report
        )

    def _row(self, *, is_open: bool, status: int = 200) -> HttpResponse:
        context = self._section() | {"is_open": is_open, "in_row": True, "cells": cells(self.object)}
        if self.request.method == "POST" and status == HTTPStatus.OK:
            user = base.reader(self.request)
            counted = my_counts(mine(Milestone.objects.visible_to(user), user))
            context |= {"counts": counted, "out_of_band": True}
        return render(self.request, "tasks/_my_row.html", context, status=status)


def _renewed(form: ReportForm, renewed: ReportForm) -> ReportForm:
    """The form on top of what stands, with the errors of the one that was sent."""
    renewed.is_valid()
    for name, errors in form.errors.items():
        for error in errors:
            if error not in renewed.errors.get(name, []):
                renewed.add_error(None if name == "__all__" else name, error)
    return renewed


class WithdrawReport(View):
    """Takes a report back: the undo of ten seconds, and the button beside a report."""

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        rows = StatusReport.objects.visible_to(request.user).select_related("milestone")
        report = get_object_or_404(rows, uuid=uuid)
        status = HTTPStatus.OK
        try:
            withdraw_report(report, by=base.reader(request), reason=request.POST.get("reason", ""))
        except DomainError as error:
            messages.error(request, error.message)
            status = HTTPStatus(error.status)
        else:
            messages.success(request, _("The report was taken back."))
        if not request.htmx and status == HTTPStatus.OK:  # type: ignore[attr-defined]
            return redirect(report.milestone)
        return self._shown(request, report.milestone, status)

    def _shown(self, request: HttpRequest, milestone: Milestone, status: HTTPStatus) -> HttpResponse:
        """The part of the page that changed; for a browser without htmx the page with the refusal on it."""
        view = ReportMilestone()
        view.setup(request, uuid=milestone.uuid)
        view.object = view.get_object()
        if not request.htmx:  # type: ignore[attr-defined]
            return render(request, view.template_name, view.get_context_data(), status=status)
        if view.in_row:
            return view._row(is_open=False)
        return render(request, "tasks/milestone.html#body", view.get_context_data())


def mine(rows: Any, user: Any) -> Any:
    """The open ones that the user's ministries answer for; all of them, for the coordinating office."""
    rows = rows.filter(in_scope=True).active()
    if not user.is_authenticated:
        return rows.none()
    if user.has_role(Role.COORDINATOR):
        return rows
    ids = user.ministry_ids
    return rows.filter(Q(responsible_ministry__in=ids) | Q(measure__lead_ministry__in=ids))


def my_counts(rows: Any) -> dict[str, int]:
    """What stands above the table of My work."""
    today = base.today()
    return {
        "late": rows.overdue(on=today).count(),
        "week": rows.filter(current_due__range=(today, today + base.WEEK)).count(),
        "open": rows.count(),
    }


class MyWork(ListPage):
    """Open milestones that the user's ministries answer for (all of them, for the coordinating office)."""

    model, columns = Milestone, tables.MY_WORK
    title = gettext_lazy("My work")
    caption = gettext_lazy("Open milestones to report, the earliest due first")
    template_name = "tasks/my_work.html"

    def prepare(self, rows: Any) -> Any:
        return joined(mine(rows, self.request.user), self.request).by_due()

    @cached_property
    def ministries(self) -> list[str]:
        user: Any = self.request.user
        if not user.is_authenticated or user.has_role(Role.COORDINATOR):
            return []
        return sorted({str(m.ministry) for m in user.memberships_now if m.ministry})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = my_counts(self.visible())
        context = super().get_context_data(**{"counts": counts, "ministries": self.ministries} | kwargs)
        context["work"] = [(milestone, cells(milestone)) for milestone in context["page"].object_list]
        return context


def cells(milestone: Milestone) -> list[SafeString]:
    """The row of My work, without the column that opens the report."""
    return [column.cell(milestone) for column in tables.MY_WORK]
