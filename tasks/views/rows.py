"""Bases of the domains' pages: the lists of a domain's nouns, the page of a row, the panel on its task's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from common.imports import Importer
from common.pages import Column, DetailPage, ListPage, Table
from common.templatetags.display import tier_badge
from tasks.changes import history_of
from tasks.interfaces import Domain
from tasks.views import base
from tasks.views.entry import Offer, doors


class RowList(ListPage):
    """The list of a noun, with the way to the other nouns of its domain. `joins` are single open relations."""

    domain: Domain
    joins: Sequence[str] = ()
    related: Sequence[str] = ()
    offers: Sequence[Offer] = ()
    importer: Importer | None = None

    def get_title(self) -> str:
        return str(self.title or capfirst(self.model._meta.verbose_name_plural))

    def prepare(self, rows: Any) -> Any:
        return rows.select_related(*self.joins).with_visible(self.request.user, *self.related)

    @property
    def tabs(self) -> list[tuple[Any, str]]:  # type: ignore[override]
        return [(noun.name, noun.list_url_name) for noun in self.domain.nouns]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        offered: list[Any] = [*doors(self.request.user, self.model, self.offers)]
        if self.importer:
            offered += base.import_doors(self.request, self.importer)
        return super().get_context_data(**{"doors": offered} | kwargs)


@dataclass(frozen=True)
class Fact:
    term: Any
    shown: Any
    href: str | None


# What every row has, after its own facts.
TIER = Column("tier", _("Classification"), lambda row: tier_badge(getattr(row, "effective_tier", None)))


class RowPage(DetailPage):
    """The page of a row: its facts, its provenance, and the tables of what hangs on it."""

    lookup = "key"
    offers: Sequence[Offer] = ()
    facts: Sequence[Column] = ()
    joins: Sequence[str] = ()
    related: Sequence[str] = ()
    template_name = "tasks/row_page.html"

    def prepare(self, rows: Any) -> Any:
        return rows.select_related(*self.joins).with_visible(self.request.user, *self.related)

    def tables(self) -> list[Table]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = [*self.facts, *([TIER] if TIER.of(self.object) else [])]
        facts = [Fact(fact.head, fact.show(fact.of(self.object)), fact.href(self.object)) for fact in shown]
        user = self.request.user
        context = {
            "facts": facts,
            "tables": self.tables(),
            "doors": doors(user, self.object, self.offers, self.lookup),
            "history": history_of(self.object, user),
        }
        return super().get_context_data(**context | kwargs)


class RowPanel(TemplateView):
    """A fragment for the task's page: a list in short. Set `model`, `columns`, `caption`, `more` (a URL name).

    Opened as a page of its own, it leads to the full list.
    """

    model: Any
    columns: Sequence[Column] = ()
    caption: Any = ""
    more: str = ""
    joins: Sequence[str] = ()
    related: Sequence[str] = ()
    template_name = "tasks/row_panel.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = super().get(request, *args, **kwargs) if request.htmx else redirect(self.more)  # type: ignore[attr-defined]
        patch_vary_headers(found, ["HX-Request"])
        return found

    def rows(self) -> Any:
        visible = self.model._default_manager.visible_to(self.request.user)
        return visible.select_related(*self.joins).with_visible(self.request.user, *self.related)

    def tables(self) -> list[Table]:
        return [Table(self.columns, self.rows(), self.caption, "panel-rows")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"tables": self.tables()} | kwargs)
