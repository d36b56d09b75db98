"""The published calendar of holidays against the law: the days of nine years, and the rules of substitute holidays."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from common.calendar import Calendar

DAY = timedelta(days=1)
TABLE = Path(__file__).with_name("holidays.csv")
CALENDAR = Calendar()
SUBSTITUTE = "대체 휴일"
NATIONAL = ("삼일절", "광복절", "개천절", "한글날")
# Substituted from a day on → (holidays, weekdays on which a substitute is due): Regulation on public holidays, art. 3.
FEASTS = ("설날 전날", "설날", "설날 다음날", "추석 전날", "추석", "추석 다음날")
SUNDAY, WEEKEND = {6}, {5, 6}
RULES = (
    (date(2013, 11, 5), FEASTS, SUNDAY),
    (date(2013, 11, 5), ("어린이날",), WEEKEND),
    (date(2021, 8, 4), NATIONAL, WEEKEND),
    (date(2023, 5, 4), ("부처님오신날", "기독탄신일"), WEEKEND),
    (date(2026, 5, 1), ("노동절",), WEEKEND),
    (date(2026, 5, 11), ("제헌절",), WEEKEND),
)
NEVER = ("신정연휴", "현충일")


def table():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {date.fromisoformat(row["date"]): row["name"].split("; ") for row in csv.DictReader(file)}


def expected_substitutes(year):
    """The days that the rules make of the holidays themselves: the first following one that is no holiday."""
    own = {day: names for day, names in table().items() if day.year == year}
    named = {day: [name for name in names if SUBSTITUTE not in name] for day, names in own.items()}
    taken = {day for day, names in named.items() if names}
    found = set()
    for day in sorted(taken):
        for name in named[day]:
            if any(_is_due(rule, day, name, len(named[day])) for rule in RULES):
                after = day
                while after in taken or after in found or after.weekday() == 6:
                    after += DAY
                found.add(after)
                break
    return found


def _is_due(rule, day, name, meeting):
    since, names, weekdays = rule
    return day >= since and name in names and (day.weekday() in weekdays or (meeting > 1 and day.weekday() < 5))


def test_every_day_of_the_table_is_a_holiday_under_its_name_and_no_other_day_is():
    rows = table()
    assert len(rows) == 180
    found = {}
    day = date(2022, 1, 1)
    while day.year < 2031:
        if name := CALENDAR.holiday(day):
            found[day] = sorted(name.split("; "))
        day += DAY
    assert found == {day: sorted(names) for day, names in rows.items()}


@pytest.mark.parametrize("year", range(2022, 2031))
def test_substitute_holidays_follow_the_rules(year):
    shown = {day for day, names in table().items() if day.year == year and any(SUBSTITUTE in name for name in names)}
    assert shown == expected_substitutes(year)


@pytest.mark.parametrize("name", NEVER)
def test_these_are_never_substituted(name):
    assert not any(f"{name} {SUBSTITUTE}" in names for names in table().values())


@pytest.mark.parametrize("day", ["2023-10-02", "2024-10-01", "2025-01-27", "2025-06-03", "2024-04-10", "2026-06-03"])
def test_elections_and_days_set_ad_hoc_are_off(day):
    assert not CALENDAR.is_working_day(date.fromisoformat(day))


def test_a_saturday_is_no_holiday_but_no_working_day_either():
    saturday = date(2026, 11, 28)
    assert CALENDAR.holiday(saturday) is None
    assert not CALENDAR.is_working_day(saturday)
