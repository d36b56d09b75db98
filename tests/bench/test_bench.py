"""The short variant of `make bench`: every bar is measured, and the file holds what the table shows. No timing is judged."""

import json

import pytest

from tests.bench.__main__ import run
from tests.bench.measuring import Bar, table


@pytest.fixture
def bench(django_db_setup, django_db_blocker, tmp_path, capsys):
    with django_db_blocker.unblock():
        run((200, 400), tmp_path / "bench.json", short=True)
    return json.loads((tmp_path / "bench.json").read_text()), capsys.readouterr().out


def test_every_bar_is_measured_told_and_kept(bench):
    kept, told = bench
    assert len(kept) == 17
    for name, values in kept.items():
        assert set(values) == {"ratio", "floor", "n"}
        assert values["ratio"] > 0 < values["floor"]
        assert name in told


def test_a_bar_that_is_missed_says_so():
    bars = [Bar("slow", 3.0, 0.1, 10, at_most=2), Bar("quick", 0.7, 0.1, 10, at_least=0.6), Bar("told", 1.0, 0.1, 10)]
    assert [bar.is_met for bar in bars] == [False, True, True]
    assert table(bars).count("NOT MET") == 1
