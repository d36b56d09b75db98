"""The change set of the coordinating office: what it holds, every figure that it would move, and the way to save it."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from common.errors import DomainError, Stale, add_to_form
from common.pages import Crumb, Page
from tasks.actions import change_sets
from tasks.actions.change_sets import Preview
from tasks.choices import Operation
from tasks.forms.edit_words import edit_words
from tasks.forms.structure import ChangeSetForm
from tasks.models import ChangeSet, Strategy
from tasks.permissions import Denied, may
from tasks.views import base
from tasks.views.moved import moved_groups
from tasks.views.structure import HOME, home

UNPROCESSABLE = 422


class ChangeSetPage(Page):
    """GET shows the set as it would be saved; POST describes, saves, empties it or takes one edit out."""

    title = _("Change set")
    lede = _("Nothing of it stands yet. Look at every figure that it moves, then save it whole or not at all.")
    template_name = "tasks/change_set.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = may(base.reader(request), "plan", Strategy)
        if isinstance(answer, Denied) and request.method in ("GET", "POST"):
            return render(request, "403.html", {"reason": answer.reason}, status=HTTPStatus.FORBIDDEN)
        return super().dispatch(request, *args, **kwargs)

    def get_crumbs(self) -> list[Crumb]:
        changes = change_sets.pending_changes(base.reader(self.request))
        return [Crumb(HOME.label, home(changes.strategy) if changes else HOME.address), Crumb(str(self.title))]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._shown()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        by, act = base.reader(request), request.POST.get("act", "")
        changes = change_sets.pending_changes(by)
        if changes is None:
            messages.warning(request, _now("There is no change set any more: it was saved or discarded."))
            return redirect("tasks:structure")
        if act == "discard":
            change_sets.discard_changes(by=by)
            messages.success(request, _now("The change set was discarded. Nothing was changed."))
            return redirect(home(changes.strategy))
        if act.startswith("drop-"):
            return self._dropped(act.removeprefix("drop-"))
        return self._described(changes, save=act == "save")

    def _dropped(self, number: str) -> HttpResponse:
        try:
            change_sets.drop_edit(int(number) if number.isdecimal() else 0, by=base.reader(self.request))
        except DomainError as error:
            messages.error(self.request, error.message)
        return redirect("tasks:change-set")

    def _described(self, changes: ChangeSet, *, save: bool) -> HttpResponse:
        """What was typed is kept whatever comes of it. The figures are those of the day: another day is shown first."""
        by, form = base.reader(self.request), ChangeSetForm(self.request.POST)
        if not form.is_valid():
            return self._shown(form, UNPROCESSABLE)
        was = changes.effective_on
        try:
            now = change_sets.describe_changes(by=by, **form.cleaned_data)
            if not save:
                return redirect("tasks:change-set")
            if was != now.effective_on:
                messages.info(self.request, _now("It is in force from another day now. Look at the figures again."))
                return redirect("tasks:change-set")
            number = change_sets.save_changes(by=by, basis=self.request.POST.get("basis", ""))
        except DomainError as error:
            add_to_form(error, form)
            if isinstance(error, Stale):
                change_sets.look_again(by=by)
            is_typed = error.status == HTTPStatus.BAD_REQUEST
            return self._shown(form, UNPROCESSABLE if is_typed else error.status)
        words = ngettext("%s change of the plan was saved.", "%s changes of the plan were saved.", number)
        messages.success(self.request, words % number)
        return redirect(home(changes.strategy))

    def _shown(self, form: Any = None, status: int = HTTPStatus.OK) -> HttpResponse:
        by = base.reader(self.request)
        changes = change_sets.pending_changes(by)
        context: dict[str, Any] = {"changes": changes if changes and changes.edits else None, "home": HOME.url}
        if changes is not None and changes.edits:
            context |= {"home": home(changes.strategy), "edits": _edits(changes)} | self._preview(changes)
            context["form"] = form or ChangeSetForm(
                initial={name: getattr(changes, name) for name in ("effective_on", "reason", "source")}
            )
        return self.render_to_response(self.get_context_data(**context), status=status)

    def _preview(self, changes: ChangeSet) -> dict[str, Any]:
        try:
            found: Preview = change_sets.preview_changes(changes, by=base.reader(self.request))
        except DomainError as error:
            return {"problem": error.message}
        return {"preview": found, "groups": moved_groups(found.moved), "today": timezone.localdate()}


def _edits(changes: ChangeSet) -> list[dict[str, Any]]:
    return [
        {"label": Operation(edit["operation"]).label, "words": edit_words(edit)} for edit in changes.edits
    ]  # fmt: skip
