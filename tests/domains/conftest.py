"""Three worlds of rows: on an open measure, on an internal one, and open rows that point to a restricted milestone."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from tests.domains.rows import make_rows


@pytest.fixture
def rows(strategy_tree: Any, users: Any) -> SimpleNamespace:
    measures, milestones = strategy_tree.measures, strategy_tree.milestones
    return SimpleNamespace(
        open=make_rows(measures.m21, milestones.of_other, "plainrow"),
        internal=make_rows(measures.m12, milestones.internal, "canaryrow"),
        pointing=make_rows(measures.m21, milestones.restricted, "pointing"),
    )


@pytest.fixture
def client_of(users: dict[str, Any]) -> Any:
    def client(name: str) -> Client:
        made = Client(headers={"accept-language": "en"})
        made.force_login(users[name])
        return made

    return client
