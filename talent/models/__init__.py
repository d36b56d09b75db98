"""The nouns of talent, one per file."""

from talent.models.cohort import Cohort
from talent.models.incentive import ForeignTalentIncentive
from talent.models.programme import TalentProgramme

__all__ = ["Cohort", "ForeignTalentIncentive", "TalentProgramme"]
