"""What every page gets: the site's face, its navigation and the panels of the domains."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Role
from common import past
from common.tiers import clearance_of
from strategy.domains import DOMAINS
from tasks.models import Milestone, StrategicTask, Strategy
from tasks.views.my_work import to_report_count
from tasks.views.notifications import unread_count
from tasks.views.review import desk_count
from tasks.views.saved_views import links_of

MONTHS = 3


@dataclass(frozen=True)
class Entry:
    """A place in the navigation; `current` marks where the reader is: there, below, or in what `also` belongs to it."""

    label: Any
    url: str = ""
    also: tuple[str, ...] = ()
    current: bool = False
    children: tuple["Entry", ...] = ()
    end: bool = False
    # What waits there: how many, of what, and the id of the number; without an id nothing is counted.
    count: int = 0
    count_of: Any = ""
    counted: str = ""


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "official_site": settings.OFFICIAL_SITE,
        "demo_mode": settings.DEMO_MODE,
        "reading": past.current(),
        "off_record": SimpleLazyObject(lambda: off_record(request)),
        "today": timezone.localdate(),
        "days": SimpleLazyObject(lambda: days_on_offer(request)),
        # Fragments do not draw it: it is read only by the page that does.
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "unread_notices": SimpleLazyObject(lambda: unread_count(request)),
        "saved_views": SimpleLazyObject(lambda: links_of(request)),
        "account_menu": SimpleLazyObject(lambda: account_menu(request)),
        "panels": {domain.slug: domain.panels for domain in DOMAINS},
        "nouns": {domain.slug: domain.nouns for domain in DOMAINS},
    }


@dataclass(frozen=True)
class OffRecord:
    """Of the milestones that a day has as it is known today (`whole`), how many were not on record then (`missing`)."""

    missing: int
    whole: int


def off_record(request: HttpRequest) -> OffRecord:
    """Of a reading as known then, whose progress reads high: what is done is known earlier than what is open."""
    asked = past.current()
    if asked is None or asked.known_at is None:
        return OffRecord(0, 0)
    known = _milestones_in_scope(request)
    with past.reading(asked.as_of):
        whole = _milestones_in_scope(request)
    return OffRecord(whole - known, whole)


def _milestones_in_scope(request: HttpRequest) -> int:
    return Milestone.objects.visible_to(request.user).filter(in_scope=True).count()


def days_on_offer(request: HttpRequest) -> list[tuple[str, date]]:
    """Days to look back at: the announcement, the ends of the years since and of the last months."""
    announced = Strategy.objects.visible_to(request.user).values_list("announced_on", flat=True).first()
    if announced is None:
        return []
    today = timezone.localdate()
    months: list[date] = []
    for _month in range(MONTHS):
        months.append((months[-1] if months else today).replace(day=1) - timedelta(days=1))
    years = [date(year, 12, 31) for year in range(announced.year, today.year)]
    ends = sorted({*years, *months})
    named = [
        (_("End of the year") if day.month == 12 else _("End of the month"), day) for day in ends if day > announced
    ]
    return [(_("Announcement"), announced), *named]


def navigation(request: HttpRequest) -> list[Entry]:
    """The entries that this reader may open; none before sign-in."""
    if not clearance_of(request.user):
        return []
    entries = [
        _place(_("Overview"), "overview"),
        Entry(_("Six strategic tasks"), _address("tasks:strategic-tasks"), ("/measures/",), children=_tasks(request)),
        _place(_("Milestones"), "tasks:milestones", "/dependencies/", "/reports/", "/evidence/", "/plan-versions/"),
        _place(_("Commitments"), "tasks:commitments"),
        _place(_("Budget"), "tasks:budget-lines", "/budget-entries/", "/import/budget/"),
        _place(_("Bills"), "tasks:bills"),
        _place(
            _("Indicators"),
            "tasks:indicators",
            "/indicator-observations/",
            "/observations/",
            "/targets/",
            "/import/indicators/",
        ),
        _place(_("Ministries"), "tasks:ministries", "/offices/", "/regions/"),
        _place(_("What changed"), "tasks:what-changed"),
        *_by_role(request),
    ]
    return [_marked(entry, request) for entry in entries if entry.url or entry.children]


def _tasks(request: HttpRequest) -> tuple[Entry, ...]:
    """Those of the first strategy; the tasks of others are reached from the list of strategies."""
    first = Strategy.objects.visible_to(request.user).values("pk")[:1]
    rows = StrategicTask.objects.visible_to(request.user).filter(strategy__in=first)
    return tuple(Entry(f"{task.number}. {task.title}", task.get_absolute_url(), (f"/{task.slug}/",)) for task in rows)


def _by_role(request: HttpRequest) -> list[Entry]:
    user: Any = request.user
    entries = []
    if user.is_authenticated and user.has_role(Role.STAFF, Role.APPROVER, Role.COORDINATOR):
        entries += [_my_work(user), *_review(user)]
    entries.append(_oversight(user))
    data = _place(_("Data & API"), "data")
    entries += [data if data.url else _place(_("Data & API"), "api-docs"), _place(_("Glossary"), "glossary")]
    return [replace(entries[0], end=True), *entries[1:]]


def _review(user: Any) -> list[Entry]:
    if not user.has_role(Role.APPROVER, Role.COORDINATOR) and not user.stands_in_for:
        return []
    entry = _place(pgettext("menu", "Review"), "tasks:review")
    return [_counted(entry, "review", _("for your review"), lambda: desk_count(user))]


def _my_work(user: Any) -> Entry:
    """Counted for those whose ministry is to report; the coordinating office may report all, nothing is asked of it."""
    entry = _place(_("My work"), "tasks:my-work", "/import/reports/")
    if user.has_role(Role.COORDINATOR):
        return entry
    return _counted(entry, "my-work", _("to report"), lambda: to_report_count(user))


def _counted(entry: Entry, name: str, of: str, count: Callable[[], int]) -> Entry:
    """On a past day nothing waits: it is for reading only."""
    return entry if past.current() else replace(entry, counted=name, count_of=of, count=count())


def _oversight(user: Any) -> Entry:
    """What the coordinating office keeps and everybody follows; the structure is its own."""
    below = [
        _place(_("Risks"), "tasks:risks"),
        _place(_("Meetings"), "tasks:meetings", "/decisions/", "/agenda-items/"),
        _place(_("Periods"), "tasks:periods"),
        _place(_("Assessments"), "tasks:assessments", "/disputes/"),
    ]
    if user.is_authenticated and user.has_role(Role.COORDINATOR):
        below.append(_place(_("Structure"), "tasks:structure", "/strategies/", "/import/plan/"))
    return Entry(_("Oversight"), children=tuple(below))


def account_menu(request: HttpRequest) -> list[Entry]:
    """What belongs to the person who is signed in."""
    return [
        _place(_("Saved views"), "tasks:saved-views"),
        _place(_("How you are told"), "tasks:notification-settings"),
        _place(_("Delegations"), "tasks:delegations"),
    ]


def _place(label: str, name: str, *also: str) -> Entry:
    return Entry(label, _address(name), also)


def _address(name: str) -> str:
    """The address of a page; "" where this installation has none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _marked(entry: Entry, request: HttpRequest) -> Entry:
    children = tuple(_marked(child, request) for child in entry.children)
    is_below = entry.url not in ("", reverse("overview")) and request.path.startswith(entry.url)
    belongs = any(request.path_info.startswith(each) for each in entry.also)
    is_here = request.path == entry.url or is_below or belongs
    return replace(entry, children=children, current=is_here or any(child.current for child in children))
