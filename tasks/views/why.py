"""Why a figure is what it is: beside it in a sheet, or on a page of its own that can be sent."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from common.pages import Crumb, Page, is_fragment
from common.tiers import Tier, clearance_of
from tasks.choices import LeftOut, PartKind, Slice
from tasks.interfaces import Excluded, Explanation, Part
from tasks.models import Measure
from tasks.rollups import explain
from tasks.rollups.named import NamedFigure, code_of, named_figure, part_address, part_named
from tasks.views import base

# The part of the page that the sheet shows.
SHEET = "why-body"
# Of a slice, what narrows the list of milestones to it. Places that measures inherit have no filter.
_SCOPES = {Slice.TASK: "strategic_task", Slice.MEASURE: "below", Slice.MINISTRY: "ministry"}
_LISTS = {LeftOut.WEIGHTLESS: "weightless", LeftOut.UNDATED: "undated", LeftOut.UNREPORTED: "unreported"}


class Why(Page):
    title = _("Why this figure")
    template_name = "tasks/why.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if kwargs["slice"] not in Slice.values or self.figure_named is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def named(self) -> NamedFigure | None:
        strategy = base.strategy_of(self.request).slug if "strategy" in self.request.GET else None
        return named_figure(self.request.user, self.kwargs["id"], slice=self.kwargs["slice"], strategy=strategy)

    def get_crumbs(self) -> list[Crumb]:
        return [*(Crumb(label, address) for label, address in self.above()), Crumb(self.get_title())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        named, tier = self.figure_named, clearance_of(self.request.user)
        after = self.request.GET.get("after")
        found = explain(
            named.slice,
            named.key,
            strategy=named.strategy,
            tier=tier,
            after=part_named(self.request.user, after) if after else None,
        )
        context = {
            "named": named,
            "why": found,
            "figure": found.figure,
            "tier": Tier(tier),
            "above": list(self.above()),
            "address": self.address(named.slice, named.code),
            "following": self.following(found),
            "parts": [(part, self.opens(part)) for part in found.parts],
            "excluded": [(each, self.list_of(each)) for each in found.excluded],
            "is_sheet": is_fragment(self.request, SHEET),
            "strategy": named.strategy,
            "is_announced": base.is_announced(named.strategy),
        }
        return super().get_context_data(**context | kwargs)

    @property
    def figure_named(self) -> NamedFigure:
        if self.named is None:
            raise Http404
        return self.named

    def address(self, slice: str, name: str, **query: str) -> str:
        """Of the explanation of a figure, in the strategy that the address names."""
        if "strategy" in self.request.GET:
            query = {"strategy": self.request.GET["strategy"], **query}
        path = reverse("tasks:why", args=[slice, name])
        return f"{path}?{urlencode(query)}" if query else path

    def opens(self, part: Part) -> str | None:
        """What a part leads to: its own explanation; a milestone to its page. What a node keeps leads nowhere else."""
        if part.kind == PartKind.KEPT:
            return None
        if found := part_address(self.figure_named, part):
            return self.address(*found)
        return None if part.node is None else part.node.get_absolute_url()

    def following(self, found: Explanation) -> str | None:
        """The next parts."""
        if not found.more:
            return None
        named = self.figure_named
        last = next(part.node for part in reversed(found.parts) if part.node is not None)
        return self.address(named.slice, named.code, after=str(last.uuid))

    def list_of(self, excluded: Excluded) -> str | None:
        """The list of the milestones that are left out for a reason, where a list can be narrowed to them."""
        named, known = self.figure_named, LeftOut(excluded.reason)
        slice = Slice.MINISTRY if named.slice == Slice.TASK_MINISTRY else Slice(named.slice)
        if not excluded.milestones or known not in _LISTS or named.node is None:
            return None
        if slice != Slice.STRATEGY and slice not in _SCOPES:
            return None
        scope = {} if slice == Slice.STRATEGY else {_SCOPES[slice]: code_of(named.node)}
        if named.task is not None:
            scope["strategic_task"] = named.task.slug
        return base.milestone_links(**scope)[_LISTS[known]]

    def above(self) -> Iterator[tuple[str, str]]:
        """The figures that this one is a part of, the whole first: label and address of each."""
        named = self.figure_named
        if named.slice == Slice.STRATEGY:
            return
        yield __("Strategy"), self.address(Slice.STRATEGY, named.strategy.slug)
        if named.slice == Slice.MEASURE:
            task = named.node.strategic_task
            yield f"{task.number}. {task.title}", self.address(Slice.TASK, task.slug)
            upwards = Measure.objects.visible_to(self.request.user).filter(pk__in=named.node.path[:-1])
            for measure in upwards.order_by("depth"):
                yield measure.code, self.address(Slice.MEASURE, measure.code)
        elif named.task is not None:
            inner = named.slice.removeprefix("task_")
            label = named.label.removeprefix(f"{named.task.title} × ")
            yield label, self.address(inner, named.code.partition(":")[2])

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        name = "tasks/_why.html" if context["is_sheet"] else self.template_name
        response = self.response_class(
            request=self.request, template=name, context=context, using=self.template_engine, **kwargs
        )
        patch_vary_headers(response, ["HX-Request"])
        return response
