"""Observations: a series for each method, never joined; what is not observed stays unknown."""

import re
from datetime import date
from typing import Any

import pytest

from common.errors import Invalid
from ecosystem import actions
from ecosystem.choices import Method
from ecosystem.models import DependenceObservation
from ecosystem.rollups import latest, series
from tasks.permissions import SYSTEM


@pytest.fixture
def item(strategy_tree: Any) -> Any:
    return actions.create_supply_item(
        by=SYSTEM, measure=strategy_tree.measures.m21, key="graphite", name_ko="흑연", name_en="Graphite"
    )


def observe(item: Any, year: int, share_bp: int, method: Method, country: str = "CN", **more: Any) -> Any:
    return actions.record_dependence(
        by=SYSTEM,
        item=item,
        key=f"{country}-{year}-{method}".lower().replace("_", "-"),
        country=country,
        year=year,
        observed_on=date(year, 12, 31),
        share_bp=share_bp,
        method=method,
        **more,
    )


def test_a_change_is_told_within_one_method_only(item: Any) -> None:
    observe(item, 2022, 9_300, Method.ANNOUNCEMENT_2023)
    observe(item, 2023, 9_900, Method.WEIGHT_REPRESENTATIVE_HS)
    observe(item, 2024, 9_880, Method.WEIGHT_REPRESENTATIVE_HS)
    observe(item, 2024, 100, Method.WEIGHT_REPRESENTATIVE_HS, "JP")
    found = series(DependenceObservation.objects.all())
    changes = {method: [seen.change_bp for seen in rows] for method, rows in found.items()}
    assert changes == {Method.ANNOUNCEMENT_2023: [None], Method.WEIGHT_REPRESENTATIVE_HS: [None, -20, None]}
    assert latest(item.observations.all(), Method.UNSPECIFIED) is None


def test_a_share_above_the_whole_and_a_date_of_another_year_are_refused(item: Any) -> None:
    with pytest.raises(Invalid):
        observe(item, 2024, 10_001, Method.UNSPECIFIED)
    with pytest.raises(Invalid):
        actions.record_dependence(
            by=SYSTEM, item=item, key="x", country="CN", year=2024, observed_on=date(2023, 1, 1), share_bp=1,
            method=Method.UNSPECIFIED,
        )  # fmt: skip


def test_the_list_says_since_when_a_share_changed(item: Any, users: Any, client: Any) -> None:
    observe(item, 2021, 9_900, Method.WEIGHT_REPRESENTATIVE_HS)
    observe(item, 2024, 9_880, Method.WEIGHT_REPRESENTATIVE_HS)
    client.force_login(users["analyst"])
    page = client.get("/ecosystem/supply-items/", headers={"accept-language": "en"}).content.decode()
    below = page.partition('<div class="small soft">China 2024</div>')[2]
    told = below[: below.index("</div>")]
    assert "▼ 0.2 pp</span> since 2021" in told and "Derived" in told


def test_the_page_has_a_table_for_each_method(item: Any, users: Any, client: Any) -> None:
    observe(item, 2022, 9_300, Method.ANNOUNCEMENT_2023)
    observe(item, 2024, 9_880, Method.WEIGHT_REPRESENTATIVE_HS)
    client.force_login(users["nobody"])
    page = client.get(item.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert page.count("<caption>Observations: ") == 2
    assert "93.0%" in page
    assert "98.8%" in page


def test_a_change_between_two_years_says_that_it_was_computed(item: Any, users: Any, client: Any) -> None:
    observe(item, 2023, 9_900, Method.WEIGHT_REPRESENTATIVE_HS)
    observe(item, 2024, 9_880, Method.WEIGHT_REPRESENTATIVE_HS)
    client.force_login(users["nobody"])
    for address in ("/ecosystem/supply-items/", item.get_absolute_url()):
        page = client.get(address, headers={"accept-language": "en"}).content.decode()
        assert re.search(r"Derived</span> ▼ 0\.2", page), address
        assert page.count("Derived</span>") == 1, address


def test_what_was_measured_is_said_in_the_readers_language(item: Any, users: Any, client: Any) -> None:
    row = observe(item, 2024, 9_940, Method.WEIGHT_REPRESENTATIVE_HS, measured_as="흑연괴 / graphite ingot")
    client.force_login(users["nobody"])
    for address in (item.get_absolute_url(), row.get_absolute_url()):
        english = client.get(address, headers={"accept-language": "en"}).content.decode()
        assert "graphite ingot" in english
        assert "흑연괴" not in english
        korean = client.get(address, headers={"accept-language": "ko"}).content.decode()
        assert "흑연괴" in korean
        assert "graphite ingot" not in korean
