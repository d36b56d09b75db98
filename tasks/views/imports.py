"""Import of a table in the browser: template down, file up, check, confirm."""

import csv
import io
from typing import Any, ClassVar
from urllib.parse import urlencode

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
from tasks.views.moved import moved_groups

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
            "limits": limits,
            "back": self.list_name,
        }
        if "upload" not in kwargs:
            shared["upload"] = self.pending()
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
    """What the file that waits would change, and every error of it; POST writes it, or throws it away.

    Of a large file the page comes at once, and what is found follows as its part (`?part=found`); so does, while a
    worker writes its rows, how far it is (`?part=progress`).
    """

    template_name = "tasks/import_check.html"
    parts: ClassVar[dict[str, str]] = {
        "found": "tasks/_import_found.html",
        "progress": "tasks/_import_progress.html",
    }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._shown()

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            return self._discarded() if "discard" in request.POST else self._confirmed()
        except DomainError as error:
            return self._shown(problem=error.message, status=error.status)

    def _discarded(self) -> HttpResponse:
        imports.discard_upload(self.importer, by=base.reader(self.request))
        messages.success(self.request, _("The file was discarded. Nothing was imported."))
        return redirect(self.address())

    def _confirmed(self) -> HttpResponse:
        reader, posted = base.reader(self.request), self.request.POST
        seen: dict[str, Any] = {"basis": posted.get("basis", ""), "is_meant": "meant" in posted}
        upload = self.pending()
        if upload is not None and upload.is_large:
            imports.order_import(self.importer, by=reader, **seen)
            return redirect(self.address("check"))
        history.name_door("import")
        messages.success(self.request, imported(imports.confirm_import(self.importer, by=reader, **seen)))
        return redirect(self.list_name)

    def _shown(self, problem: str = "", status: int = 200) -> HttpResponse:
        upload = self.pending()
        if upload is None:
            messages.warning(self.request, problem or _("No checked file waits here. Upload one."))
            return redirect(self.address())
        part = self.request.GET.get("part", "")
        context: dict[str, Any] = {"upload": upload, "problem": problem or upload.problem}
        if upload.is_at_work:
            context["progress"] = imports.progress_of(upload)
        elif upload.written is not None:
            context["imported"] = imported(upload.written)
        elif part == "found" or problem or not upload.is_large:
            context |= self._found(upload)
        else:
            context["found_url"] = f"?{urlencode({'part': 'found', 'page': self.request.GET.get('page', 1)})}"
        is_part = part in self.parts and bool(self.request.htmx)  # type: ignore[attr-defined]
        template = self.parts[part] if is_part else self.template_name
        response = render(self.request, template, self.get_context_data(**context), status=status)
        if is_part and part == "progress" and not upload.is_at_work:
            response.headers["HX-Refresh"] = "true"
        return response

    def _found(self, upload: ImportUpload) -> dict[str, Any]:
        reader = base.reader(self.request)
        checked = imports.checked_upload(self.importer, upload, by=reader)
        moved = self.importer.moves(checked.new, reader) if checked.is_ready else ()
        return {"checked": checked, "groups": moved_groups(moved), **self._changes(checked, upload)}

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


def imported(count: int) -> str:
    words = ngettext("%(count)s entry was imported.", "%(count)s entries were imported.", count)
    return words % {"count": f"{count:,}"}


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
