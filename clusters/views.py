"""The pages of clusters."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from clusters import filters, tables
from clusters.domain import CLUSTERS
from clusters.models import Complex, ComplexStage, Tenant
from common.pages import Crumb, Table
from tasks.views.entry import CHANGE, Offer
from tasks.views.rows import RowList, RowPage, RowPanel


def with_stages(rows: Any, user: Any) -> Any:
    """Complexes with the stages that the reader may see."""
    return rows.with_visible(user, "stages").prefetch_related("stages__milestone", "other_regions")


class Complexes(RowList):
    domain, model = CLUSTERS, Complex
    offers = (Offer(_("Register a new one"), "clusters:complex-new"),)
    columns, filterset_class = tables.COMPLEXES, filters.ComplexFilter
    joins = ("measure", "region")
    lede = _("Three legal kinds with stages of their own. Announced private investment is not realised investment.")

    def prepare(self, rows: Any) -> Any:
        return with_stages(super().prepare(rows), self.request.user)


class ComplexPage(RowPage):
    model, facts = Complex, tables.COMPLEX_FACTS
    offers = (
        Offer(_("Add a stage"), "clusters:complex-stage-new"),
        Offer(_("Add a tenant"), "clusters:tenant-new"),
        Offer(CHANGE, "clusters:complex-change"),
    )
    parent = Crumb(_("Complexes"), "clusters:complex-list")
    joins = ("measure", "region")

    def tables(self) -> list[Table]:
        user = self.request.user
        stages = ComplexStage.objects.visible_to(user).filter(complex=self.object).select_related("milestone")
        tenants = Tenant.objects.visible_to(user).filter(complex=self.object).select_related("complex__measure")
        hint = _("No published source names a tenant with its investment.")
        return [
            Table(tables.STAGES, stages, _("Stages"), "stages"),
            Table(tables.TENANTS_OF_COMPLEX, tenants, _("Tenants"), "tenants", "", hint),
        ]


class Tenants(RowList):
    domain, model = CLUSTERS, Tenant
    columns, filterset_class = tables.TENANTS, filters.TenantFilter
    joins = ("complex__measure",)


class TenantPage(RowPage):
    model, facts = Tenant, tables.TENANTS[1:]
    offers = (Offer(CHANGE, "clusters:tenant-change"),)
    parent = Crumb(_("Tenants"), "clusters:tenant-list")
    joins = ("complex__measure",)


class ClustersPanel(RowPanel):
    model, columns, caption = Complex, tables.COMPLEXES, _("Complexes")
    more = "clusters:complex-list"
    joins = ("measure", "region")

    def rows(self) -> Any:
        return with_stages(super().rows(), self.request.user)
