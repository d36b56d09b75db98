"""What is entered about research programmes, research hubs and their phases."""

from django.utils.translation import gettext_lazy as _

from common.forms import countries_field
from tasks.forms.rows import RowForm, StepForm
from technology import actions
from technology.models import HubPhase, ResearchHub, ResearchProgramme

NAMED = ("measure", "name_ko", "name_en")


class ResearchProgrammeForm(RowForm):
    model = ResearchProgramme
    shown = (
        *NAMED, "ministry", "technology", "first_year", "last_year", "announced_on", "commitment_won", "bound",
        "base_year", "base_won", "target_last_year_won", "growth_bp", "milestone",
    )  # fmt: skip
    labels = RowForm.labels | {
        "commitment_won": _("Promised amount (won)"),
        "growth_bp": _("Announced yearly growth (%)"),
    }
    record, change = staticmethod(actions.create_research_programme), staticmethod(actions.change_research_programme)


class ResearchHubForm(RowForm):
    model = ResearchHub
    shown = (
        *NAMED, "field", "functions", "partner_countries", "site_ko", "site_en", "cost_won", "cleanroom_m2",
        "tool_count", "wafer_mm",
    )  # fmt: skip
    labels = RowForm.labels | {"tool_count": _("Tools (pieces of equipment)")}
    partner_countries = countries_field(_("Partner countries"))
    record, change = staticmethod(actions.create_research_hub), staticmethod(actions.change_research_hub)


class HubPhaseForm(StepForm):
    model, parent, steps = HubPhase, "hub", "phases"
    record = staticmethod(actions.add_hub_phase)
