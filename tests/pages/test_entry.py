"""Rows entered one by one in the browser: read as typed, recorded once, refused with a reason, logged with its door."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tasks.models import (
    Bill,
    BillStage,
    BudgetEntry,
    BudgetLine,
    Change,
    Commitment,
    CommitmentVerdict,
    Dependency,
    Indicator,
    IndicatorObservation,
    IndicatorTarget,
    Measure,
    Milestone,
    PlanVersion,
)
from tasks.rollups import money
from tests.pages.conftest import HTMX

SOURCE = {"source": "Budget settlement report 2026, p. 12"}


def entered(form: Any, **typed: Any) -> dict[str, Any]:
    """What a browser sends: what the form is filled with, and what was typed over it."""
    shown = {field.html_name: field.value() for field in form}
    return {name: value for name, value in (shown | typed).items() if value is not None}


def send(client: Any, address: str, **typed: Any) -> Any:
    return client.post(address, entered(client.get(address).context["form"], **typed))


def state() -> tuple[int, ...]:
    return (
        Change.objects.count(),
        BudgetEntry.objects.count(),
        IndicatorObservation.objects.count(),
        PlanVersion.objects.count(),
    )


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


# Money


@pytest.fixture
def entry_address(world: Any) -> str:
    return f"{world.line.get_absolute_url()}new/"


def test_an_entry_is_read_as_typed_echoed_exactly_and_followed_by_figures(
    client_of: Any, world: Any, users: Any, entry_address: str
) -> None:
    staff = client_of("staff")
    response = send(
        staff, entry_address, phase="executed", amount_won="３조　7,400억", effective_on="2026. 1. 31.(토)", **SOURCE
    )
    assert response.status_code == 302, response.context["form"].errors
    entry = BudgetEntry.objects.latest("pk")
    assert (entry.amount_won, entry.effective_on, entry.confidence) == (
        3_740_000_000_000,
        date(2026, 1, 31),
        "reported",
    )
    page = text(staff.get(response["Location"]))
    assert "Recorded: <a" in page and "KRW 3,740,000,000,000" in page
    assert "Reported" not in page.partition("Recorded:")[0]
    change = Change.objects.filter(table="tasks_budgetentry").latest("sequence")
    assert (change.actor_id, change.door, change.verb) == (users["staff"].pk, "page", "budget_entry.recorded")
    assert "Budget entry: Recorded" in page
    found = money("strategy", strategy=world.strategy, tier=1)[0]
    assert found[0].amounts["executed"] == 3_740_000_000_000
    assert "KRW 3.74 tn" in page


def test_the_preview_shows_what_was_understood_and_what_changes(client_of: Any, entry_address: str) -> None:
    staff, before = client_of("staff"), state()
    typed = {"preview": "1", "phase": "announced", "effective_on": "2026-01-31"}
    page = text(staff.post(entry_address, typed | {"amount_won": "4.12조"}, **HTMX))
    assert "KRW 4.12 tn (KRW 4,120,000,000,000)" in page
    assert "KRW 4,700,000,000,000" in page, "the level that stands"
    assert "<html" not in page
    assert "becomes part of the past" in text(staff.post(entry_address, typed | {"effective_on": "2024-01-01"}, **HTMX))
    assert "until then the level stands" in text(
        staff.post(entry_address, typed | {"effective_on": "2199-01-01"}, **HTMX)
    )
    assert state() == before


def test_a_lower_level_of_execution_is_pointed_out(client_of: Any, entry_address: str) -> None:
    staff = client_of("staff")
    assert (
        send(
            staff, entry_address, phase="executed", amount_won="500억", effective_on="2026-01-01", **SOURCE
        ).status_code
        == 302
    )
    typed = {"preview": "1", "phase": "executed", "effective_on": "2026-02-01", "amount_won": "100억"}
    assert "whole amount so far" in text(staff.post(entry_address, typed, **HTMX))


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"amount_won": "about three"}, "amount_won"),
        ({"amount_won": "-5억"}, "amount_won"),
        ({"amount_won": ""}, "amount_won"),
        ({"amount_won": "0.5"}, "amount_won"),
        ({"effective_on": "2026-02-30"}, "effective_on"),
        ({"effective_on": "0206-01-01"}, "effective_on"),
        ({"phase": "imagined"}, "phase"),
        ({"source": ""}, "source"),
    ],
)
def test_wrong_input_stands_at_its_field_and_nothing_typed_is_lost(
    client_of: Any, entry_address: str, typed: dict[str, str], field: str
) -> None:
    staff, before = client_of("staff"), state()
    right = {"phase": "executed", "amount_won": "3억", "effective_on": "2026-01-31", "source_note": "typed with care"}
    response = send(staff, entry_address, **(right | SOURCE | typed))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    page = text(response)
    assert "typed with care" in page
    assert f'href="#id_{field}"' in page, "the summary leads to the field"
    assert state() == before


def test_sending_twice_records_once(client_of: Any, entry_address: str) -> None:
    staff = client_of("staff")
    typed = entered(staff.get(entry_address).context["form"], phase="executed", amount_won="3억", **SOURCE)
    answers = [staff.post(entry_address, typed) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert BudgetEntry.objects.filter(phase="executed").count() == 1
    assert "recorded already" in text(staff.get(answers[1]["Location"]))


def test_who_may_not_sees_why_and_no_button(client_of: Any, world: Any, entry_address: str) -> None:
    before = state()
    for name, why in (("analyst", "reads only"), ("executive", "reads only"), ("staff-msit", "Another ministry")):
        client = client_of(name)
        assert why in text(client.get(entry_address))
        assert client.post(entry_address, {"phase": "executed", "amount_won": "3억"} | SOURCE).status_code == 403
        assert entry_address not in text(client.get(world.line.get_absolute_url()))
    assert entry_address in text(client_of("staff").get(world.line.get_absolute_url()))
    assert state() == before


def test_a_hidden_row_is_as_if_it_did_not_exist(client_of: Any, world: Any) -> None:
    Measure.objects.filter(pk=world.measures.m11.pk).update(tier=3)
    for address in (
        f"{world.line.get_absolute_url()}new/",
        "/measures/T1-1/budget/new/",
        "/measures/Nothing/budget/new/",
    ):
        assert client_of("staff").get(address).status_code == 404
        assert client_of("staff").post(address, {}).status_code == 404


def test_a_line_is_made_below_a_measure(client_of: Any, world: Any) -> None:
    typed = {"title_ko": "연구개발", "title_en": "Research", "fiscal_year": "２０２６", "account": "General"}
    page = text(client_of("staff").get("/measures/T1-1/budget/new/"))
    assert (
        "Add: budget line</h1>" in page and '<button class="krds-btn medium primary" type="submit">Add</button>' in page
    )
    assert "Fiscal year</label>" in page and 'Account <span class="optional">(optional)' in page
    response = send(client_of("staff"), "/measures/T1-1/budget/new/", **typed, **SOURCE)
    assert response.status_code == 302, response.context["form"].errors
    line = BudgetLine.objects.latest("pk")
    assert (line.measure.code, line.fiscal_year, line.ministry) == ("T1-1", 2026, world.ministries.lead)
    assert response["Location"] == line.get_absolute_url()
    assert re.fullmatch(r"research-[0-9a-f]{6}", line.key)


def test_a_rule_of_the_database_is_told_in_words(client_of: Any, world: Any) -> None:
    typed = {"title_ko": "연구개발", "title_en": "Research", "fiscal_year": ""}
    response = send(client_of("staff"), "/measures/T1-1/budget/new/", **typed, **SOURCE)
    assert response.status_code == 422
    assert "names the year" in text(response)


# Indicators


def observe(client: Any, world: Any, **typed: Any) -> Any:
    return send(client, f"{world.indicator.get_absolute_url()}observe/", **(SOURCE | typed))


def test_an_observation_is_an_exact_decimal_and_a_new_method_is_pointed_out(client_of: Any, world: Any) -> None:
    staff, address = client_of("staff"), f"{world.indicator.get_absolute_url()}observe/"
    response = observe(staff, world, observed_on="2026-01-31", value="１,234.５", method="survey")
    assert response.status_code == 302, response.context["form"].errors
    seen = IndicatorObservation.objects.latest("pk")
    assert (seen.value, seen.method, seen.confidence) == (Decimal("1234.5"), "survey", "reported")
    typed = {"preview": "1", "value": "7", "observed_on": "2026-01-31", "method": "customs statistics"}
    assert "never joined" in text(staff.post(address, typed, **HTMX))
    assert "never joined" not in text(staff.post(address, typed | {"method": "survey"}, **HTMX))
    assert "Used so far: survey" in text(staff.get(address))


def test_a_method_with_a_name_is_shown_and_typed_by_it_and_kept_as_its_code(client_of: Any, world: Any) -> None:
    staff, address = client_of("staff"), world.indicator.get_absolute_url()
    assert observe(staff, world, observed_on="2026-01-31", value="7", method="발표 누계").status_code == 302
    seen = IndicatorObservation.objects.latest("pk")
    assert seen.method == "reported_cumulative"
    korean = {"headers": {"accept-language": "ko"}}
    for page, words in ((address, "발표 누계"), ("/indicator-observations/", "발표 누계"),
                        (f"{address}observe/", 'value="발표 누계"'), (f"/observations/{seen.uuid}/change/", "발표 누계")):  # fmt: skip
        shown = text(staff.get(page, **korean))
        assert words in shown, page
        assert "reported_cumulative" not in shown, page
    file = b"".join(staff.get("/indicator-observations/?format=csv", **korean).streaming_content).decode()
    assert "발표 누계" in file
    typed = {"preview": "1", "value": "9", "observed_on": "2026-02-28", "method": "Cumulative, as reported"}
    assert "never joined" not in text(staff.post(f"{address}observe/", typed, **HTMX))


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"value": "many"}, "value"),
        ({"value": "1.1234567"}, "value"),
        ({"observed_on": "2199-01-01"}, "observed_on"),
        ({"method": ""}, "method"),
        ({"value": "-3"}, "value"),
    ],
)
def test_a_wrong_observation_changes_nothing(client_of: Any, world: Any, typed: dict[str, str], field: str) -> None:
    before = state()
    right = {"observed_on": "2026-01-31", "value": "7", "method": "survey"}
    response = observe(client_of("staff"), world, **(right | typed))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert state() == before


def test_targets_and_indicators_are_entered(client_of: Any, world: Any) -> None:
    staff = client_of("staff")
    address = f"{world.indicator.get_absolute_url()}targets/new/"
    assert send(staff, address, due_on="2028-12-31", value="80", **SOURCE).status_code == 302
    assert IndicatorTarget.objects.latest("pk").value == 80
    twice = send(staff, address, due_on="2028-12-31", value="90", **SOURCE)
    assert twice.status_code == 422 and "such a row already" in text(twice)
    typed = {"title_ko": "지표", "title_en": "People trained", "unit_ko": "명", "unit_en": "people"}
    assert send(staff, "/measures/T1-1/indicators/new/", **typed, **SOURCE).status_code == 302
    assert Indicator.objects.filter(title_en="People trained").exists()


def test_the_kind_of_an_indicator_says_which_values_it_takes(client_of: Any, world: Any) -> None:
    staff, address = client_of("staff"), f"{world.indicator.get_absolute_url()}change/"
    refused = observe(staff, world, observed_on="2026-01-31", value="-3", method="survey")
    assert "Below 0" in text(refused) and "change the kind" in text(refused)
    over = send(staff, address, value_kind="share", baseline_value="101", reason="it is a share", **SOURCE)
    assert list(over.context["form"].errors) == ["baseline_value"]
    assert send(staff, address, value_kind="change", reason="it may fall", **SOURCE).status_code == 302
    assert observe(staff, world, observed_on="2026-01-31", value="-3", method="survey").status_code == 302
    back = send(staff, address, value_kind="amount", reason="wrong", **SOURCE)
    assert list(back.context["form"].errors) == ["value_kind"] and "3 is on record" in text(back)
    assert "Growth or balance" in text(staff.get(world.indicator.get_absolute_url()))


def test_the_same_day_and_method_again_restates_on_pages_chart_and_api(client_of: Any, world: Any) -> None:
    staff = client_of("staff")
    for value in ("70", "7"):
        assert observe(staff, world, observed_on="2026-01-31", value=value, method="survey").status_code == 302
    page = staff.get(world.indicator.get_absolute_url())
    seen = [(row.value, row.is_standing) for row in page.context["observations"] if row.method == "survey"]
    assert seen == [(7, True), (70, False)]
    assert text(page).count("Restated") == 1
    (line,) = [line for line in page.context["chart"]["series"] if line["name"] == "survey"]
    assert [point for point in line["data"] if point is not None] == [7]
    rows = re.findall(r"<tr>.*?</tr>", text(staff.get(f"/indicator-observations/?indicator={world.indicator.key}")))
    standing = {state for row in rows if "survey" in row for state in ("Stands", "Restated") if state in row}
    assert standing == {"Stands", "Restated"}
    file = staff.get(f"/indicator-observations/?indicator={world.indicator.key}&format=csv")
    assert "Restated" in b"".join(file).decode()
    answer = client_of("analyst").get(f"/api/v1/indicator-observations/?indicator={world.indicator.key}").json()
    told = {row["value"]: row["is_standing"] for row in answer["results"] if row["method"] == "survey"}
    assert told == {7: True, 70: False}


# Commitments and bills


def test_a_verdict_is_the_coordinating_offices(client_of: Any, world: Any) -> None:
    address = f"{world.commitment.get_absolute_url()}verdicts/new/"
    assert client_of("staff").get(address).status_code == 403
    typed = {"value": "kept", "judged_on": "2026-01-31", "reason_ko": "이행", "sources": "Gazette 1\nGazette 2"}
    response = send(client_of("coordinator"), address, **typed)
    assert response.status_code == 302, response.context["form"].errors
    assert CommitmentVerdict.objects.latest("pk").sources == ["Gazette 1", "Gazette 2"]
    assert "Verdict: Recorded" in text(client_of("analyst").get(response["Location"]))


def test_a_commitment_is_entered_with_its_measures(client_of: Any, world: Any) -> None:
    typed = {
        "strategic_task": world.technology.uuid, "code": "T1-9", "title_ko": "공약", "title_en": "Promise",
        "strength": "will_do", "measures": [world.measures.m11.uuid],
    }  # fmt: skip
    response = send(client_of("coordinator"), "/commitments/new/", **typed, **SOURCE)
    assert response.status_code == 302, response.context["form"].errors
    assert list(Commitment.objects.get(code="T1-9").measures.all()) == [world.measures.m11]


def test_a_bill_gets_its_stages_and_its_number(client_of: Any, world: Any) -> None:
    staff = client_of("staff")
    titles = {"title_ko": "특별법", "title_en": "Special act", "route": "member"}
    response = send(staff, "/measures/T1-1/bills/new/", **titles, **SOURCE)
    bill = Bill.objects.get(title_en="Special act")
    assert response["Location"] == bill.get_absolute_url()
    stage = {"stage": "plenary", "milestone": world.milestones.late.uuid}
    assert send(staff, f"{bill.get_absolute_url()}stages/new/", **stage, **SOURCE).status_code == 302
    assert BillStage.objects.get(bill=bill).position == 1
    change = send(staff, f"{bill.get_absolute_url()}change/", law_number="Act 19438", reason="promulgated", **SOURCE)
    assert change.status_code == 302, change.context["form"].errors
    bill.refresh_from_db()
    assert bill.law_number == "Act 19438"
    assert "promulgated" in text(staff.get(bill.get_absolute_url()))


# The plan


def test_a_plan_is_changed_with_reason_and_date(client_of: Any, world: Any) -> None:
    milestone, office = world.milestones.open, client_of("coordinator")
    address = f"{milestone.get_absolute_url()}plan/"
    response = send(office, address, weight="3", current_due="2028-06-30", reason="site not ready")
    assert response.status_code == 302, response.context["form"].errors
    milestone.refresh_from_db()
    assert (milestone.weight, milestone.current_due) == (3, date(2028, 6, 30))
    assert milestone.baseline_due == date(2027, 12, 31)
    version = PlanVersion.objects.filter(milestone=milestone).latest("pk")
    assert (version.reason, version.approved_by.username) == ("site not ready", "coordinator")
    assert "site not ready" in text(office.get(milestone.get_absolute_url()))


def test_two_people_at_once_see_both_versions_and_keep_what_was_typed(client_of: Any, world: Any) -> None:
    milestone, office = world.milestones.open, client_of("coordinator")
    address = f"{milestone.get_absolute_url()}plan/"
    first = entered(office.get(address).context["form"], weight="3", reason="first")
    second = entered(office.get(address).context["form"], weight="5", reason="second, typed with care")
    assert office.post(address, first).status_code == 302
    before = state()
    response = office.post(address, second)
    assert response.status_code == 409
    page = text(response)
    assert "Someone else changed this meanwhile" in page
    assert "<td>3</td><td>5</td>" in page
    assert "second, typed with care" in page
    assert state() == before
    again = entered(response.context["form"])
    assert office.post(address, again).status_code == 302
    milestone.refresh_from_db()
    assert milestone.weight == 5


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"weight": "3", "reason": ""}, "reason of the change"),
        ({"reason": "nothing else"}, "Nothing was changed"),
        ({"baseline_start": "2029-01-01", "reason": "later"}, "start lies after the due date"),
        ({"weight": "-1", "reason": "less"}, "greater than or equal to 0"),
        ({"weight": "1000001", "reason": "more"}, ""),
    ],
)
def test_a_wrong_plan_changes_nothing(client_of: Any, world: Any, typed: dict[str, str], words: str) -> None:
    before = state()
    response = send(client_of("coordinator"), f"{world.milestones.open.get_absolute_url()}plan/", **typed)
    assert response.status_code == 422
    assert words in text(response)
    assert state() == before


def test_a_measure_is_cancelled_and_moved_by_its_plan(client_of: Any, world: Any) -> None:
    office, measure = client_of("coordinator"), world.measures.m111
    form = office.get("/measures/T1-1/plan/").context["form"]
    assert measure not in form.fields["parent"].queryset, "nothing moves below itself"
    assert send(office, "/measures/T1-1.1/plan/", parent="", scope="cancelled", reason="dropped").status_code == 302
    measure.refresh_from_db()
    assert (measure.parent, measure.scope, measure.in_scope) == (None, "cancelled", False)


@pytest.mark.parametrize("noun", ["measure", "milestone"])
def test_a_title_is_changed_at_once_with_a_reason_and_its_history(
    client_of: Any, world: Any, users: Any, noun: str
) -> None:
    node = {"measure": world.measures.m11, "milestone": world.milestones.open}[noun]
    office, versions = client_of("coordinator"), PlanVersion.objects.count()
    address, typed = f"{node.get_absolute_url()}plan/", {"title_ko": "새 이름", "title_en": "A better name"}
    former = node.title_en
    response = send(office, address, **typed, effective_on="2199-01-01", reason="the ministry renamed it")
    assert response.status_code == 302, response.context["form"].errors
    node.refresh_from_db()
    assert (node.title_ko, node.title_en, PlanVersion.objects.count()) == ("새 이름", "A better name", versions)
    history = text(office.get(node.get_absolute_url())).partition("History")[2]
    for words in ("Renamed", "the ministry renamed it", former, "A better name"):
        assert words in history
    change = Change.objects.latest("sequence")
    assert (change.verb, change.door, change.actor_id) == (f"{noun}.renamed", "page", users["coordinator"].pk)
    assert client_of("staff").post(address, typed).status_code == 403


def test_titles_and_plan_are_changed_together_or_not_at_all(client_of: Any, world: Any) -> None:
    office, milestone = client_of("coordinator"), world.milestones.open
    address, before = f"{milestone.get_absolute_url()}plan/", state()
    for wrong in ({"baseline_start": "2029-01-01"}, {"title_ko": ""}, {"title_ko": "가" * 301}, {"reason": ""}):
        response = send(office, address, **({"title_en": "Typed with care", "reason": "both"} | wrong))
        assert response.status_code == 422
        assert "Typed with care" in text(response)
        milestone.refresh_from_db()
        assert (milestone.title_en, state()) == ("Milestone T1-1-M1", before)
    assert send(office, address, title_en="Typed with care", weight="3", reason="both").status_code == 302
    milestone.refresh_from_db()
    assert (milestone.title_en, milestone.weight) == ("Typed with care", 3)
    assert PlanVersion.objects.filter(milestone=milestone).count() == 2


def test_two_people_who_rename_at_once_see_both_names(client_of: Any, world: Any) -> None:
    office = client_of("coordinator")
    first, second = (
        entered(office.get("/measures/T1-1/plan/").context["form"], title_en=name, reason=name)
        for name in ("First name", "Second name")
    )
    assert office.post("/measures/T1-1/plan/", first).status_code == 302
    response = office.post("/measures/T1-1/plan/", second)
    assert response.status_code == 409
    assert "<td>First name</td><td>Second name</td>" in text(response)
    assert office.post("/measures/T1-1/plan/", entered(response.context["form"])).status_code == 302
    assert Measure.objects.get(code="T1-1").title_en == "Second name"


def test_a_measure_names_what_takes_its_place(client_of: Any, world: Any) -> None:
    office, m11, m12 = client_of("coordinator"), world.measures.m11, world.measures.m12
    offered = set(office.get("/measures/T1-1/plan/").context["form"].fields["superseded_by"].queryset)
    assert offered == {m12, world.measures.m21}, "not itself, not one below it"
    typed = {"superseded_by": m12.uuid, "reason": "merged"}
    alone = send(office, "/measures/T1-1/plan/", **typed)
    assert alone.status_code == 422
    assert list(alone.context["form"].errors) == ["superseded_by"]
    assert send(office, "/measures/T1-1/plan/", **typed, scope="superseded").status_code == 302
    m11.refresh_from_db()
    assert (m11.scope, m11.superseded_by, m11.in_scope) == ("superseded", m12, False)
    assert text(office.get("/measures/T1-1/")).count("Superseding measure") == 2, "among the facts and in the history"
    back = send(office, "/measures/T1-2/plan/", superseded_by=m11.uuid, scope="superseded", reason="a loop")
    assert back.status_code == 422 and "itself superseded by this one" in text(back)
    assert send(office, "/measures/T1-1/plan/", scope="in_scope", reason="taken up again").status_code == 302
    m11.refresh_from_db()
    assert (m11.scope, m11.superseded_by) == ("in_scope", None)


def test_measures_and_milestones_are_made_with_their_first_plan(client_of: Any, world: Any) -> None:
    office = client_of("coordinator")
    titles = {"title_ko": "새", "title_en": "New"}
    measure = titles | {"code": "T1-7", "cooperating_ministries": [world.ministries.other.uuid]}
    response = send(office, "/tasks/technology/measures/new/", **measure, **SOURCE)
    assert response.status_code == 302, response.context["form"].errors
    made = Measure.objects.get(code="T1-7")
    assert list(made.cooperating_ministries.all()) == [world.ministries.other]
    assert send(office, "/measures/T1-7/measures/new/", **titles, code="T1-7.1", **SOURCE).status_code == 302
    assert Measure.objects.get(code="T1-7.1").parent == made
    milestone = titles | {"code": "T1-7-M1", "baseline_due": "2027-06-30"}
    assert send(office, "/measures/T1-7/milestones/new/", **milestone, **SOURCE).status_code == 302
    assert Milestone.objects.get(code="T1-7-M1").current_due == date(2027, 6, 30)
    taken = send(office, "/measures/T1-7/milestones/new/", **milestone, **SOURCE)
    assert taken.status_code == 422 and list(taken.context["form"].errors) == ["code"]


def test_a_loop_is_refused_by_name_and_a_dependency_is_removed_with_reason(client_of: Any, world: Any) -> None:
    staff, late, opened = client_of("staff"), world.milestones.late, world.milestones.open
    before = Dependency.objects.count()
    loop = send(staff, f"{late.get_absolute_url()}waits/", predecessor=opened.uuid, **SOURCE)
    assert loop.status_code == 422
    assert f"{opened.code} → {late.code} → {opened.code}" in text(loop)
    assert Dependency.objects.count() == before
    link = Dependency.objects.get(predecessor=late, successor=opened)
    address = f"/dependencies/{link.uuid}/remove/"
    assert address in text(staff.get(opened.get_absolute_url()))
    assert staff.post(address, {"version": link.version}).status_code == 422
    assert send(staff, address, reason="planned anew").status_code == 302
    assert not Dependency.objects.filter(pk=link.pk).exists()
    change = Change.objects.filter(table="tasks_dependency").latest("sequence")
    assert (change.verb, change.reason, change.door) == ("dependency.removed", "planned anew", "page")


def test_a_cooperating_ministry_enters_what_its_milestone_waits_for(client_of: Any, world: Any) -> None:
    address = f"{world.milestones.of_other.get_absolute_url()}waits/"
    response = send(client_of("staff-msit"), address, predecessor=world.milestones.open.uuid, lag_days="−10", **SOURCE)
    assert response.status_code == 302, response.context["form"].errors
    assert Dependency.objects.get(successor=world.milestones.of_other).lag_days == -10
    assert client_of("staff-msit").get(f"{world.milestones.open.get_absolute_url()}waits/").status_code == 403


# Mistakes


def test_a_mistaken_entry_is_withdrawn_and_stays_on_record(client_of: Any, world: Any, entry_address: str) -> None:
    staff, line = client_of("staff"), world.line.get_absolute_url()
    for amount, day in (("300억", "2026-01-01"), ("900억", "2026-02-01")):
        typed = {"phase": "executed", "amount_won": amount, "effective_on": day}
        assert send(staff, entry_address, **typed, **SOURCE).status_code == 302
    first, mistake = BudgetEntry.objects.filter(phase="executed").order_by("pk")
    address = f"/budget-entries/{mistake.uuid}/withdraw/"
    assert address in text(staff.get(line))
    assert send(staff, address, reason="").status_code == 422
    assert send(staff, address, reason="wrong line").status_code == 302
    executed = money("strategy", strategy=world.strategy, tier=1)[0][0].amounts["executed"]
    assert executed == first.amount_won
    again = send(staff, address, reason="wrong line")
    assert again.status_code == 422 and "withdrawn already" in text(again)
    assert send(staff, f"/budget-entries/{first.uuid}/withdraw/", reason="nothing was paid").status_code == 302
    assert money("strategy", strategy=world.strategy, tier=1)[0][0].amounts["executed"] is None
    before = money("strategy", strategy=world.strategy, tier=1, known_at=mistake.recorded_at)[0]
    assert before[0].amounts["executed"] == 90_000_000_000, "what was known then"
    assert BudgetEntry.objects.filter(phase="executed").count() == 2
    page = text(staff.get(line))
    assert page.count('badge-mute">Withdrawn</span>') == 2 and address not in page
    change = Change.objects.filter(table="tasks_budgetentry").latest("sequence")
    assert (change.verb, change.reason) == ("budget_entry.withdrawn", "nothing was paid")
    entry = client_of("analyst").get(f"/api/v1/budget-entries/{first.uuid}/").json()
    assert entry["withdrawn_at"] and entry["amount_won"] == 30_000_000_000


def test_an_observation_is_corrected_with_its_reason(client_of: Any, world: Any) -> None:
    staff = client_of("staff")
    observe(staff, world, observed_on="2026-01-31", value="70", method="survey")
    seen = IndicatorObservation.objects.latest("pk")
    address = f"/observations/{seen.uuid}/change/"
    future = send(staff, address, observed_on="2199-01-01", reason="typo")
    assert future.status_code == 422
    response = send(staff, address, value="7", reason="typo")
    assert response.status_code == 302 and response["Location"] == world.indicator.get_absolute_url()
    seen.refresh_from_db()
    assert seen.value == 7
    assert "typo" in text(staff.get(response["Location"]))
