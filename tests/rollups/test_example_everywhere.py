"""The worked example, loaded into the database: page, API, export and the document tell the same, to the unit."""

import csv
import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from common.tiers import Tier
from tasks import rollups
from tests.architecture.scan import ROOT
from tests.reference.example import load_example
from tests.rollups.store import Stored

EXAMPLE = load_example()
READERS = {Tier.PUBLIC: "analyst", Tier.INTERNAL: "staff", Tier.RESTRICTED: "executive"}


@pytest.fixture
def stored(db, time_machine):
    time_machine.move_to(datetime(2024, 9, 30, 12, tzinfo=ZoneInfo("Asia/Seoul")), tick=False)
    stored = Stored(EXAMPLE.plan)
    rollups.drain()
    return stored


def reader(users, tier):
    client = Client(headers={"accept-language": "en"})
    client.force_login(users[READERS[tier]])
    return client


@pytest.mark.parametrize("tier", list(Tier))
@pytest.mark.parametrize("slice", ["strategy", "task", "measure", "ministry"])
def test_the_api_and_its_export_give_the_sums_of_the_example(stored, users, tier, slice):
    client, expected = reader(users, tier), EXAMPLE.expected[tier.code]
    wanted = {"strategy": expected["strategy"]} if slice == "strategy" else expected[slice]
    address = f"/api/v1/rollups/?slice={slice}&strategy=case&page_size=100"
    rows = {row["id"]: row for row in client.get(address).json()["results"]}
    lines = csv.DictReader(io.StringIO(client.get(f"{address}&format=csv").content.decode("utf-8-sig")))
    exported = {line["id"]: line for line in lines}
    nodes = {"task": stored.tasks, "measure": stored.measures, "ministry": stored.ministries}.get(slice)
    assert len(rows) == len(exported) == len(wanted)
    for name, row in wanted.items():
        node = str((nodes[name] if nodes else stored.strategy).uuid)
        assert {k: rows[node]["sums"][k] for k in row["sums"]} == row["sums"]
        assert rows[node]["lights"]["computed"] == row["computed_light"]
        assert {k: int(exported[node][f"sums.{k}"]) for k in row["sums"]} == row["sums"]


@pytest.mark.parametrize("tier", list(Tier))
def test_pages_show_the_figures_of_the_example(stored, users, tier):
    client = reader(users, tier)
    for name, row in EXAMPLE.expected[tier.code]["measure"].items():
        response = client.get(stored.measures[name].get_absolute_url())
        figure, sums = response.context["figure"], row["sums"]
        assert {k: getattr(figure.sums, k) for k in sums} == sums
        assert figure.light == row["computed_light"]
        if sums["reported"]:
            percent = f"{100 * sums['earned'] / (sums['share'] * 10_000):.1f}%"
            assert percent in response.content.decode()


def test_the_example_by_hand_in_the_document_is_the_example():
    text = (ROOT / "docs" / "rollups.md").read_text(encoding="utf-8")
    sums, shares = EXAMPLE.expected["public"]["measure"]["m1"]["sums"], EXAMPLE.expected["public"]["shares"]
    for number in (sums["share"], sums["earned"], sums["planned"], sums["planned_compared"]):
        assert f"{number:,}" in text
    for name in ("s01", "s02", "s04", "s05", "s06"):
        assert f"| {name} | {shares[name]:,} |" in text
