"""A person's notifications: the list, the count in the head, the way to what one is about, how to be told."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View

from common import past
from common.entry import FormPage
from common.lookup import named
from common.pages import Crumb, ListPage
from tasks import notice_tables, record_filters
from tasks.actions.notices import choose_channels, mark_read
from tasks.forms.notices import PreferencesForm
from tasks.models import Follow, Notification
from tasks.named_rows import rows_named, words_of
from tasks.notifying.words import told
from tasks.views import base
from tasks.views.review import is_uuid

PARENT = Crumb(gettext_lazy("Notifications"), "tasks:notifications")


def unread_count(request: HttpRequest) -> int:
    """How many of the reader's notifications are unread, of what the reader may see now."""
    return Notification.objects.visible_to(request.user).unread().count()


class Notifications(ListPage):
    """GET lists the reader's own, the latest first; POST marks those that are ticked as read, or all."""

    model, columns = Notification, notice_tables.NOTIFICATIONS
    filterset_class = record_filters.NotificationFilter
    title = gettext_lazy("Notifications")
    caption = gettext_lazy("Your notifications, the latest first")
    empty_title = gettext_lazy("No news")
    empty_hint = gettext_lazy(
        "What waits for you, what became of your reports, and what happens to what you follow appears here."
    )
    template_name = "tasks/notifications.html"

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("actor").order_by("-at", "-pk")

    def shown(self, rows: list[Any]) -> list[Any]:
        found = {each.notification.pk: each for each in told(rows, self.request.user)}
        for row in rows:
            row.told = found.get(row.pk)
        return [row for row in rows if row.told]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        columns = notice_tables.ON_PAGE if past.current() else (notice_tables.TICK, *notice_tables.ON_PAGE)
        has_unread = any(row.read_at is None for row in context["table"].rows)
        return context | {"table": replace(context["table"], columns=columns), "has_unread": has_unread}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = base.reader(request)
        if request.POST.get("act") == "all":
            done = mark_read(user)
        else:
            done = mark_read(user, [UUID(each) for each in request.POST.getlist("notification") if is_uuid(each)])
        words = ngettext("%s notification marked as read.", "%s notifications marked as read.", done) % done
        messages.success(request, words if done else _("Nothing was marked: tick what you have read."))
        return redirect(request.get_full_path())


class OpenNotification(View):
    """Marks a notification as read and leads to what it is about."""

    def get(self, request: HttpRequest) -> HttpResponse:
        name = request.GET.get("n", "")
        rows = Notification.objects.visible_to(request.user).select_related("actor")
        row = named(rows, "uuid", name) if is_uuid(name) else None
        found = told([row], request.user) if row else []
        if not found or row is None:
            if name:
                messages.error(request, _("This is no longer there, or you may no longer see it."))
            return redirect("tasks:notifications")
        if past.current() is None:
            mark_read(base.reader(request), [row.uuid])
        return redirect(found[0].url)


class CountNotifications(View):
    """The bell in the head; 204 while it shows the right number already."""

    def get(self, request: HttpRequest) -> HttpResponse:
        count = unread_count(request)
        if request.GET.get("shown") == str(count):
            return HttpResponse(status=204)
        return render(request, "components/_bell.html", {"unread_notices": count})


class NotificationSettings(FormPage):
    form_class, parent = PreferencesForm, PARENT
    title = gettext_lazy("How you are told")
    template_name = "tasks/notification_settings.html"
    submit = gettext_lazy("Save")

    def refusal(self) -> str:
        if not self.request.user.is_authenticated:
            return _("Sign in first.")
        return _("A past day is for reading only.") if past.current() else ""

    def act(self, form: Any) -> Any:
        choose_channels(base.reader(self.request), form.channels(), language=form.cleaned_data["language"])
        return form

    def said(self, form: Any, done: Any) -> str:
        return _("how you are told")

    def target(self, done: Any) -> str:
        return reverse("tasks:notification-settings" if done else "tasks:notifications")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = base.reader(self.request)
        follows = list(Follow.objects.visible_to(user))
        rows = rows_named([(each.table, each.object_id) for each in follows], user)
        context = {
            "followed": [
                {"row": row, "words": words_of(row), "url": _follow_address(row)}
                for each in follows
                if (row := rows.get((each.table, each.object_id))) is not None
            ],
            "sends_mail": bool(settings.EMAIL_HOST),
            "address": user.email,
        }
        return super().get_context_data(**context | kwargs)


def _follow_address(row: Any) -> str:
    return reverse("tasks:follow", args=[row._meta.label_lower, row.uuid])
