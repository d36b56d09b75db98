"""Reporting in place: on the milestone's page, and in the rows of My work."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from common.errors import DomainError, Forbidden, Invalid, Stale, add_to_form
from tasks.actions.reports import draft_report, report_milestone, revise_report, withdraw_report
from tasks.comparison import TAKEN, Said, merge_rows, said_by, standing_of, taken
from tasks.forms import ReportForm, RowReportForm
from tasks.forms.evidence import UploadForm
from tasks.forms.reports import WORDS
from tasks.models import Milestone, StatusReport
from tasks.views import base
from tasks.views.evidence import received
from tasks.views.milestones import MilestonePage, latest_words, reporting
from tasks.views.my_work import Months, cells, my_counts, row_forms, with_month

UNPROCESSABLE = 422
# Where a form stands: opened below a row of My work, or in the cells of the row itself; else on the page.
ROW, CELLS = "row", "cells"
# Among what a form may take instead of what was typed: the words of the last report.
LAST_WORDS = "words"


class ReportMilestone(MilestonePage):
    """GET shows the form in a row of My work; POST files the report and shows what stands then.

    A refusal answers 422 (409 where somebody was faster, 403 where the user may not) with the form
    as it was typed. Without htmx the whole page is the answer, or the way back to it.
    """

    @property
    def place(self) -> str:
        return (self.request.POST or self.request.GET).get("place") or ""

    @property
    def in_row(self) -> bool:
        return self.place in (ROW, CELLS)

    @cached_property
    def months(self) -> Months:
        """Of the table that a row stands in: its address says which month it reports."""
        address: str = self.request.htmx.current_url or ""  # type: ignore[attr-defined]
        return Months.of(self.request.user, QueryDict(urlsplit(address).query))

    def prepare(self, rows: Any) -> Any:
        return with_month(rows, self.request, self.months) if self.in_row else super().prepare(rows)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.htmx:  # type: ignore[attr-defined]
            return redirect(self.object)
        return self._row(is_open="closed" not in request.GET)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST)
        if request.FILES and not self._files_kept(form):
            return self._refused(form, None)
        if name := request.POST.get("take"):
            return self._taken(form, name)
        try:
            report = self._file(form)
        except DomainError as error:
            return self._refused(form, error)
        return self._refused(form, None) if report is None else self._filed(report)

    def _form(self, data: Any) -> ReportForm:
        kind = RowReportForm if self.place == CELLS else ReportForm
        return kind(data, milestone=self.object, reporter=base.reader(self.request))

    def _whole(self, data: Any) -> ReportForm:
        """The form with all its fields, whichever was sent."""
        return ReportForm(data, milestone=self.object, reporter=base.reader(self.request))

    def _files_kept(self, form: ReportForm) -> bool:
        """Without a script files come with the report: they are kept first, and what is refused stands at the form.

        A form that was refused, or sent twice, brings the same files again.
        """
        user = base.reader(self.request)
        files = UploadForm(self.request.POST, self.request.FILES, milestone=self.object, reader=user, is_brief=True)
        found = received(self.object, files, user, again=True)
        for words in found.refused:
            form.add_error(None, words)
        return not found.refused

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
        data["version"], data["submission"] = str(self.object.version), str(uuid4())
        if isinstance(current, StatusReport):
            data["report_version"] = str(current.version)
        return _renewed(form, self._whole(data))

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
            renewed = self._whole(data)
            renewed.is_valid()
            self.compared = merge_rows(stands, renewed)
        shown = ReportForm(milestone=self.object, reporter=form.reporter, typed=data.dict())
        return self._shown(shown, HTTPStatus.OK)

    def _shown(self, form: ReportForm, status: int) -> HttpResponse:
        if not self.request.htmx:  # type: ignore[attr-defined]
            self.form = _renewed(form, self._whole(form.data)) if isinstance(form, RowReportForm) else form
            return render(self.request, self.template_name, self.get_context_data(), status=status)
        if isinstance(form, RowReportForm):
            return self._row(is_open=False, status=status, row_form=form)
        self.form = form
        if self.in_row:
            return self._row(is_open=True, status=status)
        response = render(self.request, "tasks/milestone.html#report", self._section(), status=status)
        response["HX-Retarget"] = "#report"
        response["HX-Reswap"] = "outerHTML"
        return response

    def _section(self) -> dict[str, Any]:
        return {"object": self.object, "title": self.get_title(), "told": self.told} | reporting(
            self.object, self.request.user, form=self.form, compared=self.compared, report=self.report,
            month=self.months.name if self.in_row else None,
        )  # fmt: skip

    def _row(self, *, is_open: bool, status: int = 200, row_form: RowReportForm | None = None) -> HttpResponse:
        user = base.reader(self.request)
        if row_form is None and not is_open:
            row_form = row_forms([self.object], user, self.months).get(self.object.pk)
        context = self._section() | {"is_open": is_open, "in_row": True, "cells": cells(self.object)}
        context |= {"row_form": row_form}
        if self.request.method == "POST" and status == HTTPStatus.OK:
            context |= {"counts": my_counts(self.request, self.months), "months": self.months, "out_of_band": True}
            context |= {"today": base.today(), "soon": base.today() + base.WEEK}
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
        status, told = HTTPStatus.OK, _("The report was taken back.")
        try:
            withdraw_report(report, by=base.reader(request), reason=request.POST.get("reason", ""))
        except DomainError as error:
            status, told = HTTPStatus(error.status), error.message
        if request.htmx:  # type: ignore[attr-defined]
            return self._shown(request, report.milestone, status, told)
        (messages.success if status == HTTPStatus.OK else messages.error)(request, told)
        return redirect(report.milestone) if status == HTTPStatus.OK else self._shown(request, report.milestone, status)

    def _shown(self, request: HttpRequest, milestone: Milestone, status: HTTPStatus, told: str = "") -> HttpResponse:
        """The part of the page that changed, with what was done; without htmx the whole page, with the refusal."""
        view = ReportMilestone()
        view.setup(request, uuid=milestone.uuid)
        view.object, view.told = view.get_object(), told
        if not request.htmx:  # type: ignore[attr-defined]
            return render(request, view.template_name, view.get_context_data(), status=status)
        if view.in_row:
            return view._row(is_open=False)
        return render(request, "tasks/milestone.html#body", view.get_context_data())
