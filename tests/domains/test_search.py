"""Lists of the domains are searched by the labels of their choices, in either language."""

from datetime import date
from typing import Any

import pytest

from tasks.models import Milestone

RATES, COMPLEXES = "tax-credit-rates", "complexes"


@pytest.mark.parametrize(
    ("path", "noun", "typed", "is_found"),
    [
        ("/investment/tax-credit-rates/", RATES, "중소", True),
        ("/investment/tax-credit-rates/", RATES, "general SMALL", True),
        ("/investment/tax-credit-rates/", RATES, "중견", False),
        ("/clusters/complexes/", COMPLEXES, "지정", True),
        ("/clusters/complexes/", COMPLEXES, "Designation 소부장", True),
        ("/clusters/complexes/", COMPLEXES, "준공", False),
        ("/technology/research-hubs/", "research-hubs", "연구", True),
        ("/technology/research-hubs/", "research-hubs", "demonstration", False),
        ("/trade/negotiation-cases/", "negotiation-cases", "미국", True),
        ("/trade/negotiation-cases/", "negotiation-cases", "중국", False),
    ],
)
def test_a_choice_is_found_by_its_label(
    client_of: Any, rows: Any, path: str, noun: str, typed: str, is_found: bool
) -> None:
    Milestone.objects.filter(pk__in=rows.open["complexes"].stages.values("milestone")).update(
        state="completed", progress_bp=10_000, completed_on=date(2024, 5, 1)
    )
    client, row = client_of("coordinator"), rows.open[noun]
    assert (row in client.get(path, {"search": typed}).context["page"].object_list) is is_found
    found = client.get(f"/api/v1/{noun}/", {"search": typed}).json()["results"]
    assert (str(row.uuid) in [each["id"] for each in found]) is is_found


def test_a_stage_whose_milestone_is_hidden_is_not_found(client_of: Any, rows: Any) -> None:
    Milestone.objects.filter(pk__in=rows.open["complexes"].stages.values("milestone")).update(
        state="completed", progress_bp=10_000, completed_on=date(2024, 5, 1), tier=3
    )
    address = "/clusters/complexes/?search=지정"
    assert client_of("coordinator").get(address).context["page"].object_list
    assert not client_of("staff").get(address).context["page"].object_list
