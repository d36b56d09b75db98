"""Every named address of the site, and the view behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    name: str
    route: str
    view: Any
    arguments: tuple[str, ...]


def addresses() -> list[Address]:
    """Those of `strategy.urls`, third-party ones included; a pattern without a name has the name ""."""
    return list(_walk(get_resolver(), (), "", ()))


def _walk(resolver: Any, namespaces: tuple[str, ...], route: str, arguments: tuple[str, ...]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        below = route + str(pattern.pattern)
        taken = (*arguments, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern, inner, below, taken)
        elif isinstance(pattern, URLPattern):
            view = pattern.callback
            found = getattr(view, "view_class", None) or getattr(view, "cls", None) or view
            yield Address(":".join([*namespaces, pattern.name or ""]), below, found, taken)


def value_of(row: Any, key: str) -> Any:
    """What an address of a row says for one of its arguments."""
    if key == "slice":  # of figures, in the address of what is told of them
        return row._meta.model_name
    if key == "label":  # of any noun
        return row._meta.label_lower
    return row.uuid if key == "id" else getattr(row, key)


def views_of_nouns() -> dict[str, Any]:
    """The views of the API that stand for a model, by address name."""
    return {
        a.name: a.view
        for a in addresses()
        if a.route.startswith("api/v1/") and getattr(a.view, "queryset", None) is not None
    }
