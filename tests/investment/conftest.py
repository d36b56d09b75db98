"""The rules of the permit clock and the tax credit, as the starter data have them, on a measure of the tests' tree."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from common.seeds import load_rows
from investment.seed import loader
from tasks.permissions import SYSTEM
from tasks.seed import references

FILES = ("tax_credit_rates", "tax_credit_rules", "permit_rules")


@pytest.fixture
def rules(strategy_tree: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The tree, with every rate and rule of the starter data."""
    monkeypatch.setattr(references, "measure", lambda code: strategy_tree.measures.m21)
    monkeypatch.setattr(references, "milestone", lambda key: None)
    loader.load_investment(lambda name: load_rows("investment", name) if name in FILES else [], SYSTEM)
    return strategy_tree


@pytest.fixture
def reading(users: dict[str, Any]) -> Callable[[str], Client]:
    def client(name: str) -> Client:
        made = Client(headers={"accept-language": "en"})
        made.force_login(users[name])
        return made

    return client
