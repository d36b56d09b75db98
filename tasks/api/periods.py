"""Doors of the API to reporting periods: who reported, and what closing them published."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from accounts.models import Ministry
from common.api import ReadOnly
from common.errors import Forbidden
from common.renderers import OrjsonRenderer
from common.tiers import clearance_of
from tasks import filters, models, serializers
from tasks.rollups import content_and_digest, reporting_of
from tasks.serializers.periods import ReportingSerializer


class ReportingPeriodViewSet(ReadOnly):
    """The months that are reported on; also by month: `reporting-periods/2026-10/`."""

    queryset = models.ReportingPeriod.objects.all()
    serializer_class = serializers.ReportingPeriodSerializer
    filterset_class = filters.ReportingPeriodFilter
    lookup_code = "month"

    @extend_schema(responses=ReportingSerializer(many=True), summary="Who has reported, and who has not")
    @action(detail=True, renderer_classes=[OrjsonRenderer], pagination_class=None, filter_backends=[])
    def reporting(self, request: Any, **_kwargs: Any) -> Response:
        """By ministry, as it stands now: how many reports were expected, came in time, came late or are missing.

        What a closing said of it is in the content of its snapshot.
        """
        found = reporting_of(self.get_object(), tier=clearance_of(request.user))
        ministries = Ministry.objects.visible_to(request.user).in_bulk([key for key in found if key])
        missing = [key for row in found.values() for key in row.milestones]
        milestones = models.Milestone.objects.visible_to(request.user).in_bulk(missing)
        rows = [
            {
                "ministry": ministries.get(key),
                "numbers": row,
                "milestones": [milestones[each] for each in row.milestones if each in milestones],
            }
            for key, row in sorted(found.items(), key=lambda item: (item[0] == 0, str(ministries.get(item[0]))))
        ]
        return Response(ReportingSerializer(rows, many=True, context={"request": request}).data)


class SnapshotViewSet(ReadOnly):
    """What closing a period published: one row for each closing and tier, never changed. `sha256` is of `content`.

    Their figures also stand at `rollups/?basis=published`.
    """

    queryset = models.Snapshot.objects.defer("missing")
    serializer_class = serializers.SnapshotSerializer
    filterset_class = filters.SnapshotFilter

    def prepare(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("period__strategy")

    @extend_schema(responses={(200, "application/json"): OpenApiTypes.OBJECT}, summary="Its content, byte for byte")
    @action(detail=True, renderer_classes=[OrjsonRenderer])
    def content(self, request: Any, **_kwargs: Any) -> HttpResponse:
        """Canonical JSON whose SHA-256 is the snapshot's; `below` holds those of the tiers below.

        Where something that it names has been classified higher since, those who may not see that are refused.
        """
        snapshot = self.get_object()
        if snapshot.figures.count() != snapshot.figures.visible_to(request.user).count():
            words = _("Something that it names has been classified higher since. Its other figures stand at %s.")
            raise Forbidden(words % "rollups/?basis=published")
        content, _digest = content_and_digest(snapshot)
        return HttpResponse(content, content_type="application/json")


def register(router: BaseRouter) -> None:
    router.register("reporting-periods", ReportingPeriodViewSet, "reporting-period")
    router.register("snapshots", SnapshotViewSet, "snapshot")
