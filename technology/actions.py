"""Technology: legal lists and profiles, research programmes, hubs and their phases."""

from typing import Any

from tasks.actions.records import change_record, create_record
from tasks.models import Milestone
from tasks.permissions import Actor
from technology.models import HubPhase, LegalList, ResearchHub, ResearchProgramme, TechnologyProfile


def create_legal_list(*, by: Actor, **values: Any) -> LegalList:
    return create_record(LegalList, by=by, verb="legal_list.created", **values)


def create_technology_profile(*, by: Actor, **values: Any) -> TechnologyProfile:
    return create_record(TechnologyProfile, by=by, verb="technology_profile.created", **values)


def create_research_programme(*, by: Actor, **values: Any) -> ResearchProgramme:
    return create_record(ResearchProgramme, by=by, verb="research_programme.created", **values)


def change_research_programme(row: ResearchProgramme, **change: Any) -> ResearchProgramme:
    return change_record(row, verb="research_programme.changed", **change)


def create_research_hub(*, by: Actor, **values: Any) -> ResearchHub:
    return create_record(ResearchHub, by=by, verb="research_hub.created", **values)


def change_research_hub(row: ResearchHub, **change: Any) -> ResearchHub:
    return change_record(row, verb="research_hub.changed", **change)


def add_hub_phase(hub: ResearchHub, milestone: Milestone, *, by: Actor, **values: Any) -> HubPhase:
    return create_record(HubPhase, by=by, verb="research_hub.phase_added", hub=hub, milestone=milestone, **values)
