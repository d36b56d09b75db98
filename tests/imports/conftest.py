"""Lines and indicators to enter, clients, and files made on the spot."""

import io
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

HEADS = ("Budget key", "Fiscal year", "Phase", "As of", "Amount (won)", "Exact or at least", "Source")
BUDGET = "/import/budget/"
SOURCE = "budget book, p. 12"


@pytest.fixture(autouse=True)
def _noon(time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 6, 2, 3), tick=False)


@pytest.fixture
def world(strategy_tree: SimpleNamespace) -> SimpleNamespace:
    """Two public lines, an internal and a restricted one, an indicator; one level of 2025."""
    from tasks.actions import budgets, indicators
    from tasks.permissions import SYSTEM

    tree, measures = strategy_tree, strategy_tree.measures
    titles = {"title_ko": "예산", "title_en": "Line"}
    tree.lines = SimpleNamespace(
        **{
            name: budgets.create_budget_line(by=SYSTEM, measure=of, key=f"bud-{name}", fiscal_year=2025, **titles)
            for name, of in {"a": measures.m11, "b": measures.m11, "internal": measures.m12}.items()
        }
    )
    budgets.record_budget_entry(
        tree.lines.a, by=SYSTEM, phase="announced", amount_won=4_700_000_000_000, effective_on=date(2025, 1, 1)
    )
    tree.indicator = indicators.create_indicator(
        by=SYSTEM,
        measure=measures.m11,
        key="ind-a",
        unit_ko="명",
        unit_en="people",
        title_ko="지표",
        title_en="Indicator",
    )
    indicators.record_observation(tree.indicator, by=SYSTEM, observed_on=date(2025, 12, 31), value=Decimal(40))
    return tree


@pytest.fixture
def client_of(users: dict[str, Any]) -> Callable[..., Client]:
    def client(name: str = "coordinator", language: str = "en") -> Client:
        made = Client(headers={"accept-language": language})
        made.force_login(users[name])
        return made

    return client


@pytest.fixture
def client(client_of: Callable[..., Client], world: SimpleNamespace) -> Client:
    return client_of()


def row(
    key: Any = "bud-a", year: Any = 2025, phase: Any = "Executed", on: Any = date(2026, 1, 31),
    amount: Any = 1_000, bound: Any = None, source: Any = SOURCE,
) -> list[Any]:  # fmt: skip
    return [key, year, phase, on, amount, bound, source]


def book(rows: Iterable[list[Any]], heads: Iterable[Any] = HEADS, name: str = "Budget") -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.active.title = name
    made.active.append(list(heads))
    for cells in rows:
        made.active.append(cells)
    return made


def saved(workbook: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def text(rows: Iterable[list[Any]], separator: str = ",", heads: Iterable[Any] = HEADS) -> str:
    lines = [heads, *rows]
    return "\r\n".join(separator.join("" if c is None else str(c) for c in cells) for cells in lines) + "\r\n"


def upload(client: Client, content: bytes | str, name: str = "file.xlsx", to: str = BUDGET, follow: bool = True) -> Any:
    content = content.encode() if isinstance(content, str) else content
    return client.post(to, {"file": SimpleUploadedFile(name, content)}, follow=follow)


def faults(response: Any) -> dict[str, Any]:
    """Errors of the check page by place."""
    return {fault.place: fault for fault in response.context["checked"].faults}


def confirm(client: Client, response: Any, to: str = BUDGET, **more: str) -> Any:
    return client.post(f"{to}check/", {"basis": response.context["checked"].basis} | more, follow=True)
