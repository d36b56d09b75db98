"""Meetings with their agenda, and decisions with their follow-up."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.cautions import Caution
from common.entry import Effect, EntryForm
from common.forms import DayField, plain
from tasks.actions.meetings import (
    add_agenda_item,
    change_agenda_item,
    change_decision,
    change_meeting,
    move_decision,
    move_meeting,
    plan_meeting,
    record_decision,
)
from tasks.choices import DECISION_MOVES, LIVE_RISKS, MEETING_MOVES, MeetingStatus
from tasks.forms.risks import REASON_HINT, MoveForm
from tasks.models import AgendaItem, Decision, Meeting

MOST = 100  # codes in one field
CODES_HINT = _("By code, one a line. What was understood is shown before you save.")
OWN_WORDS = _("As it was said. The Korean text is shown where there is no English one.")


class CodesField(forms.CharField):
    """Rows by their codes, one a line or with commas between, in any case; those the reader may see alone are found."""

    widget = forms.Textarea(attrs={"rows": 2})

    rows: QuerySet  # among which they are looked up, set by the form

    def __init__(self, **kwargs: Any) -> None:
        usual: dict[str, Any] = {"required": False, "help_text": CODES_HINT}
        super().__init__(**usual | kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else "\n".join(row.code for row in value)

    def clean(self, value: Any) -> list[Model]:
        typed = [plain(code) for code in re.split(r"[\s,;]+", super().clean(value) or "") if code]
        if len(typed) > MOST:
            raise ValidationError(_now("At most %(most)s codes are taken here.") % {"most": MOST})
        found = {row.code.upper(): row for row in self.rows.filter(code__iregex=_one_of(typed))} if typed else {}
        if missing := [code for code in dict.fromkeys(typed) if code.upper() not in found]:
            words = _now("There is no “%(codes)s” here. Take the codes from the list, such as %(example)s.")
            raise ValidationError(words % {"codes": "”, “".join(missing), "example": self._example()})
        return in_order(found.values())

    def _example(self) -> str:
        row = self.rows.order_by("pk").first()
        return row.code if row else "–"


def in_order(rows: Iterable[Any]) -> list[Any]:
    """Links have no order of their own: always in the same one, two of them can be compared."""
    return sorted(rows, key=lambda row: row.pk)


def _one_of(codes: list[str]) -> str:
    return "^(" + "|".join(re.escape(code) for code in codes) + ")$"


class LinkingForm(EntryForm):
    """A form with fields of codes. What is linked and hidden from the reader stays linked, and is not shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self._of_codes():
            field.rows = self._seen(name)

    def _of_codes(self) -> list[tuple[str, CodesField]]:
        return [(name, field) for name, field in self.fields.items() if isinstance(field, CodesField)]

    def standing(self, row: Any) -> dict[str, Any]:
        found = super().standing(row)
        for name in self._many():
            seen = self._seen(name).filter(pk__in=getattr(row, name).all())
            found[name] = in_order(seen) if isinstance(self.base_fields.get(name), CodesField) else seen
        return found

    def values(self) -> dict[str, Any]:
        found = super().values()
        for name in self._many() & set(found) if self.row else ():
            found[name] = [*found[name], *getattr(self.row, name).exclude(pk__in=self._seen(name))]
        return found

    def _many(self) -> set[str]:
        return {field.name for field in self.model._meta.many_to_many}

    def _seen(self, name: str) -> Any:
        rows: Any = self.model._meta.get_field(name).related_model
        return rows._default_manager.visible_to(self.reader)

    def effects(self) -> list[Effect]:
        """What the codes stand for, where they are others than those that are linked."""
        return [
            Effect(field.label, _listed(self.initial.get(name)), _listed(self.cleaned_data[name]))
            for name, field in self._of_codes()
            if name in self.cleaned_data and self.cleaned_data[name] != (self.initial.get(name) or [])
        ]


def _listed(rows: Iterable[Any] | None) -> str | None:
    return "; ".join(f"{row.code} {row.title}" for row in rows or ()) or None


class MeetingForm(EntryForm):
    model = Meeting
    shown: tuple[str, ...] = ("title_ko", "title_en", "kind", "meets_on", "place", "chair", "participants", "tier")
    labels = {"tier": _("Classification")}
    hints = {
        "meets_on": _("The planned day. That it was held is said afterwards, with the minutes."),
        "chair": _("Leave empty where no ministry is in the chair."),
        "tier": _("Who may read the meeting with its agenda, minutes and decisions."),
    }
    record, change = staticmethod(plan_meeting), staticmethod(change_meeting)

    def __init__(self, data: Any = None, *, reader: Any, row: Any = None, above: Any = None) -> None:
        if row and row.status == MeetingStatus.HELD:
            self.shown = (*self.shown, "minutes")
            self.hints = self.hints | {"meets_on": _("The day on which it was held.")}
        super().__init__(data, reader=reader, row=row, above=above)
        self.fields["source"].required = False


class MoveMeetingForm(MoveForm):
    """That it was held: on which day, and what was said."""

    model, moves, column_of_state = Meeting, MEETING_MOVES, "status"
    meets_on = DayField(label=pgettext_lazy("meeting", "Date"), required=False)
    minutes = forms.CharField(label=_("Minutes"), required=False, widget=forms.Textarea(attrs={"rows": 8}))
    hints = MoveForm.hints | {
        "meets_on": _("The day on which it was held, or is now planned."),
        "minutes": _("Only of a meeting that was held; they can be added and mended later."),
    }
    labels = MoveForm.labels | {"reason": _("Reason (needed unless it was held)")}
    change = staticmethod(move_meeting)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False
        self.fields["reason"].is_needed = True  # type: ignore[attr-defined]

    def standing(self, row: Any) -> dict[str, Any]:
        return super().standing(row) | {"meets_on": row.meets_on}


class AgendaItemForm(LinkingForm):
    model, parent = AgendaItem, "meeting"
    shown = ("position", "title_ko", "title_en", "measures", "milestones")
    measures = CodesField(label=_("Measures that it is about"))
    milestones = CodesField(label=_("Milestones that it is about"))
    has_source = False
    record, change = staticmethod(add_agenda_item), staticmethod(change_agenda_item)

    def proposed(self) -> dict[str, Any]:
        last = self.above.agenda.order_by("-position").first()
        return {"position": last.position + 1 if last else 1}


class DecisionForm(LinkingForm):
    """A decision of the meeting in the address, with its follow-up."""

    model, parent = Decision, "meeting"
    shown = (
        "agenda_item", "text_ko", "text_en", "decided_on", "ministry", "office", "due_on", "milestones", "risks",
        "tier",
    )  # fmt: skip
    milestones = CodesField(label=_("Milestones of the follow-up"))
    labels = {"tier": _("Classification")}
    hints = {
        "text_ko": OWN_WORDS,
        "due_on": _("The day by which it must be carried out; later it is shown as late."),
        "risks": _("Risks that waited for this decision: they wait no longer."),
    }
    record, change = staticmethod(record_decision), staticmethod(change_decision)

    def __init__(self, data: Any = None, *, reader: Any, row: Any = None, above: Any = None) -> None:
        super().__init__(data, reader=reader, row=row, above=above)
        self.fields["source"].required = False
        for name in ("agenda_item", "risks"):  # nothing to choose from is no question
            if name in self.fields and not self.fields[name].queryset.exists():  # type: ignore[attr-defined]
                del self.fields[name]

    @property
    def meeting(self) -> Meeting:
        return self.above or self.row.meeting

    def proposed(self) -> dict[str, Any]:
        return {"decided_on": self.meeting.meets_on, "tier": self.meeting.tier}

    def offered(self, name: str, rows: Any) -> Any:
        if name == "agenda_item":
            return rows.filter(meeting=self.meeting)
        if name == "risks":
            waiting = rows.filter(state__in=LIVE_RISKS, decide_by__isnull=False)
            return rows.filter(pk__in=self.row.risks.all()) | waiting if self.row else waiting
        return rows

    def cautions(self) -> list[Caution]:
        if self.cleaned_data.get("due_on") or self.cleaned_data.get("milestones"):
            return []
        words = _now("Without a day or a milestone nobody sees whether it is carried out in time.")
        return [Caution("due_on", words)] if self.cleaned_data.get("text_ko") else []


class MoveDecisionForm(MoveForm):
    """What was done, and when."""

    model, moves = Decision, DECISION_MOVES
    done_on = DayField(label=_("Done on (needed where it is done)"), required=False)
    hints = {"reason": REASON_HINT}
    change = staticmethod(move_decision)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_on"].is_needed = True  # type: ignore[attr-defined]
