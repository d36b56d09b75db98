"""Dependencies on the pages of milestones, bills, measures and tasks: what each waits for, and what waits for it."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.pages import Table
from tasks.models import Dependency, Milestone
from tasks.schedule import Around, Link, Schedule, Wait, Waiting
from tasks.views import base
from tasks.wait_tables import PATH, WAITED_FOR, WAITING

SHOWN = 50


def of_noun(request: HttpRequest, noun: Any, code: str) -> dict[str, Any]:
    """Of a bill, measure or task; `code` is its name in the address of the list of all that wait."""
    around = Around(noun, base.reader(request))
    waiting, blockers, path = around.told(around.waiting[:SHOWN], around.blockers[:SHOWN], around.critical_path)
    name = noun._meta.model_name.replace("strategictask", "task")
    return {
        "waiting": Table(WAITING, waiting, _("What waits, the least slack first"), "waiting"),
        "waiting_count": len(around.waiting),
        "waiting_late": len(around.late),
        "waiting_untold": len(around.untold),
        "waiting_url": f"{reverse('tasks:milestones')}?waits_for_{name}={code}",
        "blockers": Table(WAITED_FOR, blockers, _("What keeps it late, the longest first"), "blockers"),
        "blockers_count": len(around.blockers),
        "critical_path": Table(PATH, path, _("Critical path, its beginning first"), "critical-path"),
        "is_in_loop": not around.keys.isdisjoint(around.schedule.in_loop),
    }


@dataclass(frozen=True)
class Beside:
    """A milestone beside another: `link` joins the two, without it the schedule tells how it waits through others."""

    told: Waiting
    link: Dependency | None = None
    is_driver: bool = False


def of_milestone(request: HttpRequest, milestone: Milestone) -> dict[str, Any]:
    """Its own dates, the links that it has, and what hangs on those through others."""
    user = base.reader(request)
    around, key = Around(milestone, user), milestone.pk
    found, links = around.schedule, Dependency.objects.visible_to(user)
    before, after = list(links.filter(successor=milestone)), list(links.filter(predecessor=milestone))
    told = around.told(
        [_along(found, link, link.predecessor_id) for link in before],
        _through(around.waits_for),
        [_along(found, link, link.successor_id) for link in after],
        _through(around.waiting),
        around.chain(key),
    )
    return {
        "earliest_end": found.earliest_end(key),
        "earliest_precision": found.earliest_precision(key),
        "slack": found.slack(key),
        "is_critical": found.is_critical(key),
        "is_in_loop": key in found.in_loop,
        "waits_for": _beside(found, before, told[0]),
        "waits_for_through": [Beside(row) for row in told[1]],
        "waited_for_by": _beside(found, after, told[2]),
        "waited_for_through": [Beside(row) for row in told[3]],
        "chain": told[4],
        "waiting_count": len(around.waiting),
        "waiting_late": len(around.late),
        "waiting_url": f"{reverse('tasks:milestones')}?waits_for={milestone.code}",
    }


def _through(waits: list[Wait]) -> list[Wait]:
    return [wait for wait in waits if not wait.is_direct][:SHOWN]


def _along(found: Schedule, link: Dependency, other: int) -> Wait:
    wait = found.along(Link(link.predecessor_id, link.successor_id, link.lag_days))
    return replace(wait, id=other)


def _beside(found: Schedule, links: list[Dependency], told: list[Waiting]) -> list[Beside]:
    drives = [found.driver(link.successor_id) == link.predecessor_id for link in links]
    return [Beside(*each) for each in zip(told, links, drives, strict=True)]
