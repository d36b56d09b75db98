"""Entering and changing one row in the browser: the base of the forms, and the page around one.

    class TenantForm(EntryForm):
        model, parent = Tenant, "complex"
        shown = ("name_ko", "name_en", "announced_investment_won")
        record, change = staticmethod(create_tenant), staticmethod(change_tenant)

Forms parse and present; the page calls the one action that they name.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.cautions import Caution
from common.errors import DomainError, Forbidden, Stale, add_to_form
from common.forms import WonField, field_of
from common.order import in_readers_order
from common.pages import Page
from common.records import Sourced
from common.templatetags.display import day_text, won_full

UNPROCESSABLE = 422
# What stands in a list where nothing is chosen: in a field that needs an answer, and in others.
EMPTY = {True: gettext_lazy("Choose"), False: gettext_lazy("Not chosen")}
SOURCE_HINT = gettext_lazy("A document with its number and date, or a web address. Whoever sees the record sees it.")


@dataclass(frozen=True)
class Effect:
    """One line of what would change: what it is, what stands now, what would stand then."""

    label: Any
    stands: Any
    typed: Any


class EntryForm(forms.Form):
    """What is typed about one row of `model`: the columns in `shown`, source and note; of a change also the reason.

    `record` is the action for a new row, below the row that its argument `parent` takes; `change` the
    one for a row that stands. A new row brings its public id along, so that sending twice makes one row;
    a change brings the version that was seen.
    """

    model: Any
    shown: tuple[str, ...] = ()
    parent: str = ""
    fixed: tuple[str, ...] = ()  # said once, and not changed later
    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}
    needed: tuple[str, ...] = ()
    record: Callable[..., Any] | None = None
    change: Callable[..., Any] | None = None
    has_source: bool = True

    def __init__(self, data: Any = None, *, reader: Any, row: Any = None, above: Any = None) -> None:
        self.reader, self.row, self.above = reader, row, above
        super().__init__(data, initial=self.standing(row) if row else self.proposed())
        declared, names = self.fields, [name for name in self.shown if row is None or name not in self.fixed]
        self.fields = {name: declared.get(name) or field_of(self.column(name)) for name in names}
        self.fields |= {name: field for name, field in declared.items() if name not in self.shown}
        self._add_provenance()
        self._add_context()
        for name, field in self.fields.items():
            field.label = self.labels.get(name) or field.label
            field.help_text = self.hints.get(name) or field.help_text
            field.required = field.required or name in self.needed
            if isinstance(field, forms.TypedChoiceField):
                choices: Any = field.choices
                field.choices = [(key, EMPTY[field.required] if key == "" else label) for key, label in choices]
        self._offer_visible_rows()

    def column(self, name: str) -> Any:
        """The column that a field stands for."""
        return self.model._meta.get_field(name)

    def proposed(self) -> dict[str, Any]:
        """What a new row's form is filled with."""
        return {}

    def place(self) -> dict[str, Any]:
        """Where a new row hangs, as arguments of `record`."""
        return {self.parent: self.above} if self.parent else {}

    def _add_provenance(self) -> None:
        if self.has_source and issubclass(self.model, Sourced):
            area = forms.Textarea(attrs={"rows": 2})
            missing = {"required": _("Say where it stands: a document or an address.")}
            self.fields["source"] = forms.CharField(
                label=_("Source"), help_text=SOURCE_HINT, widget=area, error_messages=missing
            )
            self.fields["source_note"] = forms.CharField(label=_("Note on the source"), required=False, widget=area)

    def _add_context(self) -> None:
        if self.row is None:
            self.fields["uuid"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
            return
        area, missing = forms.Textarea(attrs={"rows": 2}), {"required": _("Enter the reason of the change.")}
        hint = _("It is shown in the history beside the change.")
        self.fields["reason"] = forms.CharField(
            label=_("Reason for the change"), help_text=hint, widget=area, error_messages=missing
        )
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=self.row.version)

    def _offer_visible_rows(self) -> None:
        """Choices are what the reader may see; a row in force that is hidden keeps its place and is not shown."""
        for name, field in list(self.fields.items()):
            if not isinstance(field, forms.ModelChoiceField):
                continue
            if field.empty_label is not None:
                field.empty_label = EMPTY[field.required]  # type: ignore[assignment]
            target: Any = self._target(name)
            rows = target._default_manager.visible_to(self.reader)
            field.queryset = self.offered(name, rows)
            stands = self.initial.get(name)
            if isinstance(stands, models.Model) and not rows.filter(pk=stands.pk).exists():
                del self.fields[name]
            elif isinstance(stands, models.Model):
                field.queryset = field.queryset | rows.filter(pk=stands.pk)
            field.queryset = in_readers_order(field.queryset)

    def _target(self, name: str) -> Any:
        return self.column(name).related_model

    def offered(self, name: str, rows: Any) -> Any:
        """The rows among the visible ones that this field offers."""
        return rows

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        found = super().get_initial_for_field(field, field_name)
        if isinstance(found, models.Model):
            return found.uuid  # type: ignore[attr-defined]
        return [row.uuid for row in found] if isinstance(found, models.QuerySet) else found

    def standing(self, row: Any) -> dict[str, Any]:
        """What stands now, by field."""
        names = [*self.shown, *(("source", "source_note") if self.has_source else ())]
        found = {name: getattr(row, name) for name in names if hasattr(row, name)}
        return {name: value.all() if isinstance(value, models.Manager) else value for name, value in found.items()}

    def values(self) -> dict[str, Any]:
        """What the action takes. Valid forms only; of a change only what was changed."""
        typed = self.cleaned_data
        if self.row is None:
            return dict(typed)
        context = ("reason", "version")
        return {n: v for n, v in typed.items() if n not in context and not _same(v, self.initial.get(n))}

    def cautions(self) -> list[Caution]:
        """What should be thought of before this is recorded. It may be half filled in."""
        return []

    def effects(self) -> list[Effect]:
        """What would be different. It may be half filled in."""
        return []

    def preview(self) -> dict[str, Any]:
        """What was understood, before anything is recorded."""
        self.is_valid()
        read = [
            (self[name].label, won_full(won))
            for name, won in self.cleaned_data.items()
            if isinstance(self.fields[name], WonField) and won is not None
        ]
        return {"read": read, "effects": self.effects(), "cautions": self.cautions()}

    def compared(self, now: Any) -> list[Effect]:
        """Both versions side by side, where they differ: what stands by now, and what was typed."""
        stands = self.standing(now)
        return [
            Effect(self[name].label, self.words(name, stands[name]), self.words(name, self.cleaned_data.get(name)))
            for name in self.fields
            if name in stands and not _same(stands[name], self.cleaned_data.get(name))
        ]

    def words(self, name: str, value: Any) -> Any:
        """A value as a reader sees it."""
        field = self.fields[name]
        if isinstance(field, WonField):
            return None if value is None else won_full(value)
        if isinstance(value, date):
            return day_text(value)
        if isinstance(value, Iterable) and not isinstance(value, str):
            labels = dict(field.choices) if type(field) is forms.MultipleChoiceField else {}  # type: ignore[arg-type]
            return ", ".join(str(labels.get(each, each)) for each in value)
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            return dict(field.choices).get(value, value)  # type: ignore[arg-type]
        return value if value is None or isinstance(value, models.Model) else field.prepare_value(value)

    def on_top_of(self, now: Any) -> "EntryForm":
        """The same form as typed, now about what stands: sent once more, it is meant."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = str(now.version)
        renewed = type(self)(data, reader=self.reader, row=now, above=self.above)
        renewed.is_valid()
        for error in self.errors.get(NON_FIELD_ERRORS, []):
            renewed.add_error(None, error)
        return renewed


def _same(one: Any, other: Any) -> bool:
    rows = [set(each) if isinstance(each, models.QuerySet) else each for each in (one, other)]
    return rows[0] == rows[1] or (not one and not other and 0 not in (one, other))


class FormPage(Page):
    """A page with one form. Who may not sees why (403); a refusal shows the form as it was typed (422, stale 409).

    Override `act`, which calls the action; `refusal`, `target` and `said` where the defaults do not fit.
    """

    form_class: Any = None
    template_name = "common/form_page.html"
    submit: Any = gettext_lazy("Record")
    recorded: Any = gettext_lazy("Recorded:")
    compared: list[Effect] | None = None

    def refusal(self) -> str:
        """Why the reader may not; empty for those who may."""
        return ""

    def row(self) -> Any:
        """The row that is changed; None for a new one."""
        return None

    def above(self) -> Any:
        """The row that a new one hangs on."""
        return None

    def get_form(self, data: Any = None) -> Any:
        return self.form_class(data, reader=self.request.user, row=self.row(), above=self.above())

    def act(self, form: Any) -> Any:
        """Call the action; what it wrote."""
        raise NotImplementedError

    def target(self, done: Any) -> str:
        """The page to go to; it is also where `cancel` leads, with None."""
        raise NotImplementedError

    def said(self, form: Any, done: Any) -> str:
        return str(done)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._turned_away() or self._shown(self.get_form(), HTTPStatus.OK)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if refused := self._turned_away():
            return refused
        form = self.get_form(request.POST)
        if "preview" in request.POST:
            return render(request, "common/_form_preview.html", form.preview())
        if not form.is_valid():
            return self._shown(form, UNPROCESSABLE)
        try:
            done = self.act(form)
        except DomainError as error:
            return self._refused(form, error)
        words = format_html(
            '{} <a class="link" href="{}">{}</a>', self.recorded, self.target(done), self.said(form, done)
        )
        messages.success(request, words)
        return HttpResponseRedirect(self.target(done))

    def _turned_away(self) -> HttpResponse | None:
        reason = self.refusal()
        return render(self.request, "403.html", {"reason": reason}, status=HTTPStatus.FORBIDDEN) if reason else None

    def _refused(self, form: Any, error: DomainError) -> HttpResponse:
        if (found := self._recorded_before(form, error)) is not None:
            messages.info(self.request, _("This was recorded already; nothing was recorded twice."))
            return redirect(self.target(found))
        add_to_form(error, form)
        if isinstance(error, Stale):
            self.compared = form.compared(error.current)
            form = form.on_top_of(error.current)
        return self._shown(form, error.status if isinstance(error, Stale | Forbidden) else UNPROCESSABLE)

    def _recorded_before(self, form: Any, error: DomainError) -> Any:
        """The row that the same form made when it was sent the first time."""
        if error.field != "uuid":
            return None
        rows = form.model._default_manager.visible_to(self.request.user)
        return rows.filter(uuid=form.cleaned_data["uuid"]).first()

    def _shown(self, form: Any, status: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{"submit": self.submit, "compared": self.compared, "back": self.target(None)} | kwargs
        )
