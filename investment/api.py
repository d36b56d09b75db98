"""Doors of the API to investment, one view per noun."""

from rest_framework.routers import BaseRouter

from common.api import ReadOnly
from investment import filters, models, serializers


class TaxCreditRateViewSet(ReadOnly):
    """Tax credit rates, superseded ones included."""

    queryset = models.TaxCreditRate.objects.all()
    serializer_class = serializers.TaxCreditRateSerializer
    filterset_class = filters.TaxCreditRateFilter
    lookup_code = "key"


class TaxCreditRuleViewSet(ReadOnly):
    """Rules of the tax credit beside its rates."""

    queryset = models.TaxCreditRule.objects.all()
    serializer_class = serializers.TaxCreditRuleSerializer
    filterset_class = filters.TaxCreditRuleFilter
    lookup_code = "key"


class InvestmentVehicleViewSet(ReadOnly):
    """The holding company under consideration, and what came instead."""

    queryset = models.InvestmentVehicle.objects.all()
    serializer_class = serializers.InvestmentVehicleSerializer
    filterset_class = filters.InvestmentVehicleFilter
    lookup_code = "key"


class InfrastructureNeedViewSet(ReadOnly):
    """Power and water: needed and secured."""

    queryset = models.InfrastructureNeed.objects.all()
    serializer_class = serializers.InfrastructureNeedSerializer
    filterset_class = filters.InfrastructureNeedFilter
    lookup_code = "key"


class GlobalStandardReviewViewSet(ReadOnly):
    """Regulations beside the level of peer countries."""

    queryset = models.GlobalStandardReview.objects.all()
    serializer_class = serializers.GlobalStandardReviewSerializer
    filterset_class = filters.GlobalStandardReviewFilter
    lookup_code = "key"


def register(router: BaseRouter) -> None:
    router.register("tax-credit-rates", TaxCreditRateViewSet, "tax-credit-rate")
    router.register("tax-credit-rules", TaxCreditRuleViewSet, "tax-credit-rule")
    router.register("investment-vehicles", InvestmentVehicleViewSet, "investment-vehicle")
    router.register("infrastructure-needs", InfrastructureNeedViewSet, "infrastructure-need")
    router.register("global-standard-reviews", GlobalStandardReviewViewSet, "global-standard-review")
