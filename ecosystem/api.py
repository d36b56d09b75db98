"""Doors of the API to the ecosystem, one view per noun."""

from rest_framework.routers import BaseRouter

from common.api import ReadOnly
from ecosystem import filters, models, serializers


class SupplyPlanViewSet(ReadOnly):
    """Supply Chain 3050 and what followed it."""

    dated = True
    queryset = models.SupplyPlan.objects.all()
    serializer_class = serializers.SupplyPlanSerializer
    filterset_class = filters.SupplyPlanFilter
    lookup_code = "key"


class SupplyItemViewSet(ReadOnly):
    """Items whose import dependence is followed."""

    dated = True
    queryset = models.SupplyItem.objects.all()
    serializer_class = serializers.SupplyItemSerializer
    filterset_class = filters.SupplyItemFilter
    lookup_code = "key"


class DependenceObservationViewSet(ReadOnly):
    """Import shares of one country, by method."""

    dated = True
    queryset = models.DependenceObservation.objects.all()
    serializer_class = serializers.DependenceObservationSerializer
    filterset_class = filters.DependenceObservationFilter
    lookup_code = "key"


class LeadProjectViewSet(ReadOnly):
    """The lead projects of Supply Chain 3050."""

    dated = True
    queryset = models.LeadProject.objects.all()
    serializer_class = serializers.LeadProjectSerializer
    filterset_class = filters.LeadProjectFilter
    lookup_code = "key"


class MotherFactoryViewSet(ReadOnly):
    """Lead lines at home and the plants abroad that follow them."""

    dated = True
    queryset = models.MotherFactory.objects.all()
    serializer_class = serializers.MotherFactorySerializer
    filterset_class = filters.MotherFactoryFilter
    lookup_code = "key"


def register(router: BaseRouter) -> None:
    router.register("supply-plans", SupplyPlanViewSet, "supply-plan")
    router.register("supply-items", SupplyItemViewSet, "supply-item")
    router.register("dependence-observations", DependenceObservationViewSet, "dependence-observation")
    router.register("lead-projects", LeadProjectViewSet, "lead-project")
    router.register("mother-factories", MotherFactoryViewSet, "mother-factory")
