"""What the recorded dependencies give, checked by hand on 29 November 2026."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from common.tiers import Tier
from tasks.models import Milestone
from tasks.schedule import Schedule, schedule

pytestmark = pytest.mark.usefixtures("loaded")
TODAY = date(2026, 11, 29)


@pytest.fixture
def reader() -> Iterator[User]:
    with time_machine.travel(f"{TODAY}T09:00:00+09:00", tick=False):
        yield User.objects.get_or_create(username="reader", defaults={"clearance": Tier.PUBLIC})[0]


@pytest.fixture
def found(reader: User) -> Schedule:
    return schedule(reader)


def key(code: str) -> int:
    return Milestone.objects.get(code=code).pk


def test_goheung_cannot_be_designated_before_its_overdue_plan_is_approved(found: Schedule) -> None:
    """The plan was due on 31 March 2026, the designation on 30 June: 152 days before the day read."""
    plan, designation = key("T3-2.6-M2"), key("T3-2.6-M3")
    assert found.earliest_end(plan) == found.earliest_end(designation) == TODAY
    assert (found.slack_days(plan), found.slack_days(designation)) == (-243, -152)
    assert found.chain(designation) == [plan]
    assert found.is_critical(plan)


def test_the_first_fab_of_yongin_leaves_its_power_no_day(found: Schedule, reader: User) -> None:
    """Both are due by the end of 2030, and another task answers for the power."""
    fab, power, groundbreaking = key("T3-3.1-M4"), key("T5-2.1-M2"), key("T3-3.1-M3")
    assert found.earliest_end(fab) == date(2030, 12, 31)
    assert (found.driver(fab), found.slack_days(fab)) == (power, 0)
    assert found.is_critical(power)
    # Ground is broken by the end of 2026: four years less a day may pass, of which one is 29 February 2028.
    assert found.waits_for([fab])[groundbreaking].slack_days == 1461
    client = Client(headers={"accept-language": "en"})
    client.force_login(reader)
    task = Milestone.objects.get(pk=fab).measure.strategic_task
    page = client.get(task.get_absolute_url())
    assert [row.milestone.pk for row in page.context["critical_path"].rows] == [power, fab]


def test_no_recorded_milestone_waits_on_a_bill_any_more(found: Schedule, reader: User) -> None:
    """The basic plans that rested on an Act came after it; every stage on record is over."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(reader)
    answer: Any = client.get("/api/v1/bills/bill-supply-chain/waiting/").json()
    assert (answer["waiting"], answer["late_count"]) == ([], 0)
    assert (
        "Nothing any more: none of its stages is still to come."
        in client.get("/bills/bill-supply-chain/").content.decode()
    )


def test_of_the_recorded_dependencies_none_closes_a_loop_and_three_keep_something_late(found: Schedule) -> None:
    late = Milestone.objects.filter(pk__in=found.late_by_others()).values_list("code", flat=True)
    assert sorted(late) == ["T3-2.6-M3", "T3-3.2-M4", "T3-3.3-M4"]
    assert found.in_loop == frozenset()
