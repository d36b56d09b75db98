"""The glossary page, and the one entry that a term opens in place."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _

from common import glossary
from common.pages import Page, is_fragment

TERM_BOX = "term"


class Glossary(Page):
    """All entries, or those that hold the words of `q`; asked by htmx for a `term`, that entry alone."""

    title = _("Glossary")
    lede = _("Words of the ministries and of this application, in both languages, with their source.")
    template_name = "strategy/glossary.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = self._entry() if is_fragment(request, TERM_BOX) else super().get(request, *args, **kwargs)
        patch_vary_headers(response, ["HX-Request"])
        return response

    def _entry(self) -> HttpResponse:
        entry = glossary.entries().get(self.request.GET.get("term", ""))
        if entry is None:
            raise Http404
        return self.response_class(
            request=self.request, template="strategy/glossary.html#entry", context={"entry": entry, "in_place": True}
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = self.request.GET.get("q", "").strip()
        found = [entry for entry in glossary.entries().values() if entry.says(words)]
        return super().get_context_data(
            **{"words": words, "groups": glossary.grouped(found), "count": len(found)} | kwargs
        )
