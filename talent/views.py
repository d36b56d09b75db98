"""The pages of talent."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from common.pages import Crumb, Table
from talent import filters, tables
from talent.domain import TALENT
from talent.models import Cohort, ForeignTalentIncentive, ProgrammeFigure, TalentProgramme
from talent.rollups import with_issued
from tasks.views.entry import CHANGE, Offer
from tasks.views.rows import RowList, RowPage, RowPanel


class TalentProgrammes(RowList):
    domain, model = TALENT, TalentProgramme
    offers = (Offer(_("Register a talent programme"), "talent:talent-programme-new"),)
    columns, filterset_class = tables.TALENT_PROGRAMMES, filters.TalentProgrammeFilter
    joins = ("measure", "ministry", "agency")


class TalentProgrammePage(RowPage):
    model, facts = TalentProgramme, tables.TALENT_PROGRAMME_FACTS
    offers = (Offer(_("Add a cohort"), "talent:cohort-new"), Offer(CHANGE, "talent:talent-programme-change"))
    parent = Crumb(_("Talent programmes"), "talent:talent-programme-list")
    joins, related = ("measure", "ministry", "agency"), ("milestone",)

    def tables(self) -> list[Table]:
        cohorts = Cohort.objects.visible_to(self.request.user).filter(programme=self.object)
        rows = cohorts.select_related("programme__measure")
        hint = _("No source found gives numbers of a cohort.")
        said = ProgrammeFigure.objects.visible_to(self.request.user).filter(programme=self.object)
        figures = list(said.select_related("part_of"))
        return [
            *([Table(tables.FIGURES, figures, _("Announced figures"), "figures")] if figures else []),
            Table(tables.COHORTS_OF_PROGRAMME, rows, _("Cohorts, from call to placement"), "cohorts", "", hint),
        ]


class Cohorts(RowList):
    domain, model = TALENT, Cohort
    columns, filterset_class = tables.COHORTS, filters.CohortFilter
    joins = ("programme__measure",)


class CohortPage(RowPage):
    model, facts, template_name = Cohort, tables.COHORT_FACTS, "talent/cohort.html"
    offers = (Offer(CHANGE, "talent:cohort-change"),)
    parent = Crumb(_("Cohorts"), "talent:cohort-list")
    joins = ("programme__measure",)


class Incentives(RowList):
    domain, model = TALENT, ForeignTalentIncentive
    offers = (Offer(_("Register an incentive for foreign talent"), "talent:talent-incentive-new"),)
    columns, filterset_class = tables.INCENTIVES, filters.ForeignTalentIncentiveFilter
    joins, related = ("measure",), ("indicator", "milestone")

    def prepare(self, rows: Any) -> Any:
        return with_issued(super().prepare(rows), self.request.user)


class IncentivePage(RowPage):
    model, facts = ForeignTalentIncentive, tables.INCENTIVES[1:]
    offers = (Offer(CHANGE, "talent:talent-incentive-change"),)
    parent = Crumb(_("Incentives for foreign talent"), "talent:talent-incentive-list")
    joins, related = ("measure",), ("indicator", "milestone")

    def prepare(self, rows: Any) -> Any:
        return with_issued(super().prepare(rows), self.request.user)


class TalentPanel(RowPanel):
    model, columns, caption = TalentProgramme, tables.TALENT_PROGRAMMES, _("Talent programmes")
    more = "talent:talent-programme-list"
    joins = ("measure", "ministry", "agency")

    def tables(self) -> list[Table]:
        cohorts = Cohort.objects.visible_to(self.request.user).select_related("programme__measure")
        return [*super().tables(), Table(tables.COHORTS, cohorts, _("Cohorts"), "panel-cohorts")]
