"""Tax credit rates and vehicles: what was superseded stays visible, sums and dates must hold."""

from datetime import date
from typing import Any

import pytest

from common.errors import Invalid
from investment import actions
from tasks.permissions import SYSTEM


def rate(tree: Any, key: str, **values: Any) -> Any:
    values = {"invest_from": date(2023, 1, 1), "base_bp": 800, "kind": "regular"} | values
    return actions.create_tax_credit_rate(
        by=SYSTEM, measure=tree.measures.m21, key=key, tax_class="nst", size="large", law_ko="조세특례제한법",
        article="24", base_confidence="published", **values,
    )  # fmt: skip


def test_a_superseded_rate_is_listed_and_names_what_replaced_it(strategy_tree: Any, users: Any, client: Any) -> None:
    later = rate(strategy_tree, "temporary", kind="temporary", base_bp=1_500)
    rate(strategy_tree, "old", superseded_on=date(2023, 4, 11), superseded_by=later)
    client.force_login(users["nobody"])
    answer = client.get("/api/v1/tax-credit-rates/?superseded=true").json()["results"]
    assert [(row["key"], row["base_percent"], row["superseded_by"]["key"]) for row in answer] == [
        ("old", 8.0, "temporary")
    ]
    page = client.get("/investment/tax-credit-rates/", headers={"accept-language": "en"}).content.decode()
    assert "Superseded" in page
    assert "11 Apr 2023" in page
    assert client.get("/api/v1/tax-credit-rates/?on=2022-12-31").json()["results"] == []


@pytest.mark.parametrize(
    "values",
    [{"invest_to": date(2022, 12, 31)}, {"base_bp": 10_001}, {"incremental_bp": 20_000, "incremental_confidence": ""}],
)
def test_dates_out_of_order_and_rates_above_the_whole_are_refused(strategy_tree: Any, values: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        rate(strategy_tree, "wrong", **values)


def test_a_rate_superseded_by_another_says_when(strategy_tree: Any) -> None:
    with pytest.raises(Invalid):
        rate(strategy_tree, "wrong", superseded_by=rate(strategy_tree, "later"))


def test_the_parts_of_a_vehicle_fit_into_the_whole(strategy_tree: Any) -> None:
    with pytest.raises(Invalid):
        actions.create_investment_vehicle(
            by=SYSTEM, measure=strategy_tree.measures.m21, key="fund", name_ko="기금", name_en="Fund",
            status="planned", size_won=100, public_won=60, private_won=41,
        )  # fmt: skip
