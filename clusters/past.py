"""How the tables of clusters looked on a day. Stages and their limits are a reference list: today's."""

from clusters.models import Complex, ComplexFigure, ComplexStage, DesignationRound, PublishedTotal, RoundStep, Tenant
from tasks.past import by_then, done_on, once, rows_of, step_done_on

# Who was chosen, and what it is worth, is told on the day on which the complexes of the round are named.
_NAMED = """m.id IN (SELECT s.milestone_id FROM public.clusters_complexstage s
    JOIN public.clusters_complex c ON c.id = s.complex_id WHERE c.round_id = {})"""
_CHOSEN = done_on(_NAMED.format("row.id"))

rows_of(Complex, since=step_done_on(ComplexStage, "complex_id"))
rows_of(ComplexFigure, since="coalesce(row.as_of, 'infinity')")
rows_of(
    DesignationRound,
    since=f"least({step_done_on(RoundStep, 'round_id')}, {_CHOSEN})",
    applicant_count=once("applicant_count", _CHOSEN),
    selected_count=once("selected_count", _CHOSEN),
)
rows_of(PublishedTotal, since=done_on(_NAMED.format("row.round_id")))
rows_of(
    Tenant,
    realised_investment_won=f"CASE WHEN {by_then('row.realised_on')} THEN row.realised_investment_won END",
    realised_on=f"CASE WHEN {by_then('row.realised_on')} THEN row.realised_on END",
)
