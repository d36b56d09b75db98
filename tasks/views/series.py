"""The course of a figure by month, as a part of the pages of what it is of."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from common.errors import Invalid
from common.tiers import clearance_of
from tasks import charts
from tasks.choices import Slice
from tasks.rollups import series
from tasks.rollups.named import named_figure

SLICES = (Slice.STRATEGY, Slice.TASK, Slice.MEASURE)


class SeriesPanel(TemplateView):
    """A fragment; opened as a page of its own, it leads to the page of what the figure is of."""

    template_name = "tasks/series.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if kwargs["slice"] not in SLICES:
            raise Http404
        self.named = named_figure(request.user, kwargs["id"], slice=kwargs["slice"])
        if self.named is None:
            raise Http404
        if not request.htmx:  # type: ignore[attr-defined]
            node = self.named.node
            found: HttpResponse = redirect(
                "overview" if self.named.slice == Slice.STRATEGY else node.get_absolute_url()
            )
        else:
            found = super().get(request, *args, **kwargs)
        patch_vary_headers(found, ["HX-Request"])
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        named = self.named
        if named is None:
            raise Http404
        try:
            found = series(named.slice, named.key, strategy=named.strategy, tier=clearance_of(self.request.user))
        except Invalid as error:
            return super().get_context_data(**{"refused": error.message} | kwargs)
        title = _("Course by month: %s") % named.label
        context = {
            "chart": charts.course(found),
            "title": title,
            "is_empty": not found.points,
            "curve_at": found.curve_at,
        }
        return super().get_context_data(**context | kwargs)
