"""Doors of the API to clusters, one view per noun."""

from rest_framework.routers import BaseRouter

from clusters import filters, models, serializers
from common.api import ReadOnly


class ComplexViewSet(ReadOnly):
    """Complexes of three legal kinds, with their stages."""

    queryset = models.Complex.objects.all()
    serializer_class = serializers.ComplexSerializer
    filterset_class = filters.ComplexFilter
    lookup_code = "key"


class TenantViewSet(ReadOnly):
    """Who builds in a complex."""

    queryset = models.Tenant.objects.all()
    serializer_class = serializers.TenantSerializer
    filterset_class = filters.TenantFilter
    lookup_code = "key"


def register(router: BaseRouter) -> None:
    router.register("complexes", ComplexViewSet, "complex")
    router.register("tenants", TenantViewSet, "tenant")
