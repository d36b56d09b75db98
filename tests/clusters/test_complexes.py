"""Complexes: stages in order with the milestone's dates, coordinates in Korea, three kinds apart."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clusters import actions
from common.errors import Invalid
from tasks.actions import reports
from tasks.permissions import SYSTEM


def make(tree: Any, **values: Any) -> Any:
    values = {"key": "nic-01", "code": "NIC-01", "kind": "national_industrial"} | values
    return actions.create_complex(by=SYSTEM, measure=tree.measures.m21, name_ko="용인", name_en="Yongin", **values)


@pytest.mark.parametrize("place", [{"latitude": Decimal("37.1")}, {"latitude": Decimal(52), "longitude": Decimal(13)}])
def test_a_place_outside_korea_or_half_a_place_is_refused(strategy_tree: Any, place: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        make(strategy_tree, **place)


def test_a_stage_shows_the_dates_of_its_milestone(strategy_tree: Any, users: Any, client: Any) -> None:
    complex_, milestone = make(strategy_tree), strategy_tree.milestones.of_other
    actions.add_complex_stage(complex_, milestone, by=SYSTEM, stage="approval", position=1, statutory_days=60)
    done = reports.ReportValues(verb="complete", completed_on=date(2024, 12, 26))
    reports.report_milestone(milestone, done, by=SYSTEM)
    client.force_login(users["nobody"])
    page = client.get(complex_.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert "Plan approved" in page
    assert "26 Dec 2024" in page
    assert ">60<" in page
    (stage,) = client.get("/api/v1/complexes/nic-01/").json()["stages"]
    assert stage["completed_on"] == "2024-12-26"
    assert stage["current_due"] == "2027-06-30"


def test_a_stage_comes_once(strategy_tree: Any) -> None:
    complex_, milestones = make(strategy_tree), strategy_tree.milestones
    actions.add_complex_stage(complex_, milestones.of_other, by=SYSTEM, stage="approval", position=1)
    with pytest.raises(Invalid):
        actions.add_complex_stage(complex_, milestones.open, by=SYSTEM, stage="approval", position=2)


def test_a_stage_without_a_limit_does_not_say_that_the_law_has_none(reader: Any) -> None:
    page = reader.get("/clusters/stage-rules/").content.decode()
    assert "The law sets none" not in page
    assert "No limit on record" in page
    korean = reader.get("/clusters/stage-rules/", headers={"accept-language": "ko"}).content.decode()
    assert "자료에 기한 없음" in korean
    assert "법정 기한이 없습니다" not in korean


def test_a_complex_that_was_exempted_has_not_had_the_study(reader: Any) -> None:
    for language, words in (("en", "Feasibility study or exemption"), ("ko", "타당성 조사(또는 면제)")):
        page = reader.get("/clusters/complexes/?search=NIC-07", headers={"accept-language": language}).content.decode()
        assert words in page
