"""Who acts for whom: delegations, and the hand-over of a person's work."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Delegation, Role
from common.cautions import Caution
from common.entry import EMPTY, EntryForm
from common.forms import DayField
from common.templatetags.display import day_text
from tasks.actions import delegations
from tasks.actions.handovers import estate_of


class PersonField(forms.ModelChoiceField):
    """One of the people offered, by name and account."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, to_field_name="username", empty_label=EMPTY[True], **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} ({obj.username})"


class DelegationForm(EntryForm):
    """From when to when somebody sees to a desk; whose, only the coordinating office chooses."""

    model = Delegation
    shown = ("delegator", "delegate", "valid_from", "valid_to", "reason")
    delegator = PersonField(label=_("In place of"))
    delegate = PersonField(label=_("Delegate"))
    valid_from = DayField(label=_("First day"))
    valid_to = DayField(label=_("Last day"))
    has_source = False
    hints = {
        "delegator": _("Whose reports are reviewed by another: yourself, or somebody who is absent."),
        "delegate": _(
            "Acts for the same ministry. Sees only what the own clearance allows, and never reviews the own report."
        ),
        "valid_to": _("Counts as well. A delegation can be revoked before."),
        "reason": _("For instance leave or a business trip. Both persons and the coordinating office see it."),
    }
    record = staticmethod(delegations.give_delegation)

    def proposed(self) -> dict[str, Any]:
        return {"delegator": self.reader.username, "valid_from": timezone.localdate()}

    def _offer_visible_rows(self) -> None:
        """People are no rows of a list: each chooses among the colleagues."""
        own: Any = self.fields["delegate"]
        if self.reader.has_role(Role.COORDINATOR):
            self.fields["delegator"].queryset = delegations.reviewers()  # type: ignore[attr-defined]
            own.queryset = delegations.acting()
        else:
            del self.fields["delegator"]
            own.queryset = delegations.colleagues(self.reader)

    def values(self) -> dict[str, Any]:
        return {"delegator": self.reader} | super().values()


class HandOverForm(forms.Form):
    """From whom to whom, and why. Before it is sent it shows what would pass."""

    person = PersonField(
        label=_("Who moves on"), help_text=_("The roles of this person end today; drafts and delegations pass on.")
    )
    successor = PersonField(
        label=pgettext_lazy("person", "Successor"), help_text=_("Has the same roles from today on.")
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("For instance a transfer with its date. The history keeps it.")
    )

    def __init__(self, data: Any = None, *, reader: Any, row: Any = None, above: Any = None) -> None:
        super().__init__(data, initial={"person": above})
        everybody = delegations.everybody()  # the page is for those who see to people
        self.fields["person"].queryset = everybody  # type: ignore[attr-defined]
        self.fields["successor"].queryset = everybody.filter(is_active=True)  # type: ignore[attr-defined]

    def preview(self) -> dict[str, Any]:
        """What would pass, in words."""
        self.is_valid()
        person = self.cleaned_data.get("person")
        if person is None:
            return {"read": [], "effects": [], "cautions": []}
        estate = estate_of(person, on=timezone.localdate())
        read = [
            *((_now("Role"), _role(each)) for each in estate.memberships),
            *((_now("Open report"), f"{each.milestone.code} – {each.get_status_display()}") for each in estate.reports),
            *((_now("Delegation"), f"{each}, {day_text(each.valid_to)}") for each in estate.delegations),
        ]
        nothing = [Caution("person", _now("%s holds nothing that could be handed over.") % person)]
        return {"read": read, "effects": [], "cautions": nothing if estate.is_empty else []}


def _role(membership: Any) -> str:
    bodies = (membership.ministry, membership.office)
    return " – ".join([str(membership.get_role_display()), *(each.name for each in bodies if each)])
