"""Four legal lists, never merged: fields and technologies of each, and the twelve with their two dates."""

from typing import Any


def test_four_lists_stand_apart(reader: Any) -> None:
    lists = {row["key"]: row for row in reader.get("/api/v1/legal-lists/").json()["results"]}
    assert [(row["field_count"], row["technology_count"]) for row in lists.values()] == [
        (12, 50),
        (6, 19),
        (9, None),
        (None, None),
    ]
    assert len(lists["list-tax"]["fields_en"]) == 9


def test_the_twelve_were_announced_and_designated_on_their_days(reader: Any) -> None:
    profiles = reader.get("/api/v1/technologies/").json()["results"]
    assert len(profiles) == 12
    assert {(row["announced_on"], row["designated_on"]) for row in profiles} == {("2022-10-28", "2023-12-20")}


def test_the_local_part_of_the_hub_is_shown(reader: Any) -> None:
    page = reader.get("/technology/research-hubs/hub-trinity-fab/").content.decode()
    assert 'value="40000000000"' in page
