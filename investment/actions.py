"""Investment: tax credit rates and rules, vehicles, infrastructure needs, reviews."""

from typing import Any

from investment.models import (
    GlobalStandardReview,
    InfrastructureNeed,
    InvestmentVehicle,
    TaxCreditRate,
    TaxCreditRule,
    VehiclePart,
)
from tasks.actions.records import change_record, create_record
from tasks.permissions import Actor


def create_tax_credit_rate(*, by: Actor, **values: Any) -> TaxCreditRate:
    return create_record(TaxCreditRate, by=by, verb="tax_credit_rate.created", **values)


def create_tax_credit_rule(*, by: Actor, **values: Any) -> TaxCreditRule:
    return create_record(TaxCreditRule, by=by, verb="tax_credit_rule.created", **values)


def create_investment_vehicle(*, by: Actor, **values: Any) -> InvestmentVehicle:
    return create_record(InvestmentVehicle, by=by, verb="investment_vehicle.created", **values)


def change_investment_vehicle(row: InvestmentVehicle, **change: Any) -> InvestmentVehicle:
    return change_record(row, verb="investment_vehicle.changed", **change)


def add_vehicle_part(*, by: Actor, **values: Any) -> VehiclePart:
    return create_record(VehiclePart, by=by, verb="investment_vehicle.part_added", **values)


def create_infrastructure_need(*, by: Actor, **values: Any) -> InfrastructureNeed:
    return create_record(InfrastructureNeed, by=by, verb="infrastructure_need.created", **values)


def change_infrastructure_need(row: InfrastructureNeed, **change: Any) -> InfrastructureNeed:
    return change_record(row, verb="infrastructure_need.changed", **change)


def create_standard_review(*, by: Actor, **values: Any) -> GlobalStandardReview:
    return create_record(GlobalStandardReview, by=by, verb="global_standard_review.created", **values)


def change_standard_review(row: GlobalStandardReview, **change: Any) -> GlobalStandardReview:
    return change_record(row, verb="global_standard_review.changed", **change)
