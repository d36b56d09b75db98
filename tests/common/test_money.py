"""Money as it is typed: read exactly, in both languages, and back."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from common import formats
from common.errors import Invalid
from common.money import MOST, parse_won

AMOUNTS = st.integers(min_value=0, max_value=MOST)


@pytest.mark.parametrize(
    ("typed", "won"),
    [
        ("3조 7,400억", 3_740_000_000_000),
        ("3조7400억원", 3_740_000_000_000),
        ("1,000억원", 100_000_000_000),
        ("4.12조", 4_120_000_000_000),
        ("４．１２조", 4_120_000_000_000),
        ("３조　７，４００억 원", 3_740_000_000_000),
        ("7천억", 700_000_000_000),
        ("3조 7천억 원", 3_700_000_000_000),
        ("500백만원", 500_000_000),
        ("1억 2,345만 6,789원", 123_456_789),
        ("3.74 tn", 3_740_000_000_000),
        ("KRW 3.74 tn", 3_740_000_000_000),
        ("100 bn", 100_000_000_000),
        ("100bn won", 100_000_000_000),
        ("₩1,000,000", 1_000_000),
        ("1.5 million", 1_500_000),
        ("0", 0),
        ("3740000000000", 3_740_000_000_000),
    ],
)
def test_amounts_are_read_as_people_write_them(typed, won):
    assert parse_won(typed) == won


@pytest.mark.parametrize(
    "typed",
    ["", " ", "원", "-5억", "−5억", "3억 7조", "3조 20,000억", "1억 1억", "3,5조", "1,00억", "0.5", "1.234567891억 원", "약 3조",
     "3조쯤", "1e12", "3..4조", "조", "٣억억", "2000000조", "1" * 81, "3.74 tn bn", "NaN", "١ dollars"],
)  # fmt: skip
def test_what_is_not_an_amount_is_refused_with_words(typed):
    with pytest.raises(Invalid) as refused:
        parse_won(typed)
    assert len(refused.value.message) > 20


@pytest.mark.parametrize("typed", ["-5억", "−5억", "–5억", "△5억", "₩-5억", "-KRW 5 bn"])
def test_what_is_below_zero_is_told_what_to_enter(typed):
    with override("en"), pytest.raises(Invalid) as refused:
        parse_won(typed)
    assert (
        refused.value.message == "An amount is not below zero. Enter the whole amount that holds, not what it falls by."
    )


def test_an_amount_in_words_stands_beside_every_digit_of_it():
    assert formats.won_full(3_740_000_000_000) == "3조 7,400억 원(3,740,000,000,000원)"
    assert formats.won_full(3_740_000_000_000, "en") == "KRW 3.74 tn (KRW 3,740,000,000,000)"
    assert formats.won_full(700, "en") == "KRW 700"
    assert formats.won_full(700) == "700원"


@given(AMOUNTS)
def test_the_exact_form_is_read_back(amount):
    assert parse_won(formats.won_exact(amount, "ko")) == amount
    assert parse_won(formats.won_exact(amount, "en")) == amount
    assert parse_won(str(amount)) == amount


@given(AMOUNTS)
def test_the_short_form_is_read_as_what_it_says(amount):
    """Rounded for show: within half of the last unit that it names, and stable from then on."""
    for lang in ("ko", "en"):
        shown = formats.won(amount, lang)
        read = parse_won(shown)
        assert formats.won(read, lang) == shown
        assert abs(read - amount) <= max(amount // 100, 50_000_000)


@given(st.integers(0, 999_999), st.integers(0, 9_999), st.integers(0, 9_999), st.integers(0, 9_999))
def test_the_units_add_up(jo, eok, man, won):
    amount = ((jo * 10_000 + eok) * 10_000 + man) * 10_000 + won
    typed = f"{jo:,}조 {eok:,}억 {man:,}만 {won:,}원"
    assert parse_won(typed) == amount
    wide = typed.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789,"})
    assert parse_won(wide) == amount


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_a_refusal(text):
    try:
        assert 0 <= parse_won(text) <= MOST
    except Invalid as refused:
        assert refused.message
