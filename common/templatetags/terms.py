"""How a word leads to its entry of the glossary: in place where scripts run, else on the glossary's page."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from common.glossary import Entry, entries, entry_of

register = template.Library()


@register.filter
def term(label: Any) -> Any:
    """A label as the way to its entry; the label alone where the glossary has none."""
    entry = entry_of(label)
    return label if entry is None else _link(entry, label)


@register.simple_tag
def term_mark(label: Any = "", key: str = "") -> SafeString:
    """A small question mark beside a label that is itself a link or a badge; nothing where there is no entry."""
    entry = entries().get(key) if key else entry_of(label)
    if entry is None:
        return SafeString("")
    words = _("What “%s” means") % (label or local_name(entry))
    mark = format_html('<span aria-hidden="true">?</span><span class="sr-only">{}</span>', words)
    return format_html('<a class="term term-mark" data-term href="{}">{}</a>', address(entry), mark)


@register.simple_tag
def table_terms(labels: Iterable[Any]) -> SafeString:
    """The words of a table's heads by themselves: for narrow screens, where a table has no heads."""
    found = {entry.key: (entry, label) for label in labels if (entry := entry_of(label))}
    if not found:
        return SafeString("")
    links = format_html_join("", "<li>{}</li>", ((_link(*pair),) for pair in found.values()))
    head = _("What the words of this table mean")
    return format_html('<div class="table-terms"><p>{}</p><ul>{}</ul></div>', head, links)


@register.filter
def heads(columns: Iterable[Any]) -> list[Any]:
    return [column.head for column in columns]


@register.filter
def address(entry: Entry) -> str:
    """Where the entry stands: by itself for htmx, at its anchor on the page."""
    return f"{reverse('glossary')}?term={entry.key}#{entry.key}"


@register.filter
def local_name(entry: Entry) -> str:
    return entry.words[0].name


def _link(entry: Entry, label: Any) -> SafeString:
    return format_html('<a class="term" data-term href="{}">{}</a>', address(entry), label)


@register.simple_tag
def light_term(light: str | None) -> SafeString:
    """The question mark beside a computed light."""
    return term_mark(key=f"light-{light}")


@register.simple_tag
def schedule_term(light: str) -> SafeString:
    """The question mark beside a milestone's schedule light."""
    return term_mark(key=light.replace("_", "-"))


@register.simple_tag
def strength_term(strength: str) -> SafeString:
    """The question mark beside how firmly a commitment was made."""
    return term_mark(key=f"strength-{strength}")


@register.simple_tag
def verdict_term(verdict: str) -> SafeString:
    """The question mark beside what became of a commitment."""
    return term_mark(key=f"verdict-{verdict}")


@register.simple_tag
def state_term(state: str) -> SafeString:
    """The question mark beside a milestone's state."""
    return term_mark(key=f"state-{state}")
