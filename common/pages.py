"""Bases of the pages: a page, a list that starts from what the reader may see, the page of one row.

class SupplyItems(ListPage):
    model, columns, filterset_class = SupplyItem, tables.SUPPLY_ITEMS, filters.SupplyItemFilter
    title = caption = _("Supply items")

    def prepare(self, rows):
        return rows.select_related("measure")

class SupplyItemPage(DetailPage):
    model, lookup, template_name = SupplyItem, "key", "ecosystem/supply_item.html"
    parent = Crumb(_("Supply items"), "ecosystem:supply-items")
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy
from django.views.generic import TemplateView

from common import exports, past
from common.lookup import named
from common.parameters import number_allowed, unknown, whole_number
from common.sheets import sheet_of
from common.tables import Column, Table, sort, sortable

__all__ = ["Column", "Crumb", "DetailPage", "ListPage", "Page", "Table"]

LIST_TARGET = "list"
# What the address of every list may say, beside its filters.
PARAMETERS = ("sort", "page", "format")


@dataclass(frozen=True)
class Crumb:
    """A step of the breadcrumb: `address` is a URL name or a path; the page itself has none."""

    label: Any
    address: str = ""

    @property
    def url(self) -> str:
        if not self.address or self.address.startswith("/"):
            return self.address
        try:
            return reverse(self.address)
        except NoReverseMatch:
            return ""


class Page(TemplateView):
    """A page with a title and its place in the site. Templates extend `common/page.html`."""

    title: Any = ""
    lede: Any = ""
    parent: Crumb | None = None
    model: type[Model] | None = None

    def get_title(self) -> str:
        return str(self.title)

    def get_crumbs(self) -> list[Crumb]:
        return [*([self.parent] if self.parent else []), Crumb(self.get_title())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{
                "title": self.get_title(),
                "lede": self.lede,
                "crumbs": self.get_crumbs(),
                "is_of_today": self.is_of_today(),
            }
            | kwargs
        )

    def is_of_today(self) -> bool:
        """Whether a page of the past shows rows that have no past, and must say so."""
        return past.current() is not None and self.model is not None and not past.is_dated(self.model)


class ListPage(Page):
    """A list of one noun: filters, order and page stand in the address; `?format=csv|xlsx` is the same as a file.

    Set `model`, `columns`, `title`; where they fit `filterset_class`, `caption`, `page_size`, `tabs`,
    `empty_title`, `empty_hint`. Override `prepare` to join what the columns show, `shown` to add to a few rows
    at a time what no query joins, `narrowed_hint` to say where to look when nothing fits the filters.
    """

    model: type[Model]  # type: ignore[assignment]
    columns: Sequence[Column] = ()
    filterset_class: Any = None
    parameters: Sequence[str] = ()  # what else its address may say
    caption: Any = ""
    empty_title: Any = gettext_lazy("Nothing here yet")
    empty_hint: Any = gettext_lazy("No published source has given any, or none that you may see.")
    empty_then: Any = gettext_lazy("By this day nothing of this had been announced or recorded, as far as you may see.")
    page_size = 50
    tabs: Sequence[tuple[Any, str]] = ()
    template_name = "common/list_page.html"

    def prepare(self, rows: QuerySet) -> QuerySet:
        """Join and annotate what the columns need; visibility has been seen to."""
        return rows

    def shown(self, rows: list[Any]) -> list[Any]:
        """Rows of one page, or a part of an export, with what else their columns show."""
        return rows

    def get_empty_hint(self) -> Any:
        """On a past day, of rows that have a past, what that day says: sources may have given some since."""
        return self.empty_hint if past.current() is None or self.is_of_today() else self.empty_then

    def narrowed_hint(self) -> Any:
        """What to say, beside the way out, where nothing fits the filters; "" where that is all."""
        return ""

    def visible(self) -> QuerySet:
        return self.prepare(self.model._default_manager.visible_to(self.request.user))  # type: ignore[attr-defined]

    @cached_property
    def filterset(self) -> Any:
        if self.filterset_class is None:
            return None
        return self.filterset_class(self.request.GET, queryset=self.visible(), request=self.request)

    @cached_property
    def unread(self) -> list["Unread"]:
        """What the address asks for and nobody understands: a filter, the order, a name."""
        form = self.filterset.form if self.filterset else ()
        found = [Unread(field.html_name, field.label, error) for field in form for error in field.errors]
        known = [*(self.filterset.filters if self.filterset else ()), *self.parameters, *PARAMETERS]
        found += [Unread(name, name, words) for name, words in unknown(self.request.GET, known).items()]
        wanted, names = self.request.GET.get("sort", ""), sortable(self.columns)
        if wanted and wanted.removeprefix("-") not in names:
            words = {"value": wanted, "codes": ", ".join(names)}
            allowed = gettext("“%(value)s” is not known here. Known: %(codes)s; a minus in front turns one round.")
            found.append(Unread("sort", gettext("Order"), allowed % words))
        return found

    @cached_property
    def rows(self) -> QuerySet:
        """Visible, narrowed, sorted. What cannot be read is told, and no row is shown."""
        if self.unread:
            return self.visible().none()
        found = self.filterset.qs if self.filterset else self.visible()
        return sort(found, self.columns, self.request.GET.get("sort", ""))

    def rows_again(self) -> QuerySet:
        """The same rows asked for anew, for a file that is written after the page was answered."""
        for name in ("filterset", "rows"):
            self.__dict__.pop(name, None)
        return self.rows

    @cached_property
    def chips(self) -> list["Chip"]:
        return chips(self.request, self.filterset.form) if self.filterset else []

    def asked_page(self) -> tuple[Any, list["Unread"]]:
        """The page that the address asks for, and what cannot be read."""
        pages, asked = Paginator(self.rows, self.page_size), self.request.GET.get("page") or "1"
        number = whole_number(asked, pages.num_pages)
        if number or self.unread:
            return pages.page(number or 1), self.unread
        none = Paginator(self.rows.none(), self.page_size).page(1)
        return none, [Unread("page", gettext("Page"), number_allowed("page", pages.num_pages))]

    def _chips_of(self, unread: list["Unread"]) -> list["Chip"]:
        """Ways out of what is no filter and cannot be read; filters have their own."""
        filters = self.filterset.filters if self.filterset else ()
        asked = self.request.GET
        return [
            Chip(f"{each.label}: {asked[each.name]}", _without(self.request, each.name))
            for each in unread
            if each.name not in filters
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wanted = request.GET.get("format")
        if wanted is None:
            return super().get(request, *args, **kwargs)
        unread = self.unread
        if wanted not in exports.FORMATS:
            words = gettext("There is no format “%s”. Known: csv, xlsx.") % wanted
            unread = [Unread("format", gettext("Format"), words), *unread]
        if unread:
            return self._no_file(unread)
        return cast(HttpResponse, exports.response(sheet_of(self), wanted, past.day()))

    def _no_file(self, unread: list["Unread"]) -> HttpResponse:
        """Says as text, for whoever asked for a file, what cannot be read and where the list without it stands."""
        address = (self.request.path + _without(self.request, *(each.name for each in unread))).removesuffix("?")
        lines = [
            gettext("There is no file of the list “%s”: its address asks for what cannot be read.") % self.get_title(),
            *(f"- {each.label} ({each.name}): {each.allowed}" for each in unread),
            gettext("Correct this in the address, or start from the list without it: %s")
            % self.request.build_absolute_uri(address),
        ]
        return HttpResponse("\n".join(lines) + "\n", status=400, content_type="text/plain; charset=utf-8")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page, unread = self.asked_page()
        caption = self.caption or self.get_title()
        rows = self.shown(list(page.object_list))
        title, hint = ("", self.narrowed_hint()) if self.chips else (self.empty_title, self.get_empty_hint())
        hint = "" if rows else hint
        return super().get_context_data(
            **{
                "filter_form": self.filterset.form if self.filterset else None,
                "chips": [*self.chips, *self._chips_of(unread)],
                "unread": unread,
                "clear_url": self.request.path,
                "table": Table(self.columns, rows, caption, "rows", title, hint, True),
                "page": page,
                "formats": () if unread else exports.FORMATS,
                "tabs": self.get_tabs(),
            }
            | kwargs
        )

    def get_tabs(self) -> list[dict[str, Any]]:
        """The way to the lists beside this one."""
        path = self.request.path
        return [{"label": label, "url": reverse(name), "current": reverse(name) == path} for label, name in self.tabs]

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        if is_fragment(self.request, LIST_TARGET):
            response = self.response_class(
                request=self.request,
                template="common/list_page.html#list",
                context=context,
                using=self.template_engine,
                **kwargs,
            )
        else:
            response = super().render_to_response(context, **kwargs)
        patch_vary_headers(response, ["HX-Request"])
        return response


class DetailPage(Page):
    """The page of one row, found among what the reader may see; anything else answers 404 alike.

    `lookup` is the field and the name in the address: `uuid`, `code`, `slug` or `key`. A name in another case leads
    to the address as the row writes it.
    """

    model: type[Model]
    lookup = "uuid"
    object: Any

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.object = self.get_object()
        name = getattr(self.object, self.lookup)
        if name != kwargs[self.lookup] and request.method in ("GET", "HEAD"):
            match: Any = request.resolver_match
            address = reverse(match.view_name, kwargs=kwargs | {self.lookup: name})
            return redirect(f"{address}?{query}" if (query := request.GET.urlencode()) else address)
        return super().dispatch(request, *args, **kwargs)

    def get_object(self) -> Any:
        rows = self.prepare(self.model._default_manager.visible_to(self.request.user))  # type: ignore[attr-defined]
        row = named(rows, self.lookup, self.kwargs[self.lookup])
        if row is None:
            raise Http404
        return row

    def get_title(self) -> str:
        return str(self.title or getattr(self.object, "title", "") or self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"object": self.object} | kwargs)


@dataclass(frozen=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Unread:
    """A part of the address that cannot be read, and what is allowed."""

    name: str
    label: Any
    allowed: Any


def is_fragment(request: HttpRequest, target: str) -> bool:
    """Whether htmx asks for the part of the page with this id."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and htmx.target == target


def chips(request: HttpRequest, form: Any) -> list[Chip]:
    return [_chip(request, field) for field in form if field.value() not in (None, "", [], False)]


def _chip(request: HttpRequest, field: BoundField) -> Chip:
    return Chip(f"{capfirst(field.label)}: {_chosen(field)}", _without(request, field.html_name))


def _without(request: HttpRequest, *names: str) -> str:
    query = request.GET.copy()
    for name in (*names, "page", "format"):
        query.pop(name, None)
    return f"?{query.urlencode()}"


def _chosen(field: BoundField) -> str:
    """The words of the choice, else what was typed."""
    value = field.value()
    values = {str(item).lower() for item in (value if isinstance(value, list | tuple) else [value])}
    choices = getattr(field.field.widget, "choices", ())
    labels = [str(label) for key, label in choices if str(key).lower() in values]
    return ", ".join(labels) or str(value)
