"""Supply plans: what Supply Chain 3050 covers, its lead projects with their items, its observations by method."""

from collections import Counter
from typing import Any


def test_the_plan_names_its_items_and_leaves_the_rest_open(reader: Any) -> None:
    plan = reader.get("/api/v1/supply-plans/plan-3050/").json()
    assert (plan["candidate_count"], plan["selected_count"], plan["lead_project_count"]) == (1719, 185, 8)
    assert sum(sector["item_count"] for sector in plan["sectors"]) == 106  # the other 79 are not named
    page = reader.get("/ecosystem/supply-plans/plan-3050/").content.decode()
    for shown in ("1,719", "185", "self-reliance, diversification, securing resources", "Vehicles, shipbuilding"):
        assert shown in page


def test_eight_lead_projects_cover_fifteen_items(reader: Any) -> None:
    projects = reader.get("/api/v1/lead-projects/").json()["results"]
    items = reader.get("/api/v1/supply-items/").json()["results"]
    covered = Counter(item["lead_project"]["key"] for item in items if item["lead_project"])
    assert (len(projects), sum(covered.values())) == (8, 15)
    assert set(covered) == {project["key"] for project in projects}


def test_methods_are_never_joined(reader: Any) -> None:
    page = reader.get("/ecosystem/supply-items/item-synthetic-graphite/").content.decode()
    assert 'id="series-announcement_2023"' in page
    assert 'id="series-weight_representative_hs"' in page
    assert "5.8" not in page  # 98.8 − 93.0 would join two methods
