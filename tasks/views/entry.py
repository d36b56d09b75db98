"""Pages on which rows are entered and changed, one by one. What is asked, the form says; who may, the rules say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import FieldDoesNotExist
from django.urls import URLPattern, path, resolve, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.entry import FormPage
from common.pages import Crumb, DetailPage
from tasks.models import Measure
from tasks.permissions import Denied, may, recordable
from tasks.views import base

CHANGE = pgettext_lazy("button", "Change")


@dataclass(frozen=True)
class Offer:
    """A button that leads to a form: its words, its address, and the verb that who sees it may."""

    label: Any
    url_name: str
    verb: str = "record"


@dataclass(frozen=True)
class Door:
    label: Any
    url: str


def doors(user: Any, row: Any, offers: Sequence[Offer], lookup: str = "") -> list[Door]:
    """Those of the offers that the user may; `row` is the row they are about, or the noun of a new one."""
    answers = {verb: bool(may(user, verb, row)) for verb in {offer.verb for offer in offers}}
    args = [getattr(row, lookup)] if lookup else []
    return [Door(offer.label, reverse(offer.url_name, args=args)) for offer in offers if answers[offer.verb]]


class EntryPage(FormPage):
    """Asks `may(user, verb, subject)`; for a node of the tree the verb is `plan`, for a row `record`."""

    verb = "record"

    def subject(self) -> Any:
        return self.row() or self.above()

    def refusal(self) -> str:
        answer = may(base.reader(self.request), self.verb, self.subject())
        return answer.reason if isinstance(answer, Denied) else ""

    @property
    def noun(self) -> Any:
        return self.form_class.model._meta

    def said(self, form: Any, done: Any) -> str:
        return f"{capfirst(self.noun.verbose_name)} – {done}"


def way_to(row: Any) -> list[Crumb]:
    """To the page of a row, over its list where that page names one."""
    address = row.get_absolute_url()
    listed = getattr(getattr(resolve(urlsplit(address).path).func, "view_class", None), "parent", None)
    return [*([listed] if listed else []), Crumb(str(row), address)]


class New(EntryPage):
    """A new row that hangs on nothing yet: its form asks for the measure, if it hangs on one."""

    listed = ""  # URL name of the list
    submit = gettext_lazy("Add")

    def subject(self) -> Any:
        return self.form_class.model

    def get_title(self) -> str:
        return _("Add: %s") % self.noun.verbose_name

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(capfirst(self.noun.verbose_name_plural), self.listed), Crumb(self.get_title())]

    def refusal(self) -> str:
        refused = super().refusal()
        if refused or not self._asks_for_measure():
            return refused
        own = recordable(base.reader(self.request), Measure.objects.visible_to(self.request.user))
        return "" if own.exists() else _("Your ministry leads no measure that this could hang on.")

    def _asks_for_measure(self) -> bool:
        try:
            return self.noun.get_field("measure") is not None
        except FieldDoesNotExist:
            return False

    def act(self, form: Any) -> Any:
        return form.record(by=base.reader(self.request), **form.values())

    def target(self, done: Any) -> str:
        return done.get_absolute_url() if done else reverse(self.listed)


class NewBelow(EntryPage, DetailPage):
    """A new row below the one that the address names (`model`, `lookup`)."""

    model: Any = None
    submit = gettext_lazy("Add")

    def above(self) -> Any:
        return self.object

    def get_title(self) -> str:
        return _("Add: %s") % self.noun.verbose_name

    @property
    def lede(self) -> str:  # type: ignore[override]
        """What the new row is about."""
        return str(self.object)

    def get_crumbs(self) -> list[Crumb]:
        return [*way_to(self.object), Crumb(self.get_title())]

    def act(self, form: Any) -> Any:
        return form.record(by=base.reader(self.request), **form.place(), **form.values())

    def target(self, done: Any) -> str:
        """The new row's own page, where it has one; else the page that it was entered from."""
        return done.get_absolute_url() if hasattr(done, "get_absolute_url") else self.object.get_absolute_url()


class Change(EntryPage, DetailPage):
    """A row as it stands, with what is to be different, and why."""

    model: Any = None
    submit = gettext_lazy("Save the change")
    short = pgettext_lazy("button", "Change")  # its name among the crumbs

    def row(self) -> Any:
        return self.object

    def get_title(self) -> str:
        return _("Change: %s") % self.object

    @property
    def home(self) -> Any:
        """The row whose page shows it: itself, or the one that it hangs on."""
        row = self.object
        return row if hasattr(row, "get_absolute_url") else getattr(row, self.form_class.parent)

    def get_crumbs(self) -> list[Crumb]:
        return [*way_to(self.home), Crumb(str(self.short))]

    def act(self, form: Any) -> Any:
        data = form.cleaned_data
        form.change(
            self.object,
            by=base.reader(self.request),
            reason=data["reason"],
            expected_version=data["version"],
            **form.values(),
        )
        return self.object

    def target(self, done: Any) -> str:
        return self.home.get_absolute_url()


class NewNode(NewBelow):
    verb = "plan"


class ChangePlan(Change):
    """Re-weight, move, re-baseline, re-assign, cancel: a dated change of a node's plan."""

    verb = "plan"

    def get_title(self) -> str:
        return _("Change the plan: %s") % self.object


class TakeBack(Change):
    """Takes a row back or away; its form has only the reason."""

    @property
    def short(self) -> str:  # type: ignore[override]
        return str(self.submit)

    def act(self, form: Any) -> Any:
        return form.change(self.object, by=base.reader(self.request), reason=form.cleaned_data["reason"]) or self.object


class RemoveDependency(TakeBack):
    submit = gettext_lazy("Remove the dependency")

    def prepare(self, rows: Any) -> Any:
        return rows.select_related("predecessor", "successor__measure")

    def get_title(self) -> str:
        return _("%(successor)s no longer waits for %(predecessor)s") % {
            "successor": self.object.successor.title,
            "predecessor": self.object.predecessor.title,
        }


class WithdrawEntry(TakeBack):
    submit = gettext_lazy("Withdraw the entry")
    lede = gettext_lazy("It stays on record and no longer counts; what was entered before it stands again.")

    def get_title(self) -> str:
        return _("Withdraw: %s") % self.object


def entry_path(route: str, view: Any, form: Any, name: str, model: Any = None, **options: Any) -> URLPattern:
    """The address of a form: about the row of `model` that it names, or about nothing yet."""
    if lookup := route.partition(":")[2].partition(">")[0]:
        options |= {"model": model or form.model, "lookup": lookup}
    return path(route, view.as_view(form_class=form, **options), name=name)


def below_path(route: str, form: Any, name: str, model: Any) -> URLPattern:
    return entry_path(route, NewBelow, form, name, model)


def noun_paths(plural: str, name: str, form: Any, lookup: str = "key") -> list[URLPattern]:
    """The forms of a noun: a change, and a new row where it does not hang on a row that has a page of its own."""
    kind = "uuid" if lookup == "uuid" else "str"
    change = entry_path(f"{plural}/<{kind}:{lookup}>/change/", Change, form, f"{name}-change")
    listed = f"{form.model._meta.app_label}:{name}-list"
    return [change] if form.parent else [entry_path(f"{plural}/new/", New, form, f"{name}-new", listed=listed), change]
