"""Trade: frameworks, negotiation cases, positions, consultations, protection measures."""

from typing import Any

from tasks.actions.records import change_record, create_record
from tasks.models import Milestone
from tasks.permissions import Actor
from trade.models import CaseStep, Consultation, Framework, FrameworkStep, NegotiationCase, Position, ProtectionMeasure


def create_framework(*, by: Actor, **values: Any) -> Framework:
    return create_record(Framework, by=by, verb="framework.created", **values)


def change_framework(row: Framework, **change: Any) -> Framework:
    return change_record(row, verb="framework.changed", **change)


def create_negotiation_case(*, by: Actor, **values: Any) -> NegotiationCase:
    return create_record(NegotiationCase, by=by, verb="negotiation_case.created", **values)


def change_negotiation_case(row: NegotiationCase, **change: Any) -> NegotiationCase:
    return change_record(row, verb="negotiation_case.changed", **change)


def take_position(*, by: Actor, **values: Any) -> Position:
    return create_record(Position, by=by, verb="position.taken", **values)


def change_position(row: Position, **change: Any) -> Position:
    return change_record(row, verb="position.changed", **change)


def record_consultation(*, by: Actor, **values: Any) -> Consultation:
    return create_record(Consultation, by=by, verb="consultation.recorded", **values)


def change_consultation(row: Consultation, **change: Any) -> Consultation:
    return change_record(row, verb="consultation.changed", **change)


def create_protection_measure(*, by: Actor, **values: Any) -> ProtectionMeasure:
    return create_record(ProtectionMeasure, by=by, verb="protection_measure.created", **values)


def change_protection_measure(row: ProtectionMeasure, **change: Any) -> ProtectionMeasure:
    return change_record(row, verb="protection_measure.changed", **change)


def add_framework_step(framework: Framework, milestone: Milestone, *, by: Actor, **values: Any) -> FrameworkStep:
    return create_record(
        FrameworkStep, by=by, verb="framework.step_added", framework=framework, milestone=milestone, **values
    )


def add_case_step(case: NegotiationCase, milestone: Milestone, *, by: Actor, **values: Any) -> CaseStep:
    return create_record(CaseStep, by=by, verb="negotiation_case.step_added", case=case, milestone=milestone, **values)
