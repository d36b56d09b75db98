"""How a person wants to be told of what."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tasks.choices import DEFAULT_CHANNELS, NoticeChannel, NoticeKind
from tasks.models import NotificationPreference


class PreferencesForm(forms.Form):
    """One choice for each kind of news, and the language of e-mails."""

    language = forms.ChoiceField(label=_("Language of e-mails"), choices=settings.LANGUAGES)

    def __init__(self, data: Any = None, *, reader: Any, row: Any = None, above: Any = None) -> None:
        chosen = {}
        if reader.is_authenticated:
            rows = NotificationPreference.objects.visible_to(reader)
            chosen = dict(rows.values_list("kind", "channel")) | {"language": reader.language}
        super().__init__(data, initial={**DEFAULT_CHANNELS, **chosen})
        kinds: dict[str, forms.Field] = {
            kind.value: forms.ChoiceField(label=kind.label, choices=NoticeChannel) for kind in NoticeKind
        }
        self.fields = {**kinds, **self.fields}

    def channels(self) -> dict[str, str]:
        """What the action takes. Valid forms only."""
        return {kind.value: self.cleaned_data[kind] for kind in NoticeKind}

    def preview(self) -> dict[str, Any]:
        return {"read": [], "effects": [], "cautions": []}
