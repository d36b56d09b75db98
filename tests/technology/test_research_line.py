"""The money line: path, announced, executed; nothing counted twice, nothing unknown shown as 0."""

from datetime import date
from typing import Any

import pytest

from tasks.actions import budgets
from tasks.permissions import SYSTEM
from technology import actions
from technology.rollups import research_line


@pytest.fixture
def programme(strategy_tree: Any) -> Any:
    return actions.create_research_programme(
        by=SYSTEM,
        measure=strategy_tree.measures.m11,
        key="nst",
        name_ko="국가전략기술",
        name_en="Strategic technology R&D",
        first_year=2023,
        last_year=2027,
        commitment_won=25 * 10**12,
        bound="at_least",
        base_year=2022,
        base_won=3_740_000_000_000,
        growth_bp=1_000,
    )


def add_line(programme: Any, year: int | None, amount: int, kind: str = "level", **values: Any) -> Any:
    key = f"line-{year}-{kind}-{amount}"
    line = budgets.create_budget_line(
        by=SYSTEM,
        measure=programme.measure,
        key=key,
        kind=kind,
        fiscal_year=year,
        title_ko="가",
        title_en="A",
        **values,
    )
    return record(line, amount, date(2023, 3, 15))


def record(line: Any, amount: int, on: date) -> Any:
    budgets.record_budget_entry(line, by=SYSTEM, phase="announced", amount_won=amount, effective_on=on)
    return line


def test_the_path_grows_from_the_base_year_to_the_won(programme: Any) -> None:
    path = [year.path_won for year in research_line(programme, tier=1).years]
    assert path == [4_114_000_000_000, 4_525_400_000_000, 4_977_940_000_000, 5_475_734_000_000, 6_023_307_400_000]


def test_a_year_without_an_amount_is_unknown_and_not_zero(programme: Any) -> None:
    line = research_line(programme, tier=1)
    assert line.announced_won is None
    assert line.executed_won is None
    assert line.still_needed_won is None
    assert all(year.announced_won is None and year.gap_won is None for year in line.years)


def test_a_restated_level_replaces_and_parts_and_commitments_do_not_count(programme: Any) -> None:
    level = add_line(programme, 2023, 4 * 10**12)
    record(level, 5 * 10**12, date(2024, 1, 1))
    add_line(programme, 2023, 10**12, "breakdown", part_of=level)
    add_line(programme, None, 25 * 10**12, "commitment")
    line = research_line(programme, tier=1)
    assert line.years[0].announced_won == 5 * 10**12
    assert line.years[0].gap_won == 886_000_000_000
    assert line.announced_won == 5 * 10**12
    assert line.still_needed_won == 20 * 10**12


def test_the_page_shows_the_line(programme: Any, users: Any, client: Any) -> None:
    add_line(programme, 2024, 5 * 10**12)
    client.force_login(users["nobody"])
    page = client.get(programme.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert "at least" in page
    assert 'value="4525400000000"' in page
    assert 'value="20000000000000"' in page
