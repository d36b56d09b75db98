"""Positions and consultations have a tier of their own; a framework's timeline shows what the reader may see."""

from typing import Any

import pytest
from django.urls import reverse

from tasks.permissions import SYSTEM
from trade import actions


@pytest.fixture
def case(strategy_tree: Any) -> Any:
    return actions.create_negotiation_case(
        by=SYSTEM, measure=strategy_tree.measures.m21, key="ira", name_ko="현안", name_en="Case", counterpart="US"
    )


def doors(case: Any, noun: str) -> list[str]:
    return [case.get_absolute_url(), reverse(f"trade:{noun}-list"), f"/api/v1/{noun}s/"]


@pytest.mark.parametrize(("reader", "sees"), [("nobody", False), ("staff", False), ("executive", True)])
def test_a_position_is_restricted(case: Any, users: Any, client: Any, reader: str, sees: bool) -> None:
    position = actions.take_position(
        by=SYSTEM, case=case, title_ko="비밀", title_en="Canary position", text_en="Canary"
    )
    client.force_login(users[reader])
    for door in doors(case, "position"):
        assert ("Canary" in client.get(door, headers={"accept-language": "en"}).content.decode()) is sees, door
    assert client.get(position.get_absolute_url()).status_code == (200 if sees else 404)
    assert client.get(f"/api/v1/positions/{position.uuid}/").status_code == (200 if sees else 404)


@pytest.mark.parametrize(("reader", "sees"), [("nobody", False), ("staff", True), ("executive", True)])
def test_a_consultation_is_internal(case: Any, users: Any, client: Any, reader: str, sees: bool) -> None:
    actions.record_consultation(
        by=SYSTEM, measure=case.measure, case=case, kind="industry", title_ko="의견", title_en="Canary input"
    )
    client.force_login(users[reader])
    for door in doors(case, "consultation"):
        assert ("Canary" in client.get(door, headers={"accept-language": "en"}).content.decode()) is sees, door


def test_a_consultation_about_a_hidden_case_is_hidden_with_it(strategy_tree: Any, users: Any, client: Any) -> None:
    measures = strategy_tree.measures
    hidden = actions.create_negotiation_case(
        by=SYSTEM, measure=measures.m12, key="hidden", name_ko="현안", name_en="Case", counterpart="US"
    )
    actions.record_consultation(
        by=SYSTEM, measure=measures.m21, case=hidden, tier=1, kind="legal", title_ko="의견", title_en="Canary input"
    )
    client.force_login(users["nobody"])
    assert "Canary" not in client.get("/api/v1/consultations/").content.decode()


def test_a_pillar_does_not_name_a_hidden_framework(strategy_tree: Any, users: Any, client: Any) -> None:
    measures = strategy_tree.measures
    parent = actions.create_framework(
        by=SYSTEM, measure=measures.m12, key="whole", name_ko="전체", name_en="Canary whole", status="signed"
    )
    pillar = actions.create_framework(
        by=SYSTEM, measure=measures.m21, key="pillar", name_ko="부분", name_en="Pillar", status="signed", parent=parent
    )
    client.force_login(users["nobody"])
    for door in (pillar.get_absolute_url(), "/trade/frameworks/", "/api/v1/frameworks/"):
        assert "Canary" not in client.get(door, headers={"accept-language": "en"}).content.decode()
    assert client.get("/api/v1/frameworks/pillar/").json()["parent"] is None
