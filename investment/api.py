"""Doors of the API to investment, one view per noun."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.routers import BaseRouter
from rest_framework.viewsets import GenericViewSet

from common.api import Endpoint, ReadOnly
from investment import filters, models, serializers
from investment.forms import TaxCreditForm
from investment.rollups.tax_credit import credit


class TaxCreditRateViewSet(ReadOnly):
    """Tax credit rates, superseded ones included. A rate is known from the day on which its law was promulgated."""

    dated = True
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


def _parameters(form: Any) -> list[OpenApiParameter]:
    """The fields of a form as parameters of an address."""
    return [
        OpenApiParameter(
            name,
            OpenApiTypes.DATE if name.endswith("_on") else OpenApiTypes.STR,
            required=field.required,
            enum=[key for key, _label in getattr(field, "choices", ())] or None,
            description=f"{field.label}. {field.help_text}".strip(),
        )
        for name, field in form.base_fields.items()
    ]


class TaxCreditCalculationViewSet(Endpoint, GenericViewSet):
    """Computes the tax credit of one investment, with the rate, article and rules that applied. Keeps nothing."""

    dated = True
    serializer_class = serializers.CreditSerializer
    filter_backends = []
    pagination_class = None

    def known_parameters(self) -> set[str]:
        return set(TaxCreditForm.base_fields)

    @extend_schema(
        parameters=_parameters(TaxCreditForm),
        operation_id="tax_credit_calculations_retrieve",
        responses=serializers.CreditSerializer,
    )
    def list(self, request: Any) -> Response:
        form = TaxCreditForm(request.query_params)
        if not form.is_valid():
            raise ValidationError({name: [str(error) for error in errors] for name, errors in form.errors.items()})
        rates = models.TaxCreditRate.objects.visible_to(request.user)
        rules = models.TaxCreditRule.objects.visible_to(request.user)
        found = credit(form.investment(), rates, rules)
        return Response(self.get_serializer(found).data)


class PermitViewSet(ReadOnly):
    """Permits under the statutory clock, and where each stands on the day."""

    dated = True
    queryset = models.Permit.objects.all()
    serializer_class = serializers.PermitSerializer
    filterset_class = filters.PermitFilter
    lookup_code = "key"


class PermitRuleViewSet(ReadOnly):
    """Limits of the permit clock by law and time."""

    dated = True
    queryset = models.PermitRule.objects.all()
    serializer_class = serializers.PermitRuleSerializer
    filterset_class = filters.PermitRuleFilter
    lookup_code = "key"


class InvestmentVehicleViewSet(ReadOnly):
    """The holding company under consideration, and what came after."""

    dated = True
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
    router.register("tax-credit-calculations", TaxCreditCalculationViewSet, "tax-credit-calculation")
    router.register("permits", PermitViewSet, "permit")
    router.register("permit-rules", PermitRuleViewSet, "permit-rule")
    router.register("investment-vehicles", InvestmentVehicleViewSet, "investment-vehicle")
    router.register("infrastructure-needs", InfrastructureNeedViewSet, "infrastructure-need")
    router.register("global-standard-reviews", GlobalStandardReviewViewSet, "global-standard-review")
