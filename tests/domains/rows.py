"""One row of every noun of the six domains on a given measure, made through the actions."""

from datetime import date
from typing import Any

from clusters import actions as clusters
from ecosystem import actions as ecosystem
from investment import actions as investment
from talent import actions as talent
from tasks.permissions import SYSTEM
from technology import actions as technology
from trade import actions as trade

DAY = date(2024, 5, 1)


def make_rows(measure: Any, milestone: Any, mark: str) -> dict[str, Any]:
    """By API path; every key and name holds `mark`, so that a leak is found by searching for it."""
    base = {"by": SYSTEM, "measure": measure}

    def named(noun: str) -> dict[str, Any]:
        return base | {"key": f"{mark}-{noun}", "name_ko": f"{mark} {noun} ko", "name_en": f"{mark} {noun} en"}

    return {
        **_technology(named, milestone),
        **_talent(named, milestone),
        **_clusters(named, milestone, mark),
        **_ecosystem(named, milestone),
        **_investment(named, base, milestone, mark),
        **_trade(named, base, milestone, mark),
    }


def _child(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "measure"}


def _technology(named: Any, milestone: Any) -> dict[str, Any]:
    programme = technology.create_research_programme(
        **named("programme"), first_year=2023, last_year=2027, milestone=milestone
    )
    hub = technology.create_research_hub(**named("hub"), field="battery", functions=["research"])
    technology.add_hub_phase(hub, milestone, by=SYSTEM, position=1)
    return {"research-programmes": programme, "research-hubs": hub}


def _talent(named: Any, milestone: Any) -> dict[str, Any]:
    programme = talent.create_talent_programme(**named("talent"), kind="attraction")
    return {
        "talent-programmes": programme,
        "cohorts": talent.create_cohort(**_child(named("cohort")), programme=programme, selected=0),
        "talent-incentives": talent.create_talent_incentive(**named("incentive"), kind="visa", milestone=milestone),
    }


def _clusters(named: Any, milestone: Any, mark: str) -> dict[str, Any]:
    round_ = clusters.create_designation_round(**named("round"), kind="sobujang")
    clusters.add_round_step(round_, milestone, by=SYSTEM, stage="call", position=1)
    place = clusters.create_complex(**named("complex"), code=mark.upper(), kind="sobujang", round=round_)
    clusters.add_complex_stage(place, milestone, by=SYSTEM, stage="designation", position=1)
    return {
        "complexes": place,
        "designation-rounds": round_,
        "tenants": clusters.create_tenant(**_child(named("tenant")), complex=place),
    }


def _ecosystem(named: Any, milestone: Any) -> dict[str, Any]:
    project = ecosystem.create_lead_project(**named("project"), milestone=milestone)
    item = ecosystem.create_supply_item(**named("item"), lead_project=project)
    observation = ecosystem.record_dependence(
        by=SYSTEM,
        item=item,
        key=named("dependence")["key"],
        country="CN",
        year=2024,
        observed_on=date(2024, 12, 31),
        share_bp=9_000,
        method="unspecified",
    )
    return {
        "supply-plans": ecosystem.create_supply_plan(**named("plan"), milestone=milestone),
        "lead-projects": project,
        "supply-items": item,
        "dependence-observations": observation,
        "mother-factories": ecosystem.create_mother_factory(**named("factory"), milestone=milestone),
    }


def _investment(named: Any, base: Any, milestone: Any, mark: str) -> dict[str, Any]:
    rate = investment.create_tax_credit_rate(
        **base,
        key=f"{mark}-rate",
        tax_class="general",
        size="sme",
        kind="regular",
        law_ko=f"{mark} law",
        article="24",
        invest_from=DAY,
        base_bp=100,
        base_confidence="published",
        milestone=milestone,
    )
    vehicle = investment.create_investment_vehicle(**named("vehicle"), status="planned", milestone=milestone)
    investment.add_vehicle_part(by=SYSTEM, vehicle=vehicle, name_ko="가", name_en=f"{mark} part", amount_won=1)
    need = investment.create_infrastructure_need(
        **named("need"), kind="power", unit="MW", required=10, milestone=milestone
    )
    permit = investment.create_permit(
        **named("permit"), law="strategic_industries", matter="building_use", authority=f"{mark} authority"
    )
    investment.record_permit_event(permit, by=SYSTEM, step="applied", happened_on=DAY, note=f"{mark} note")
    review = investment.create_standard_review(**named("review"), milestone=milestone)
    return {
        "tax-credit-rates": rate,
        "investment-vehicles": vehicle,
        "infrastructure-needs": need,
        "permits": permit,
        "global-standard-reviews": review,
    }


def _trade(named: Any, base: Any, milestone: Any, mark: str) -> dict[str, Any]:
    framework = trade.create_framework(**named("framework"), status="concluded")
    trade.add_framework_step(framework, milestone, by=SYSTEM, position=1)
    case = trade.create_negotiation_case(**named("case"), counterpart="US")
    trade.add_case_step(case, milestone, by=SYSTEM, position=1)
    titles = {"title_ko": f"{mark} ko", "title_en": f"{mark} en"}
    return {
        "frameworks": framework,
        "negotiation-cases": case,
        "positions": trade.take_position(by=SYSTEM, case=case, **titles),
        "consultations": trade.record_consultation(**base, case=case, kind="legal", **titles),
        "protection-measures": trade.create_protection_measure(
            **named("protection"), kind="procedure", law_ko="법", milestone=milestone
        ),
    }
