"""Clusters: complexes, their stages and tenants."""

from collections.abc import Iterable
from typing import Any

from clusters.models import Complex, ComplexStage, Tenant
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
