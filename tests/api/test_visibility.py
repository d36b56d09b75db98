"""What a reader may not see is not there: in lists, by id or code, behind filters and references."""

from typing import Any

import pytest

from common.tiers import clearance_of
from tests.api.conftest import Caller
from tests.api.test_reading import NOBODY, NOUNS

pytestmark = pytest.mark.usefixtures("everything")
READERS = ["nobody", "staff", "executive"]


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("reader", READERS)
def test_a_list_holds_what_the_rule_of_the_model_says(ask: Any, users: Any, noun: str, reader: str) -> None:
    from strategy.api_urls import router

    view = next(view for prefix, view, _name in router.registry if prefix == noun)
    expected = {str(row.uuid) for row in view.queryset.all().visible_to(users[reader])}
    assert {row["id"] for row in ask(reader).rows(f"{noun}/")} == expected


@pytest.mark.parametrize("noun", NOUNS)
def test_the_hidden_answers_as_what_does_not_exist(ask: Any, noun: str) -> None:
    all_rows, seen = ({row["id"] for row in ask(name).rows(f"{noun}/")} for name in ("executive", "nobody"))
    missing = ask("nobody").get(f"{noun}/{NOBODY}/")
    for public_id in all_rows - seen:
        answer = ask("nobody").get(f"{noun}/{public_id}/")
        assert (answer.status_code, answer.content) == (404, missing.content)


def test_a_code_of_a_hidden_row_answers_as_one_that_does_not_exist(ask: Any) -> None:
    caller = ask("nobody")
    assert caller.get("measures/T1-2/").content == caller.get("measures/T1-9/").content
    assert ask("staff").get("measures/T1-2/").status_code == 200


@pytest.mark.parametrize("address", ["milestones/", "commitments/", "budget-lines/"])
def test_a_filter_by_a_hidden_row_answers_as_by_one_that_does_not_exist(ask: Any, address: str) -> None:
    caller = ask("nobody")
    hidden, missing = caller.get(address, measure="T1-2"), caller.get(address, measure="T1-9")
    assert (hidden.status_code, missing.status_code) == (400, 400)
    assert hidden.content == missing.content.replace(b"T1-9", b"T1-2")
    public_id = ask("staff").one("measures/T1-2/")["id"]
    assert caller.get(address, measure=public_id).status_code == 400


def test_references_to_hidden_rows_are_not_shown(ask: Any, everything: Any) -> None:
    measures = everything.measures
    type(measures.m21).objects.filter(pk=measures.m21.pk).update(scope="superseded", superseded_by=measures.m12)
    for expand in ("", "measure"):
        assert ask("nobody").one("measures/T2-1/", expand=expand)["superseded_by"] is None
        assert ask("staff").one("measures/T2-1/", expand=expand)["superseded_by"]["code"] == "T1-2"
        assert ask("nobody").one("commitments/T2-12/", expand=expand)["measures"] == []
        assert ask("staff").one("commitments/T2-12/", expand=expand)["measures"][0]["code"] == "T2-12"


def test_no_answer_to_an_uncleared_reader_tells_of_hidden_rows(ask: Any) -> None:
    hidden = [row["id"] for row in ask("executive").rows("milestones/") if row["effective_tier"] != "public"]
    assert hidden
    for noun in [*NOUNS, "rollups"]:
        answer = ask("nobody").get(f"{noun}/", page_size=1000).content.decode()
        assert not [public_id for public_id in hidden if public_id in answer], noun


def test_anonymous_readers_see_the_public_tier_where_the_setting_allows_it(settings: Any) -> None:
    assert Caller().get("measures/").status_code == 401
    settings.ANONYMOUS_READING = True
    codes = {row["code"] for row in Caller().rows("measures/")}
    assert "T1-1" in codes
    assert "T1-2" not in codes
    assert Caller().get("me/").status_code == 401
    assert Caller().get("changes/").status_code == 401


def test_every_reader_of_the_tests_has_another_clearance(users: Any) -> None:
    assert [clearance_of(users[name]) for name in READERS] == [1, 2, 3]


def test_a_draft_is_read_by_those_alone_who_may_report_its_milestone(ask: Any, everything: Any, users: Any) -> None:
    from tasks.actions import reports

    milestone = everything.milestones.open
    draft = reports.draft_report(milestone, reports.ReportValues("start", result="in the making"), by=users["staff"])
    everybody = ("coordinator", "staff", "approver", "staff-msit", "analyst", "executive", "auditor", "nobody")
    readers = {
        name
        for name in everybody
        if str(draft.uuid) in {row["id"] for row in ask(name).rows("status-reports/", milestone=milestone.uuid)}
    }
    assert readers == {"coordinator", "staff", "approver"}
    assert ask("staff").get(f"status-reports/{draft.uuid}/").status_code == 200
    assert ask("executive").get(f"status-reports/{draft.uuid}/").status_code == 404
