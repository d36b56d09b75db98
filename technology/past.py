"""How the tables of technology looked on a day. The legal lists are a reference list: today's."""

from accounts.past import ministry_then
from tasks.past import once, rows_of, step_done_on
from technology.models import HubPhase, ResearchHub, ResearchProgramme, TechnologyProfile

rows_of(
    TechnologyProfile,
    since="coalesce(row.announced_on, row.designated_on)",
    designated_on=once("designated_on", "row.designated_on"),
)
rows_of(ResearchProgramme, since="row.announced_on", ministry_id=ministry_then("row.ministry_id"))
rows_of(ResearchHub, since=step_done_on(HubPhase, "hub_id"))
