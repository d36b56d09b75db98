"""Figures on pages: they come from the rollup, a poll says nothing until they move, and each leads to its list."""

import re
from datetime import date, timedelta
from typing import Any

from django.utils.translation import override

from tasks import rollups
from tasks.actions import budgets
from tasks.actions.reports import ReportValues, report_milestone
from tasks.choices import ComputedLight
from tasks.interfaces import FigureView, Sums
from tasks.models import BudgetLine, Strategy
from tasks.permissions import SYSTEM
from tasks.rollups.lights import deciding_test
from tasks.templatetags.figures import figure_light


def test_every_number_of_the_overview_leads_to_a_list_of_as_many(client_of: Any, world: Any) -> None:
    for name in ("coordinator", "analyst"):
        client = client_of(name)
        context = client.get("/").context
        assert context["figure"].late == _count(client, context["links"]["late"])
        assert context["figure"].milestones == _count(client, context["links"]["all"])
        for window in context["windows"]:
            assert window["count"] == _count(client, window["url"])
        for task in context["tasks"]:
            assert task.figure.late == _count(client, task.links["late"])
            assert task.figure.milestones == _count(client, task.links["all"])
        for verdict in context["verdicts"]:
            assert verdict["count"] == _count(client, verdict["url"])


def test_a_measure_counts_what_stands_below_it(client_of: Any, world: Any) -> None:
    client = client_of("coordinator")
    context = client.get("/measures/T1-1/").context
    assert context["figure"].milestones == _count(client, context["links"]["all"]) == 3


def test_a_poll_answers_204_until_the_figures_move(client_of: Any, world: Any) -> None:
    client, open_one = client_of("staff"), world.milestones.open
    pages = {
        "/": "/figures/",
        "/tasks/technology/": "/tasks/technology/figures/",
        "/measures/T1-1/": "/measures/T1-1/figures/",
    }
    pages[open_one.get_absolute_url()] = f"{open_one.get_absolute_url()}figures/"
    polls = [f"{poll}?stamp={client.get(page).context['stamp']}" for page, poll in pages.items()]
    assert [client.get(poll).status_code for poll in polls] == [204] * 4
    report_milestone(open_one, ReportValues("complete", completed_on=date(2026, 1, 5)), by=SYSTEM)
    rollups.drain()
    assert [client.get(poll).status_code for poll in polls] == [200] * 4


def test_nothing_reported_shows_a_dash_and_never_zero(client_of: Any, world: Any) -> None:
    html = client_of("analyst").get("/tasks/talent/").content.decode()
    assert "0.0%</span>" not in html.split('class="figure-value"')[1].split("</p>")[0]


def test_progress_without_a_plan_says_why_on_its_page_and_in_the_list_above(client_of: Any, world: Any) -> None:
    report_milestone(world.milestones.undated, ReportValues("complete", completed_on=date(2026, 1, 5)), by=SYSTEM)
    rollups.drain()
    page = client_of("analyst").get("/measures/T1-1.1/").content.decode()
    assert "100.0%" in page
    assert "Nothing is planned up to this date to compare with: Undated 100.0%." in page
    assert "(Undated 100.0%)" in client_of("analyst").get("/measures/T1-1/").content.decode()


def test_every_plan_beside_an_actual_says_what_it_does_not_count(client_of: Any, world: Any) -> None:
    client = client_of("analyst")
    figure = client.get("/measures/T1-1/").context["figure"]
    assert figure.without_due.numerator
    words = (
        "Plan counts only milestones with a due date: {:.1f}% of the weight has none, or nothing is planned there yet."
    )
    assert words.format(figure.without_due.percent) in client.get("/measures/T1-1/").content.decode()
    course = client.get("/series/measure/T1-1/", HTTP_HX_REQUEST="true").content.decode()
    assert words.format(figure.without_due.percent) in course
    for address in ("/", "/tasks/", "/tasks/technology/"):
        spec = client.get(address).context["chart"]
        assert spec["note"] in client.get(address).content.decode()
        assert spec["note"].startswith("Plan counts only milestones with a due date")
        assert [series["missing"] for series in spec["series"]] == ["No data", "No plan"]


def test_bars_in_lists_say_plan_and_what_it_leaves_out_and_how_they_are_read(client_of: Any, world: Any) -> None:
    client = client_of("analyst")
    for address in ("/tasks/", "/measures/", "/ministries/", "/tasks/technology/"):
        assert "Bar and number: actual, of all milestones." in client.get(address).content.decode(), address
    row = client.get("/measures/?search=T1-1").context["table"].rows[0]
    shown = client.get("/measures/?search=T1-1").content.decode()
    assert f"Plan {row.figure.plan.percent:.1f}% · Undated {row.figure.undated.percent:.1f}%" in shown


def test_a_light_in_a_list_says_why_it_is_not_green() -> None:
    lights = {
        ComputedLight.NO_DATA: (
            Sums(share=100, planned=60, planned_compared=20, earned_compared=20),
            "less than half of what is due",
        ),
        ComputedLight.NONE: (Sums(share=100, undated=100), "(Undated 100.0%)"),
        ComputedLight.RED: (Sums(share=100, planned=60, overdue=50), "Overdue share 50.0% (threshold 20.0%)"),
    }
    strategy = Strategy()
    for light, (sums, reason) in lights.items():
        test = deciding_test(sums, strategy)
        assert test.light == light
        view = FigureView("task", 1, date(2026, 1, 1), 1, sums, light, test)
        with override("en"):
            assert reason in figure_light(view)


def test_the_index_says_what_part_of_the_plan_it_compares(client_of: Any, world: Any) -> None:
    report_milestone(world.milestones.open, ReportValues("start", progress_bp=9_900), by=SYSTEM)
    rollups.drain()
    answer = client_of("analyst").get("/measures/T1-1/")
    figure, page = answer.context["figure"], answer.content.decode()
    assert figure.late == 1
    assert figure.schedule_index.value >= 1
    words = "{:.1f}% of what should be done by this day has a report: only that is compared."
    assert words.format(figure.compared.percent) in page
    assert "Late milestones without a report are outside it." in page


def test_money_of_a_task_is_announced_and_not_executed(client_of: Any, world: Any) -> None:
    task = client_of("analyst").get("/").context["tasks"][0]
    assert (task.money.announced, task.money.executed) == (4_700_000_000_000, None)


def test_a_generated_report_is_marked_where_its_progress_shows(client_of: Any, world: Any) -> None:
    values = ReportValues("start", progress_bp=2_500, forecast=date.today() + timedelta(days=30))
    report_milestone(world.milestones.open, values, by=SYSTEM, confidence="generated")
    assert 'class="mark' in client_of("analyst").get(world.milestones.open.get_absolute_url()).content.decode()
    assert 'class="mark' in client_of("analyst").get("/milestones/?search=T1-1-M1").content.decode()


def _count(client: Any, address: str) -> int:
    return client.get(address).context["page"].paginator.count


def test_money_stands_by_year_beside_progress_with_the_rate_and_what_it_is_of(client_of: Any, world: Any) -> None:
    line = BudgetLine.objects.get()
    levels = (("current", 800), ("executed", 600))
    for phase, amount in levels:
        budgets.record_budget_entry(line, by=SYSTEM, phase=phase, effective_on=date(2024, 12, 31), amount_won=amount)
    task = line.measure.strategic_task
    for address in ("/", task.get_absolute_url(), line.measure.get_absolute_url()):
        assert "The execution rate is of those budget lines alone" in client_of("analyst").get(address).content.decode()
        table = client_of("analyst").get(address).context["money"].by_year
        heads, (row,) = [str(column.head) for column in table.columns], table.body()
        told = dict(zip(heads, (re.sub(r"<[^>]+>", "", cell).split() for cell in row), strict=True))
        assert told["Executed"] == ["KRW", "600"], address
        assert told["Execution rate"] == ["75.0%", "of", "Current", "budget"], address
        assert "Carried over" not in told, "nothing is known of it in any year"
