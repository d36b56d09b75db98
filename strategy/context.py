"""What every page gets: the site's face, its navigation and the panels of the domains."""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from accounts.models import Role
from common.tiers import clearance_of
from strategy.domains import DOMAINS
from tasks.models import StrategicTask


@dataclass(frozen=True)
class Entry:
    """A place in the navigation; `current` marks where the reader is."""

    label: Any
    url: str = ""
    current: bool = False
    children: tuple["Entry", ...] = ()
    end: bool = False


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "official_site": settings.OFFICIAL_SITE,
        "demo_mode": settings.DEMO_MODE,
        # Fragments do not draw it: it is read only by the page that does.
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "panels": {domain.slug: domain.panels for domain in DOMAINS},
    }


def navigation(request: HttpRequest) -> list[Entry]:
    """The entries that this reader may open; none before sign-in."""
    if not clearance_of(request.user):
        return []
    entries = [
        _place(_("Overview"), "overview"),
        Entry(_("Six tasks"), _address("tasks:strategic-tasks"), children=_tasks(request)),
        _place(_("Milestones"), "tasks:milestones"),
        _place(_("Commitments"), "tasks:commitments"),
        _place(_("Budget"), "tasks:budget-lines"),
        _place(_("Bills"), "tasks:bills"),
        _place(_("Indicators"), "tasks:indicators"),
        _place(_("Ministries"), "tasks:ministries"),
        *_by_role(request),
    ]
    return [_marked(entry, request.path) for entry in entries if entry.url]


def _tasks(request: HttpRequest) -> tuple[Entry, ...]:
    rows = StrategicTask.objects.visible_to(request.user)
    return tuple(Entry(f"{task.number}. {task.title}", task.get_absolute_url()) for task in rows)


def _by_role(request: HttpRequest) -> list[Entry]:
    user: Any = request.user
    entries = []
    if user.is_authenticated and user.has_role(Role.STAFF, Role.APPROVER, Role.COORDINATOR):
        entries.append(_place(_("My work"), "tasks:my-work"))
    data = _place(_("Data & API"), "data")
    entries += [data if data.url else _place(_("Data & API"), "api-docs"), _place(_("Glossary"), "glossary")]
    return [replace(entries[0], end=True), *entries[1:]]


def _place(label: str, name: str) -> Entry:
    return Entry(label, _address(name))


def _address(name: str) -> str:
    """The address of a page; "" where this installation has none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _marked(entry: Entry, path: str) -> Entry:
    children = tuple(_marked(child, path) for child in entry.children)
    is_here = path == entry.url or (entry.url != "/" and path.startswith(entry.url))
    return replace(entry, children=children, current=is_here or any(child.current for child in children))
