"""The pages of clusters."""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from clusters import filters, tables
from clusters.domain import CLUSTERS
from clusters.models import (
    Complex,
    ComplexFigure,
    ComplexStage,
    DesignationRound,
    PublishedTotal,
    RoundStep,
    StageRule,
    Tenant,
)
from clusters.rollups import PipelineStage, compared, pipeline
from common.pages import Crumb, Table
from tasks.domain_tables import STEPS
from tasks.views.entry import CHANGE, Offer
from tasks.views.rows import RowList, RowPage, RowPanel


def with_stages(rows: Any, user: Any) -> Any:
    """Complexes with the stages that the reader may see."""
    return rows.with_visible(user, "stages").prefetch_related("stages__milestone", "other_regions")


class Complexes(RowList):
    domain, model = CLUSTERS, Complex
    offers = (Offer(_("Register a complex"), "clusters:complex-new"),)
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

    def prepare(self, rows: Any) -> Any:
        return super().prepare(rows).with_visible(self.request.user, "round", "tenants")

    def tables(self) -> list[Table]:
        user = self.request.user
        figures = ComplexFigure.objects.visible_to(user).filter(complex=self.object)
        tenants = Tenant.objects.visible_to(user).filter(complex=self.object).select_related("complex__measure")
        hint = _("No source found names a tenant with its investment.")
        # By its label: domains do not import each other.
        needs: Any = apps.get_model("investment.InfrastructureNeed")._default_manager.visible_to(user)
        needs = needs.filter(complex_key=self.object.key).select_related("measure")
        later = [Table(tables.FIGURES, list(figures), _("Published later"), "figures")]
        needed = [Table(tables.NEEDS_OF_COMPLEX, list(needs), _("Infrastructure needs"), "needs")]
        return [
            Table(tables.PIPELINE, self.stages(), _("Stages, as the law orders them"), "stages"),
            *(table for table in later if table.rows),
            *(table for table in needed if table.rows),
            Table(tables.TENANTS_OF_COMPLEX, tenants, _("Tenants"), "tenants", "", hint),
        ]

    def stages(self) -> list[PipelineStage]:
        user = self.request.user
        rules = StageRule.objects.visible_to(user).filter(kind=self.object.kind).prefetch_related("limits")
        own = ComplexStage.objects.visible_to(user).filter(complex=self.object).select_related("milestone")
        shared = RoundStep.objects.visible_to(user).filter(round=self.object.round).select_related("milestone")
        return pipeline(list(rules), own, shared)


class DesignationRounds(RowList):
    domain, model = CLUSTERS, DesignationRound
    columns, filterset_class = tables.ROUNDS, filters.DesignationRoundFilter
    joins = ("measure",)
    lede = _("Calls and selections with their numbers. A total that a source states stands beside its sum.")


class DesignationRoundPage(RowPage):
    model, facts = DesignationRound, tables.ROUNDS[1:]
    parent = Crumb(_("Designation rounds"), "clusters:designation-round-list")
    joins = ("measure",)

    def tables(self) -> list[Table]:
        user = self.request.user
        steps = RoundStep.objects.visible_to(user).filter(round=self.object).select_related("milestone")
        totals = PublishedTotal.objects.visible_to(user).filter(round=self.object).with_visible(user, "complexes")
        rows = [compared(total, total.complexes.all()) for total in totals]
        inside = Complex.objects.visible_to(user).filter(round=self.object).select_related("measure", "region")
        places = list(with_stages(inside, user))
        hint = _("Nothing is designated yet, or no published source says what.")
        no_step = _("The days stand with each complex below.") if places else _("No date was found.")
        return [
            Table(STEPS, steps, _("Steps"), "steps", _("No step of the round as a whole"), no_step),
            *([Table(tables.TOTALS, rows, _("Published totals and their arithmetic"), "totals")] if rows else []),
            Table(tables.COMPLEXES, places, _("Complexes"), "complexes", "", hint),
        ]


class StageRules(RowList):
    domain, model = CLUSTERS, StageRule
    columns, filterset_class = tables.STAGE_RULES, filters.StageRuleFilter
    lede = _("Three legal kinds, three lists of stages. A limit is shown with the article that sets it.")

    def prepare(self, rows: Any) -> Any:
        return super().prepare(rows).prefetch_related("limits")


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
