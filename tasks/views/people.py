"""Who acts for whom: delegations with their form, and the hand-over of a person's work."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from accounts.models import Delegation
from common.entry import FormPage
from common.errors import DomainError
from common.lookup import named
from common.pages import Crumb, Page
from tasks.actions.delegations import revoke_delegation
from tasks.actions.handovers import hand_over, left_behind
from tasks.forms.people import DelegationForm, HandOverForm
from tasks.permissions import Denied, may
from tasks.views import base
from tasks.views.entry import Door
from tasks.views.review import is_uuid

GIVE = gettext_lazy("Name a delegate")
HAND_OVER = gettext_lazy("Hand over a person's work")
# The words for a state, and the tone of its badge.
STATES = {
    "valid": (pgettext_lazy("delegation", "In force"), "ok"),
    "to_come": (pgettext_lazy("delegation", "To come"), "info"),
    "over": (pgettext_lazy("delegation", "Over"), "mute"),
    "revoked": (pgettext_lazy("delegation", "Revoked"), "gone"),
}


class Delegations(Page):
    """GET lists the delegations that concern the reader; POST revokes the one that it names."""

    title = gettext_lazy("Delegations")
    lede = gettext_lazy(
        "Who reviews in whose place, and until when. Nobody reviews their own report, also not in another's place."
    )
    template_name = "tasks/delegations.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, today = base.reader(self.request), timezone.localdate()
        rows = list(Delegation.objects.visible_to(user).select_related("delegator", "delegate"))
        for row in rows:
            row.standing = row.state(on=today)  # type: ignore[attr-defined]
            row.state_label, row.tone = STATES[row.standing]  # type: ignore[attr-defined]
            is_open = row.standing in ("valid", "to_come")  # type: ignore[attr-defined]
            row.may_revoke = is_open and bool(may(user, "revoke_delegation", row))  # type: ignore[attr-defined]
        doors = [Door(GIVE, reverse("tasks:delegation-new"))] if may(user, "delegate", user) else []
        doors += [Door(HAND_OVER, reverse("tasks:hand-over-new"))] if may(user, "hand_over", None) else []
        return super().get_context_data(**{"rows": rows, "doors": doors} | kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = request.POST.get("delegation", "")
        row = named(Delegation.objects.visible_to(request.user), "uuid", name) if is_uuid(name) else None
        if row is None:
            messages.error(request, _("There is no such delegation."))
            return redirect("tasks:delegations")
        try:
            revoke_delegation(row, by=base.reader(request))
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("Revoked: %s.") % row)
        return redirect("tasks:delegations")


class NewDelegation(FormPage):
    form_class, title = DelegationForm, GIVE
    parent = Crumb(gettext_lazy("Delegations"), "tasks:delegations")
    submit = GIVE

    def refusal(self) -> str:
        user = base.reader(self.request)
        answer = may(user, "delegate", user)
        return answer.reason if isinstance(answer, Denied) else ""

    def act(self, form: Any) -> Any:
        return form.record(by=base.reader(self.request), **form.values())

    def target(self, done: Any) -> str:
        return reverse("tasks:delegations")


class HandOver(FormPage):
    form_class, title = HandOverForm, HAND_OVER
    parent = Crumb(gettext_lazy("Delegations"), "tasks:delegations")
    lede = gettext_lazy(
        "Roles, drafts, returned reports and delegations pass to a successor. What was submitted keeps its author."
    )
    template_name = "tasks/hand_over.html"
    submit = gettext_lazy("Hand over")

    def refusal(self) -> str:
        answer = may(base.reader(self.request), "hand_over", None)
        return answer.reason if isinstance(answer, Denied) else ""

    def above(self) -> Any:
        """Whom the address proposes."""
        return self.request.GET.get("person", "")

    def act(self, form: Any) -> Any:
        person, successor = form.cleaned_data["person"], form.cleaned_data["successor"]
        return hand_over(person, successor, by=base.reader(self.request), reason=form.cleaned_data["reason"])

    def said(self, form: Any, done: Any) -> str:
        counts = (
            ngettext("%s role", "%s roles", len(done.memberships)) % len(done.memberships),
            ngettext("%s open report", "%s open reports", len(done.reports)) % len(done.reports),
            ngettext("%s delegation", "%s delegations", len(done.delegations)) % len(done.delegations),
        )
        return f"{form.cleaned_data['person']} → {form.cleaned_data['successor']}: {', '.join(counts)}"

    def target(self, done: Any) -> str:
        return reverse("tasks:delegations")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"left_behind": left_behind(on=timezone.localdate())} | kwargs)
