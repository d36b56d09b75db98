"""Working days and periods: examples of the law, and properties that hold for every day."""

import datetime as dt
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.calendar import OFFICE_HOURS, Calendar, Correction, Deadline, Unit

DAY = timedelta(days=1)
PUBLISHED = Calendar()
days = st.dates(date(2022, 1, 1), date(2030, 11, 30))
numbers = st.integers(1, 60)


@pytest.mark.parametrize(
    ("start", "number", "unit", "after"),
    [
        # Promulgated → in force, as the gazette counted: six months after.
        (date(2023, 12, 26), 6, Unit.MONTHS, date(2024, 6, 27)),
        (date(2026, 2, 10), 6, Unit.MONTHS, date(2026, 8, 11)),
        (date(2026, 1, 1), 60, Unit.DAYS, date(2026, 3, 3)),
        (date(2026, 1, 30), 1, Unit.MONTHS, date(2026, 3, 1)),
        (date(2024, 2, 28), 1, Unit.YEARS, date(2025, 3, 1)),
        (date(2026, 11, 22), 2, Unit.WEEKS, date(2026, 12, 7)),
    ],
)
def test_a_period_has_passed_on_the_day_after_its_last(start, number, unit, after):
    assert PUBLISHED.day_after(start, number, unit) == after


@pytest.mark.parametrize(
    ("start", "number", "moved"),
    [
        (date(2026, 9, 9), 15, date(2026, 9, 28)),  # the 24th opens the Chuseok holidays, a weekend follows
        (date(2026, 11, 13), 15, date(2026, 11, 30)),  # a Saturday
        (date(2026, 11, 12), 15, date(2026, 11, 27)),  # a Friday stays
    ],
)
def test_a_last_day_off_moves_to_the_next_working_day_where_the_rule_says_so(start, number, moved):
    assert PUBLISHED.period_end(start, number) == moved
    assert PUBLISHED.period_end(start, number, moves=False) == start + DAY * number


@pytest.mark.parametrize(
    ("received", "number", "unit", "end"),
    [
        # Up to five days: eight working hours a day, from the hour of receipt.
        (datetime(2026, 9, 23, 14, 30), 2, Unit.DAYS, Deadline(date(2026, 9, 29), dt.time(14, 30))),
        (datetime(2026, 11, 27, 17, 0), 1, Unit.DAYS, Deadline(date(2026, 11, 30), dt.time(17, 0))),
        (datetime(2026, 11, 28, 10, 0), 1, Unit.DAYS, Deadline(date(2026, 11, 30), dt.time(18, 0))),
        (datetime(2026, 11, 25, 12, 30), 5, Unit.DAYS, Deadline(date(2026, 12, 2), dt.time(12, 0))),
        # Six and more: days, the first included.
        (date(2026, 9, 23), 6, Unit.DAYS, Deadline(date(2026, 10, 2))),
        (date(2026, 11, 2), 21, Unit.DAYS, Deadline(date(2026, 11, 30))),
        (date(2026, 11, 7), 6, Unit.DAYS, Deadline(date(2026, 11, 16))),
        # Weeks, months, years: the calendar, the first day included; a last day off moves.
        (date(2026, 11, 2), 2, Unit.WEEKS, Deadline(date(2026, 11, 16))),
        (date(2026, 1, 31), 1, Unit.MONTHS, Deadline(date(2026, 3, 3))),
        (date(2025, 11, 21), 1, Unit.YEARS, Deadline(date(2026, 11, 20))),
    ],
)
def test_a_civil_petition_ends_when_its_act_says(received, number, unit, end):
    assert PUBLISHED.petition_end(received, number, unit) == end


def test_immediately_is_three_working_hours():
    assert PUBLISHED.hours_end(datetime(2026, 11, 27, 17, 0), 3) == Deadline(date(2026, 11, 30), dt.time(11, 0))


def test_a_moment_is_read_in_korean_time():
    utc = datetime(2026, 11, 26, 23, 30, tzinfo=dt.UTC)  # Friday 08:30 in Seoul
    assert PUBLISHED.petition_end(utc, 1) == Deadline(date(2026, 11, 27), dt.time(18, 0))


def test_a_short_period_needs_the_hour_of_receipt():
    with pytest.raises(TypeError):
        PUBLISHED.petition_end(date(2026, 11, 27), 3)


def test_a_correction_adds_a_day_off_and_takes_one_away():
    adhoc = Calendar(
        {
            date(2026, 11, 27): Correction(True, "임시공휴일", "Ad-hoc holiday"),
            date(2026, 10, 9): Correction(False, "정상 근무", "Worked"),
        }
    )
    assert not adhoc.is_working_day(date(2026, 11, 27))
    assert adhoc.is_working_day(date(2026, 10, 9))
    assert (adhoc.holiday(date(2026, 11, 27)), adhoc.holiday(date(2026, 11, 27), "en")) == (
        "임시공휴일",
        "Ad-hoc holiday",
    )
    assert adhoc.holiday(date(2026, 10, 9)) is None
    assert adhoc.working_days(date(2026, 11, 23), date(2026, 11, 29)) == 4


@given(days)
def test_a_working_day_is_neither_weekend_nor_holiday(day):
    assert PUBLISHED.is_working_day(day) == (day.weekday() < 5 and PUBLISHED.holiday(day) is None)


@given(days, numbers)
def test_the_nth_working_day_counts_itself(day, number):
    end = PUBLISHED.nth_working_day(day, number)
    assert PUBLISHED.is_working_day(end)
    assert PUBLISHED.working_days(day, end) == number


@given(days, numbers)
def test_a_moved_end_is_worked_and_only_days_off_lie_before_it(day, number):
    plain = PUBLISHED.period_end(day, number, moves=False)
    moved = PUBLISHED.period_end(day, number)
    assert moved >= plain == day + DAY * number
    assert PUBLISHED.working_days(plain, moved) == 1
    assert PUBLISHED.is_working_day(moved)


@given(days, st.integers(1, 24))
def test_months_follow_each_other_without_gap(day, number):
    """Two periods in a row end where one of both lengths does, but for the ends of short months."""
    whole = PUBLISHED.period_end(day, number + 1, Unit.MONTHS, moves=False)
    parts = PUBLISHED.period_end(
        PUBLISHED.period_end(day, number, Unit.MONTHS, moves=False), 1, Unit.MONTHS, moves=False
    )
    assert abs((whole - parts).days) <= (0 if day.day <= 27 else 3)


@given(st.datetimes(datetime(2022, 1, 1), datetime(2030, 11, 30)), st.integers(1, 40))
def test_working_hours_between_receipt_and_deadline_are_exactly_those_allowed(received, hours):
    end = PUBLISHED.hours_end(received, hours)
    assert end.at is not None and PUBLISHED.is_working_day(end.on)
    until, passed = datetime.combine(end.on, end.at), timedelta()
    for number in range((end.on - received.date()).days + 1):
        day = received.date() + DAY * number
        if PUBLISHED.is_working_day(day):
            for begin, close in OFFICE_HOURS:
                first = max(datetime.combine(day, begin), received)
                last = min(datetime.combine(day, close), until)
                passed += max(last - first, timedelta())
    assert passed == timedelta(hours=hours)


@given(days, st.integers(6, 60))
def test_one_more_day_off_never_brings_a_deadline_forward(day, number):
    with_more = Calendar({day + DAY * 3: Correction(True, "임시공휴일")})
    assert with_more.petition_end(day, number).on >= PUBLISHED.petition_end(day, number).on
