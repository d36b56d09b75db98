"""Lights side by side, given, planned for, disputed and answered in the browser."""

import re
from datetime import date
from typing import Any

import pytest

from tasks.actions import assessments
from tasks.models import Assessment, Change, Dispute, RecoveryPlan
from tasks.permissions import SYSTEM
from tests.pages.conftest import HTMX
from tests.pages.test_entry import entered, send, text

MEASURE = "/measures/T1-2/"  # internal; nobody gave it a light
TYPED = {"light": "green", "assessed_on": "2026. 3. 31.(화)", "reason": "All on time"}


def state() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Assessment, RecoveryPlan, Dispute, Change))


def given(world: Any, **values: Any) -> Assessment:
    made = {"by": SYSTEM, "light": "red", "assessed_on": date(2026, 3, 1), "reason": "late"} | values
    return assessments.assess_light(world.measures.m12, **made)


def address(row: Any, act: str) -> str:
    noun = "disputes" if isinstance(row, Dispute) else "assessments"
    return f"/{noun}/{row.uuid}/{act}/"


def card(page: str) -> str:
    """The first figure card, with the lights."""
    return page.partition('<article class="card figure')[2].partition("</article>")[0]


# Side by side


def test_without_a_given_light_there_is_a_dash_that_says_why(client_of: Any, world: Any) -> None:
    page = text(client_of("staff").get(MEASURE))
    shown = card(page)
    assert shown.count('class="whose"') == 3
    assert "The lead ministry has declared no light." in shown
    assert "The coordinating office has given no light." in shown
    assert "steps apart" not in shown and "step apart" not in shown
    assert "No light stands" in page


@pytest.mark.parametrize("where", ["/", "/tasks/technology/", "/measures/T1-1/"])
def test_the_three_lights_stand_side_by_side_with_word_and_day_and_say_that_they_differ(
    client_of: Any, world: Any, where: str
) -> None:
    for node in (world.technology, world.measures.m11):
        assessments.declare_light(node, by=SYSTEM, light="green", assessed_on=date(2026, 2, 1), reason="fine")
    page = text(client_of("analyst").get(where))
    lights = re.findall(r'<ul class="three-lights".*?</ul>', page)[0]
    assert re.findall(r'class="whose">(\w+)', lights) == ["Declared", "Computed", "Independent"]
    assert re.findall(r"</svg><span>([^<]+)", lights) == ["Green", "Red", "Red"]
    assert "1 Feb 2026" in lights and "1 Jan 2026" in lights
    assert "Lights 2 steps apart" in page


def test_a_figure_that_nobody_rates_keeps_its_one_light(client_of: Any, world: Any) -> None:
    page = text(client_of("coordinator").get("/ministries/MOTIR/"))
    assert "three-lights" not in page and 'class="light light-' in card(page)


def test_lists_show_the_three_lights_and_files_tell_day_and_distance(client_of: Any, world: Any) -> None:
    staff = client_of("staff")
    for node in (world.technology, world.measures.m11):
        assessments.declare_light(node, by=SYSTEM, light="green", assessed_on=date(2026, 2, 1), reason="fine")
    for where in ("/measures/", "/tasks/", "/tasks/technology/"):
        page = text(staff.get(where))
        for head in ("Declared light", "Computed light", "Independent light"):
            assert f'data-label="{head}"' in page, where
        flagged = re.search(r'data-label="([^"]+)">(?:(?!</td>).)*Lights 2 steps apart', page)
        assert flagged is not None and flagged[1] == "Independent light", where
    file = b"".join(staff.get("/measures/?format=csv").streaming_content).decode("utf-8-sig")
    heads, first = (line.split(",") for line in file.splitlines()[:2])
    row = dict(zip(heads, first, strict=False))
    assert (row["Declared light"], row["Computed light"], row["Independent light"]) == ("Green", "Red", "Red")
    assert (row["Declared light: Assessed on"], row["Steps between the lights"]) == ("2026-02-01", "2")


def test_a_light_that_is_given_reaches_a_page_that_polls(client_of: Any, world: Any) -> None:
    client = client_of("staff")
    polled = re.search(r'hx-get="(/measures/T1-2/figures/\?stamp=\w+)"', text(client.get(MEASURE)))
    assert polled is not None
    assert client.get(polled[1], **HTMX).status_code == 204
    given(world)
    assert client.get(polled[1], **HTMX).status_code == 200


# Given


def test_the_ministry_declares_and_the_page_and_its_history_say_so(client_of: Any, world: Any, users: Any) -> None:
    staff = client_of("staff")
    assert f"{MEASURE}declare/" in text(staff.get(MEASURE))
    response = send(staff, f"{MEASURE}declare/", **TYPED)
    assert response.status_code == 302, response.context["form"].errors
    assert response["Location"] == f"{MEASURE}#assessments"
    row = Assessment.objects.latest("pk")
    assert (row.kind, row.light, row.assessed_on) == ("declared", "green", date(2026, 3, 31))
    assert (row.ministry, row.author, row.confidence) == (world.ministries.lead, users["staff"], "reported")
    page = text(staff.get(MEASURE))
    assert "All on time" in page and "Declared light Green" in page and "Assessment: Recorded" in page
    change = Change.objects.filter(table="tasks_assessment").latest("sequence")
    assert (change.actor_id, change.door, change.verb) == (users["staff"].pk, "page", "assessment.declared")


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"light": "red"}, "recovery_plan", "asks for a recovery plan"),
        ({"light": "red", "recovery_plan": "faster"}, "recovery_due", "by when"),
        ({"light": "red", "recovery_plan": "faster", "recovery_due": "2026-03-30"}, "recovery_due", "before it is given"),
        ({"light": ""}, "light", "required"),
        ({"light": "purple"}, "light", "purple"),
        ({"reason": ""}, "reason", "required"),
        ({"assessed_on": "2026-02-30"}, "assessed_on", "date of the calendar"),
        ({"assessed_on": "2199-01-01"}, "assessed_on", "has not come yet"),
    ],
)  # fmt: skip
def test_what_is_missing_stands_at_its_field_and_nothing_typed_is_lost(
    client_of: Any, world: Any, typed: dict[str, str], field: str, words: str
) -> None:
    before, plan = state(), {"recovery_plan": "typed with care", "recovery_due": "2026-12-31"}
    right = TYPED | (plan if "light" not in typed else {})
    response = send(client_of("staff"), f"{MEASURE}declare/", **(right | typed))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    page = text(response)
    assert words in page and f'href="#id_{field}"' in page
    assert "All on time" in page or "reason" in typed
    assert "typed with care" in page or "light" in typed
    assert state() == before


def test_red_brings_its_plan_along(client_of: Any, world: Any) -> None:
    plan = {"light": "red", "recovery_plan": "Twice the people", "recovery_due": "2026-12-31"}
    staff = client_of("staff")
    assert send(staff, f"{MEASURE}declare/", **(TYPED | plan)).status_code == 302
    page = text(staff.get(MEASURE))
    assert "Twice the people" in page and "to be done by" in page and "Recovery plan: Recorded" in page


def test_the_preview_shows_what_stands_and_what_red_asks_for(client_of: Any, world: Any) -> None:
    given(world, light="amber")
    office, staff = client_of("coordinator"), client_of("staff")
    typed = {"preview": "1", "light": "red", "assessed_on": "2026-04-01"}
    page = text(office.post(f"{MEASURE}assess/", typed, **HTMX))
    assert "<html" not in page and "Amber" in page and "Red" in page
    earlier = text(office.post(f"{MEASURE}assess/", typed | {"assessed_on": "2026-01-01"}, **HTMX))
    assert "stays in force" in earlier and "Amber" not in earlier
    assert "asks for a recovery plan" in text(staff.post(f"{MEASURE}declare/", typed, **HTMX))
    assert "asks for" not in text(staff.post(f"{MEASURE}declare/", typed | {"light": "green"}, **HTMX))


def test_sending_twice_records_once(client_of: Any, world: Any) -> None:
    staff = client_of("staff")
    light = given(world)
    forms = {
        f"{MEASURE}declare/": TYPED | {"light": "red", "recovery_plan": "faster", "recovery_due": "2026-12-31"},
        address(light, "recovery"): {"plan": "faster", "due_on": "2199-12-31"},
        address(light, "dispute"): {"reason": "not late"},
    }
    for where, values in forms.items():
        typed, before = entered(staff.get(where).context["form"], **values), state()
        assert staff.post(where, typed).status_code == 302, where
        once = state()
        assert once != before
        again = staff.post(where, typed)
        assert again.status_code == 302 and state() == once, where
        assert "recorded already" in text(staff.get(again["Location"])), where


def test_a_task_is_rated_as_a_measure_is(client_of: Any, world: Any) -> None:
    for name, act, kind in (("staff", "declare", "declared"), ("coordinator", "assess", "independent")):
        response = send(client_of(name), f"/tasks/talent/{act}/", **TYPED)
        assert response.status_code == 302, response.context["form"].errors
        row = Assessment.objects.latest("pk")
        assert (row.strategic_task, row.measure, row.kind) == (world.talent, None, kind)
    assert text(client_of("analyst").get("/tasks/talent/")).count("All on time") >= 2


def test_who_may_not_sees_why_and_no_button(client_of: Any, world: Any) -> None:
    before = state()
    refused = {
        "declare": {"coordinator": "own word", "staff-msit": "Another ministry", "executive": "own word"},
        "assess": {"staff": "Only the coordinating office", "executive": "Only the coordinating office"},
    }
    for act, answers in refused.items():
        for name, why in answers.items():
            client = client_of(name)
            assert why in text(client.get(f"{MEASURE}{act}/")), name
            assert client.post(f"{MEASURE}{act}/", TYPED).status_code == 403
            assert f"{MEASURE}{act}/" not in text(client.get(MEASURE))
    assert client_of("analyst").get(f"{MEASURE}declare/").status_code == 404
    assert state() == before


# Planned for, disputed, answered, withdrawn


def test_a_red_light_of_the_office_asks_until_the_ministry_gives_its_plan(client_of: Any, world: Any) -> None:
    staff, light = client_of("staff"), given(world)
    asked = "/assessments/?plan_asked=true&search=T1-2"
    assert "The lead ministry has given none yet" in text(staff.get(MEASURE))
    assert f"{MEASURE}#assessments" in text(staff.get(asked))
    wrong = send(staff, address(light, "recovery"), plan="Twice the people", due_on="2020-01-01")
    assert wrong.status_code == 422 and list(wrong.context["form"].errors) == ["due_on"]
    assert "Twice the people" in text(wrong)
    typed = {"plan": "Twice the people", "due_on": "2199-12-31"}
    assert send(staff, address(light, "recovery"), **typed).status_code == 302
    page = text(staff.get(MEASURE))
    assert "Twice the people" in page and "has given none yet" not in page
    assert f"{MEASURE}#assessments" not in text(staff.get(asked))
    again = send(staff, address(light, "recovery"), plan="Thrice", due_on="2199-12-31")
    assert again.status_code == 302
    assert [plan.plan for plan in light.recovery_plans.all()] == ["Thrice", "Twice the people"]


def test_a_dispute_goes_to_the_office_and_back(client_of: Any, world: Any) -> None:
    staff, office, light = client_of("staff"), client_of("coordinator"), given(world)
    assert address(light, "dispute") in text(staff.get(MEASURE))
    assert address(light, "dispute") not in text(office.get(MEASURE))
    assert send(staff, address(light, "dispute"), reason="Gazette 7 says otherwise").status_code == 302
    dispute = Dispute.objects.latest("pk")
    page = text(office.get(MEASURE))
    assert "Gazette 7 says otherwise" in page and "has not answered yet" in page
    assert address(dispute, "answer") in page
    assert address(dispute, "answer") not in text(staff.get(MEASURE))
    assert address(light, "dispute") not in text(staff.get(MEASURE)), "once"
    form = text(office.get(address(dispute, "answer")))
    assert "Gazette 7 says otherwise" in form
    for typed, field in (({"outcome": ""}, "outcome"), ({"outcome": "changed"}, "light"),
                         ({"outcome": "changed", "light": "red"}, "light"), ({"outcome": "upheld", "reason": ""}, "reason")):  # fmt: skip
        wrong = send(office, address(dispute, "answer"), **({"reason": "We looked again"} | typed))
        assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, [field]), typed
    answer = {"outcome": "changed", "light": "amber", "reason": "We looked again"}
    assert send(office, address(dispute, "answer"), **answer).status_code == 302
    page = text(staff.get(MEASURE))
    assert "Answer: A new light is given" in page and "We looked again" in page
    assert re.findall(r"</svg><span>([^<]+)", card(page))[-1] == "Amber" and "Dispute: Answered" in page
    assert world.measures.m12.assessments.get(light="amber").reason == "We looked again"


def test_two_who_answer_at_once_see_both_answers(client_of: Any, world: Any) -> None:
    office = client_of("coordinator")
    dispute = assessments.dispute_light(given(world), by=SYSTEM, reason="no")
    where = address(dispute, "answer")
    typed = entered(office.get(where).context["form"], outcome="upheld", reason="first")
    assert office.post(where, typed).status_code == 302
    late = office.post(where, typed | {"outcome": "changed", "light": "green", "reason": "second"})
    assert late.status_code == 409
    assert "The light stands" in text(late) and "second" in text(late)
    dispute.refresh_from_db()
    assert dispute.answer == "first"


def test_the_form_beside_a_light_tells_as_the_list_does_whether_it_stands(client_of: Any, world: Any) -> None:
    office, before, light = client_of("coordinator"), given(world), given(world)
    assert "Restated" not in text(office.get(address(light, "withdraw")))
    assert "Restated" in text(office.get(address(before, "withdraw")))


def test_a_mistake_is_withdrawn_with_its_reason_and_stays_to_be_seen(client_of: Any, world: Any) -> None:
    office, light = client_of("coordinator"), given(world, reason="a slip of the pen")
    assert send(office, address(light, "withdraw"), reason="").status_code == 422
    assert send(office, address(light, "withdraw"), reason="wrong measure").status_code == 302
    page = text(office.get(MEASURE))
    assert "No light stands" in page and "Earlier assessments (1)" in page
    assert "a slip of the pen" in page and "wrong measure" in page
    twice = send(office, address(light, "withdraw"), reason="again")
    assert twice.status_code == 422 and "withdrawn already" in text(twice)


# The list of all


def test_the_list_is_narrowed_to_what_is_to_be_done(client_of: Any, world: Any) -> None:
    office = client_of("coordinator")
    restated = given(world, assessed_on=date(2026, 1, 1), light="green")
    light = given(world)

    def listed(**asked: str) -> set[Any]:
        return set(office.get("/assessments/", asked).context["page"].object_list)

    assert listed(standing="false") == {restated}
    # The lights of the furnished world are disputed, and their plans asked for.
    before = {world.independent, world.technology.assessments.get(kind="independent")}
    before |= set(world.measures.m11.assessments.filter(kind="independent"))
    assert listed(plan_asked="true") == before | {light}
    assert listed(disputed="true") == before
    assert listed(diverging="true") == set()
    made = {"by": SYSTEM, "assessed_on": date(2026, 3, 2), "reason": "fine"}
    green = assessments.declare_light(world.measures.m12, light="green", **made)
    assert listed(diverging="true") == {light, green}
    assert "Tasks and measures with lights apart 1<" in text(office.get("/")), "the measure, not its two lights"
    assert "Lights of 1 task or measure whose lights lie apart" in text(office.get("/assessments/?diverging=true"))
    assert listed(kind="declared", light="green") == {green}
    page = text(office.get("/assessments/"))
    assert "Recovery plan asked for" in page and "Restated" in page and "Lights 2 steps apart" in page


def test_the_overview_counts_what_is_asked_and_leads_to_the_list(client_of: Any, world: Any) -> None:
    given(world)
    for name, plans, disputes in (("coordinator", 3, 2), ("analyst", 2, 2)):
        client = client_of(name)
        page = text(client.get("/"))
        for label, asked, count in (("Recovery plans asked for", "plan_asked", plans), ("Disputes open", "disputed", disputes)):  # fmt: skip
            assert f'<a class="link" href="/assessments/?{asked}=true">{label} {count}</a>' in page
            assert client.get(f"/assessments/?{asked}=true").context["page"].paginator.count == count


@pytest.mark.parametrize(("language", "word"), [("ko", "시연용"), ("en", "Demonstration")])
def test_the_overview_says_how_many_of_what_it_counts_are_demonstration(
    client_of: Any, world: Any, language: str, word: str
) -> None:
    def marked() -> list[str]:
        page = text(client_of("coordinator").get("/", headers={"accept-language": language}))
        asked = re.findall(
            r'<a class="link" href="/assessments/\?(\w+)=true">[^<]*</a>( <span class="mark[^<]*)?', page
        )
        return [f"{name} {mark.rpartition('>')[2]}".strip() for name, mark in asked]

    given(world)
    assert marked() == ["diverging", "plan_asked", "disputed"]
    given(world, confidence="generated")
    assert marked() == ["diverging", f"plan_asked {word}: 1", "disputed"]


def test_the_navigation_leads_there(client_of: Any, world: Any) -> None:
    found = {
        name: 'href="/assessments/"' in text(client_of(name).get("/holidays/"))
        for name in ("staff", "approver", "coordinator", "analyst")
    }
    assert all(found.values()), found


def test_an_empty_list_says_how_lights_come(client_of: Any, strategy_tree: Any) -> None:
    analyst = client_of("analyst")
    assert "No light has been given yet" in text(analyst.get("/assessments/"))
    assert "Nothing fits these filters" in text(analyst.get("/assessments/?diverging=true"))
    assert "Tasks and measures with lights apart 0" in text(analyst.get("/"))


def test_hidden_lights_are_in_no_list_and_no_address(client_of: Any, world: Any) -> None:
    light = given(world, reason="a word for few")
    analyst = client_of("analyst")
    assert "a word for few" not in text(analyst.get("/assessments/"))
    for act in ("recovery", "dispute", "withdraw"):
        assert analyst.get(address(light, act)).status_code == 404


# A past day


def test_a_past_day_shows_the_light_of_that_day_and_no_form(client_of: Any, world: Any) -> None:
    made = {"by": SYSTEM, "reason": "on that day"}
    assessments.declare_light(world.technology, light="green", assessed_on=date(2025, 1, 31), **made)
    staff = client_of("staff")
    page = text(staff.get("/as-of/2025-06-30/tasks/technology/"))
    assert re.findall(r"</svg><span>([^<]+)", card(page))[0] == "Green"
    assert "on that day" in page and "faster" not in page, "what was declared later"
    assert "/declare/" not in page
    assert "on that day" in text(staff.get("/as-of/2025-06-30/assessments/"))
    assert "on that day" not in text(staff.get("/as-of/2024-12-31/assessments/"))
