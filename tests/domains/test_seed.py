"""The starter data of the domains: all of it is loaded, and a second load changes nothing."""

from typing import Any

import pytest
from django.test import Client

from common.seeds import load_rows
from strategy.domains import DOMAINS

FILES = {
    "research-programmes": "research_programmes",
    "research-hubs": "research_hubs",
    "technologies": "technology_profiles",
    "legal-lists": "legal_lists",
    "talent-programmes": "talent_programmes",
    "cohorts": "cohorts",
    "talent-incentives": "talent_incentives",
    "complexes": "complexes",
    "designation-rounds": "designation_rounds",
    "stage-rules": "stage_rules",
    "supply-plans": "supply_plans",
    "supply-items": "supply_items",
    "dependence-observations": "dependence_observations",
    "lead-projects": "lead_projects",
    "mother-factories": "mother_factories",
    "tax-credit-rates": "tax_credit_rates",
    "tax-credit-rules": "tax_credit_rules",
    "investment-vehicles": "investment_vehicles",
    "infrastructure-needs": "infrastructure_needs",
    "permit-rules": "permit_rules",
    "frameworks": "frameworks",
    "negotiation-cases": "negotiation_cases",
    "protection-measures": "protection_measures",
}


@pytest.mark.usefixtures("seeded_db")
def test_every_row_of_the_files_is_read_back_and_a_second_load_writes_nothing() -> None:
    from accounts.models import User
    from tasks.models import Change
    from tasks.permissions import SYSTEM

    client = Client()
    client.force_login(User.objects.create(username="reader"))
    for domain in DOMAINS:
        for noun in domain.nouns:
            if noun.api_path in FILES:
                keys = {row["key"] for row in load_rows(domain.slug, FILES[noun.api_path])}
                answer: Any = client.get(f"/api/v1/{noun.api_path}/?page_size=1000").json()
                assert {row["key"] for row in answer["results"]} == keys
    before = Change.objects.count()
    for domain in DOMAINS:
        assert domain.seed is not None
        domain.seed(lambda name, slug=domain.slug: load_rows(slug, name), SYSTEM)
    assert Change.objects.count() == before
