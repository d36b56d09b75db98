"""The page of public holidays: every day of the calendar with what stands behind it, and the rule of substitutes."""

import re
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from accounts.models import HolidayCorrection
from common.calendar import published
from common.substitutes import SUBSTITUTES, is_appointed
from tests.common.test_holidays import FEASTS, RULES, table


def _rows(page: str) -> list[str]:
    return page.split('id="holidays"')[1].split("</table>")[0].split("<tr")[2:]


@pytest.mark.parametrize("year", [2022, 2026, 2030])
def test_the_year_lists_every_holiday_under_its_name(client_of: Any, world: Any, year: int) -> None:
    client = client_of("analyst")
    page = client.get("/holidays/", {"year": year}, headers={"accept-language": "ko"}).content.decode()
    rows = _rows(page)
    known = {on: names for on, names in table().items() if on.year == year}
    assert [re.search(r'datetime="([\d-]+)"', row).group(1) for row in rows] == [on.isoformat() for on in sorted(known)]  # type: ignore[union-attr]
    for row, on in zip(rows, sorted(known), strict=True):
        assert all(name in row for name in known[on])
    assert page.count('href="https://github.com/') == 1


def test_this_year_is_shown_where_the_address_names_none(client_of: Any, world: Any) -> None:
    rows = _rows(client_of("analyst").get("/holidays/").content.decode())
    assert len(rows) == len(published(date.today().year))


def test_elections_and_temporary_holidays_are_marked_as_unverified(client_of: Any, world: Any) -> None:
    appointed = [on for year in range(2022, 2027) for on, name in published(year).items() if is_appointed(name)]
    assert {date(2024, 4, 10), date(2023, 10, 2), date(2025, 1, 27), date(2026, 6, 3)} <= set(appointed)
    for year in range(2022, 2027):
        rows = _rows(client_of("analyst").get("/holidays/", {"year": year}).content.decode())
        marked = [row for row in rows if "mark-warn" in row]
        assert len(marked) == sum(on.year == year for on in appointed)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_rule_of_substitutes_stands_in_words(client_of: Any, world: Any, language: str) -> None:
    page = client_of("analyst").get("/holidays/", headers={"accept-language": language}).content.decode()
    rules = page.split('id="rules"')[1].split("</table>")[0]
    assert sorted(rule.since for rule in SUBSTITUTES) == sorted(since for since, *_rest in RULES)
    for since, *_rest in RULES:
        assert f'datetime="{since.isoformat()}"' in rules
    assert ("현충일(6월 6일)" if language == "ko" else "Memorial Day (6 June)") in page


def test_the_words_name_the_holidays_that_the_calendar_substitutes() -> None:
    with translation.override("ko"):
        for since, names, _weekdays in RULES:
            words = " ".join(str(rule.holidays) for rule in SUBSTITUTES if rule.since == since)
            wanted = ("설날", "추석") if names == FEASTS else names
            assert all(name in words for name in wanted), since


def test_a_correction_replaces_the_day_and_that_of_one_ministry_stands_beside_it(client_of: Any, world: Any) -> None:
    words = {"source": "https://example.kr/", "confidence": "published", "name_ko": "보정"}
    HolidayCorrection.objects.create(day=date(2024, 5, 1), name_en="Extra day", **words)
    HolidayCorrection.objects.create(day=date(2024, 5, 6), name_en="Worked", is_holiday=False, **words)
    HolidayCorrection.objects.create(
        day=date(2024, 12, 25), name_en="Own", is_holiday=False, ministry=world.ministries.lead, **words
    )
    rows = _rows(client_of("analyst").get("/holidays/", {"year": 2024}).content.decode())
    assert len(rows) == len(published(2024)) + 2
    on = {row.split('datetime="')[1][:10]: row for row in rows}
    assert "Extra day" in on["2024-05-01"]
    assert "Worked by correction" in on["2024-05-06"]
    assert "Children" not in on["2024-05-06"]
    assert sum("2024-12-25" in row for row in rows) == 2


@pytest.mark.parametrize("query", [{"year": "1999"}, {"year": "next"}, {"month": "5"}])
def test_a_year_that_cannot_be_read_is_told_and_nothing_is_listed(client_of: Any, world: Any, query: Any) -> None:
    page = client_of("analyst").get("/holidays/", query).content.decode()
    assert "cannot be read" in page
    assert 'id="holidays"' not in page


@pytest.mark.parametrize("address", ["/investment/permit-clock/", "/investment/permits/", "/glossary/"])
def test_it_is_reached_where_days_are_counted(client_of: Any, world: Any, address: str) -> None:
    assert 'href="/holidays/"' in client_of("analyst").get(address).content.decode()


def test_permits_say_after_how_many_days_processing_counts_as_completed(client_of: Any, world: Any) -> None:
    client = client_of("analyst")
    assert "60 days have passed since the request" in client.get("/investment/permits/").content.decode()
    korean = client.get("/investment/permits/", headers={"accept-language": "ko"}).content.decode()
    assert "60일이 지난 날에 처리가 완료된 것으로 보며(처리완료 의제)" in korean
