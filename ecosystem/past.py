"""How the tables of ecosystem looked on a day. Goods are there on every day, their lead project since its plan."""

from ecosystem.models import DependenceObservation, LeadProject, MotherFactory, SupplyItem, SupplyPlan
from tasks.past import done_on, rows_of

_PLANNED = done_on(
    "m.id IN (SELECT p.milestone_id FROM public.ecosystem_supplyplan p WHERE p.measure_id = row.measure_id)"
)

rows_of(SupplyPlan, since=done_on("m.id = row.milestone_id"))
rows_of(LeadProject, since=_PLANNED)
rows_of(
    SupplyItem,
    lead_project_id="(SELECT l.id FROM past.ecosystem_leadproject l WHERE l.id = row.lead_project_id)",
)
rows_of(DependenceObservation, since="row.observed_on", is_public=False)
rows_of(MotherFactory, since="row.announced_on")
