"""Evidence: the files that are chosen or dropped, a link, what is said of them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from common.entry import EntryForm
from common.tiers import Tier, clearance_of
from common.uploads.content import labels
from tasks.actions.evidence import add_link, allowed_types, change_evidence, most_bytes, too_big, withdraw_evidence
from tasks.choices import EvidenceKind
from tasks.forms.rows import ReasonForm
from tasks.models import Evidence, Milestone

PREFIX = "evidence"
TITLE_HINT = _("For instance the number of the gazette, contract or letter.")
TIER_HINT = _("Never looser than that of the milestone.")


class ChosenFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data or [None]
        return [super(FilesField, self).clean(each, initial) for each in files]


class UploadForm(forms.Form):
    """Files of one kind. What each of them is, the action finds out. In brief, within a report, only kind and files.

    `most_bytes` and `too_big` let a script refuse a file before it is sent; the action does so in any case.
    """

    use_required_attribute = False

    kind = forms.ChoiceField(label=_("Kind of evidence"), choices=EvidenceKind)
    title = forms.CharField(label=_("Number or title"), required=False, max_length=200, help_text=TITLE_HINT)
    tier = forms.TypedChoiceField(label=_("Classification"), coerce=int, required=False, empty_value=None)
    documents = FilesField(
        label=_("Files"),
        allow_empty_file=True,
        widget=ChosenFiles,
        error_messages=dict.fromkeys(("required", "invalid"), _("Choose at least one file.")),
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        milestone: Milestone,
        reader: Any,
        missing: Iterable[str] = (),
        is_brief: bool = False,
    ) -> None:
        first = next(iter(missing), EvidenceKind.OTHER)
        given = {"kind": first, "tier": milestone.effective_tier}
        place = "brief" if is_brief else "whole"
        super().__init__(data, files, prefix=PREFIX, auto_id=f"{place}-m{milestone.pk}_%s", initial=given)
        tiers = _tiers(milestone, reader)
        self.fields["tier"].choices = tiers  # type: ignore[attr-defined]
        if is_brief or len(tiers) == 1:
            del self.fields["tier"]
        if is_brief:
            del self.fields["title"]
        self.fields["documents"].help_text = _("%(types)s. Up to %(most)s MB each.") % {
            "types": labels(allowed_types()),
            "most": settings.EVIDENCE_MAX_MB,
        }
        self.most_bytes, self.too_big = most_bytes(), too_big().message

    def values(self) -> dict[str, Any]:
        """What the action takes beside the file. Valid forms only."""
        data = self.cleaned_data
        return {"kind": data["kind"], "title": data.get("title", ""), "tier": data.get("tier")}


def _tiers(milestone: Milestone, reader: Any) -> list[tuple[int, Any]]:
    """Those that the reader may give: from the milestone's up to the own clearance."""
    return [(t.value, t.label) for t in Tier if milestone.effective_tier <= t <= clearance_of(reader)]


class EvidenceForm(EntryForm):
    """What is said of evidence that is there: the file or link itself stays."""

    model, parent = Evidence, "milestone"
    shown: tuple[str, ...] = ("kind", "title", "tier")
    has_source = False
    labels = {"kind": _("Kind of evidence"), "tier": _("Classification")}
    hints = {"title": TITLE_HINT, "tier": TIER_HINT}
    change = staticmethod(change_evidence)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tiers: Any = self.fields["tier"]
        tiers.choices = _tiers(self.milestone, self.reader)

    @property
    def milestone(self) -> Milestone:
        return self.above or self.row.milestone


class LinkForm(EvidenceForm):
    shown = ("kind", "url", "title", "tier")
    needed = ("url",)
    hints = EvidenceForm.hints | {"url": _("It begins with https://.")}
    record = staticmethod(add_link)

    def proposed(self) -> dict[str, Any]:
        missing = Evidence.objects.visible_to(self.reader).missing_of(self.above)
        return {"kind": next(iter(missing), None), "tier": self.above.effective_tier}


class WithdrawEvidenceForm(ReasonForm):
    model, parent = Evidence, "milestone"
    change = staticmethod(withdraw_evidence)
