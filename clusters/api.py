"""Doors of the API to clusters, one view per noun."""

from rest_framework.routers import BaseRouter

from clusters import filters, models, serializers
from common.api import ReadOnly


class ComplexViewSet(ReadOnly):
    """Complexes of three legal kinds, with their stages."""

    dated = True
    queryset = models.Complex.objects.all()
    serializer_class = serializers.ComplexSerializer
    filterset_class = filters.ComplexFilter
    lookup_code = "key"


class DesignationRoundViewSet(ReadOnly):
    """Calls and selections, with the totals that sources state."""

    dated = True
    queryset = models.DesignationRound.objects.all()
    serializer_class = serializers.DesignationRoundSerializer
    filterset_class = filters.DesignationRoundFilter
    lookup_code = "key"


class StageRuleViewSet(ReadOnly):
    """The stages of each legal kind, with the durations that the law sets."""

    queryset = models.StageRule.objects.all()
    serializer_class = serializers.StageRuleSerializer
    filterset_class = filters.StageRuleFilter
    lookup_code = "key"


class TenantViewSet(ReadOnly):
    """Who builds in a complex."""

    dated = True
    queryset = models.Tenant.objects.all()
    serializer_class = serializers.TenantSerializer
    filterset_class = filters.TenantFilter
    lookup_code = "key"


def register(router: BaseRouter) -> None:
    router.register("complexes", ComplexViewSet, "complex")
    router.register("designation-rounds", DesignationRoundViewSet, "designation-round")
    router.register("stage-rules", StageRuleViewSet, "stage-rule")
    router.register("tenants", TenantViewSet, "tenant")
