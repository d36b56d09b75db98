"""Clusters: complexes, their stages and tenants."""

from collections.abc import Iterable
from typing import Any

from clusters.models import Complex, ComplexStage, Tenant
from common import history
from tasks.actions.records import create_record
from tasks.models import Milestone, Region
from tasks.permissions import Actor


def create_complex(*, by: Actor, other_regions: Iterable[Region] = (), **values: Any) -> Complex:
    with history.context(actor=by, verb="complex.created"):
        row = create_record(Complex, by=by, verb="complex.created", **values)
        row.other_regions.set(other_regions)
    return row


def create_tenant(*, by: Actor, **values: Any) -> Tenant:
    return create_record(Tenant, by=by, verb="tenant.created", **values)


def add_complex_stage(place: Complex, milestone: Milestone, *, by: Actor, **values: Any) -> ComplexStage:
    values |= {"complex": place, "milestone": milestone}
    return create_record(ComplexStage, by=by, verb="complex.stage_added", **values)
