"""The columns of technology's tables and facts, one tuple per noun."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.laws import law_name
from common.tables import Column, sureness_of
from common.templatetags.display import amount, bp_percent, dash, won
from tasks.choices import Bound
from tasks.domain_tables import (
    MEASURE,
    MILESTONE,
    MINISTRY,
    bounded,
    choice,
    countries,
    dated,
    itself,
    latest_step,
    marked_link,
    money,
    name_column,
    related,
    step_title,
)
from technology.models import ResearchHub, ResearchProgramme

TECHNOLOGY = related("technology", _("Strategic technology"), "technology__number")
LEGAL_LIST = related("legal_list", _("Legal list"), "legal_list__pk")


def _years(row: ResearchProgramme) -> str:
    return f"{row.first_year}–{row.last_year}"


def _commitment(row: ResearchProgramme) -> SafeString:
    amount = won(row.commitment_won)
    return format_html(_now("at least {}"), amount) if row.commitment_won and row.bound == Bound.AT_LEAST else amount


COMMITMENT = Column(
    "commitment_won",
    _("Promised amount"),
    itself,
    _commitment,
    "num",
    order="commitment_won",
    plain="commitment_won",
    unit=_("won"),
    beside=(bounded("bound", _("Promised amount")),),
)
YEARS = Column("years", _("Fiscal years"), _years, order="first_year")

RESEARCH_PROGRAMMES = (
    name_column(_("Research programme")),
    MEASURE,
    MINISTRY,
    YEARS,
    COMMITMENT,
    dated("announced_on", _("Announced on")),
)
RESEARCH_PROGRAMME_FACTS = (
    MEASURE,
    MINISTRY,
    TECHNOLOGY,
    YEARS,
    COMMITMENT,
    dated("announced_on", _("Announced on")),
    Column("base_year", _("Base year")),
    money("base_won", _("Amount of the base year")),
    Column("growth_bp", _("Announced yearly growth"), show=bp_percent),
    money("target_last_year_won", _("Aim of the last year")),
    MILESTONE,
)


def _phase(milestone: Any) -> Any:
    return dash(None) if milestone is None else step_title(milestone)


RESEARCH_HUBS = (
    name_column(_("Research hub")),
    choice("field", _("Field")),
    Column("functions", _("Functions"), "functions_display"),
    countries("partner_countries", _("Partner countries")),
    Column("site", _("Site")),
    money("cost_won", _("Announced cost")),
    Column(
        "phase",
        _("Latest phase reached"),
        lambda row: latest_phase(row),
        _phase,
        beside=(sureness_of("phase", _("Latest phase reached"), lambda row: latest_phase(row)),),
    ),
)
RESEARCH_HUB_FACTS = (
    MEASURE,
    *RESEARCH_HUBS[1:6],
    money("local_government_won", _("Local government's part")),
    Column("cleanroom_m2", _("Clean room (m²)"), show=amount),
    Column("tool_count", _("Tools (pieces of equipment)"), show=amount),
    Column("wafer_mm", _("Wafer (mm)"), show=amount),
)


def latest_phase(hub: ResearchHub) -> Any:
    return latest_step(hub.phases.all())


LEGAL_LISTS = (
    Column("name", _("Legal list"), itself, marked_link, "wide", order="name_ko", is_row_head=True),
    Column("law_ko", _("Law"), lambda row: law_name(row.law_ko)),
    MINISTRY,
    Column("use", _("Used for")),
    Column("fields", _("Fields"), show=lambda names: dash(", ".join(names)), kind="wide"),
    Column("field_count", _("Number of fields"), show=amount, kind="num", order="field_count"),
    Column("technology_count", _("Technologies"), show=amount, kind="num", order="technology_count"),
)
TECHNOLOGIES = (
    Column("name", _("Technology"), itself, marked_link, "wide", order="technology__number", is_row_head=True),
    LEGAL_LIST,
    dated("announced_on", _("Announced on")),
    dated("designated_on", _("Designated on")),
    Column("sub_technology_count", _("Sub-technologies"), show=amount, kind="num", order="sub_technology_count"),
)
