"""What is said about a row."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.entry import EntryForm
from tasks.actions.comments import post_comment
from tasks.models import Comment

_TEXT = {"rows": 3, "maxlength": "4000"}


class CommentForm(EntryForm):
    """The text alone; sent twice it is one comment."""

    model = Comment
    has_source = False
    prefix = "comment"
    text = forms.CharField(
        label=_("Your comment"),
        help_text=_("Plain text. Mention somebody by @ and the account name: whoever may see this is told of it."),
        widget=forms.Textarea(attrs=_TEXT),
        error_messages={"required": _("Write something first.")},
        strip=True,
    )
    record = staticmethod(post_comment)


class CorrectionForm(forms.Form):
    """The own words once more."""

    prefix = "correction"
    text = forms.CharField(
        label=_("Your comment"),
        widget=forms.Textarea(attrs=_TEXT),
        error_messages={"required": _("Write something first.")},
    )

    def __init__(self, data: Any = None, *, reader: Any, row: Any = None, above: Any = None) -> None:
        super().__init__(data, initial={"text": row.text}, auto_id=f"c{row.pk}_%s")
