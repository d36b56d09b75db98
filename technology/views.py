"""The pages of technology."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from common.pages import Crumb, Table
from common.tiers import clearance_of
from tasks.domain_tables import STEPS
from tasks.views.entry import CHANGE, Offer
from tasks.views.rows import RowList, RowPage, RowPanel
from technology import filters, tables
from technology.domain import TECHNOLOGY
from technology.models import HubPhase, LegalList, ResearchHub, ResearchProgramme, TechnologyProfile
from technology.rollups import research_line


class ResearchProgrammes(RowList):
    domain, model = TECHNOLOGY, ResearchProgramme
    offers = (Offer(_("Register a research programme"), "technology:research-programme-new"),)
    columns, filterset_class = tables.RESEARCH_PROGRAMMES, filters.ResearchProgrammeFilter
    joins = ("measure", "ministry")
    lede = _("Money promised for research over several years. A promise, a budget and an outturn are different things.")


class ResearchProgrammePage(RowPage):
    offers = (Offer(CHANGE, "technology:research-programme-change"),)
    model, facts, template_name = (
        ResearchProgramme,
        tables.RESEARCH_PROGRAMME_FACTS,
        "technology/research_programme.html",
    )
    parent = Crumb(_("Research programmes"), "technology:research-programme-list")
    joins, related = ("measure", "ministry", "technology"), ("milestone",)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        line = research_line(self.object, tier=clearance_of(self.request.user))
        return super().get_context_data(**{"line": line} | kwargs)


class ResearchHubs(RowList):
    domain, model = TECHNOLOGY, ResearchHub
    offers = (Offer(_("Register a research hub"), "technology:research-hub-new"),)
    columns, filterset_class = tables.RESEARCH_HUBS, filters.ResearchHubFilter
    joins = ("measure",)
    lede = _("One hub for chips, then batteries, then bio: research, education and demonstration in one place.")

    def prepare(self, rows: Any) -> Any:
        return super().prepare(rows).with_visible(self.request.user, "phases").prefetch_related("phases__milestone")


class ResearchHubPage(RowPage):
    model, facts = ResearchHub, tables.RESEARCH_HUB_FACTS
    offers = (Offer(_("Add a phase"), "technology:hub-phase-new"), Offer(CHANGE, "technology:research-hub-change"))
    parent = Crumb(_("Research hubs"), "technology:research-hub-list")
    joins = ("measure",)

    def tables(self) -> list[Table]:
        phases = HubPhase.objects.visible_to(self.request.user).filter(hub=self.object).select_related("milestone")
        return [Table(STEPS, phases, _("Phases"), "phases")]


class LegalLists(RowList):
    domain, model = TECHNOLOGY, LegalList
    columns, filterset_class = tables.LEGAL_LISTS, filters.LegalListFilter
    joins = ("ministry",)
    lede = _("“Strategic technology” means four things in four laws. The lists are never merged.")


class LegalListPage(RowPage):
    model, facts = LegalList, tables.LEGAL_LISTS[1:]
    parent = Crumb(_("Legal lists"), "technology:legal-list-list")
    joins = ("ministry",)

    def tables(self) -> list[Table]:
        profiles = TechnologyProfile.objects.visible_to(self.request.user).filter(legal_list=self.object)
        rows = profiles.select_related("technology", "legal_list")
        return [Table(tables.TECHNOLOGIES, rows, _("Fields with a profile"), "profiles")]


class Technologies(RowList):
    domain, model = TECHNOLOGY, TechnologyProfile
    columns, filterset_class = tables.TECHNOLOGIES, filters.TechnologyProfileFilter
    joins = ("technology", "legal_list")


class TechnologyPage(RowPage):
    model, facts = TechnologyProfile, tables.TECHNOLOGIES[1:]
    parent = Crumb(_("Technology profiles"), "technology:technology-list")
    joins = ("technology", "legal_list")


class TechnologyPanel(RowPanel):
    """The money line of each programme that announced a path."""

    model, columns, caption = ResearchProgramme, tables.RESEARCH_PROGRAMMES, _("Research programmes")
    more, template_name = "technology:research-programme-list", "technology/panel.html"
    joins = ("measure", "ministry")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tier = clearance_of(self.request.user)
        lines = [research_line(row, tier=tier) for row in self.rows() if row.growth_bp is not None]
        return super().get_context_data(**{"lines": lines} | kwargs)
