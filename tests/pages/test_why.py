"""Why a figure is what it is: from its card to a milestone, on a page of its own and as the part that the sheet shows."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.utils.translation import override

from tasks import rollups
from tasks.actions.reports import ReportValues, report_milestone
from tasks.interfaces import Formula, Ratio
from tasks.models import Measure, Milestone
from tasks.permissions import SYSTEM
from tasks.templatetags.why import formula_numbers, formula_units
from tests.pages.conftest import HTMX

SHEET = HTMX | {"HTTP_HX_TARGET": "why-body"}


@pytest.mark.parametrize(
    ("shown_on", "address"),
    [
        ("/", "/why/strategy/strategy/"),
        ("/", "/why/task/technology/"),
        ("/tasks/technology/", "/why/task/technology/"),
        ("/measures/T1-1/", "/why/measure/T1-1/"),
        ("/ministries/MOTIR/", "/why/ministry/MOTIR/"),
        ("/as-of/2025-06-30/tasks/technology/", "/as-of/2025-06-30/why/task/technology/"),
    ],
)
def test_a_figure_leads_to_why_it_is_what_it_is(client_of: Any, world: Any, shown_on: str, address: str) -> None:
    client = client_of("coordinator")
    shown, opened = client.get(shown_on), client.get(address)
    assert f'data-why href="{address}"' in shown.content.decode()
    figure = next(
        each for each in (shown.context["figure"], *(task.figure for task in shown.context.get("tasks", [])))
        if each and (each.slice, each.key) == (opened.context["figure"].slice, opened.context["figure"].key)
    )  # fmt: skip
    assert opened.context["figure"].sums == figure.sums
    assert opened.context["figure"].as_of == figure.as_of


def test_the_way_leads_from_the_whole_to_a_report(client_of: Any, world: Any) -> None:
    report_milestone(world.milestones.open, ReportValues("start", progress_bp=2_500), by=SYSTEM)
    rollups.drain()
    client, address = client_of("analyst"), "/why/strategy/strategy/"
    for step in ("/why/task/technology/", "/why/measure/T1-1/"):
        html = client.get(address, **SHEET).content.decode()
        assert f'data-why href="{step}"' in html
        address = step
    html = client.get(address, **SHEET).content.decode()
    assert f'href="{world.milestones.open.get_absolute_url()}#reports"' in html
    reports = client.get(world.milestones.open.get_absolute_url()).content.decode()
    assert 'id="reports"' in reports


def test_the_sheet_gets_the_part_alone_and_the_page_the_same_part(client_of: Any, world: Any) -> None:
    client = client_of("staff")
    part, page = (client.get("/why/task/technology/", **headers).content.decode() for headers in (SHEET, {}))
    assert "<html" not in part
    assert "<html" in page
    rows = re.compile(r"<tbody>.*?</tfoot>", re.DOTALL)
    assert rows.search(part).group() == rows.search(page).group()  # type: ignore[union-attr]
    assert "This explanation as a page" in part
    assert "This explanation as a page" not in page


def test_formula_light_tier_and_version_stand_beside_the_parts(client_of: Any, world: Any) -> None:
    answer = client_of("analyst").get("/why/measure/T1-1/")
    html, figure = answer.content.decode(), answer.context["figure"]
    assert f" ÷ {figure.sums.share:,} = " in html or figure.progress.value is None
    assert f"{figure.sums.reported:,} ÷ {figure.sums.share:,}" in html
    assert html.count('class="why-decides"') == 1
    assert "classification “Public” may see" in html
    assert f"as version {figure.version} of this figure" in html
    assert "Formulas as of Nov 2026" in html
    assert "Computed light</span>" in html


@override("en")
def test_a_formula_shows_its_numbers_as_parts_of_the_figure_and_exactly_in_units() -> None:
    share = 2_000_000
    progress = Formula("progress", "", "", "earned", "share", 10_000, Ratio(12_345_000_001, share * 10_000))
    assert formula_numbers(progress, share) == "61.7% ÷ 100.0% = 61.7%"
    assert formula_units(progress) == "1,234,500.0001 ÷ 2,000,000 = 61.7%"
    for shown in (
        formula_numbers(replace(progress, ratio=Ratio(0, 0)), share),
        formula_units(replace(progress, ratio=Ratio(0, 0))),
    ):
        assert shown.startswith("= ")
    index = Formula("schedule_index", "", "", "", "", 1, Ratio(200_000 * 10_000, 400_000 * 10_000))
    assert formula_numbers(index, share) == "10.0% ÷ 20.0% = 0.500"
    slip = Formula("slip_days", "", "", "slip", "slip_share", 1, Ratio(3 * share, 2 * share))
    assert formula_numbers(slip, share) == "= 1.5 days"
    assert formula_units(slip) == "6,000,000 ÷ 4,000,000 = 1.5 days"


def test_what_is_left_out_leads_to_the_list_of_as_many(client_of: Any, world: Any) -> None:
    m11, words = world.measures.m11, {"title_ko": "가", "title_en": "A", "weight": 0}
    Milestone.objects.bulk_create(Milestone(measure=m11, code=f"T1-1-N{number}", **words) for number in range(6))
    Measure.objects.create(strategic_task=m11.strategic_task, parent=m11, code="T1-1.9", **words)
    rollups.drain()
    client = client_of("coordinator")
    for address in ("/why/strategy/strategy/", "/why/task/technology/", "/why/ministry/MOTIR/", "/why/measure/T1-1/"):
        for excluded, path in client.get(address).context["excluded"]:
            if path:
                listed = client.get(path).context["page"].paginator.count
                assert listed == excluded.milestones, (address, excluded.reason)
    shown = client.get("/why/measure/T1-1/").content.decode()
    assert "All 6 milestones among them" in shown
    assert 'href="/milestones/?in_scope=true&amp;below=T1-1&amp;weight=0"' in shown


def test_a_node_without_weight_below_it_does_not_say_that_nothing_is_planned(client_of: Any, world: Any) -> None:
    measure = world.measures.m11.children.create(
        strategic_task=world.technology, code="T1-1.8", title_ko="가", title_en="A"
    )
    Milestone.objects.create(measure=measure, code="T1-1.8-M1", title_ko="가", title_en="A", weight=0)
    rollups.drain()
    shown = client_of("coordinator").get("/why/measure/T1-1.8/").content.decode()
    assert "Counts by itself: nothing with a weight is planned below it" in shown
    assert "Nothing with a weight is planned below it: its weight adds nothing" in shown
    assert "nothing is planned below" not in shown.lower()


@pytest.mark.parametrize("address", ["/why/colour/T1-1/", "/why/measure/T9-9/", "/why/ministry/technology:MOTIR/"])
def test_what_is_no_figure_is_not_there(client_of: Any, world: Any, address: str) -> None:
    assert client_of("coordinator").get(address).status_code == 404


def test_a_large_measure_is_shown_in_parts(client_of: Any, world: Any) -> None:
    m11 = world.measures.m11
    Milestone.objects.bulk_create(
        Milestone(measure=m11, code=f"T1-1-N{number}", title_ko="가", title_en="A") for number in range(120)
    )
    rollups.drain()
    client, address, seen = client_of("coordinator"), "/why/measure/T1-1/", []
    while address:
        context = client.get(address).context
        parts = [part for part, _url in context["parts"]]
        assert sum(part.sums.share for part in parts) == context["figure"].sums.share
        assert len(parts) <= 51
        seen += [part.node.pk for part in parts if part.kind == "milestone"]
        address = context["following"]
    assert len(seen) == len(set(seen)) == m11.milestones.count()
