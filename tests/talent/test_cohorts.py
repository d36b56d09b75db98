"""Cohorts: an unknown number stays unknown, a later step has no more people than an earlier one."""

from typing import Any

import pytest

from common.errors import Invalid
from talent import actions
from tasks.permissions import SYSTEM


@pytest.fixture
def programme(strategy_tree: Any) -> Any:
    return actions.create_talent_programme(
        by=SYSTEM, measure=strategy_tree.measures.m21, key="abroad", name_ko="해외", name_en="Abroad", kind="centre"
    )


def add(programme: Any, key: str = "first", **counts: int) -> Any:
    return actions.create_cohort(by=SYSTEM, programme=programme, key=key, name_ko="1기", name_en="First", **counts)


@pytest.mark.parametrize(
    "counts",
    [{"applied": 10, "selected": 11}, {"selected": 3, "dispatched": 4}, {"dispatched": 1, "returned": 2}],
)
def test_a_later_step_with_more_people_is_refused(programme: Any, counts: dict[str, int]) -> None:
    with pytest.raises(Invalid):
        add(programme, **counts)


def test_nobody_counted_is_a_dash_and_nobody_there_is_zero(programme: Any, users: Any, client: Any) -> None:
    cohort = add(programme, selected=0)
    client.force_login(users["nobody"])
    row = client.get(f"/api/v1/cohorts/{cohort.key}/").json()
    assert (row["selected"], row["applied"]) == (0, None)
    page = client.get(cohort.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert page.index(">Selected<") < page.index('<td class="num">0</td>') < page.index(">Dispatched<")
