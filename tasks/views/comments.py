"""Comments: their section on the page of a row, writing one, correcting and withdrawing it, whom to mention."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from common.entry import FormPage
from common.errors import DomainError
from common.pages import Crumb, DetailPage
from tasks.actions.comments import correct_comment, withdraw_comment
from tasks.forms.comments import CommentForm, CorrectionForm
from tasks.mentions import mentioned, people_named
from tasks.models import Comment, Measure, StatusReport
from tasks.named_rows import followed_models, name_of, sees
from tasks.permissions import Denied, may
from tasks.views import base

OFFERED = 8


def comments_of(request: HttpRequest, row: Any) -> dict[str, Any]:
    """The section of a page: what was said, each with what the reader may do about it, and the form."""
    user, now = base.reader(request), timezone.now()
    rows = list(Comment.objects.visible_to(user).filter(**name_of(row)).select_related("author"))
    for each in rows:
        each.may_correct = bool(may(user, "correct_comment", each))  # type: ignore[attr-defined]
        each.may_withdraw = each.withdrawn_at is None and bool(may(user, "withdraw_comment", each))  # type: ignore[attr-defined]
        each.form = CorrectionForm(reader=user, row=each) if each.is_correctable(now) else None  # type: ignore[attr-defined]
    answer = may(user, "comment", row)
    return {
        "comments": rows,
        "comment_people": set(mentioned(" ".join(each.text for each in rows), None)) if rows else set(),
        "comment_form": CommentForm(reader=user) if answer else None,
        "comment_url": comment_address(row),
        "comment_refusal": answer.reason if isinstance(answer, Denied) else "",
        "mention_url": f"{reverse('tasks:people')}?about={row._meta.label_lower}&id={row.uuid}",
    }


def comment_address(row: Any) -> str:
    """Where a comment on this row is sent."""
    name = "report" if isinstance(row, StatusReport) else row._meta.model_name
    return reverse(f"tasks:{name}-comment", args=[row.code if isinstance(row, Measure) else row.uuid])


class PostComment(FormPage, DetailPage):
    """POST writes a comment on the row of the address; a refusal shows the form as it was typed."""

    http_method_names = ["post", "options"]
    form_class: Any = CommentForm
    submit = gettext_lazy("Comment")

    def get_title(self) -> str:
        return _("Comment on: %s") % (getattr(self.object, "title", "") or self.object)

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(str(self.object), self.object.get_absolute_url()), Crumb(_("Comment"))]

    def refusal(self) -> str:
        answer = may(base.reader(self.request), "comment", self.object)
        return answer.reason if isinstance(answer, Denied) else ""

    def act(self, form: Any) -> Any:
        comment = form.record(self.object, by=base.reader(self.request), **form.values())
        _tell_who_is_not_told(self.request, comment)
        return comment

    def said(self, form: Any, done: Any) -> str:
        return str(done)

    def target(self, done: Any) -> str:
        return f"{self.object.get_absolute_url()}#" + (f"comment-{done.uuid}" if done else "comments")


class ChangeComment(FormPage, DetailPage):
    """POST corrects the own comment, or withdraws it."""

    http_method_names = ["post", "options"]
    model: Any = Comment
    form_class: Any = CorrectionForm
    submit = gettext_lazy("Correct")

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("author")

    def row(self) -> Any:
        return self.object

    def get_title(self) -> str:
        return _("Correct the comment")

    def get_crumbs(self) -> list[Crumb]:
        about = self.object.about
        return [Crumb(str(about), about.get_absolute_url()), Crumb(self.get_title())]

    @property
    def verb(self) -> str:
        return "withdraw_comment" if self.request.POST.get("act") == "withdraw" else "correct_comment"

    def refusal(self) -> str:
        answer = may(base.reader(self.request), self.verb, self.object)
        return answer.reason if isinstance(answer, Denied) else ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.verb == "correct_comment" or self.refusal():
            return super().post(request, *args, **kwargs)
        try:
            withdraw_comment(self.object, by=base.reader(request))
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("The comment was withdrawn."))
        return redirect(self.target(self.object))

    def act(self, form: Any) -> Any:
        comment = correct_comment(self.object, by=base.reader(self.request), text=form.cleaned_data["text"])
        _tell_who_is_not_told(self.request, comment)
        return comment

    def target(self, done: Any) -> str:
        return self.object.get_absolute_url()


def _tell_who_is_not_told(request: HttpRequest, comment: Comment) -> None:
    about = comment.about
    blind = [name for name, person in mentioned(comment.text).items() if not sees(person, about)]
    if blind:
        names = ", ".join(f"@{name}" for name in blind)
        messages.warning(request, _("Not told, because they may not see this page: %s") % names)


class PeopleToMention(View):
    """Who could be mentioned on a row: those who may see it, by the beginning of account or name (`q`), as JSON."""

    def get(self, request: HttpRequest) -> HttpResponse:
        row = self._about(request)
        if row is None or not request.user.is_authenticated:
            return JsonResponse({"people": []})
        typed = request.GET.get("q", "")[:80]
        rows = people_named(typed).exclude(pk=request.user.pk)[: 4 * OFFERED]
        found = [person for person in rows if sees(person, row)][:OFFERED]
        return JsonResponse({"people": [{"account": each.username, "name": str(each)} for each in found]})

    @staticmethod
    def _about(request: HttpRequest) -> Any:
        model = followed_models().get(request.GET.get("about", ""))
        if model is None:
            return None
        try:
            return model._default_manager.visible_to(request.user).filter(uuid=request.GET.get("id", "")).first()
        except (ValidationError, ValueError):
            return None
