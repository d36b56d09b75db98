"""Laws that rows name in Korean only: each has an English name, and the one that bills and rules of permits give it."""

from pathlib import Path

import yaml
from django.utils.translation import override

from common.laws import ENGLISH, law_name

SEEDS = Path(__file__).parents[2]


def rows(*paths):
    return [row for path in paths for row in yaml.safe_load((SEEDS / path).read_text())]


def test_every_law_that_stands_in_korean_only_has_its_english_name():
    named = rows("investment/seed/tax_credit_rates.yaml", "technology/seed/legal_lists.yaml",
                 "trade/seed/protection_measures.yaml")  # fmt: skip
    named += [limit for row in rows("clusters/seed/stage_rules.yaml") for limit in row["limits"]]
    assert {row["law_ko"] for row in named} == set(ENGLISH)


def test_it_is_the_name_that_other_rows_give_the_law():
    both = rows("tasks/seed/bills.yaml", "investment/seed/permit_rules.yaml")
    wrong = [row["law_en"] for row in both if ENGLISH.get(row["law_ko"], row["law_en"]) != row["law_en"]]
    assert wrong == []


def test_a_law_stands_in_the_readers_language():
    with override("en"):
        assert law_name("조세특례제한법") == "Restriction of Special Taxation Act"
        assert law_name("어떤 법") == "어떤 법"
    with override("ko"):
        assert law_name("조세특례제한법") == "조세특례제한법"
