"""The nouns of technology, one per file."""

from technology.models.legal_list import LegalList, TechnologyProfile
from technology.models.research_hub import HubPhase, ResearchHub
from technology.models.research_programme import ResearchProgramme

__all__ = ["HubPhase", "LegalList", "ResearchHub", "ResearchProgramme", "TechnologyProfile"]
