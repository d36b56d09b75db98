"""The nouns of investment, one per file."""

from investment.models.infrastructure_need import InfrastructureNeed
from investment.models.permit import Permit, PermitEvent, PermitRule
from investment.models.standard_review import GlobalStandardReview
from investment.models.tax_credit import TaxCreditRate, TaxCreditRule
from investment.models.vehicle import InvestmentVehicle, VehiclePart

__all__ = [
    "GlobalStandardReview",
    "InfrastructureNeed",
    "InvestmentVehicle",
    "Permit",
    "PermitEvent",
    "PermitRule",
    "TaxCreditRate",
    "TaxCreditRule",
    "VehiclePart",
]
