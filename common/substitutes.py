"""Public holidays of Korea in words: which days are holidays of themselves, and when a substitute follows one.

The days come from the `holidays` package (`common/calendar.py`), which keeps these rules; here they can be read.
"""

import datetime as dt
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from django.utils.translation import gettext_lazy as _

SUBSTITUTE = "대체 휴일"
# Holidays by law, as the package names them; any other day was appointed: an election, a temporary holiday.
REGULAR = frozenset({
    "신정연휴", "설날 전날", "설날", "설날 다음날", "삼일절", "어린이날", "부처님오신날", "현충일", "제헌절", "광복절",
    "추석 전날", "추석", "추석 다음날", "개천절", "한글날", "기독탄신일", "노동절",
})  # fmt: skip
PACKAGE = f"https://github.com/vacanza/holidays (holidays {version('holidays')})"
DECREE = (
    "관공서의 공휴일에 관한 규정(대통령령 제36290호) 공개 정리본(정리본의 이름과 주소는 자료에 없음)"
    " / public compilation of the Regulation on public holidays (decree 36290) with law.go.kr citations"
    " (its name and address are not on record)"
)


@dataclass(frozen=True)
class SubstituteRule:
    """From `since` a holiday among `holidays` that `meets` such a day is followed by a substitute."""

    since: dt.date
    holidays: Any
    meets: Any
    source: str
    confidence: str = "published"


WEEKEND = _("a Saturday, a Sunday, or another holiday on a weekday")
SUBSTITUTES = (
    SubstituteRule(
        dt.date(2013, 11, 5),
        _("Korean New Year and Chuseok, each with the day before and the day after"),
        _("a Sunday or another holiday"),
        f"https://lhca.or.kr/ ; {DECREE}",
    ),
    SubstituteRule(dt.date(2013, 11, 5), _("Children's Day"), WEEKEND, f"https://lhca.or.kr/ ; {DECREE}"),
    SubstituteRule(
        dt.date(2021, 8, 4),
        _("Independence Movement Day, Liberation Day, National Foundation Day, Hangul Day"),
        WEEKEND,
        f"http://www.public25.com/news/articleView.html?idxno=5523 ; {DECREE}",
    ),
    SubstituteRule(
        dt.date(2023, 5, 4),
        _("Buddha's Birthday, Christmas Day"),
        WEEKEND,
        f"https://dongsan1987.tistory.com/ ; {DECREE}",
    ),
    SubstituteRule(dt.date(2026, 5, 1), _("Labour Day, a holiday from this day on"), WEEKEND, DECREE),
    SubstituteRule(dt.date(2026, 5, 11), _("Constitution Day, a holiday from this day on"), WEEKEND, DECREE),
)


def is_substitute(name: str) -> bool:
    return SUBSTITUTE in name


def is_appointed(name: str) -> bool:
    """Whether a day under this Korean name is one that no law names: an election, a temporary holiday."""
    return not any(part in REGULAR or is_substitute(part) for part in name.split("; "))
