"""Investment: tax credit rates and rules, vehicles, infrastructure needs, reviews; permits and their events."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import Invalid
from investment.choices import STEP_ENDS, STEP_NEEDS, STEPS_LAST, STEPS_REPEATED, PermitStep, StageName
from investment.models import (
    GlobalStandardReview,
    InfrastructureNeed,
    InvestmentVehicle,
    Permit,
    PermitEvent,
    PermitRule,
    TaxCreditRate,
    TaxCreditRule,
    VehiclePart,
)
from investment.rollups.clock import Happened
from investment.rollups.permits import reckoner
from tasks.actions.records import change_record, create_record
from tasks.permissions import Actor, require


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


def create_permit_rule(*, by: Actor, **values: Any) -> PermitRule:
    return create_record(PermitRule, by=by, verb="permit_rule.created", **values)


def create_permit(*, by: Actor, **values: Any) -> Permit:
    return create_record(Permit, by=by, verb="permit.created", **values)


def change_permit(row: Permit, **change: Any) -> Permit:
    return change_record(row, verb="permit.changed", **change)


def record_permit_event(permit: Permit, *, by: Actor, step: str, happened_on: date, **values: Any) -> PermitEvent:
    """Record what happened on a day, if it fits what is recorded. Raises Invalid at the field that is wrong."""
    require(by, "record", permit)
    if happened_on > timezone.localdate():
        raise Invalid(_("This day lies ahead: enter what has happened."), field="happened_on", code="future")
    with transaction.atomic():
        recorded = _locked(permit)
        check_order([*recorded, PermitEvent(step=step, happened_on=happened_on)])
        if step == PermitStep.EXTENDED:
            check_extension(permit.law, recorded, happened_on)
        values |= {"permit": permit, "step": step, "happened_on": happened_on}
        return create_record(PermitEvent, by=by, verb="permit_event.recorded", **values)


def withdraw_permit_event(event: PermitEvent, *, by: Actor, reason: str, **seen: Any) -> PermitEvent:
    """Take an entry out of the clock; it stays listed with the reason."""
    require(by, "record", event.permit)
    with transaction.atomic():
        recorded = _locked(event.permit)
        if event not in recorded:
            raise Invalid(_("This entry was withdrawn already."), code="withdrawn")
        check_order([each for each in recorded if each != event])
        seen |= {"withdrawn_for": reason.strip()}
        return change_record(event, by=by, verb="permit_event.withdrawn", reason=reason, **seen)


def _locked(permit: Permit) -> list[PermitEvent]:
    """The events that hold; nobody else adds one before this transaction ends."""
    Permit.objects.select_for_update().get(pk=permit.pk)
    return list(PermitEvent.objects.filter(permit=permit, withdrawn_for=""))


def check_order(events: Iterable[Happened]) -> None:
    """Refuse a course of events that the procedure does not know, naming the step and what is wrong."""
    order = list(PermitStep)
    before: list[PermitStep] = []
    for event in sorted(events, key=lambda each: (each.happened_on, order.index(PermitStep(each.step)))):
        step = PermitStep(event.step)
        if problem := _out_of_order(step, before):
            raise Invalid(problem, field="step", code="order")
        before.append(step)


def _out_of_order(step: PermitStep, before: list[PermitStep]) -> str:
    ended = next((each for each in before if each in STEPS_LAST or each in STEP_ENDS.get(step, ())), None)
    needed = STEP_NEEDS[step]
    if ended:
        return _("“%(step)s” cannot follow “%(before)s”: check the days.") % {"step": step.label, "before": ended.label}
    if step in before and step not in STEPS_REPEATED:
        return _("“%s” is recorded already; withdraw that entry first if it is wrong.") % step.label
    if needed and needed.isdisjoint(before):
        names = ", ".join(str(each.label) for each in PermitStep if each in needed)
        return _("“%(step)s” needs to come after: %(before)s. Enter that first, or check the days.") % {
            "step": step.label,
            "before": names,
        }
    return _supplement_out_of_turn(step, before)


def _supplement_out_of_turn(step: PermitStep, before: list[PermitStep]) -> str:
    """One supplementation ends before the next is asked for."""
    turns = [each for each in before if each in STEPS_REPEATED]
    if step in STEPS_REPEATED and turns and turns[-1] == step:
        return _("“%s” stands twice in a row: check the days, or enter what came between.") % step.label
    return ""


def check_extension(law: str, before: Iterable[Happened], on: date) -> None:
    """Refuse an extension after the limit: it is none."""
    found = reckoner(on).reckon(law, before)
    stage = found.standing.current if found else None
    if stage and stage.name == StageName.RESULT and stage.is_missed:
        text = _("The limit of the result ended on %s: an extension after that day does not count.")
        raise Invalid(text % stage.due, field="happened_on", code="late")
