"""What the forms point out, the check page points out by its cell; it is imported only when it is said to be meant."""

from datetime import date

import pytest

from tasks.actions import budgets, indicators
from tasks.models import BudgetEntry, IndicatorObservation
from tasks.permissions import SYSTEM
from tests.imports.conftest import BUDGET, SOURCE, book, confirm, row, saved, upload

pytestmark = pytest.mark.django_db
INDICATORS = "/import/indicators/"
MAY, JUNE = date(2026, 5, 31), date(2026, 6, 1)


def level(line, phase, won, on=date(2026, 1, 1)):
    return budgets.record_budget_entry(line, by=SYSTEM, phase=phase, amount_won=won, effective_on=on)


def pointed_out(response):
    """The words of the check page by cell."""
    return {place: words for place, _row, words in response.context["checked"].cautions}


def preview(client, line, **typed):
    response = client.post(
        f"{line.get_absolute_url()}new/", {"preview": "1"} | typed, headers={"HX-Request": "true"}
    )  # fmt: skip
    return [caution.words for caution in response.context["cautions"]]


REMARKABLE = [
    ("executed", 2_000, MAY, "E", "more than the budget on record (Current budget"),
    ("executed", 100, MAY, "E", "less than what stands"),
    ("executed", 500, date(2026, 2, 1), "D", "a later level is on record"),
    ("appropriated", 800, date(2025, 12, 1), "D", "a later level is on record"),
]


@pytest.mark.parametrize(("phase", "won", "on", "column", "words"), REMARKABLE)
def test_the_import_says_what_the_form_says(client, world, phase, won, on, column, words):
    level(world.lines.a, "appropriated", 900)
    level(world.lines.a, "current", 1_000)
    level(world.lines.a, "executed", 400, date(2026, 3, 1))
    shown = upload(client, saved(book([row(phase=phase, amount=won, on=on), row(key="bud-b", amount=10**9)])))
    said = pointed_out(shown)
    assert list(said) == [f"Budget!{column}2"]
    assert words in said[f"Budget!{column}2"]
    assert list(said.values()) == preview(
        client, world.lines.a, phase=phase, amount_won=str(won), effective_on=on.isoformat()
    )
    html = shown.content.decode()
    assert f"Budget!{column}2" in html
    assert words in html


def test_what_is_pointed_out_is_imported_only_when_it_is_meant(client, world):
    level(world.lines.a, "current", 1_000)
    shown = upload(client, saved(book([row(amount=2_000), row(key="bud-b")])))
    before = BudgetEntry.objects.count()
    answer = confirm(client, shown)
    assert (answer.status_code, BudgetEntry.objects.count()) == (400, before)
    assert "say that it is meant so" in answer.content.decode()
    confirm(client, answer, meant="1")
    assert BudgetEntry.objects.count() == before + 2


def test_without_anything_remarkable_nothing_more_is_asked(client, world):
    level(world.lines.a, "current", 1_000)
    shown = upload(client, saved(book([row(amount=999)])))
    assert (pointed_out(shown), 'name="meant"' in shown.content.decode()) == ({}, False)
    confirm(client, shown)
    assert BudgetEntry.objects.filter(amount_won=999).exists()


def test_what_becomes_remarkable_after_the_check_is_shown_before_it_is_written(client, world):
    """The row itself restates nothing else; the budget beside it was lowered."""
    shown = upload(client, saved(book([row(amount=999)])))
    level(world.lines.a, "current", 500)
    before = BudgetEntry.objects.count()
    answer = confirm(client, shown, meant="1")
    assert (answer.status_code, BudgetEntry.objects.count()) == (409, before)
    assert "more than the budget" in answer.content.decode()


def test_rows_are_judged_with_the_other_rows_of_their_file(client, world):
    """A file that raises the budget and spends more is fine; one that spends less from month to month is not."""
    level(world.lines.a, "current", 1_000)
    file = book(
        [
            row(amount=1_500, on=MAY),
            row(phase="Current budget", amount=2_000, on=MAY),
            row(amount=1_400, on=JUNE),
            row(amount=700, on=date(2026, 4, 30)),
        ]
    )
    assert list(pointed_out(upload(client, saved(file)))) == ["Budget!E4"]


def test_unchanged_rows_are_not_spoken_of(client, world):
    level(world.lines.a, "current", 500)
    file = saved(book([row(amount=999)]))
    confirm(client, upload(client, file), meant="1")
    assert pointed_out(upload(client, file)) == {}


def test_a_method_of_its_own_is_pointed_out(client, world):
    indicators.record_observation(world.indicator, by=SYSTEM, observed_on=date(2026, 1, 31), value=41, method="survey")
    heads = ("Indicator key", "Method", "Observed on", "Value", "Source")
    rows = [["ind-a", "survey", MAY, 42, SOURCE], ["ind-a", "suvrey", MAY, 43, SOURCE]]
    shown = upload(client, saved(book(rows, heads, "Observations")), to=INDICATORS)
    (said,) = pointed_out(shown).items()
    assert said[0] == "Observations!B3"
    assert "So far the method was “survey”. “suvrey” becomes a line of its own" in said[1]
    before = IndicatorObservation.objects.count()
    confirm(client, shown, INDICATORS)
    assert IndicatorObservation.objects.count() == before
    confirm(client, shown, INDICATORS, meant="1")
    assert IndicatorObservation.objects.count() == before + 2


def test_the_queries_do_not_grow_with_the_rows(client, world, django_assert_max_num_queries):
    level(world.lines.a, "current", 1_000)
    upload(client, saved(book([row(on=date(2026, 1, day), amount=5_000 - day) for day in range(1, 32)])))
    with django_assert_max_num_queries(60):
        shown = client.get(f"{BUDGET}check/")
    assert len(shown.context["checked"].cautions) == 31 + 30
