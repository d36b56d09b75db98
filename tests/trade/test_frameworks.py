"""IPEF and IRA as the record has them: rounds with both days, instruments, acts of the other side, what was not checked."""

from typing import Any


def timeline(reader: Any, path: str) -> list[tuple[str, str, bool]]:
    steps = reader.get(path).json()["timeline"]
    milestones = {row["id"]: row for row in reader.get("/api/v1/milestones/?page_size=1000").json()["results"]}
    found = [milestones[step["milestone"]["id"]] for step in steps]
    return [(row["started_on"], row["completed_on"], row["provenance"]["confidence"] == "unverified") for row in found]


def test_the_rounds_and_the_ministerial_between_them_have_their_first_and_last_day(reader: Any) -> None:
    rounds = timeline(reader, "/api/v1/frameworks/ipef/")
    assert [round_[:2] for round_ in rounds] == [
        ("2022-12-10", "2022-12-15"),
        ("2023-02-08", "2023-02-11"),
        ("2023-03-13", "2023-03-19"),
        ("2023-05-08", "2023-05-15"),
        (None, "2023-05-27"),
        ("2023-07-09", "2023-07-15"),
        ("2023-09-10", "2023-09-16"),
        ("2023-10-15", "2023-10-24"),
        ("2023-11-05", "2023-11-12"),
    ]
    page = reader.get("/trade/frameworks/ipef/").content.decode()
    assert "IPEF ministerial (Detroit)" in page
    assert "10 Dec 2022" in page
    assert "15 Dec 2022" in page


def test_ipef_as_a_whole_has_no_status_that_no_source_gives(reader: Any) -> None:
    assert reader.get("/api/v1/frameworks/ipef/").json()["status"] == ""
    assert reader.get("/api/v1/frameworks/ipef-1/").json()["status"] == "not_concluded"
    for address in ("/trade/frameworks/", "/trade/frameworks/ipef/"):
        page = reader.get(address).content.decode()
        assert "No source gives one status for the whole. Each pillar has its own." in page, address
        assert 'badge-info">Negotiating' not in page, address


def test_what_was_not_checked_of_the_agreements_is_marked_in_list_page_and_panel(reader: Any) -> None:
    assert timeline(reader, "/api/v1/frameworks/ipef-3/")[1:] == [
        (None, "2024-06-06", True),
        (None, "2024-10-11", True),
    ]
    for address in ("/trade/frameworks/", "/trade/frameworks/ipef/", "/trade/frameworks/ipef-3/"):
        page = reader.get(address).content.decode()
        row = page[page.index("clean economy agreement in force") :]
        assert "mark" in row[: row.index("</t")], address
        assert "Later steps are not verified" in page, address
    for pillar, number in (("ipef-3", "11 Oct 2024"), ("ipef-4", "12 Oct 2024")):
        page = reader.get(f"/trade/frameworks/{pillar}/").content.decode()
        assert f"entry into force ({number}) were not checked" in " ".join(page.split())
    panel = reader.get("/trade/panel/", headers={"HX-Request": "true"}).content.decode()
    row = panel[panel.index("clean economy agreement in force") :]
    assert "mark" in row[: row.index("</t")]


def test_acts_of_the_other_side_and_before_the_strategy_are_shown_but_not_counted(reader: Any) -> None:
    rows = reader.get("/api/v1/milestones/?page_size=1000").json()["results"]
    ira = [row for row in rows if row["measure"]["code"] == "T6-2"]
    assert len(ira) == 12
    assert {row["weight"] for row in ira} == {0}
    assert sum(row["provenance"]["confidence"] == "unverified" for row in ira) == 4
    assert [row["weight"] for row in rows if row["completed_on"] and row["completed_on"] < "2023-03-15"].count(1) == 0
