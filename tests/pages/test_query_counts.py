"""How many queries a page takes: constant in the number of rows, and as committed.

`UPDATE_QUERY_COUNTS=1 pytest tests/pages/test_query_counts.py` writes the file anew, for review.
"""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tasks.actions import plans
from tasks.permissions import SYSTEM

COMMITTED = Path(__file__).parent.parent / "query_counts.json"
# Pages that ask every two seconds whether their figures moved.
POLLING = ("overview", "strategic task", "measure", "milestone")


def test_pages_take_the_committed_number_of_queries(client_of: Any, addresses: dict[str, str]) -> None:
    client = client_of("coordinator")
    found = {page: _queries(client, address) for page, address in addresses.items()}
    for page in POLLING:
        stamp = client.get(addresses[page]).context["stamp"]
        found[f"{page}, asked again"] = _queries(client, f"{addresses[page]}figures/?stamp={stamp}", status=204)
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        COMMITTED.write_text(json.dumps(found, indent=2) + "\n")
    assert found == json.loads(COMMITTED.read_text())


def test_more_rows_take_no_more_queries(client_of: Any, addresses: dict[str, str], world: Any) -> None:
    client = client_of("coordinator")
    before = {page: _queries(client, address) for page, address in addresses.items()}
    _grow(world)
    assert {page: _queries(client, address) for page, address in addresses.items()} == before


def _queries(client: Any, address: str, status: int = 200) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == status
    return len(queries)


def _grow(world: Any) -> None:
    m11, made = world.measures.m11, {"by": SYSTEM, "effective_on": date(2023, 3, 15)}
    for number in range(10, 20):
        titles = {"title_ko": f"이정표 {number}", "title_en": f"Milestone {number}"}
        plan = {"current_due": date(2025, 1, number), "responsible_ministry": world.ministries.lead}
        plans.create_milestone(measure=m11, code=f"T1-1-M{number}", **plan, **titles, **made)
        plans.create_measure(strategic_task=world.technology, parent=m11, code=f"T1-1.{number}", **titles, **made)
