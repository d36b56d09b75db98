"""Explanations over the API: parts that sum to the figure, the way down to milestones and reports, what is left out."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from tasks import rollups
from tasks.actions import plans, reports
from tasks.choices import Scope, Verb
from tasks.models import Measure, Milestone
from tasks.models.figure import SUMS
from tasks.permissions import SYSTEM

pytestmark = pytest.mark.usefixtures("everything")


def explained(caller: Any, name: Any, **parameters: Any) -> dict[str, Any]:
    found: dict[str, Any] = caller.one(f"rollups/{name}/explain/", **parameters)
    return found


@pytest.mark.parametrize("reader", ["nobody", "staff", "executive"])
@pytest.mark.parametrize("slice_", ["strategy", "task", "measure", "ministry", "region", "technology", "task_ministry"])
def test_the_parts_of_a_listed_figure_sum_to_it(ask: Any, reader: str, slice_: str) -> None:
    caller = ask(reader)
    rows = caller.rows("rollups/", slice=slice_)
    assert rows
    for row in rows:
        found = explained(caller, row["code"] or "none", slice=slice_, limit=2)
        assert {name: row[name] for name in ("sums", "version", "computed_at", "progress", "tier", "exact")} == {
            name: found["figure"][name] for name in ("sums", "version", "computed_at", "progress", "tier", "exact")
        }
        for name in SUMS:
            assert sum(part["sums"][name] for part in found["parts"]) == row["sums"][name]
        assert found["light"][-1]["light"] == row["lights"]["computed"]
        assert [test["holds"] for test in found["light"]] == [False] * (len(found["light"]) - 1) + [True]
        assert found["formula_version"] == "2026-11"


def test_a_figure_opens_down_to_a_milestone_and_its_report(ask: Any, everything: Any) -> None:
    milestone = everything.milestones.open
    reports.report_milestone(milestone, reports.ReportValues("start", progress_bp=2_500), by=SYSTEM)
    rollups.drain()
    caller = ask("nobody")
    whole = explained(caller, "strategy")
    task = _part(whole, everything.technology)
    measure = _part(caller.get(task["explain"]).json(), everything.measures.m11)
    page = caller.get(measure["explain"]).json()
    part = _part(page, milestone)
    assert (part["kind"], part["explain"], part["progress"], part["state"]) == ("milestone", None, 25.0, "in_progress")
    assert part["report"]["id"] == str(milestone.reports.get().uuid)
    siblings = Measure.objects.filter(parent=everything.measures.m11, in_scope=True).count()
    weights = siblings + Milestone.objects.filter(measure=everything.measures.m11).count()
    assert part["weight"] == {"numerator": 1, "denominator": weights}
    assert part["exact"]["adds"] == {
        "numerator": part["sums"]["earned"], "denominator": page["figure"]["sums"]["share"] * 10_000,
    }  # fmt: skip
    assert sum(row["adds"] for row in page["parts"]) == pytest.approx(page["figure"]["progress"])


def test_formulas_are_told_with_their_numbers(ask: Any) -> None:
    found = explained(ask("staff"), "T1-1")
    for formula in found["formulas"]:
        sums, exact = found["figure"]["sums"], found["figure"]["exact"][formula["name"]]
        assert {"numerator": formula["numerator"], "denominator": formula["denominator"]} == exact
        assert formula["numerator"] == sums[formula["numerator_sum"]]
        assert formula["text"]
    assert {formula["name"] for formula in found["formulas"]} == set(found["figure"]["exact"])


def test_pages_follow_each_other_and_each_sums_to_the_figure(ask: Any, everything: Any) -> None:
    everything.more(2)
    caller = ask("executive")
    page, seen = explained(caller, "talent", slice="task", limit=1), []
    while True:
        own = [part for part in page["parts"] if part["kind"] != "rest"]
        seen += [part["node"]["code"] for part in own]
        assert (
            sum(part["number"] for part in page["parts"])
            == Measure.objects.filter(strategic_task=everything.talent, parent=None, in_scope=True).count()
        )
        assert sum(part["sums"]["share"] for part in page["parts"]) == page["figure"]["sums"]["share"]
        if page["next"] is None:
            break
        page = caller.get(page["next"]).json()
    assert sorted(seen) == sorted({*seen})
    assert set(seen) == set(
        Measure.objects.filter(strategic_task=everything.talent, parent=None).values_list("code", flat=True)
    )


def test_what_is_left_out_is_named_with_its_reason(ask: Any, everything: Any) -> None:
    m11, m12 = everything.measures.m11, everything.measures.m12
    words = {"title_ko": "가", "title_en": "A", "by": SYSTEM, "effective_on": date(2023, 3, 15)}
    plans.create_milestone(measure=m11, code="T1-1-M8", weight=0, **words)
    plans.revise_plan(m12, by=SYSTEM, effective_on=date.today(), scope=Scope.CANCELLED, reason="왜")
    dropped = reports.ReportValues(Verb.CANCEL, reason="왜")
    reports.report_milestone(everything.milestones.late, dropped, by=SYSTEM)
    rollups.drain()
    found = {each["reason"]: each for each in explained(ask("staff"), "technology", slice="task")["excluded"]}
    assert _codes(found["cancelled"]) == [everything.milestones.late.code]
    assert _codes(found["out_of_scope"]) == ["T1-2"]
    assert _codes(found["weightless"]) == ["T1-1-M8"]
    assert "T1-1.1-M1" in _codes(found["undated"])
    assert found["undated"]["units"] > 0 < found["unreported"]["units"]
    of_none = explained(ask("staff"), "T1-2")
    assert of_none["figure"] is None
    assert of_none["parts"] == []
    assert _codes(of_none["excluded"][0]) == ["T1-2"]


def test_a_reader_is_told_nothing_of_what_the_tier_hides(ask: Any, everything: Any) -> None:
    secret = everything.milestones.restricted
    open_to_all = ask("executive").get("rollups/T2-1/explain/").content.decode()
    assert str(secret.uuid) in open_to_all
    for reader in ("nobody", "staff"):
        caller = ask(reader)
        assert str(secret.uuid) not in caller.get("rollups/T2-1/explain/").content.decode()
        assert caller.get("rollups/T2-1/explain/", after=str(secret.uuid)).status_code == 400


def test_a_past_day_explains_itself(ask: Any, everything: Any) -> None:
    caller, then = ask("executive"), "2025-06-30"
    (row,) = caller.rows("rollups/", slice="task", id="technology", as_of=then)
    found = explained(caller, "technology", slice="task", as_of=then)
    assert found["figure"]["sums"] == row["sums"]
    assert found["figure"]["as_of"] == then
    for part in found["parts"]:
        if part["explain"]:
            assert f"as_of={then}" in part["explain"]
            assert caller.get(part["explain"]).json()["figure"]["sums"] == part["sums"]


def test_a_name_means_one_figure(ask: Any, everything: Any) -> None:
    caller = ask("nobody")
    by_code, by_id = explained(caller, "T1-1"), explained(caller, everything.measures.m11.uuid)
    assert by_code == by_id
    assert explained(caller, "t1-1")["code"] == "T1-1"
    assert explained(caller, "technology:MOTIR", slice="task_ministry")["label"].endswith(
        str(everything.ministries.lead.name)
    )
    assert explained(caller, "technology:none", slice="technology")["code"] == "technology:none"
    for name, parameters in {
        "T9-9": {},
        "none": {},
        "technology": {"slice": "measure"},
        "technology:MOTIR": {"slice": "ministry"},
        str(uuid4()): {},
        "a\x00b": {},
    }.items():
        assert caller.get(f"rollups/{name}/explain/", **parameters).status_code == 404, name


@pytest.mark.parametrize(
    "parameters",
    [{"slice": "colour"}, {"strategy": "other"}, {"limit": 0}, {"after": "x"}, {"page_size": 3}, {"as_of": "soon"}],
)
def test_what_cannot_be_answered_is_refused_by_name(ask: Any, parameters: dict[str, Any]) -> None:
    answer = ask("nobody").get("rollups/T1-1/explain/", **parameters)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == f"/{next(iter(parameters))}"


def test_an_explanation_takes_the_same_number_of_queries_whatever_its_length(
    ask: Any, everything: Any, django_assert_max_num_queries: Any
) -> None:
    caller = ask("coordinator")
    explained(caller, "talent", slice="task")
    with django_assert_max_num_queries(40) as few:
        explained(caller, "talent", slice="task")
    everything.more(2)
    with django_assert_max_num_queries(len(few)):
        explained(caller, "talent", slice="task")


def _part(found: dict[str, Any], node: Any) -> dict[str, Any]:
    return next(part for part in found["parts"] if part["node"] and part["node"]["id"] == str(node.uuid))


def _codes(excluded: dict[str, Any]) -> list[str]:
    return [row["code"] for row in excluded["rows"]]
