"""How the tables of talent looked on a day. Numbers that nobody dated are told on no past day."""

from typing import Any

from accounts.past import ministry_then
from talent.choices import CohortStep
from talent.models import Cohort, ForeignTalentIncentive, ProgrammeFigure, TalentProgramme
from tasks.past import done_on, rows_of

_START = done_on("m.id = row.milestone_id")
_ANNOUNCED = "(SELECT p.announced_on FROM public.talent_talentprogramme p WHERE p.id = row.programme_id)"
# A cohort is planned in its year; how many came is known when the year is over.
_YEAR_ENDS = "make_date(row.year, 12, 31)"

rows_of(
    TalentProgramme,
    since=f"coalesce(row.announced_on, {_START})",
    ministry_id=ministry_then("row.ministry_id"),
)
rows_of(ProgrammeFigure, since=f"coalesce(row.as_of, {_ANNOUNCED}, 'infinity')")
_COUNTED: dict[str, Any] = {
    step.value: f"CASE WHEN {_YEAR_ENDS} <= past.as_of() THEN row.{step.value} END" for step in CohortStep
}
rows_of(Cohort, since="coalesce(make_date(row.year, 1, 1), 'infinity')", **_COUNTED)
rows_of(ForeignTalentIncentive, since=_START)
