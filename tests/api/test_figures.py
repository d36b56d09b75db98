"""Figures over the API: the stored ones of the reader's tier, exact, with money beside them."""

from datetime import date
from typing import Any

import pytest

from tasks import rollups
from tasks.actions import assessments
from tasks.models.figure import SUMS
from tasks.permissions import SYSTEM

pytestmark = pytest.mark.usefixtures("everything")


def test_the_figure_of_the_strategy_is_that_of_the_readers_tier(ask: Any, everything: Any) -> None:
    for reader, tier in (("nobody", 1), ("staff", 2), ("executive", 3)):
        (row,) = ask(reader).rows("rollups/")
        figure = rollups.figure("strategy", 0, strategy=everything.strategy, tier=tier)
        assert figure is not None
        assert row["sums"] == {name: getattr(figure.sums, name) for name in SUMS}
        assert row["id"] == str(everything.strategy.uuid)
        assert row["exact"]["progress"] == {
            "numerator": figure.progress.numerator,
            "denominator": figure.progress.denominator,
        }
        assert row["progress"] == figure.progress.percent
        none = dict.fromkeys(("declared", "declared_on", "independent", "independent_on"))
        assert row["lights"] == {"computed": figure.light} | none
        assert row["divergence"] is None
        assert row["counts"]["milestones"] == figure.milestones


@pytest.mark.parametrize("slice_", ["task", "ministry", "region", "technology"])
def test_slices_add_up_to_the_strategy(ask: Any, slice_: str) -> None:
    caller = ask("executive")
    (whole,) = caller.rows("rollups/")
    rows = caller.rows("rollups/", slice=slice_)
    for name in SUMS:
        assert sum(row["sums"][name] for row in rows) == whole["sums"][name]
    paged = [caller.one("rollups/", slice=slice_, page_size=1)]
    while paged[-1]["next"]:
        paged.append(caller.client.get(paged[-1]["next"]).json())
    assert [row["id"] for page in paged for row in page["results"]] == [row["id"] for row in rows]


@pytest.mark.parametrize("slice_", ["task_ministry", "task_region"])
def test_cells_add_up_to_their_task(ask: Any, slice_: str) -> None:
    caller = ask("executive")
    cells = caller.rows("rollups/", slice=slice_)
    for task in caller.rows("rollups/", slice="task"):
        own = [row for row in cells if row["code"].split(":")[0] == task["code"]]
        assert own or not task["counts"]["milestones"]
        for name in SUMS:
            assert sum(row["sums"][name] for row in own) == task["sums"][name]
    (one,) = caller.rows("rollups/", slice=slice_, id=cells[0]["code"])
    assert one == cells[0]
    assert caller.rows("rollups/", slice=slice_, id="talent") == []


def test_one_figure_by_id_by_code_and_of_what_names_no_row(ask: Any, everything: Any) -> None:
    caller = ask("nobody")
    (by_code,) = caller.rows("rollups/", slice="measure", id="T1-1")
    (by_id,) = caller.rows("rollups/", slice="measure", id=str(everything.measures.m11.uuid))
    assert by_code == by_id
    assert by_code["label"] == "Introduce a Korean IMEC"
    (none,) = caller.rows("rollups/", slice="region", id="none")
    assert (none["id"], none["label"]) == (None, "No region")
    assert caller.rows("rollups/", slice="measure", id="T1-2") == []
    assert caller.rows("rollups/", slice="measure", id="T1-9") == []


def test_a_plan_of_which_nothing_has_a_due_date_is_not_known(ask: Any) -> None:
    """Null, not 0: there is no plan to be behind of."""
    dated, undated = (ask("staff").rows("rollups/", slice="measure", id=code)[0] for code in ("T1-1", "T1-1.1"))
    assert undated["sums"]["undated"] == undated["sums"]["share"] > 0
    assert undated["plan"] is None
    assert dated["plan"] is not None


def test_money_stands_by_year_and_phase_and_names_its_denominator(ask: Any) -> None:
    (row,) = ask("nobody").rows("rollups/", slice="task", id="talent")
    (year,) = row["money"]
    assert (year["fiscal_year"], year["announced"], year["current"], year["executed"]) == (2025, 900, 400, 300)
    assert year["appropriated"] is None
    assert year["execution_rate"] == {"numerator": 300, "denominator": 400, "percent": 75.0, "base": "current"}
    (staff,) = ask("staff").rows("rollups/", slice="task", id="talent")
    assert staff["money"][0]["announced"] == 1800
    (without,) = ask("nobody").rows("rollups/", slice="task", id="technology")
    assert without["money"] is None


def test_a_rate_compares_only_lines_that_tell_both_levels(everything: Any) -> None:
    from tasks.models import BudgetEntry, BudgetLine

    words = {"title_ko": "예산", "title_en": "Budget"}
    line = BudgetLine.objects.create(measure=everything.measures.m21, key="half", fiscal_year=2025, **words)
    BudgetEntry.objects.create(line=line, phase="executed", amount_won=50, effective_on="2025-01-01", bound="at_least")
    BudgetLine.objects.create(measure=everything.measures.m21, key="promise", kind="commitment", **words)
    (year,) = rollups.money("strategy", strategy=everything.strategy, tier=1)[0]
    assert (year.amounts["executed"], year.at_least) == (350, ("executed",))
    assert (year.execution_rate.numerator, year.execution_rate.denominator) == (300, 400)
    (earlier,) = rollups.money("strategy", strategy=everything.strategy, tier=1, as_of=date(2025, 2, 1))[0]
    assert earlier.amounts["executed"] == 150


@pytest.mark.parametrize(
    "parameters",
    [{"as_of": "2999-01-01"}, {"as_of": "soon"}, {"slice": "colour"}, {"strategy": "other"}, {"unknown": 1}],
)
def test_what_cannot_be_answered_is_refused_by_name(ask: Any, parameters: dict[str, Any]) -> None:
    answer = ask("nobody").get("rollups/", **parameters)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == f"/{next(iter(parameters))}"


def test_figures_take_the_same_number_of_queries_whatever_their_length(
    ask: Any, everything: Any, django_assert_max_num_queries: Any
) -> None:
    caller = ask("coordinator")
    caller.get("rollups/", slice="measure")
    with django_assert_max_num_queries(30) as few:
        caller.rows("rollups/", slice="measure")
    everything.more(2)
    with django_assert_max_num_queries(len(few)):
        caller.rows("rollups/", slice="measure")


def test_figures_are_also_a_table(ask: Any) -> None:
    text = ask("nobody").get("rollups/", slice="task", format="csv").content.decode()
    assert "sums.share" in text.splitlines()[0]
    assert len(text.splitlines()) == 3


def test_lights_that_somebody_gives_stand_beside_the_computed_one(ask: Any, everything: Any) -> None:
    task = {"by": SYSTEM, "assessed_on": date(2025, 3, 31), "reason": "why"}
    assessments.declare_light(everything.technology, light="green", **task)
    assessments.assess_light(everything.technology, light="amber", **task)
    rows = {row["code"]: row for row in ask("nobody").rows("rollups/", slice="task")}
    assert rows["technology"]["lights"] == {
        "declared": "green",
        "declared_on": "2025-03-31",
        "computed": "red",
        "independent": "amber",
        "independent_on": "2025-03-31",
    }
    assert (rows["technology"]["divergence"], rows["talent"]["divergence"]) == (2, None)
    (measure,) = ask("nobody").rows("rollups/", slice="measure", id="T2-11")
    assert (measure["lights"]["independent"], measure["lights"]["declared"]) == ("red", None)
    table = ask("nobody").get("rollups/", slice="task", format="csv").content.decode().splitlines()
    assert "lights.declared_on" in table[0] and "divergence" in table[0]
