"""The nouns of talent, one per file."""

from talent.models.cohort import Cohort
from talent.models.incentive import ForeignTalentIncentive
from talent.models.programme import TalentProgramme
from talent.models.programme_figure import ProgrammeFigure

__all__ = ["Cohort", "ForeignTalentIncentive", "ProgrammeFigure", "TalentProgramme"]
