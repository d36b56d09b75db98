"""The name of a saved view, and whether everybody sees it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tasks.models import SavedView
from tasks.permissions import may


class SavedViewForm(forms.Form):
    """Who may not share is not asked about it."""

    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        error_messages={"required": _("Give the view a name.")},
        help_text=_("It stands above the list as a link."),
    )
    is_shared = forms.BooleanField(
        label=_("Show it to everybody who signs in"),
        required=False,
        help_text=_("Everybody sees its name and its filters. What each person sees in the list stays as it is."),
    )

    def __init__(self, data: Any = None, *, reader: Any, row: SavedView | None = None, above: Any = None) -> None:
        self.row = row
        super().__init__(data, initial={"name": row.name, "is_shared": row.is_shared} if row else None)
        if not may(reader, "share_view", row):
            del self.fields["is_shared"]

    def values(self) -> dict[str, Any]:
        """What the action takes. Valid forms only; who is not asked leaves as it is who sees it."""
        return {"is_shared": bool(self.row and self.row.is_shared)} | self.cleaned_data

    def preview(self) -> dict[str, Any]:
        return {"read": [], "effects": [], "cautions": []}
