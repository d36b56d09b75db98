"""Ecosystem: supply plans, lead projects, supply items and their observations, mother factories."""

from typing import Any

from ecosystem.models import DependenceObservation, LeadProject, MotherFactory, SupplyItem, SupplyPlan, SupplySector
from tasks.actions.records import change_record, create_record
from tasks.permissions import Actor


def create_supply_plan(*, by: Actor, **values: Any) -> SupplyPlan:
    return create_record(SupplyPlan, by=by, verb="supply_plan.created", **values)


def add_supply_sector(*, by: Actor, **values: Any) -> SupplySector:
    return create_record(SupplySector, by=by, verb="supply_plan.sector_added", **values)


def create_lead_project(*, by: Actor, **values: Any) -> LeadProject:
    return create_record(LeadProject, by=by, verb="lead_project.created", **values)


def change_lead_project(row: LeadProject, **change: Any) -> LeadProject:
    return change_record(row, verb="lead_project.changed", **change)


def create_supply_item(*, by: Actor, **values: Any) -> SupplyItem:
    return create_record(SupplyItem, by=by, verb="supply_item.created", **values)


def change_supply_item(row: SupplyItem, **change: Any) -> SupplyItem:
    return change_record(row, verb="supply_item.changed", **change)


def record_dependence(*, by: Actor, **values: Any) -> DependenceObservation:
    return create_record(DependenceObservation, by=by, verb="dependence.observed", **values)


def change_dependence(row: DependenceObservation, **change: Any) -> DependenceObservation:
    return change_record(row, verb="dependence.changed", **change)


def create_mother_factory(*, by: Actor, **values: Any) -> MotherFactory:
    return create_record(MotherFactory, by=by, verb="mother_factory.created", **values)


def change_mother_factory(row: MotherFactory, **change: Any) -> MotherFactory:
    return change_record(row, verb="mother_factory.changed", **change)
