"""What the API tells of dependencies beside the nouns themselves: what waits on a noun, and a milestone's schedule."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from common import past
from common.renderers import OrjsonRenderer
from tasks.models import Milestone
from tasks.schedule import Around, Wait
from tasks.serializers.waits import AroundSerializer, ScheduleSerializer


class WithWaiting:
    """A noun of milestones: what they wait for elsewhere, and what waits on them there."""

    @extend_schema(responses=AroundSerializer, summary="What it waits for, and what waits on it")
    @action(detail=True, renderer_classes=[OrjsonRenderer])
    def waiting(self: Any, request: Any, **_kwargs: Any) -> Response:
        around = Around(self.get_object(), request.user)
        told = _told(around, around.critical_path)
        return Response(AroundSerializer(told, context={"request": request}).data)


class WithSchedule:
    """A milestone: its dates through all dependencies."""

    @extend_schema(responses=ScheduleSerializer, summary="Its dates through its dependencies")
    @action(detail=True, renderer_classes=[OrjsonRenderer])
    def schedule(self: Any, request: Any, **_kwargs: Any) -> Response:
        milestone: Milestone = self.get_object()
        around, key = Around(milestone, request.user), milestone.pk
        found, chain = around.schedule, around.chain(milestone.pk)
        told = _told(around, chain)
        told |= {
            "milestone": milestone,
            "earliest_end": found.earliest_end(key),
            "earliest_precision": found.earliest_precision(key),
            "latest_end": found.latest_end(key),
            "slack_days": found.slack_days(key),
            "is_critical": found.is_critical(key),
            "driver": told["critical_path"][-2].milestone if chain else None,
        }
        return Response(ScheduleSerializer(told, context={"request": request}).data)


def _told(around: Around, path: list[Wait]) -> dict[str, Any]:
    looped = [Wait(key, None, None, is_direct=True) for key in sorted(around.schedule.in_loop)]
    waits_for, waiting, steps, loops = around.told(around.waits_for, around.waiting, path, looped)
    return {
        "as_of": past.day(),
        "waits_for": waits_for,
        "waiting": waiting,
        "waiting_count": len(around.waiting),
        "late_count": len(around.late),
        "critical_path": steps,
        "in_loop": [row.milestone for row in loops],
    }
