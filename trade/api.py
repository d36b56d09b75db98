"""Doors of the API to trade, one view per noun."""

from rest_framework.routers import BaseRouter

from common.api import ReadOnly
from trade import filters, models, serializers


class FrameworkViewSet(ReadOnly):
    """Cooperation frameworks and their pillars, with rounds and instruments."""

    dated = True
    queryset = models.Framework.objects.all()
    serializer_class = serializers.FrameworkSerializer
    filterset_class = filters.FrameworkFilter
    lookup_code = "key"


class NegotiationCaseViewSet(ReadOnly):
    """Negotiation cases with their steps."""

    dated = True
    queryset = models.NegotiationCase.objects.all()
    serializer_class = serializers.NegotiationCaseSerializer
    filterset_class = filters.NegotiationCaseFilter
    lookup_code = "key"


class PositionViewSet(ReadOnly):
    """Positions in a case, classified."""

    dated = True
    queryset = models.Position.objects.all()
    serializer_class = serializers.PositionSerializer
    filterset_class = filters.PositionFilter


class ConsultationViewSet(ReadOnly):
    """What industry, academia and lawyers said."""

    dated = True
    queryset = models.Consultation.objects.all()
    serializer_class = serializers.ConsultationSerializer
    filterset_class = filters.ConsultationFilter


class ProtectionMeasureViewSet(ReadOnly):
    """What the law changed to protect technology."""

    dated = True
    queryset = models.ProtectionMeasure.objects.all()
    serializer_class = serializers.ProtectionMeasureSerializer
    filterset_class = filters.ProtectionMeasureFilter
    lookup_code = "key"


def register(router: BaseRouter) -> None:
    router.register("frameworks", FrameworkViewSet, "framework")
    router.register("negotiation-cases", NegotiationCaseViewSet, "negotiation-case")
    router.register("positions", PositionViewSet, "position")
    router.register("consultations", ConsultationViewSet, "consultation")
    router.register("protection-measures", ProtectionMeasureViewSet, "protection-measure")
