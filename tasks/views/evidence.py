"""Evidence on pages: the list of a milestone, files that are sent to it, downloads and previews."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View

from common.errors import DomainError, Forbidden
from common.files import stored_file
from common.lookup import named
from tasks.actions.evidence import THERE_ALREADY, add_file, most_bytes
from tasks.forms.evidence import UploadForm
from tasks.models import Evidence, Milestone
from tasks.permissions import Denied, may
from tasks.views import base
from tasks.views.entry import TakeBack
from tasks.views.evidence_shown import of_milestone
from tasks.views.milestones import MilestonePage

UNPROCESSABLE = 422


@dataclass
class Received:
    """What became of the files of one request: each is kept or refused by itself."""

    kept: list[Evidence] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    status: int = HTTPStatus.OK


def received(milestone: Milestone, form: UploadForm, user: Any, *, again: bool = False) -> Received:
    """Keep each file of the form as evidence; what is refused stops none of the others.

    `again`: the form may come a second time with its files; those that are there already are then no refusal.
    """
    found, answer = Received(), may(user, "record", Evidence(milestone=milestone))
    if isinstance(answer, Denied):  # before anything is asked of the form
        return Received(refused=[answer.reason], status=HTTPStatus.FORBIDDEN)
    if not form.is_valid():
        words = [str(error) for errors in form.errors.values() for error in errors]
        return Received(refused=words, status=UNPROCESSABLE)
    for file in form.cleaned_data["documents"]:
        try:
            content = file.read(most_bytes() + 1)
            found.kept.append(add_file(milestone, by=user, name=file.name, content=content, **form.values()))
        except DomainError as error:
            if again and error.code in THERE_ALREADY:
                continue
            found.refused.append(error.message)
            found.status = error.status if isinstance(error, Forbidden) else UNPROCESSABLE
    return found


class MilestoneEvidence(MilestonePage):
    """GET shows the list anew (`?part=needed`: only what is asked for). POST keeps the files of the form.

    Sent by the script, one file at a time, the answer is a line that says what became of it. A form without a script
    sends several; where one is refused, the page says which and why (422), and the others stay.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.htmx:  # type: ignore[attr-defined]
            return redirect(f"{self.object.get_absolute_url()}#evidence")
        part = "_evidence_needed.html" if request.GET.get("part") == "needed" else "_evidence_list.html"
        return render(request, f"tasks/{part}", {"object": self.object} | of_milestone(self.object, request.user))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = base.reader(request)
        form = UploadForm(request.POST, request.FILES, milestone=self.object, reader=user)
        found = received(self.object, form, user)
        if request.htmx:  # type: ignore[attr-defined]
            return render(request, "tasks/_upload_done.html", {"found": found}, status=found.status)
        say(request, found)
        if found.refused:
            return render(request, self.template_name, self.get_context_data(), status=found.status)
        return redirect(f"{self.object.get_absolute_url()}#evidence")


def say(request: HttpRequest, found: Received) -> None:
    """What became of the files, above the page."""
    if found.kept:
        words = ngettext("%s file was added as evidence.", "%s files were added as evidence.", len(found.kept))
        messages.success(request, words % len(found.kept))
    for words in found.refused:
        messages.error(request, words)


class EvidenceFile(View):
    """The file, to whoever may see it now. `inline`: as a preview, which only images and PDF have."""

    inline = False

    def get(self, request: HttpRequest, uuid: Any) -> StreamingHttpResponse:
        row = named(Evidence.objects.visible_to(request.user), "uuid", uuid)
        if row is None or not row.stored_as or (self.inline and not row.is_shown_inline):
            raise Http404
        return stored_file(row.stored_as, name=row.name, content_type=row.content_type, inline=self.inline)


class WithdrawEvidence(TakeBack):
    submit = gettext_lazy("Withdraw the evidence")
    lede = gettext_lazy("It stays on record and no longer counts as evidence.")

    def prepare(self, rows: Any) -> Any:
        return rows.select_related("milestone__measure")

    def get_title(self) -> str:
        return _("Withdraw: %s") % self.object
