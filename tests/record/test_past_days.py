"""What the record says of past days, by page and by API: nothing is there before it came to be, or before it was known."""

import csv
import html
import io
import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from common.tiers import Tier

pytestmark = pytest.mark.usefixtures("loaded")

NASC = [f"NASC-{number:02}" for number in range(1, 8)]
SBJ = [f"SBJ-{number:02}" for number in range(6, 11)]
LAW_KNOWN, LAW_UNKNOWN = "2025-03-14", "2025-03-13"


class Past:
    """A reader of the real strategy, at `/as-of/…` and with `as_of=`."""

    def __init__(self) -> None:
        user, _ = User.objects.get_or_create(username="reader", defaults={"clearance": Tier.PUBLIC})
        self.client = Client(headers={"accept-language": "en"})
        self.client.force_login(user)

    def get(self, path: str, day: str, known: str = "") -> Any:
        return self.client.get(f"/as-of/{day}{f'/known-at/{known}' if known else ''}{path}")

    def page(self, path: str, day: str, known: str = "") -> str:
        """The words of the main part of a page, unescaped."""
        answer = self.get(path, day, known)
        assert answer.status_code == 200, (path, day, answer.status_code)
        main = answer.getvalue().decode().split("<main", 1)[1].split("</main>", 1)[0]
        return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main)))

    def listed(self, path: str, day: str, known: str = "") -> list[dict[str, str]]:
        """The rows of a list as its file has them."""
        joined = f"{path}{'&' if '?' in path else '?'}format=csv"
        answer = self.get(joined, day, known)
        assert answer.status_code == 200, (path, day)
        return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))

    def api(self, path: str, day: str, known: str = "", **asked: Any) -> Any:
        query = {"as_of": day, **({"known_at": known} if known else {}), **asked}
        answer = self.client.get(f"/api/v1/{path}", query)
        assert answer.status_code == 200, (path, query, answer.content)
        return answer.json()

    def rows(self, path: str, day: str, known: str = "", **asked: Any) -> list[Any]:
        return self.api(path, day, known, page_size=1000, **asked)["results"]


@pytest.fixture
def past(loaded: None) -> Past:
    return Past()


def of_the_strategy(rows: Any) -> list[str]:
    """Codes of the complexes that this strategy designated: not those of 2021, and not mere candidate sites."""
    return sorted(
        row["code"]
        for row in rows
        for stage in row["stages"]
        if stage["stage"] == "designation" and stage["completed_on"] and stage["completed_on"] > "2023-03-15"
    )


def test_no_complex_is_designated_on_30_june_2023_and_twelve_are_on_20_july(past):
    for day in ("2023-06-30", "2023-07-19"):
        assert of_the_strategy(past.rows("complexes/", day)) == []
        reached = {row["Code"]: row["Stage reached"] for row in past.listed("/clusters/complexes/", day)}
        assert not {*NASC, *SBJ} & set(reached)
        assert "Designation" not in {stage for code, stage in reached.items() if code > "SBJ-05" or code < "SBJ"}
    assert of_the_strategy(past.rows("complexes/", "2023-07-20")) == [*NASC, *SBJ]
    reached = {row["Code"]: row["Stage reached"] for row in past.listed("/clusters/complexes/", "2023-07-20")}
    assert {reached[code] for code in (*NASC, *SBJ)} == {"Designation"}
    assert "NASC-08" not in reached
    assert past.get("/clusters/complexes/nasc-01/", "2023-06-30").status_code == 404
    assert "562" in past.page("/clusters/complexes/nasc-01/", "2023-07-20")


def test_the_workforce_act_is_passed_in_its_year_and_promulgated_after_it(past):
    stages = {row["stage"]: row for row in past.api("bills/bill-workforce/", "2023-12-31")["stages"]}
    done = {stage: row["completed_on"] for stage, row in stages.items()}
    assert done == {"plenary": "2023-12-20", "promulgation": None, "enforcement": None}
    later = {row["stage"]: row for row in past.api("bills/bill-workforce/", "2024-12-31")["stages"]}
    assert [later[stage]["completed_precision"] for stage in ("plenary", "promulgation")] == ["day", "month"]
    assert later["promulgation"]["due_precision"] == "year"
    page = past.page("/bills/bill-workforce/", "2023-12-31")
    assert re.search(r"Passed in plenary .{0,90}Completed 2023 Met 20 Dec 2023", page)
    assert re.search(r"Promulgated .{0,90}Planned 2023 Still open", page)
    assert "Jan 2024" not in page
    assert re.search(r"Promulgated .{0,90}Planned 2023 Missed", past.page("/bills/bill-workforce/", "2024-01-01"))
    assert re.search(r"Promulgated .{0,90}2023 Met late Jan 2024", past.page("/bills/bill-workforce/", "2024-12-31"))
    assert past.rows("milestones/", "2023-12-31", code="T2-3-M2")[0]["light"] != "overdue"
    assert past.rows("milestones/", "2024-01-01", code="T2-3-M2")[0]["light"] == "overdue"


@pytest.mark.parametrize(("day", "done"), [("2023-04-10", None), ("2023-04-11", "2023-04-11")])
def test_the_tax_credit_rise_is_in_force_from_11_april_2023(past, day, done):
    stages = {row["stage"]: row["completed_on"] for row in past.api("bills/bill-tax-2023/", day)["stages"]}
    assert (stages["plenary"], stages["enforcement"]) == ("2023-03-30", done)
    page = past.page("/bills/bill-tax-2023/", day)
    assert bool(re.search(r"In force .{0,80}Completed", page)) == bool(done)
    assert ("11 Apr 2023" in page) == bool(done)


@pytest.mark.parametrize(("day", "there"), [("2023-12-12", False), ("2023-12-13", True)])
def test_supply_chain_3050_exists_from_its_announcement(past, day, there):
    assert ("plan-3050" in {row["key"] for row in past.rows("supply-plans/", day)}) == there
    assert ("Industrial Supply Chain 3050" in past.page("/ecosystem/supply-plans/", day)) == there
    assert past.get("/ecosystem/supply-plans/plan-3050/", day).status_code == (200 if there else 404)
    assert bool(past.rows("lead-projects/", day)) == there
    milestone = past.rows("milestones/", day, code="T4-2.1-M1")[0]
    assert milestone["state"] == ("completed" if there else "planned")


@pytest.mark.parametrize(
    ("day", "status", "shown"),
    [
        ("2023-05-26", "negotiating", "Negotiating"),
        ("2023-06-30", "concluded", "Concluded"),
        ("2024-04-16", "signed", "Signed"),
        ("2024-04-17", "in_force", "In force"),
    ],
)
def test_pillar_2_is_in_force_for_korea_from_17_april_2024(past, day, status, shown):
    found = past.api("frameworks/ipef-2/", day)
    assert found["status"] == status
    force = next(step for step in found["timeline"] if step["milestone"]["title"].endswith("in force for Korea"))
    assert force["completed_on"] == ("2024-04-17" if status == "in_force" else None)
    rows = {row["Framework"]: row["Status"] for row in past.listed("/trade/frameworks/", day)}
    assert rows["Pillar 2: supply chains"] == shown
    assert re.search(rf"Status {shown} ", past.page("/trade/frameworks/ipef-2/", day))


def test_a_case_is_overtaken_by_the_law_that_overtook_it(past):
    assert past.api("negotiation-cases/ira-30d/", "2025-07-03")["status"] == "open"
    assert past.api("negotiation-cases/ira-30d/", "2025-07-04")["status"] == "overtaken"


def test_the_technology_protection_amendment_is_passed_and_not_in_force_at_the_end_of_2024(past):
    stages = {row["stage"]: row["completed_on"] for row in past.api("bills/bill-itpa/", "2024-12-31")["stages"]}
    assert (stages["plenary"], stages["promulgation"], stages["enforcement"]) == ("2024-12-27", None, None)
    page = past.page("/bills/bill-itpa/", "2024-12-31")
    assert "27 Dec 2024" in page
    assert re.search(r"In force Industrial Technology Protection Act: in force Planned", page)
    assert not re.search(r"\d 20(25|26)\b", page.split("The procedure, step by step")[0])
    fine = past.api("protection-measures/protect-fine-core/", "2024-12-31")
    assert fine["value_after"] == 6_500_000_000
    assert past.get("/trade/protection-measures/protect-fine-core/", "2024-06-30").status_code == 404


@pytest.mark.parametrize(
    ("known", "rate"), [("2025-03-01", "15.0%"), (LAW_UNKNOWN, "15.0%"), (LAW_KNOWN, "20.0%"), ("", "20.0%")]
)
def test_the_rate_of_semiconductors_is_known_from_the_promulgation_of_its_retroactive_law(past, known, rate):
    asked = {
        "tax_class": "nst_semiconductor",
        "size": "large",
        "invested_on": "2025-01-15",
        "eligible_won": "100000000",
    }
    found = past.api("tax-credit-calculations/", "2025-01-15", known, **asked)
    assert found["base_won"] == int(float(rate.rstrip("%")) * 1_000_000)
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    page = past.page(f"/investment/tax-credit-calculations/?{query}", "2025-01-15", known)
    assert f"Base credit {rate}" in page
    is_known = rate == "20.0%"
    of_class = past.rows("tax-credit-rates/", "2025-01-15", known, tax_class="nst_semiconductor")
    assert len(of_class) == (3 if is_known else 0)
    listed = past.listed("/investment/tax-credit-rates/?tax_class=nst_semiconductor", "2025-01-15", known)
    assert len(listed) == (3 if is_known else 0)
    other = past.rows("tax-credit-rates/", "2025-01-15", known, tax_class="nst_other")
    assert len(other) == (3 if is_known else 0), "one class was known, of which nothing was taken apart yet"
    of_all = "The rate of all national strategic technologies applied."
    assert (of_all in found["rate_reason"], of_all in page) == (not is_known, not is_known)
    assert found["rate"]["tax_class"] == ("nst_semiconductor" if is_known else "nst")
    assert "other than semiconductors" not in page.split("Rates that were on record for this day")[1]
    nothing = past.page("/investment/tax-credit-rates/?tax_class=nst_semiconductor", "2025-01-15", known)
    assert ("see the rates of all national strategic technologies" in nothing) == (not is_known)


def test_what_was_replaced_afterwards_was_no_replaced_rate_before(past):
    key = "tax-nst-large-2023-01-superseded"
    before = past.api(f"tax-credit-rates/{key}/", "2023-03-31", "2023-04-10")
    assert (before["superseded_on"], before["superseded_by"]) == (None, None)
    assert past.api(f"tax-credit-rates/{key}/", "2023-03-31")["superseded_on"] == "2023-04-11"
    asked = {"tax_class": "nst", "size": "large", "on": "2023-03-31"}
    rates = past.rows("tax-credit-rates/", "2023-03-31", "2023-04-10", **asked)
    assert [row["key"] for row in rates] == [key]


@pytest.mark.parametrize(("day", "lead"), [("2023-06-30", "MOTIE"), ("2025-09-30", "MOTIE"), ("2025-10-01", "MOTIR")])
def test_the_lead_ministry_is_that_of_the_day(past, day, lead):
    other = "MOTIR" if lead == "MOTIE" else "MOTIE"
    assert past.api("measures/T1-1/", day)["lead_ministry"]["key"] == lead
    answering = {row["responsible_ministry"]["key"] for row in past.rows("milestones/", day)}
    assert lead in answering
    assert other not in answering
    assert past.rows("milestones/", day, ministry=lead)
    assert not past.rows("milestones/", day, ministry=other)
    names = {"MOTIE": "Ministry of Trade, Industry and Energy", "MOTIR": "Ministry of Trade, Industry and Resources"}
    assert names[lead] in past.page("/measures/T1-1/", day)
    assert names[other] not in past.page("/measures/T1-1/", day)
    assert {row["Responsible ministry"] for row in past.listed("/milestones/", day)} & set(names.values()) == {
        names[lead]
    }
    existing = {row["key"] for row in past.rows("ministries/", day)}
    assert (lead in existing, other in existing) == (True, False)
    listed = past.page("/ministries/", day)
    assert (names[lead] in listed, names[other] in listed) == (True, False)
    page = past.page("/ministries/MOTIE/", day)
    assert ("Handed over to" in page, "Exists until 30 Sep 2025" in page) == (lead == "MOTIR", lead == "MOTIR")
    assert ("This ministry on 30 Sep 2025" in page) == (lead == "MOTIR")
    later = past.page("/ministries/MOTIR/", day)
    assert ("Does not exist yet" in later) == (lead == "MOTIE")


def test_no_row_names_a_ministry_that_did_not_exist_yet(past):
    """Bills, budget lines, offices and programmes name a ministry too."""
    later = {row["key"] for row in past.rows("ministries/", "2026-11-01")} - {
        row["key"] for row in past.rows("ministries/", "2024-12-31")
    }
    assert {"MOTIR", "MCEE", "MOFE"} <= later
    for noun in ("bills", "budget-lines", "offices", "talent-programmes", "research-programmes"):
        named = {(row["ministry"] or {}).get("key") for row in past.rows(f"{noun}/", "2024-12-31")}
        assert not named & later, noun


@pytest.mark.parametrize(("day", "issued"), [("2025-04-02", None), ("2025-10-30", None), ("2025-10-31", 24)])
def test_24_of_1000_visas_are_issued_on_31_october_2025(past, day, issued):
    found = past.api("talent-incentives/incentive-ktech-visa/", day)
    assert (found["issued"], found["target_people"]) == (issued, 1000)
    page = past.page("/talent/talent-incentives/incentive-ktech-visa/", day)
    assert re.search(r"Aim \(people\) 1,000 ", page)
    assert bool(re.search(r"Issued \(people\) 24 \( Oct 2025 \)", page)) == (issued is not None)
    values = [row["value"] for row in past.rows("indicator-observations/", day, indicator="ind-ktech-issued")]
    assert [float(value) for value in values] == ([24.0] if issued else [])


def test_the_visa_is_offered_from_its_start(past):
    assert past.rows("talent-incentives/", "2025-04-01") == []
    assert len(past.rows("talent-incentives/", "2025-04-02")) == 3


def test_a_verdict_is_of_the_day_on_which_it_was_given(past):
    assert not any(row["verdict"] for row in past.rows("commitments/", "2026-11-21"))
    assert [row["code"] for row in past.rows("commitments/", "2026-11-27") if not row["verdict"]] == ["T6-2"]
    assert all(row["verdict"] for row in past.rows("commitments/", "2026-11-28"))
    page = past.page("/commitments/T2-3/", "2023-12-31")
    assert "Nobody had judged it by this day." in page


def test_a_law_has_no_number_before_it_is_promulgated(past):
    assert past.api("bills/bill-supply-chain/", "2023-12-25")["law_number"] == ""
    assert past.api("bills/bill-supply-chain/", "2023-12-26")["law_number"] == "19828"


def test_starter_facts_are_known_from_their_publication_and_the_rest_from_its_loading(past):
    """Designations are public on their day; when a plan to build was first told, no source says."""
    known = {row["code"] for row in past.rows("milestones/", "2026-11-01", "2023-07-20")}
    assert {"T3-1.1-M1", "T2-3-M1", "T2-3-M2"} <= known  # designated that day; promised in the announcement
    assert not known & {"T1-1-M6", "T1-1-M4", "T5-4.2-M1"}
    assert {"T1-1-M6"} <= {row["code"] for row in past.rows("milestones/", "2026-11-01")}
    assert (
        "What was loaded from published sources counts as known"
        in past.get("/milestones/", "2024-12-31", "2025-01-31").getvalue().decode()
    )


def test_a_page_as_known_then_says_how_many_milestones_were_not_on_record(past):
    whole, known = (len(past.rows("milestones/", "2024-12-31", each, in_scope="true")) for each in ("", "2024-12-31"))
    page = past.get("/milestones/", "2024-12-31", "2024-12-31").getvalue().decode()
    assert f"{whole - known} of the {whole} milestones that today's record has for this day" in page
    assert whole > known > 0


def test_the_history_of_a_measure_says_first_when_it_was_handed_over(past):
    page = past.client.get("/measures/T1-1/").getvalue().decode()
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert re.search(r"Handed over As of 1 Oct 2025 · recorded ", words)
