"""The sums that the sources state, with their arithmetic, on the loaded rows."""

from datetime import date

import pytest

from clusters.models import Complex
from tasks.models import BudgetEntry, BudgetLine, IndicatorTarget
from technology.models import ResearchProgramme

pytestmark = pytest.mark.usefixtures("loaded")

TRILLION = 10**12
HUNDRED_MILLION = 10**8


def designated(kind: str, day: date) -> dict[str, int | None]:
    """Announced investment of the complexes designated on a day, by key."""
    rows = Complex.objects.filter(
        kind=kind, stages__stage="designation", stages__milestone__completed_on=day
    ).distinct()
    return {row.key: row.announced_investment_won for row in rows}


def test_seven_special_complexes_bring_614_trillion():
    """562 + 4.7 + 4.2 + 12.1 + 6.4 + 7.4 + 17.2 = 614."""
    found = designated("advanced_strategic", date(2023, 7, 20))
    amounts = [562_0, 4_7, 4_2, 12_1, 6_4, 7_4, 17_2]
    assert sorted(found.values()) == sorted(amount * TRILLION // 10 for amount in amounts)
    assert len(found) == 7
    assert sum(found.values()) == 614 * TRILLION


def test_four_battery_complexes_bring_30_of_them():
    """4.2 + 12.1 + 6.4 + 7.4 = 30.1, published as 30."""
    rows = Complex.objects.filter(kind="advanced_strategic", industry_ko__startswith="이차전지")
    assert rows.count() == 4
    assert sum(row.announced_investment_won for row in rows) == 30_1 * TRILLION // 10


def test_bio_complexes_with_a_published_amount_bring_34_7_of_36_3_trillion():
    """25.6908 + 6.6329 + 2.4191 = 34.7428; of the other two nobody published an amount, so none is made up."""
    found = designated("advanced_strategic", date(2024, 6, 27))
    assert len(found) == 5
    known = sorted(amount for amount in found.values() if amount is not None)
    assert known == [24_191 * HUNDRED_MILLION, 66_329 * HUNDRED_MILLION, 256_908 * HUNDRED_MILLION]
    assert sum(known) == 347_428 * HUNDRED_MILLION < 36_3 * TRILLION // 10


def test_five_sobujang_complexes_bring_6_7_trillion():
    found = designated("sobujang", date(2023, 7, 20))
    assert len(found) == 5
    assert sum(amount or 0 for amount in found.values()) == 6_7 * TRILLION // 10


def test_fifteen_national_complexes_take_40_76_square_kilometres():
    """4,076 units of 10,000 m² (만㎡) = 40,760,000 m²."""
    rows = Complex.objects.filter(kind="national_industrial")
    assert rows.count() == 15
    assert sum(row.area_m2 for row in rows) == 4_076 * 10_000


def test_announced_budgets_lack_0_2_trillion_of_the_promise():
    """4.7 + 5.0 + 6.5 + 8.6 = 24.8, and 25 − 24.8 = 0.2."""
    lines = BudgetLine.objects.filter(kind="level", measure__code="T1-3.2")
    latest = {
        line.fiscal_year: line.entries.order_by("-effective_on", "-pk").values_list("amount_won", flat=True)[0]
        for line in lines
    }
    assert latest == {
        year: tenths * TRILLION // 10 for year, tenths in {2023: 47, 2024: 50, 2025: 65, 2026: 86}.items()
    }
    promised = ResearchProgramme.objects.get(key="programme-nst-25tn").commitment_won
    assert promised - sum(latest.values()) == 2 * TRILLION // 10


def test_2025_was_6_4_before_it_was_6_5_and_both_stand():
    entries = BudgetEntry.objects.filter(line__kind="level", line__measure__code="T1-3.2", line__fiscal_year=2025)
    assert list(entries.order_by("effective_on").values_list("effective_on", "amount_won", "precision")) == [
        (date(2025, 3, 31), 64 * TRILLION // 10, "month"),
        (date(2026, 3, 13), 65 * TRILLION // 10, "day"),
    ]


def test_money_is_divided_by_technology_only_where_somebody_published_it():
    """2024: 636.2 + 777.2 + 977.2 + 190.4 + 125.2 + 136.4 + 836.2 = 3,678.8 of 5,000; 2023: 563.5 + 705.1 of 4,700."""
    parts = {
        2024: [6362, 7772, 9772, 1904, 1252, 1364, 8362],
        2023: [5635, 7051],
    }
    for year, published in parts.items():
        lines = BudgetLine.objects.filter(part_of__measure__code="T1-3.2", fiscal_year=year, kind="breakdown")
        found = sorted(BudgetEntry.objects.filter(line__in=lines).values_list("amount_won", flat=True))
        assert found == sorted(amount * HUNDRED_MILLION for amount in published)
    assert not BudgetLine.objects.filter(part_of__measure__code="T1-3.2").exclude(fiscal_year__in=parts).exists()
    assert sum(parts[2024]) == 36_788


def test_45_000_and_105_000_specialists_are_150_000():
    aims = {
        part: IndicatorTarget.objects.get(indicator__key=f"ind-semiconductor-{part}").value
        for part in ("quota", "programmes", "specialists")
    }
    assert aims == {"quota": 45_000, "programmes": 105_000, "specialists": 150_000}
    assert aims["quota"] + aims["programmes"] == aims["specialists"]


def test_nothing_is_spent_that_nobody_published():
    assert set(BudgetEntry.objects.values_list("phase", flat=True)) == {"announced"}
