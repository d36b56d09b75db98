"""What a source says of a talent programme beside its aim: parts add up, a published nought stays a nought."""

from typing import Any


def test_places_add_up_to_the_published_sum(reader: Any) -> None:
    figures = reader.get("/api/v1/talent-programmes/talent-semiconductor-150k/").json()["figures"]
    places = {figure["key"]: figure["value"] for figure in figures}
    whole = places.pop("figure-150k-places")
    assert sum(places.values()) == whole == 5_700
    assert {figure["part_of"] for figure in figures} == {None, "figure-150k-places"}


def test_a_published_nought_is_shown_and_a_year_is_not_a_day(reader: Any) -> None:
    page = reader.get("/talent/talent-programmes/talent-ktech-pass/").content.decode()
    assert "Of the 24 issued: outside the capital area" in page
    assert ">0<" in page
    assert ">2030</time>" in page
    assert "31 Dec 2030" not in page
    assert "top-100 university" in page
    page = reader.get("/talent/talent-incentives/incentive-ktech-visa/").content.decode()
    assert ">2030</time>" in page
