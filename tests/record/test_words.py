"""What is computed, not known or not found says so where it stands: in lists as on the pages of the rows."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from common.tiers import Tier
from ecosystem.models import DependenceObservation

pytestmark = pytest.mark.usefixtures("loaded")

DERIVED = r'<span class="mark mark-mute"[^>]*>Derived</span>\s*'
UNVERIFIED = r'<span class="mark mark-warn"[^>]*>Unverified</span>\s*'


@pytest.fixture
def read() -> Any:
    """The page in English as a member of the public reads it."""
    user, _ = User.objects.get_or_create(username="reader", defaults={"clearance": Tier.PUBLIC})
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)

    def page(address: str) -> str:
        answer = client.get(address, headers={"hx-request": "true"} if "/panel/" in address else {})
        assert answer.status_code == 200, address
        return answer.getvalue().decode()

    return page


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/investment/tax-credit-rates/?search=general", DERIVED + r"3\.0%"),
        ("/talent/cohorts/", DERIVED + "100<"),
        ("/technology/panel/", DERIVED + r'<data class="won" value="4114000000000"'),
    ],
)
def test_what_was_computed_says_so_before_the_number(read, address, shown):
    assert re.search(shown, read(address)), address


def test_a_rate_that_its_source_states_bears_no_mark(read):
    page = read("/investment/tax-credit-rates/?search=general")
    assert re.search(r"<span>\s*12\.0%|<span>\s*10\.0%", page)


@pytest.mark.parametrize(("key", "mark"), [("bill-tax-2023", DERIVED), ("bill-itpa", UNVERIFIED)])
def test_a_date_of_the_procedure_says_how_sure_it_is(read, key, mark):
    steps = read(f"/bills/{key}/").split("The procedure, step by step")[1]
    assert re.search(r"</time></a>\s*" + mark, steps)


def test_the_procedure_names_its_sources_and_leaves_an_unknown_route_open(read):
    steps = read("/bills/bill-supply-chain/").split("The procedure, step by step")[1]
    sources = steps.split("Source of the steps")[1].split("</ul>")[0]
    assert "elaw.klri.re.kr" in sources
    assert "14 Oct 2022" in steps.split("By which route is not on record")[0]


@pytest.mark.parametrize("address", ["/ecosystem/supply-plans/", "/ecosystem/supply-plans/plan-3050/"])
def test_a_supply_plan_says_on_which_day_it_was_announced(read, address):
    assert "13 Dec 2023" in read(address)


def test_a_measure_whose_milestones_all_weigh_nothing_says_so(read):
    words = "Nothing with a weight is planned here. Milestones of weight 0 are shown and not counted"
    page = read("/measures/T6-2/")
    assert f"{words}." in page
    assert "Nobody has reported yet" not in page
    assert words in read("/measures/?search=T6-2")
    assert words not in read("/measures/T1-2/")


def test_a_credit_of_which_no_status_is_published_has_none(read):
    for address in ("/trade/negotiation-cases/", "/trade/negotiation-cases/ira-45x/"):
        page = read(address)
        assert "No source found gives its status." in page, address
        assert 'badge-info">Under way' not in page, address


def test_a_vehicle_says_when_it_was_discussed_and_what_it_begins_with_and_replaces_none(read):
    page = read("/investment/investment-vehicles/")
    assert "Nov 2022" in page
    assert re.search(r"initially <data[^>]*>[^<]*20[^<]*</data>", page)
    assert "Earlier vehicle" not in page
    assert "No source found says that it came instead of another." in read(
        "/investment/investment-vehicles/vehicle-growth-fund/"
    )


def test_how_the_shares_of_2023_were_counted_is_left_open():
    rows = DependenceObservation.objects.filter(year=2023, item__key__startswith="item-rare-earth")
    assert {(row.method, row.basis) for row in rows} == {("unspecified", "")}
    assert rows.count() == 2


def test_whether_a_late_milestone_without_a_report_was_completed_is_not_known(read):
    late = read("/milestones/?light=overdue&search=480 planned")
    assert 'class="moot">Not known<' in late
    assert "Not completed" not in late
