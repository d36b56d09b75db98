"""How the tables of investment looked on a day. Rules of the credit, needs and reviews bear no day: today's."""

from investment.models import InvestmentVehicle, Permit, PermitEvent, PermitRule, TaxCreditRate
from tasks.past import done_on, rows_of

# The day is that of the investment. A law may set its rate afterwards: then the rate is known from that law on.
_REPLACED = "row.superseded_on <= past.known_on()"
# Until a rate of semiconductors was known, what is the class of all others today was that of all of them.
_DIVIDED = """EXISTS (SELECT 1 FROM public.investment_taxcreditrate apart
    WHERE apart.tax_class = 'nst_semiconductor' AND coalesce(apart.known_from <= past.known_on(), true))"""
_HAPPENED = "(SELECT min(e.happened_on) FROM public.investment_permitevent e WHERE e.permit_id = row.id)"
_BEGUN = done_on("m.id = row.milestone_id")
_BEGUN_THERE = done_on("m.measure_id = row.measure_id")

rows_of(
    TaxCreditRate,
    is_public=False,
    since="row.invest_from",
    known_from="row.known_from",
    tax_class=f"CASE WHEN row.tax_class = 'nst_other' AND NOT {_DIVIDED} THEN 'nst' ELSE row.tax_class END",
    superseded_on=f"CASE WHEN {_REPLACED} THEN row.superseded_on END",
    superseded_by_id=f"CASE WHEN {_REPLACED} THEN row.superseded_by_id END",
)
rows_of(PermitRule, since="row.valid_from", valid_to="CASE WHEN row.valid_to < past.as_of() THEN row.valid_to END")
rows_of(PermitEvent, since="row.happened_on")
rows_of(Permit, since=_HAPPENED)
# One that is only planned or discussed began with the first step of its measure.
rows_of(InvestmentVehicle, since=f"coalesce({_BEGUN}, {_BEGUN_THERE})")
