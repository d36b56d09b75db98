"""What Yongin needs of power and water, what is secured, and the rules of the credit beside its rates."""

from typing import Any


def test_phases_of_water_add_up_and_power_is_a_lower_bound(reader: Any) -> None:
    rows = {row["key"]: row for row in reader.get("/api/v1/infrastructure-needs/").json()["results"]}
    phases = [row for row in rows.values() if (row["part_of"] or {}).get("key") == "need-water-total"]
    assert sum(row["required"] for row in phases) == rows["need-water-total"]["required"] == 1_072_000
    power = rows["need-power-total"]
    assert (power["bound"], power["required"], power["unit"], power["needed_by"]) == ("at_least", 10_000, "MW", 2053)
    assert {row["secured"] for row in rows.values()} == {None}
    page = reader.get("/investment/infrastructure-needs/need-power-total/").content.decode()
    assert "at least 10,000" in page
    assert "Yongin national complex, power phase 1" in page


def test_rules_say_ranges_words_and_what_was_not_checked(reader: Any) -> None:
    rules = {row["key"]: row for row in reader.get("/api/v1/tax-credit-rules/").json()["results"]}
    assert rules["rule-formula"]["value"] is None
    assert rules["rule-formula"]["provenance"]["confidence"] == "unverified"
    assert (rules["rule-rd-credit-sme"]["value"], rules["rule-rd-credit-sme"]["value_to"]) == (40, 50)
    page = reader.get("/investment/tax-credit-rules/").content.decode()
    assert "40–50" in page
    assert page.count("mark-") == 2


def test_the_thirty_six_rates_and_the_three_that_were_superseded(reader: Any) -> None:
    rates = reader.get("/api/v1/tax-credit-rates/?page_size=100").json()["results"]
    assert len(rates) == 36
    gone = [rate for rate in rates if rate["superseded_on"]]
    assert [(rate["base_percent"], rate["superseded_on"]) for rate in gone] == [
        (8, "2023-04-11"),
        (8, "2023-04-11"),
        (16, "2023-04-11"),
    ]
    assert {rate["milestone"]["code"] for rate in gone} == {"T5-1.1-M5"}


def test_the_fund_is_cut_in_two_ways_that_are_never_added(reader: Any) -> None:
    fund = reader.get("/api/v1/investment-vehicles/vehicle-growth-fund/").json()
    cuts = {cut: sum(part["amount_won"] for part in fund["parts"] if part["cut"] == cut) for cut in ("use", "field")}
    assert cuts == {"use": fund["size_won"], "field": 50_900_000_000_000}
    assert (fund["field_count"], fund["outside_capital_min_percent"]) == (12, 40)


def test_a_superseded_rate_names_no_end_that_the_law_did_not_set(reader: Any) -> None:
    page = reader.get("/investment/tax-credit-rates/?superseded=true").content.decode()
    rows = [row for row in page.split("<tr>") if "Superseded</span>" in row]
    assert len(rows) == 3
    for row in rows:
        assert "until further notice" not in row
        assert "replaced" in row
        assert row.count("11 Apr 2023</time>") == 1
    korean = reader.get("/investment/tax-credit-rates/", headers={"accept-language": "ko"}).content.decode()
    assert "별도로 정할 때까지" in korean
