"""The record test can fail: each kind of mistake in a mapping or in the data is told."""

import pytest

from tests.record import checks, test_record
from tests.record.record import Part, parts, sections

pytestmark = pytest.mark.usefixtures("loaded")


def part(value, confidence="found", **beside):
    return Part(("a", "b"), value, confidence, beside)


HOLDS = [
    ("Ministry {abbr} code", part("1450000", abbr="MOTIE")),
    ("Milestone ms-workforce-promulgated completed_on", part("2024-01")),
    ("BudgetEntry line__key=t1-3-2-2026-msit amount_won x1e12", part(8.6)),
    ("Commitment T1-1 verdicts.value = open", part("in progress")),
    ("Commitment T1-1 verdicts.reason_en ~ Trinity Fab", part("…")),
    ("Ministry MOTIR code null", part(None, "not-found")),
    ("count StrategicTask number__gt=0", part(6)),
    ("total Complex kind=sobujang announced_investment_won x1e12", part(6.7)),
    ("absent BudgetEntry phase=executed", part("no outturn", "not-found")),
    ("holiday 2023-05-29 name", part("부처님오신날 대체 휴일")),
    ("working 2023-01-02", part("1월 1일")),
    ("path programme-nst-25tn 2024", part(4.53)),
    ("Region seoul code", part("6110000", "memory-high")),
    ("LegislativeStep number=5 rule_en ~ 40 days", part("≥40 days", "memory-high")),
]
FAILS = [
    ("Ministry {abbr} code", part("1450001", abbr="MOTIE"), "should be '1450001'"),
    ("Ministry NOBODY code", part("1450000"), "no row"),
    ("Ministry code__isnull=True code", part("1450000"), "several rows"),
    ("Ministry MOTIE colour", part("red"), "colour"),
    ("Ministry MOTIE", part("red"), "model, row and field"),
    ("Nonsense MOTIE code", part("1450000"), "no model"),
    ("Milestone ms-timeout-plenary completed_on", part("2023-01"), "should be"),
    ("Milestone ms-timeout-plenary completed_on null", part("2022-12-28"), "should be empty"),
    ("BudgetEntry line__key=t1-3-2-2026-msit amount_won x1e12", part(8.5), "should be"),
    ("Commitment T1-1 verdicts.reason_en ~ finished", part("…"), "is not in"),
    ("count StrategicTask number__gt=0", part(5), "6 rows"),
    ("total Complex kind=sobujang announced_investment_won x1e12", part(6.8), "sums to"),
    ("absent BudgetEntry phase=announced", part("no outturn"), "there is such a row"),
    ("holiday 2023-05-30", part("…"), "working day"),
    ("holiday 2023-05-29 name", part("어린이날"), "is called"),
    ("working 2023-05-29", part("…"), "day off"),
    ("path programme-nst-25tn 2024", part(4.5), "asks for 4.53"),
    ("Ministry MOTIE code", part("1450000", "memory-high"), "though the fact was not checked"),
    ("LegislativeStep number=5 typical_days_min = 40", part("40-60", "memory-high"), "was not checked"),
]


@pytest.mark.parametrize(("check", "fact"), HOLDS)
def test_a_true_check_holds(check, fact):
    checks.run(check, fact)


@pytest.mark.parametrize(("check", "fact", "why"), FAILS)
def test_a_wrong_check_is_told(check, fact, why):
    with pytest.raises(checks.Fault, match=why):
        checks.run(check, fact)


@pytest.fixture
def mapped(monkeypatch):
    """Puts a mapping in the place of a section's own."""

    def put(**checks_by_name):
        mapping = {(name,): said if isinstance(said, list) else [said] for name, said in checks_by_name.items()}
        monkeypatch.setattr(test_record, "mapping", lambda section: mapping)

    return put


def test_a_fact_without_a_mapping_and_a_mapping_without_a_fact_fail(mapped):
    mapped(as_of="Commitment T1-1 verdicts.judged_on", colour="Ministry MOTIE code")
    with pytest.raises(AssertionError, match="subject"):
        test_record.test_every_fact_is_mapped("meta")
    with pytest.raises(AssertionError, match="colour"):
        test_record.test_every_mapping_is_of_a_fact("meta")


def test_what_is_not_sure_enough_may_only_be_left_out(mapped):
    fact = Part(("x",), "2025: …", "memory-low")
    mapped(x="Ministry MOTIE code")
    assert test_record.faults_of("K_notes", fact) == ["K_notes/x: is not sure enough to be loaded"]
    mapped(x={"out": "not sure enough to be shown"})
    assert test_record.faults_of("K_notes", fact) == []
    mapped(x={"out": "why"})
    assert test_record.faults_of("K_notes", fact) == ["K_notes/x: say why it is left out"]


def test_the_record_has_its_facts():
    """Hundreds of parts in seventeen sections; a part is never a whole row."""
    counted = {section: sum(not part.is_about for part in parts(section)) for section in sections()}
    assert len(counted) == 17
    assert sum(counted.values()) > 1_500
    assert not any(isinstance(part.value, dict) for section in counted for part in parts(section))
