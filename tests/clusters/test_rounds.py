"""Rounds of designation: published totals beside the sum of their complexes, and the stages of the law with their days."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from clusters import actions
from clusters.choices import Quantity
from clusters.models import Complex, PublishedTotal
from clusters.rollups import compared
from common.errors import Invalid
from tasks.actions import reports
from tasks.permissions import SYSTEM

TRILLION = 10**12


def arithmetic(client: Client, path: str) -> dict[str, Any]:
    """What the API says of each total, added up by the reader."""
    found = {}
    for total in client.get(path).json()["totals"]:
        column = {"investment_won": "announced_investment_won", "area_m2": "area_m2"}[total["quantity"]]
        rows = [client.get(f"/api/v1/complexes/{key}/").json() for key in total["complexes"]]
        found[total["key"]] = (total["value"], [row[column] for row in rows])
    return found


def test_the_published_totals_and_what_they_add_up_to(reader: Client) -> None:
    seven = arithmetic(reader, "/api/v1/designation-rounds/round-nasc-2023/")
    value, parts = seven["total-nasc-2023"]
    assert [part / TRILLION for part in parts] == [562, 4.7, 4.2, 12.1, 6.4, 7.4, 17.2]
    assert value == sum(parts) == 614 * TRILLION
    value, parts = seven["total-nasc-2023-battery"]
    assert (value, sum(parts)) == (30 * TRILLION, 30_100_000_000_000)  # the source rounds
    bio = arithmetic(reader, "/api/v1/designation-rounds/round-nasc-bio-2024/")
    value, parts = bio["total-bio-2024"]
    assert (value, parts[3:]) == (36_300_000_000_000, [None, None])
    both, _ = bio["total-bio-2024-jeonnam-gyeongbuk"]
    assert sum(parts[:3]) + both == 36_602_800_000_000  # the sources differ by 0.3028 trillion
    value, parts = arithmetic(reader, "/api/v1/designation-rounds/round-sbj-2023/")["total-sbj-2023"]
    assert value == sum(parts) == 6_700_000_000_000
    value, parts = arithmetic(reader, "/api/v1/designation-rounds/round-nic-2023/")["total-nic-2023-area"]
    assert len(parts) == 15
    assert value == sum(parts) == 40_760_000


def test_a_page_shows_the_total_its_sum_and_the_difference(reader: Client) -> None:
    page = reader.get("/clusters/designation-rounds/round-nasc-bio-2024/").content.decode()
    for shown in ("36300000000000", "34742800000000", "1557200000000", "1860000000000"):
        assert f'value="{shown}"' in page
    assert 'value="0"' not in page  # nothing known of two complexes is no zero


def test_what_is_added_up_of_computed_or_unverified_values_says_so(reader: Client) -> None:
    page = reader.get("/clusters/designation-rounds/round-nasc-2023/").content.decode()
    assert (page.count("Derived: in part"), page.count("Unverified: in part")) == (2, 4)  # of both totals, sum and rest
    listed = reader.get("/clusters/complexes/?search=NASC-01").content.decode()
    assert listed.index(">Derived</span>") < listed.index('value="562000000000000"')


def test_every_complex_shows_all_stages_of_its_kind_with_their_limits(reader: Client) -> None:
    kinds = {"advanced_strategic": 10, "sobujang": 10, "national_industrial": 12}
    rows = reader.get("/api/v1/complexes/?page_size=100").json()["results"]
    assert len(rows) == 37
    for row in rows:
        page = reader.get(f"/clusters/complexes/{row['key']}/").content.decode()
        stages = page[page.index('id="stages"') : page.index("</table>", page.index('id="stages"'))]
        assert stages.count('scope="row"') == kinds[row["kind"]], row["key"]
        assert row["location_en"] in page
        assert "approximate" in page
    yongin = reader.get("/clusters/complexes/nic-01/").content.decode()
    assert "at most 10 working days (§10, one supplementation not counted)" in yongin
    assert ">652<" in yongin  # from the selection as a candidate to the approval
    assert "7,280,000" in yongin
    assert "7,780,000" in yongin


def test_unverified_facts_are_marked_in_list_and_page(reader: Client) -> None:
    for address in ("/clusters/complexes/", "/clusters/complexes/nasc-06/"):
        page = reader.get(address).content.decode()
        assert "mark-warn" in page or "Not verified" in page, address
    row = reader.get("/api/v1/complexes/nasc-06/").json()
    assert row["lead_companies_confidence"] == row["coordinates_confidence"] == "unverified"
    assert row["announced_investment_confidence"] == "unverified"


def test_a_step_of_the_round_stands_in_the_pipeline_and_the_complexs_own_wins(
    strategy_tree: Any, users: Any, client: Any
) -> None:
    shared, own = strategy_tree.milestones.of_other, strategy_tree.milestones.open
    names = {"name_ko": "차수", "name_en": "Round"}
    round_ = actions.create_designation_round(
        by=SYSTEM, measure=strategy_tree.measures.m21, key="round", kind="sobujang", **names
    )
    actions.add_round_step(round_, shared, by=SYSTEM, stage="call", position=1)
    place = actions.create_complex(
        by=SYSTEM,
        measure=strategy_tree.measures.m21,
        key="sbj-99",
        code="SBJ-99",
        kind="sobujang",
        round=round_,
        name_ko="곳",
        name_en="Place",
    )
    rule = actions.create_stage_rule(
        by=SYSTEM, key="stage-call", kind="sobujang", stage="call", position=1, name_ko="공모", name_en="Call it"
    )
    actions.add_stage_limit(
        by=SYSTEM, rule=rule, name_ko="열람", name_en="inspection", value=20, unit="days", bound="at_least", law_ko="법",
        article="9",
    )  # fmt: skip
    reports.report_milestone(shared, reports.ReportValues(verb="complete", completed_on=date(2024, 1, 31)), by=SYSTEM)
    client.force_login(users["coordinator"])
    page = client.get(place.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert "1. Call it" in page
    assert "inspection: at least 20 days (§9)" in page
    assert "31 Jan 2024" in page
    actions.add_complex_stage(place, own, by=SYSTEM, stage="call", position=1)
    page = client.get(place.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert "31 Jan 2024" not in page


def test_more_selected_than_applied_is_refused(strategy_tree: Any) -> None:
    with pytest.raises(Invalid, match=r"."):
        actions.create_designation_round(
            by=SYSTEM,
            measure=strategy_tree.measures.m21,
            key="round",
            kind="sobujang",
            name_ko="차수",
            name_en="Round",
            applicant_count=3,
            selected_count=4,
        )


def test_a_total_over_complexes_without_numbers_has_no_sum() -> None:
    total = PublishedTotal(quantity=Quantity.AREA_M2, value=10)
    assert compared(total, [Complex(area_m2=None)]).known is None
    assert compared(total, [Complex(area_m2=None)]).difference is None
    assert compared(total, [Complex(area_m2=4), Complex(area_m2=None)]).difference == 6


def test_the_admins_list_says_how_sure_a_complex_is(reader: Client, users: Any) -> None:
    reader.force_login(users["admin"])
    page = reader.get("/admin/clusters/complex/").content.decode()
    assert "column-confidence" in page
