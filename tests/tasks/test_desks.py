"""On whose desk a report lies, and when that is too long: pure, by example and by property."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.calendar import Calendar, Correction
from tasks.desks import DAY, Desk, Written, desk_of, escalates_on, stays, waits_too_long_since

PLAIN = Calendar()


@pytest.mark.parametrize(
    ("since", "limit", "on"),
    [
        (date(2026, 11, 2), 5, date(2026, 11, 10)),  # Monday: Tuesday to Monday are five, then Tuesday
        (date(2026, 11, 6), 1, date(2026, 11, 10)),  # Friday: Monday is one, then Tuesday
        (date(2026, 11, 7), 1, date(2026, 11, 10)),  # Saturday: as on Friday
        (date(2025, 10, 2), 1, date(2025, 10, 13)),  # 3 to 9 October are all off: Friday the 10th is one
    ],
)
def test_escalation_waits_for_full_working_days(since: date, limit: int, on: date) -> None:
    assert escalates_on(since, limit, PLAIN) == on


def test_a_corrected_holiday_moves_the_escalation() -> None:
    off = Calendar({date(2026, 11, 9): Correction(True, "임시공휴일")})
    assert escalates_on(date(2026, 11, 6), 1, off) == date(2026, 11, 11)


days = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(days, st.integers(1, 15), st.integers(-40, 40))
def test_both_sides_of_the_rule_agree(today: date, limit: int, apart: int) -> None:
    since = today - apart * DAY
    assert (escalates_on(since, limit, PLAIN) <= today) == (since < waits_too_long_since(today, limit, PLAIN))


@pytest.mark.parametrize(
    ("status", "is_endorsed", "steps", "desk"),
    [
        ("draft", False, 2, Desk.REPORTER),
        ("returned", False, 1, Desk.REPORTER),
        ("submitted", False, 1, Desk.APPROVER_OR_COORDINATOR),
        ("submitted", False, 2, Desk.APPROVER),
        ("submitted", True, 2, Desk.COORDINATOR),
        ("accepted", True, 2, Desk.NOBODY),
        ("withdrawn", False, 2, Desk.NOBODY),
    ],
)
def test_the_desk_follows_from_state_and_steps(status: str, is_endorsed: bool, steps: int, desk: Desk) -> None:
    assert desk_of(status, is_endorsed=is_endorsed, steps=steps) == desk


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def test_the_way_of_a_report_counts_days_and_leaves_out_what_moved_nothing() -> None:
    way = stays(
        [
            Written(at(2), "submitted", False),
            Written(at(3), "submitted", False),  # another column
            Written(at(4), "submitted", True),
            Written(at(4, 10), "returned", False),
            Written(at(9), "submitted", False),
        ],
        steps=2,
        now=at(11),
        day=lambda moment: moment.date(),
    )
    assert [(stay.desk.value, stay.days, stay.until is None) for stay in way] == [
        ("approver", 2, False), ("coordinator", 0, False), ("reporter", 5, False), ("approver", 2, True),
    ]  # fmt: skip


def test_what_is_done_has_no_days() -> None:
    (_first, last) = stays(
        [Written(at(2), "submitted", False), Written(at(3), "accepted", False)],
        steps=1,
        now=at(20),
        day=lambda moment: moment.date(),
    )
    assert (last.desk, last.days) == (Desk.NOBODY, None)


def test_days_are_those_of_the_local_clock() -> None:
    late, after_midnight = datetime(2026, 11, 2, 14, 59, tzinfo=UTC), datetime(2026, 11, 2, 15, 1, tzinfo=UTC)
    seoul = timedelta(hours=9)
    way = stays([Written(late, "submitted", False)], steps=1, now=after_midnight, day=lambda m: (m + seoul).date())
    assert way[0].days == 1
