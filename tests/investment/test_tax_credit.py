"""The tax credit through its doors: exact won, the rate that held on the day, and what is not known said so."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investment.models import TaxCreditRule
from investment.rollups.tax_credit import Investment, credit

API = "/api/v1/tax-credit-calculations/"
PAGE = "/investment/tax-credit-calculations/"
DAY = date(2026, 1, 1)
ASKED = {"tax_class": "nst_semiconductor", "size": "large", "invested_on": "2025-06-30", "eligible_won": "3조 7,400억"}
THREE = {"preceding_1_won": "1조", "preceding_2_won": "1조", "preceding_3_won": "0"}


@pytest.fixture
def ask(rules: Any, reading: Any) -> Any:
    client = reading("nobody")
    return lambda **more: client.get(API, {key: value for key, value in (ASKED | more).items() if value is not None})


def test_the_credit_is_base_and_increase_in_whole_won(ask: Any) -> None:
    body = ask(**THREE).json()
    assert (body["base_won"], body["incremental_won"], body["total_won"]) == (
        748_000_000_000, 307_333_333_333, 1_055_333_333_333,
    )  # fmt: skip
    assert (body["mean_won"], body["increase_won"], body["is_capped"]) == (666_666_666_666, 3_073_333_333_333, False)
    assert (body["rate"]["article"], body["rate"]["base_bp"], body["rate"]["incremental_confidence"]) == (
        "24", 2000, "unverified",
    )  # fmt: skip
    assert body["unverified"] == ["incremental rate"]


@pytest.mark.parametrize(
    ("asked", "base_bp", "incremental_bp", "superseded"),
    [
        ({"invested_on": "2023-06-30"}, 1500, 1000, [800]),  # temporary, with what it replaced
        ({"invested_on": "2022-06-30"}, 600, 400, []),
        ({"invested_on": "2024-06-30"}, 1500, 400, [800]),
        ({"invested_on": "2025-06-30", "tax_class": "nst_other"}, 1500, 1000, [800]),
        ({"invested_on": "2023-06-30", "tax_class": "general", "size": "sme"}, 1200, 1000, []),
        ({"invested_on": "2026-06-30", "tax_class": "general", "size": "sme"}, 1000, 300, []),
    ],
)
def test_the_rate_of_the_day_is_found_and_superseded_ones_stay_visible(
    ask: Any, asked: dict[str, str], base_bp: int, incremental_bp: int, superseded: list[int]
) -> None:
    body = ask(**asked).json()
    assert (body["rate"]["base_bp"], body["rate"]["incremental_bp"]) == (base_bp, incremental_bp)
    assert [rate["base_bp"] for rate in body["superseded_rates"]] == superseded


def test_the_increase_is_cut_off_at_twice_the_base_and_the_cap_is_marked(ask: Any) -> None:
    body = ask(
        tax_class="general", invested_on="2023-06-30", preceding_1_won="0", preceding_2_won="0", preceding_3_won="0"
    ).json()
    assert (body["rate"]["base_bp"], body["base_won"]) == (300, 112_200_000_000)
    assert (body["incremental_uncapped_won"], body["cap_won"]) == (374_000_000_000, 224_400_000_000)
    assert (body["incremental_won"], body["is_capped"]) == (224_400_000_000, True)
    assert "cap" in body["unverified"]
    assert body["cap_rule"]["provenance"]["confidence"] == "unverified"


def test_without_the_years_before_only_the_base_is_computed(ask: Any) -> None:
    body = ask().json()
    assert (body["incremental_won"], body["mean_won"], body["total_won"]) == (None, None, 748_000_000_000)


def test_less_than_before_gives_no_increase(ask: Any) -> None:
    body = ask(preceding_1_won="9조", preceding_2_won="9조", preceding_3_won="9조").json()
    assert (body["increase_won"], body["incremental_won"]) == (0, 0)


@pytest.mark.parametrize(
    ("asked", "field", "words"),
    [
        ({"invested_on": "2030-01-01"}, "invested_on", "to 2029-12-31"),
        ({"invested_on": "2019-01-01"}, "invested_on", "from 2021-07-01"),
        ({"invested_on": "2025-02-30"}, "invested_on", "a date of the calendar"),
        ({"eligible_won": "삼조"}, "eligible_won", "not understood"),
        ({"eligible_won": None}, "eligible_won", "required"),
        ({"preceding_1_won": "1조"}, "preceding_2_won", "all three years"),
        ({"size": "huge"}, "size", "huge"),
        ({"colour": "red"}, "colour", "Unknown parameter"),
    ],
)
def test_what_is_wrong_is_named_with_what_to_do(ask: Any, asked: dict[str, Any], field: str, words: str) -> None:
    answer = ask(**asked)
    assert answer.status_code == 400
    assert any(error["pointer"] == f"/{field}" and words in error["detail"] for error in answer.json()["errors"]), (
        answer.json()
    )


def test_the_page_shows_the_same_and_keeps_what_was_typed(rules: Any, reading: Any) -> None:
    client = reading("nobody")
    page = client.get(PAGE, ASKED | THREE).content.decode()
    for text in ("KRW 1,055,333,333,333", "Restriction of Special Taxation Act, art. 24", "Unverified", "Superseded"):
        assert text in page
    wrong = client.get(PAGE, ASKED | {"eligible_won": "삼조"}).content.decode()
    assert 'value="삼조"' in wrong and "not understood" in wrong
    late = client.get(PAGE, ASKED | {"invested_on": "2030-01-01"}).content.decode()
    assert "No rate is on record" in late and 'value="2030-01-01"' in late
    assert "Nothing computed yet" in client.get(PAGE).content.decode()


def test_a_rate_above_the_readers_tier_is_not_used(rules: Any, reading: Any) -> None:
    from investment.models import TaxCreditRate

    TaxCreditRate.objects.update(measure=rules.measures.m12)
    answer = reading("nobody").get(API, ASKED)
    assert answer.status_code == 400
    assert reading("staff").get(API, ASKED).status_code == 200


@given(eligible=st.integers(0, 10**18), before=st.tuples(*[st.integers(0, 10**18)] * 3))
def test_parts_are_exact_and_within_their_bounds(eligible: int, before: tuple[int, int, int]) -> None:
    found = credit(Investment("general", "sme", DAY, eligible, before), Rates(), Rules())
    assert found.base_won == eligible * 1000 // 10_000
    assert (
        0
        <= 30_000 * found.uncapped_won
        <= max(0, 3 * eligible - sum(before)) * 3000
        < 30_000 * (found.uncapped_won + 1)
    )
    assert found.incremental_won == min(found.uncapped_won, 2 * found.base_won)
    assert found.total_won == found.base_won + found.incremental_won


class Rates:
    """One rate, without a database."""

    def filter(self, *args: Any, **kwargs: Any) -> Any:
        return self

    def select_related(self, *names: str) -> Any:
        from investment.models import TaxCreditRate

        return [
            TaxCreditRate(
                tax_class="general", size="sme", kind="regular", invest_from=DAY, base_bp=1000, incremental_bp=3000
            )
        ]


class Rules:
    def filter(self, **kwargs: Any) -> list[TaxCreditRule]:
        return [TaxCreditRule(key="rule-incremental-cap", value=2)]
