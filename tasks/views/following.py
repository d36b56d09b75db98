"""Following a row, and no longer: the button on its page."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views import View

from tasks.actions.following import follow, unfollow
from tasks.named_rows import followed_models, words_of
from tasks.views import base


class FollowRow(View):
    """POST follows the row of the address, or with `act=unfollow` no longer; then the row's page, or `next`."""

    def post(self, request: HttpRequest, label: str, uuid: Any) -> HttpResponse:
        model = followed_models().get(label)
        if model is None:
            raise Http404
        row = get_object_or_404(model._default_manager.visible_to(request.user), uuid=uuid)
        if request.POST.get("act") == "unfollow":
            unfollow(row, by=base.reader(request))
            messages.success(request, _("You no longer follow: %s.") % words_of(row))
        else:
            follow(row, by=base.reader(request))
            messages.success(request, _("You follow: %s. News of it come to your notifications.") % words_of(row))
        if request.POST.get("place") == "settings":
            return redirect("tasks:notification-settings")
        return redirect(row.get_absolute_url())
