"""Doors of the API to ministries and to the signed-in user."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotAuthenticated
from rest_framework.response import Response
from rest_framework.routers import BaseRouter
from rest_framework.viewsets import ViewSet

from accounts.filters import MinistryFilter, OfficeFilter
from accounts.models import Ministry, Office
from accounts.serializers import MeSerializer, MinistrySerializer, OfficeSerializer
from common.api import Endpoint, ReadOnly


class MinistryViewSet(ReadOnly):
    """Ministries and agencies, with who succeeded them; with `as_of` those that existed on that day."""

    dated = True
    queryset = Ministry.objects.all()
    serializer_class = MinistrySerializer
    filterset_class = MinistryFilter
    lookup_code = "key"

    def prepare(self, rows: Any) -> Any:
        return rows.of_the_day()


class OfficeViewSet(ReadOnly):
    """Offices and agencies: bodies that own values while their people change; with `as_of` those of that day."""

    dated = True
    queryset = Office.objects.all()
    serializer_class = OfficeSerializer
    filterset_class = OfficeFilter
    lookup_code = "key"

    def prepare(self, rows: Any) -> Any:
        return rows.of_the_day()


class MeViewSet(Endpoint, ViewSet):
    """The signed-in user: clearance, memberships, and the token in use."""

    @extend_schema(responses=MeSerializer, operation_id="me_retrieve")
    def list(self, request: Any) -> Response:
        if not request.user.is_authenticated:
            raise NotAuthenticated(_("Nobody is signed in."))
        return Response(MeSerializer(request.user, context={"request": request}).data)


def register(router: BaseRouter) -> None:
    router.register("ministries", MinistryViewSet, "ministry")
    router.register("offices", OfficeViewSet, "office")
    router.register("me", MeViewSet, "me")
