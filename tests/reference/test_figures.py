"""Computed light at its thresholds and ratios without a denominator, worked out by hand."""

from fractions import Fraction

import pytest

from . import Strategy, Sums, computed_light


@pytest.mark.parametrize(
    ("sums", "expected"),
    [
        (Sums(share=100), "none"),
        (Sums(share=100, overdue=5), "green"),
        (Sums(share=100, planned=100, planned_compared=100, earned_compared=79), "red"),
        (Sums(share=100, planned=100, planned_compared=100, earned_compared=80), "amber"),
        (Sums(share=100, planned=100, planned_compared=100, earned_compared=94), "amber"),
        (Sums(share=100, planned=100, planned_compared=100, earned_compared=95), "green"),
        (Sums(share=100, planned=100, planned_compared=49, earned_compared=49), "no_data"),
        (Sums(share=100, planned=100, planned_compared=50, earned_compared=50), "green"),
        (
            Sums(share=100, planned=100, planned_compared=100, earned_compared=100, overdue=21),
            "red",
        ),
        (
            Sums(share=100, planned=100, planned_compared=100, earned_compared=100, overdue=20),
            "amber",
        ),
        (
            Sums(share=100, planned=100, planned_compared=100, earned_compared=100, overdue=5),
            "green",
        ),
        (Sums(share=100, planned=100, overdue=21), "red"),
    ],
)
def test_computed_light_at_its_borders(sums: Sums, expected: str) -> None:
    assert computed_light(sums, Strategy()) == expected


def test_ratios_are_exact_and_unknown_without_a_denominator() -> None:
    assert set(Sums().ratios.values()) == {None}
    ratios = Sums(share=3, reported=1, earned=10_000, overdue=1, slip_share=3, slip=-4).ratios
    assert ratios["progress"] == ratios["coverage"] == ratios["overdue_share"] == Fraction(1, 3)
    assert ratios["slip_days"] == Fraction(-4, 3)
    assert ratios["freshness"] is None
    assert Sums(share=3, earned=0).ratios["progress"] is None
