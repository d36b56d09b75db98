"""Money, dates and percentages as text."""

import datetime as dt
from fractions import Fraction

import pytest

from common import formats


@pytest.mark.parametrize(
    ("amount", "ko", "en"),
    [
        (3_740_000_000_000, "3조 7,400억 원", "KRW 3.74 tn"),
        (25_000_000_000_000, "25조 원", "KRW 25 tn"),
        (128_450_000_000, "1,284.5억 원", "KRW 128.5 bn"),
        (999_999_999_999, "1조 원", "KRW 1 tn"),
        (99_999_999, "1억 원", "KRW 100 m"),
        (84_500_000, "8,450만 원", "KRW 84.5 m"),
        (9_500, "9,500원", "KRW 9,500"),
        (0, "0원", "KRW 0"),
        (-2_000_000_000_000, "−2조 원", "−KRW 2 tn"),
    ],
)
def test_won_is_read_in_the_units_of_the_language(amount, ko, en):
    assert formats.won(amount, "ko") == ko
    assert formats.won(amount, "en") == en


@pytest.mark.parametrize(
    ("amount", "ko", "en"),
    [
        (3_740_000_000_000, "3.7조 원", "KRW 3.7 tn"),
        (999_990_000_000, "9,999.9억 원", "KRW 1 tn"),
        (999_999_000_000, "1조 원", "KRW 1 tn"),
        (100_000_000_000, "1,000억 원", "KRW 100 bn"),
        (74_050_000_000, "740.5억 원", "KRW 74.1 bn"),
    ],
)
def test_short_won_has_one_unit_and_one_decimal(amount, ko, en):
    assert formats.won_short(amount, "ko") == ko
    assert formats.won_short(amount, "en") == en


def test_exact_won_keeps_every_digit():
    assert formats.won_exact(10**18 + 1, "ko") == "1,000,000,000,000,000,001원"


@pytest.mark.parametrize(
    ("basis_points", "text"), [(7140, "71.4%"), (7145, "71.5%"), (0, "0.0%"), (-35, "−0.4%"), (10_000, "100.0%")]
)
def test_basis_points_round_half_away_from_zero(basis_points, text):
    assert formats.bp_percent(basis_points) == text


def test_percent_takes_an_exact_ratio():
    assert formats.percent(Fraction(1, 3)) == "33.3%"
    assert formats.percent(Fraction(5, 10_000)) == "0.1%"
    assert formats.percent(0.0005) == "0.1%"


def test_differences_point_up_or_down():
    assert formats.bp_points(-660, "ko") == "▼ 6.6%p"
    assert formats.bp_points(660, "en") == "▲ 6.6 pp"
    assert formats.bp_points(0, "en") == "0.0 pp"


def test_dates_are_read_in_korean_time():
    moment = dt.datetime(2026, 11, 21, 15, 30, tzinfo=dt.UTC)
    assert formats.day(moment, "ko") == "2026. 11. 22.(일)"
    assert formats.moment(moment, "en") == "22 Nov 2026 00:30"
    assert formats.month(dt.date(2026, 11, 22), "ko") == "2026. 11."


@pytest.mark.parametrize(
    ("days", "korean", "english", "short"),
    [
        (1153, "D+1153", "1,153 days late", "1,153 d late"),
        (1, "D+1", "1 day late", "1 d late"),
        (-3, "D-3", "3 days left", "3 d left"),
        (0, "D-day", "due today", "due today"),
    ],
)
def test_days_late(days, korean, english, short):
    assert formats.late_days(days) == korean
    assert formats.late_days(days, "en") == english
    assert formats.late_days(days, "en", short=True) == short


@pytest.mark.parametrize(
    ("value", "text"), [(1234567, "1,234,567"), (0.5, "0.5"), (Fraction(1, 3), "0.333"), (-2, "−2")]
)
def test_numbers_are_grouped(value, text):
    assert formats.number(value) == text
