"""Working days, calendar periods and civil-petition periods as Korean law counts them. Knows no table.

Public holidays come from the `holidays` package, corrected by whoever makes the `Calendar`
(`accounts.models.holiday` holds the corrections).
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

import holidays

from common.formats import local

DAY = dt.timedelta(days=1)
SATURDAY = 5
# Hours of government offices, without the lunch hour: eight a day.
OFFICE_HOURS = ((dt.time(9), dt.time(12)), (dt.time(13), dt.time(18)))
HOURS_A_DAY = 8
# Civil Petitions Treatment Act, art. 19: up to five days count by the hour.
LONGEST_IN_HOURS = 5


class Unit(StrEnum):
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True)
class Correction:
    """A day that the published calendar has not, or no longer: an ad-hoc holiday, a day worked after all."""

    is_holiday: bool
    name_ko: str = ""
    name_en: str = ""


@dataclass(frozen=True)
class Deadline:
    """The last day of a period; `at` is the time on it where the period counts by the hour."""

    on: dt.date
    at: dt.time | None = None


@dataclass(frozen=True)
class Calendar:
    """Days off of government offices. A correction replaces what the published calendar says of its day."""

    corrections: Mapping[dt.date, Correction] = field(default_factory=dict)

    def holiday(self, day: dt.date, lang: str = "ko") -> str | None:
        """The name of the public holiday; None where the day is none (a mere Saturday or Sunday is none)."""
        corrected = self.corrections.get(day)
        if corrected is None:
            return _published(day.year, lang).get(day)
        korean, english = corrected.name_ko, corrected.name_en
        return ((korean or english) if lang == "ko" else (english or korean)) if corrected.is_holiday else None

    def is_working_day(self, day: dt.date) -> bool:
        """Neither Saturday, Sunday nor public holiday; what a correction calls no holiday is worked, whatever it is."""
        corrected = self.corrections.get(day)
        if corrected is not None:
            return not corrected.is_holiday
        return day.weekday() < SATURDAY and day not in _published(day.year, "ko")

    def working_day_from(self, day: dt.date) -> dt.date:
        """The day itself, or the first working day after it."""
        return next(each for each in _days(day) if self.is_working_day(each))

    def nth_working_day(self, first: dt.date, number: int) -> dt.date:
        """The day on which `number` working days are full, the first day included."""
        working = (each for each in _days(first) if self.is_working_day(each))
        return next(each for count, each in enumerate(working, 1) if count == number)

    def working_days(self, first: dt.date, last: dt.date) -> int:
        """How many working days lie between, both ends included."""
        return sum(self.is_working_day(first + DAY * n) for n in range((last - first).days + 1))

    def period_end(self, start: dt.date, number: int, unit: Unit = Unit.DAYS, *, moves: bool = True) -> dt.date:
        """The last day of a calendar period, the first day excluded (Civil Act, art. 157 to 160).

        With `moves` one that falls on a Saturday or a holiday ends on the next working day (art. 161).
        """
        end = _last_day(start + DAY, number, unit)
        return self.working_day_from(end) if moves else end

    def day_after(self, start: dt.date, number: int, unit: Unit = Unit.DAYS, *, moves: bool = False) -> dt.date:
        """The day on which a period has passed (“N일이 지난 날”): of 60 days from D it is D+61."""
        return self.period_end(start, number, unit, moves=moves) + DAY

    def petition_end(self, received: dt.date | dt.datetime, number: int, unit: Unit = Unit.DAYS) -> Deadline:
        """Until when a civil petition is to be treated (Civil Petitions Treatment Act, art. 19).

        Up to five days: working hours from the receipt, eight a day. Six and more: working days, the first
        included. Weeks, months, years: by the calendar, the first day included; the last one moves off a day off.
        Periods of up to five days need the moment of receipt.
        """
        received = local(received)
        day = received.date() if isinstance(received, dt.datetime) else received
        if unit is not Unit.DAYS:
            return Deadline(self.working_day_from(_last_day(day, number, unit)))
        if number > LONGEST_IN_HOURS:
            return Deadline(self.nth_working_day(day, number))
        if not isinstance(received, dt.datetime):
            raise TypeError("A period of up to five days counts from the hour of receipt.")
        return self.hours_end(received, number * HOURS_A_DAY)

    def hours_end(self, received: dt.datetime, hours: int) -> Deadline:
        """When `hours` of office time have passed since a moment (“immediately” is three)."""
        received = local(received)  # type: ignore[assignment]
        left = dt.timedelta(hours=hours)
        for begin, end in self._office_time(received.date()):
            begin = max(begin, received.replace(tzinfo=None))
            if end - begin >= left:
                return Deadline((begin + left).date(), (begin + left).time())
            left -= max(end - begin, dt.timedelta())
        raise AssertionError("office hours never end")

    def _office_time(self, first: dt.date) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        for day in _days(first):
            if self.is_working_day(day):
                for begin, end in OFFICE_HOURS:
                    yield dt.datetime.combine(day, begin), dt.datetime.combine(day, end)


def published(year: int, lang: str = "ko") -> dict[dt.date, str]:
    """The public holidays of a year in the published calendar, the first one first."""
    return dict(sorted(_published(year, lang).items()))


# English words of the package that the rest of the application says otherwise.
_WORDS = {
    "Alternative holiday for": "Substitute holiday for",
    "The day preceding": "The day before",
    "The second day of": "The day after",
    "Labor Day": "Labour Day",
}


def _worded(name: str) -> str:
    for theirs, ours in _WORDS.items():
        name = name.replace(theirs, ours)
    return name


@cache
def _published(year: int, lang: str) -> dict[dt.date, str]:
    found = holidays.country_holidays("KR", years=year, language="ko" if lang == "ko" else "en_US")
    return {day: _worded(name) for day, name in found.items()}


def _days(first: dt.date) -> Iterator[dt.date]:
    while True:
        yield first
        first += DAY


def _last_day(first: dt.date, number: int, unit: Unit) -> dt.date:
    """The last day of a period whose first counted day is given.

    Months and years end before the corresponding day; where the month has none, on its last day (art. 160).
    """
    if unit is Unit.DAYS:
        return first + DAY * (number - 1)
    if unit is Unit.WEEKS:
        return first + DAY * (7 * number - 1)
    months = first.year * 12 + first.month - 1 + number * (12 if unit is Unit.YEARS else 1)
    year, month = divmod(months, 12)
    try:
        return dt.date(year, month + 1, first.day) - DAY
    except ValueError:
        return dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - DAY
