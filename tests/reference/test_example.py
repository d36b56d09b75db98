"""The worked example, number by number, in all three tiers."""

from typing import Any

import pytest

from . import UNITS, Figure, Rollup, compute
from .example import load_example

EXAMPLE = load_example()
TIERS = tuple(EXAMPLE.expected)
ROWS = [
    (tier, kind, node)
    for tier in TIERS
    for kind in ("task", "measure", "ministry")
    for node in EXAMPLE.expected[tier][kind]
]


@pytest.fixture(scope="module")
def rollups() -> dict[str, Rollup]:
    return {tier: compute(EXAMPLE.plan, EXAMPLE.as_of, tier) for tier in TIERS}


def assert_row(figure: Figure, expected: dict[str, Any]) -> None:
    """Every key the file gives, and nothing it gives left unread."""
    assert set(expected) == {"sums", "counts", "computed_light"}
    assert {name: getattr(figure.sums, name) for name in expected["sums"]} == expected["sums"]
    assert figure.counts == expected["counts"]
    assert figure.computed_light == expected["computed_light"]


def test_the_file_covers_three_tiers_and_the_same_units() -> None:
    assert TIERS == ("public", "internal", "restricted")
    assert EXAMPLE.units == UNITS
    assert all(set(rows) == {"shares", "strategy", "task", "measure", "ministry"} for rows in EXAMPLE.expected.values())


@pytest.mark.parametrize("tier", TIERS)
def test_shares_of_every_existing_node_and_of_no_other(rollups: dict[str, Rollup], tier: str) -> None:
    shares = {"strategy" if node is None else node: units for (_, node), units in rollups[tier].shares.items()}
    assert shares == EXAMPLE.expected[tier]["shares"]


@pytest.mark.parametrize("tier", TIERS)
def test_strategy_row(rollups: dict[str, Rollup], tier: str) -> None:
    assert_row(rollups[tier].figures["strategy", None], EXAMPLE.expected[tier]["strategy"])


@pytest.mark.parametrize(("tier", "kind", "node"), ROWS)
def test_row(rollups: dict[str, Rollup], tier: str, kind: str, node: str) -> None:
    assert_row(rollups[tier].figures[kind, node], EXAMPLE.expected[tier][kind][node])


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("kind", ["task", "measure", "ministry"])
def test_no_row_beyond_the_expected_ones(rollups: dict[str, Rollup], tier: str, kind: str) -> None:
    assert set(rollups[tier].of(kind)) == set(EXAMPLE.expected[tier][kind])
