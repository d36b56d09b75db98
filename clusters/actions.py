"""Clusters: rounds of designation, complexes with their stages, figures and tenants, and the rules of the stages."""

from collections.abc import Iterable
from typing import Any

from clusters.models import (
    Complex,
    ComplexFigure,
    ComplexStage,
    DesignationRound,
    PublishedTotal,
    RoundStep,
    StageLimit,
    StageRule,
    Tenant,
)
from common import history
from tasks.actions.records import change_record, create_record
from tasks.models import Milestone, Region
from tasks.permissions import Actor


def create_complex(*, by: Actor, other_regions: Iterable[Region] = (), **values: Any) -> Complex:
    return create_record(Complex, by=by, verb="complex.created", other_regions=other_regions, **values)


def change_complex(place: Complex, **change: Any) -> Complex:
    return change_record(place, verb="complex.changed", **change)


def create_tenant(*, by: Actor, **values: Any) -> Tenant:
    return create_record(Tenant, by=by, verb="tenant.created", **values)


def change_tenant(tenant: Tenant, **change: Any) -> Tenant:
    return change_record(tenant, verb="tenant.changed", **change)


def add_complex_stage(place: Complex, milestone: Milestone, *, by: Actor, **values: Any) -> ComplexStage:
    values |= {"complex": place, "milestone": milestone}
    return create_record(ComplexStage, by=by, verb="complex.stage_added", **values)


def record_complex_figure(*, by: Actor, **values: Any) -> ComplexFigure:
    """What was published after the first announcement; the first stays."""
    return create_record(ComplexFigure, by=by, verb="complex.figure_recorded", **values)


def create_designation_round(*, by: Actor, **values: Any) -> DesignationRound:
    return create_record(DesignationRound, by=by, verb="designation_round.created", **values)


def add_round_step(round_: DesignationRound, milestone: Milestone, *, by: Actor, **values: Any) -> RoundStep:
    values |= {"round": round_, "milestone": milestone}
    return create_record(RoundStep, by=by, verb="designation_round.step_added", **values)


def record_published_total(*, by: Actor, complexes: Iterable[Complex], **values: Any) -> PublishedTotal:
    with history.context(actor=by, verb="published_total.recorded"):
        row = create_record(PublishedTotal, by=by, verb="published_total.recorded", **values)
        row.complexes.set(complexes)
    return row


def create_stage_rule(*, by: Actor, **values: Any) -> StageRule:
    return create_record(StageRule, by=by, verb="stage_rule.created", **values)


def add_stage_limit(*, by: Actor, **values: Any) -> StageLimit:
    return create_record(StageLimit, by=by, verb="stage_rule.limit_added", **values)
