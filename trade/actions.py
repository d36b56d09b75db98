"""Trade: frameworks, negotiation cases, positions, consultations, protection measures."""

from typing import Any

from tasks.actions.records import create_record
from tasks.models import Milestone
from tasks.permissions import Actor
from trade.models import CaseStep, Consultation, Framework, FrameworkStep, NegotiationCase, Position, ProtectionMeasure


def create_framework(*, by: Actor, **values: Any) -> Framework:
    return create_record(Framework, by=by, verb="framework.created", **values)


def create_negotiation_case(*, by: Actor, **values: Any) -> NegotiationCase:
    return create_record(NegotiationCase, by=by, verb="negotiation_case.created", **values)


def take_position(*, by: Actor, **values: Any) -> Position:
    return create_record(Position, by=by, verb="position.taken", **values)


def record_consultation(*, by: Actor, **values: Any) -> Consultation:
    return create_record(Consultation, by=by, verb="consultation.recorded", **values)


def create_protection_measure(*, by: Actor, **values: Any) -> ProtectionMeasure:
    return create_record(ProtectionMeasure, by=by, verb="protection_measure.created", **values)


def add_framework_step(framework: Framework, milestone: Milestone, *, by: Actor, **values: Any) -> FrameworkStep:
    return create_record(
        FrameworkStep, by=by, verb="framework.step_added", framework=framework, milestone=milestone, **values
    )


def add_case_step(case: NegotiationCase, milestone: Milestone, *, by: Actor, **values: Any) -> CaseStep:
    return create_record(CaseStep, by=by, verb="negotiation_case.step_added", case=case, milestone=milestone, **values)
