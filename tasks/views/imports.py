"""Import of a table in the browser: template down, file up, check, confirm."""

import csv
import io
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import history
from common.errors import DomainError, add_to_form
from common.imports import Checked, Importer, UploadForm, template
from common.pages import Crumb, Page
from common.renderers import BOM, cell
from tasks.actions import imports
from tasks.imports import BUDGET
from tasks.models import ImportUpload
from tasks.views import base

UNPROCESSABLE = 422
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_A_PAGE = 200
FAULTS_SHOWN = 500


class ImportPage(Page):
    """What the pages of an import share. Who may enter nothing gets 403 and the reason."""

    importer: Importer = BUDGET
    list_name = ""
    list_title: Any = ""
    template_name = "tasks/import.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        reason = self.importer.refusal(base.reader(request))
        if reason and request.method in ("GET", "POST") and hasattr(self, request.method.lower()):
            return render(request, "403.html", {"reason": reason}, status=403)
        return super().dispatch(request, *args, **kwargs)

    def get_title(self) -> str:
        return str(self.importer.title)

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(self.list_title, self.list_name), Crumb(self.get_title())]

    def address(self, step: str = "") -> str:
        return reverse(f"{self.importer.address}{step and '-'}{step}")

    def pending(self) -> ImportUpload | None:
        return imports.pending_upload(self.importer, by=base.reader(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        steps = {step or "start": self.address(step) for step in ("", "template", "check", "errors")}
        limits = imports.limits()
        shared = {
            "form": UploadForm(),
            "steps": steps,
            "upload": self.pending(),
            "limits": limits,
            "back": self.list_name,
        }
        return super().get_context_data(**shared | {"megabytes": limits.bytes // 2**20} | kwargs)


class UploadPage(ImportPage):
    """Where it begins: the template, and the form for the filled file."""

    def post(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            file, most = form.cleaned_data["file"], imports.limits().bytes
            try:
                imports.keep_upload(self.importer, by=base.reader(request), name=file.name, content=file.read(most + 1))
            except DomainError as error:
                error.field = "file"
                add_to_form(error, form)
            else:
                return redirect(self.address("check"))
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)


class TemplateFile(ImportPage):
    """The workbook to fill in, with the rows that this user may enter."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        body = template(self.importer, base.reader(request))
        return _file(body, XLSX, f"{self.importer.slug}-{base.today().isoformat()}.xlsx")


class CheckPage(ImportPage):
    """What the file that waits would change, and every error of it; POST writes it, or throws it away."""

    template_name = "tasks/import_check.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._shown()

    def post(self, request: HttpRequest) -> HttpResponse:
        reader = base.reader(request)
        if "discard" in request.POST:
            imports.discard_upload(self.importer, by=reader)
            messages.success(request, _("The file was discarded. Nothing was imported."))
            return redirect(self.address())
        history.name_door("import")
        posted = request.POST
        try:
            count = imports.confirm_import(
                self.importer, by=reader, basis=posted.get("basis", ""), is_meant="meant" in posted
            )
        except DomainError as error:
            return self._shown(problem=error.message, status=error.status)
        words = ngettext("%(count)s entry was imported.", "%(count)s entries were imported.", count)
        messages.success(request, words % {"count": f"{count:,}"})
        return redirect(self.list_name)

    def _shown(self, problem: str = "", status: int = 200) -> HttpResponse:
        upload = self.pending()
        if upload is None:
            messages.warning(self.request, problem or _("No checked file waits here. Upload one."))
            return redirect(self.address())
        checked = imports.checked_upload(self.importer, upload, by=base.reader(self.request))
        context = self.get_context_data(
            checked=checked, upload=upload, problem=problem, **self._changes(checked, upload)
        )
        return self.render_to_response(context, status=status)

    def _changes(self, checked: Checked, upload: ImportUpload) -> dict[str, Any]:
        page = Paginator(checked.rows, ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        rows = [
            {
                "row": row,
                "words": self.importer.describe(row),
                "place": f"{checked.sheet}!{row.number}",
                "is_overtaken": upload.standing.get(str(row.number)) != row.standing,
            }
            for row in page.object_list
        ]
        cautions = [
            {"place": place, "entry": self.importer.describe(row), "words": words}
            for place, row, words in checked.cautions
        ]
        return {
            "page": page,
            "cautions": cautions,
            "changes": rows,
            "faults": checked.faults[:FAULTS_SHOWN],
            "faults_shown": FAULTS_SHOWN,
        }


class ErrorFile(ImportPage):
    """Every error of the file that waits, as CSV."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        upload = self.pending()
        if upload is None:
            return redirect(self.address())
        checked = imports.checked_upload(self.importer, upload, by=base.reader(request))
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow([_("Cell"), _("What is wrong"), _("Found"), _("What to do")])
        for fault in checked.faults:
            writer.writerow([cell(part) for part in (fault.place, fault.wrong, fault.found, fault.remedy)])
        return _file((BOM + text.getvalue()).encode(), "text/csv; charset=utf-8", f"{self.importer.slug}-errors.csv")


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        body,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def importing(importer: Importer, list_name: str, list_title: Any) -> list[URLPattern]:
    """The four addresses of an import: start, template, check, errors; they stand in the importer's namespace."""
    given = {"importer": importer, "list_name": list_name, "list_title": list_title}
    steps = {"": UploadPage, "template": TemplateFile, "check": CheckPage, "errors": ErrorFile}
    return [
        path(
            f"import/{importer.slug}/{step and step + '/'}",
            view.as_view(**given),
            name=f"import-{importer.slug}{step and '-'}{step}",
        )
        for step, view in steps.items()
    ]
