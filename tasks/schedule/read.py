"""The schedule as a reader may see it, of the day that is read (`common.past`): two queries, links and milestones."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from common import past
from tasks.models import Bill, Dependency, Measure, Milestone, StrategicTask, Strategy
from tasks.schedule.graph import Link, Schedule, Step, connected

Noun = Milestone | Bill | Measure | StrategicTask | Strategy


def schedule(user: Any) -> Schedule:
    """Of all milestones that wait or are waited for."""
    return _schedule(_links(user), _milestones(user).filter(_is_linked(user)))


def schedule_around(keys: Iterable[int], user: Any) -> Schedule:
    """Of these milestones, and of all that hangs together with one of them."""
    links = _links(user)
    return _schedule(links, _milestones(user).filter(pk__in=connected(keys, links)))


def linked_in(noun: Noun, user: Any) -> set[int]:
    """The milestones of a bill (its stages), measure (with all below it), task or strategy that have a dependency."""
    if isinstance(noun, Milestone):
        return {noun.pk}
    rows = _milestones(user).filter(_is_linked(user), _belongs_to(noun))
    return set(rows.values_list("pk", flat=True))


def _belongs_to(noun: Noun) -> Q:
    if isinstance(noun, Bill):
        return Q(bill_stages__bill=noun)
    if isinstance(noun, Measure):
        return Q(measure__path__contains=[noun.pk])
    if isinstance(noun, StrategicTask):
        return Q(measure__strategic_task=noun)
    return Q(measure__strategic_task__strategy=noun)


def _schedule(links: list[Link], milestones: QuerySet) -> Schedule:
    rows = milestones.values_list("pk", *Step._fields[1:])
    return Schedule(past.day(), (Step(*row) for row in rows), links)


def _milestones(user: Any) -> QuerySet:
    return Milestone.objects.visible_to(user).filter(in_scope=True).order_by()


def _dependencies(user: Any) -> QuerySet:
    return Dependency.objects.visible_to(user).order_by()


def _is_linked(user: Any) -> Q:
    ends: Any = _dependencies(user)
    return Q(pk__in=ends.values("predecessor_id")) | Q(pk__in=ends.values("successor_id"))


def _links(user: Any) -> list[Link]:
    rows = _dependencies(user).filter(predecessor__in_scope=True, successor__in_scope=True)
    return [Link(*row) for row in rows.values_list("predecessor_id", "successor_id", "lag_days")]
