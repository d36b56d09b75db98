"""Loads legal lists, profiles, research programmes and hubs; what is there already is left alone."""

from common.seeds import Row, provenance, texts
from tasks.permissions import Actor
from tasks.seed import references
from tasks.seed.references import Load, new_rows, picked
from technology import actions
from technology.models import LegalList, ResearchHub, ResearchProgramme, TechnologyProfile

PROGRAMME_COLUMNS = (
    "key",
    "first_year",
    "last_year",
    "announced_on",
    "commitment_won",
    "bound",
    "base_year",
    "base_won",
    "target_last_year_won",
    "growth_bp",
)
HUB_COLUMNS = (
    "key",
    "field",
    "functions",
    "partner_countries",
    "cost_won",
    "local_government_won",
    "cleanroom_m2",
    "tool_count",
    "wafer_mm",
)


def load_technology(load: Load, by: Actor) -> None:
    for row in new_rows(load, "legal_lists", LegalList):
        _legal_list(row, by)
    for row in new_rows(load, "technology_profiles", TechnologyProfile):
        _profile(row, by)
    for row in new_rows(load, "research_programmes", ResearchProgramme):
        _programme(row, by)
    for row in new_rows(load, "research_hubs", ResearchHub):
        _hub(row, by)


def _legal_list(row: Row, by: Actor) -> None:
    actions.create_legal_list(
        by=by,
        ministry=references.ministry(row["ministry"]),
        **picked(row, "key", "law_ko", "fields_ko", "fields_en", "field_count", "technology_count"),
        **texts(row, "name", "use"),
        **provenance(row),
    )


def _profile(row: Row, by: Actor) -> None:
    actions.create_technology_profile(
        by=by,
        technology=references.technology(row["technology"]),
        legal_list=LegalList.objects.get(key=row["legal_list"]),
        **picked(row, "key", "announced_on", "designated_on", "sub_technology_count"),
        **provenance(row),
    )


def _programme(row: Row, by: Actor) -> None:
    actions.create_research_programme(
        by=by,
        measure=references.measure(row["measure"]),
        ministry=references.ministry(row["ministry"]),
        technology=references.technology(row["technology"]),
        milestone=references.milestone(row["milestone"]),
        **picked(row, *PROGRAMME_COLUMNS),
        **texts(row, "name"),
        **provenance(row),
    )


def _hub(row: Row, by: Actor) -> None:
    hub = actions.create_research_hub(
        by=by,
        measure=references.measure(row["measure"]),
        **picked(row, *HUB_COLUMNS),
        **texts(row, "name", "site"),
        **provenance(row),
    )
    for position, milestone in enumerate(references.milestones(row["phases"]), start=1):
        actions.add_hub_phase(hub, milestone, by=by, position=position)
