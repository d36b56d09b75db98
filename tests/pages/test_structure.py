"""The structure in the browser: the tree, edits collected and saved, a reorganisation, two people at once."""

import re
from datetime import date, datetime

import pytest
from django.urls import reverse

from tasks import rollups
from tasks.actions import plans
from tasks.models import Change, ChangeSet, Measure, Milestone, PlanVersion
from tasks.permissions import SYSTEM

CHANGES = "/structure/changes/"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(datetime(2026, 6, 2, 3), tick=False)


@pytest.fixture
def office(client_of, world):
    rollups.drain()
    return client_of("coordinator")


def basis(page):
    return re.search(r'name="basis" value="([^"]*)"', page.content.decode())[1]


def save(office, day="2026-06-02", **typed):
    """As a browser does it: the page that shows the figures, then the button below them."""
    office.post(CHANGES, {"act": "describe", "effective_on": day, "reason": "조직개편", "source": "결정 1호"})
    page = office.get(CHANGES)
    described = {"effective_on": day, "reason": "조직개편", "source": "결정 1호", "basis": basis(page)}
    return office.post(CHANGES, described | {"act": "save"} | typed)


def text(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_the_tree_opens_branch_by_branch_with_parts_and_ministries(office):
    assert "50.0% of the strategy" in text(office.get("/structure/"))
    branch = office.get("/structure/measures/T1-1/", headers=HTMX)
    assert "<html" not in branch.content.decode()
    assert "T1-1-M1" in text(branch) and "weight 1 (33.3%)" in text(branch) and "T1-1.1" in text(branch)
    assert reverse("tasks:structure-measure-move", args=["T1-1"]) in branch.content.decode()


def test_a_reader_sees_the_tree_without_its_edits_and_without_what_is_above_the_clearance(client_of, world):
    analyst = client_of("analyst")
    page = analyst.get("/structure/tasks/technology/")
    assert "T1-1" in text(page) and "T1-2" not in text(page)
    assert "/structure/measures/T1-1/move/" not in analyst.get("/structure/measures/T1-1/").content.decode()
    assert analyst.get("/structure/measures/T1-2/").status_code == 404


def test_a_branch_of_many_ends_and_says_where_it_goes_on(office, world):
    for number in range(120):
        plans.create_milestone(
            by=SYSTEM,
            effective_on=date(2023, 3, 15),
            measure=world.measures.m21,
            code=f"X{number}",
            title_ko="가",
            title_en="A",
        )
    page = office.get("/structure/measures/T2-1/")
    assert page.content.decode().count("<li>") < 115
    assert "/structure/measures/T2-1/?page=2" in page.content.decode().replace('href="?page=2', "?page=2")
    assert "X119" in text(office.get("/structure/measures/T2-1/?page=2"))


def test_edits_are_collected_shown_with_what_they_move_and_saved_whole(office, world):
    assert office.post("/structure/measures/T1-1.1/move/", {"to": "T2-1"}).headers["Location"] == CHANGES
    office.post(f"/structure/milestones/{world.milestones.late.uuid}/cancel/")
    page = office.get(CHANGES)
    assert "T1-1.1 → T2-1" in text(page) and "T1-1-M2" in text(page)
    assert Measure.objects.get(code="T1-1.1").parent_id == world.measures.m11.pk
    assert save(office).status_code == 302
    assert Measure.objects.get(code="T1-1.1").parent_id == world.measures.m21.pk
    assert Milestone.objects.get(pk=world.milestones.late.pk).state == "cancelled"
    assert not ChangeSet.objects.exists()
    assert Change.objects.filter(reason="조직개편").exists()


def test_an_edit_that_cannot_be_made_says_so_in_its_form(office):
    page = office.post("/structure/measures/T1-1/move/", {"to": "T1-1.1"})
    assert page.status_code == 422 and "cannot stand below itself" in text(page)
    assert 'value="T1-1.1"' in page.content.decode()
    page = office.post("/structure/measures/T1-1/move/", {"to": "nowhere"})
    assert page.status_code == 422 and "There is no “nowhere”" in text(page)
    assert not ChangeSet.objects.exists()


def test_without_reason_and_source_nothing_is_saved(office, world):
    office.post("/structure/measures/T1-2/cancel/")
    page = office.post(
        CHANGES, {"act": "save", "effective_on": "2026-06-02", "reason": "", "source": "x", "basis": "-"}
    )
    assert page.status_code == 422 and "Enter the reason of the change." in text(page)
    assert Measure.objects.get(code="T1-2").scope == "in_scope"


def test_what_somebody_else_planned_meanwhile_is_told_and_not_overwritten(office, world):
    office.post("/structure/measures/T1-2/cancel/")
    plans.revise_plan(world.measures.m12, by=SYSTEM, effective_on=date(2026, 6, 1), reason="다른 사람", weight=9)
    answer = save(office)
    assert answer.status_code == 409 and "Somebody changed this meanwhile: T1-2." in text(answer)
    assert Measure.objects.get(code="T1-2").scope == "in_scope"
    assert save(office, basis=basis(answer)).status_code == 302  # looked at once more, it is meant
    assert Measure.objects.get(code="T1-2").scope == "cancelled"


def test_a_change_elsewhere_in_the_plan_is_told_since_the_figures_were_others(office, world):
    office.post("/structure/measures/T1-2/cancel/")
    shown = basis(office.get(CHANGES))
    plans.revise_plan(world.measures.m21, by=SYSTEM, effective_on=date(2026, 6, 1), reason="다른 사람", weight=9)
    answer = save(office, basis=shown)
    assert answer.status_code == 409 and "The plan was changed elsewhere meanwhile" in text(answer)


def test_a_measure_is_split_and_what_stands_below_it_goes_to_its_parts(office, world):
    typed = {
        "part1_code": "T1-1a", "part1_title_ko": "가", "part1_title_en": "A", "part1_weight": "2",
        "part2_code": "T1-1b", "part2_title_ko": "나", "part2_title_en": "B", "part2_weight": "1",
        "measure_T1-1.1": "1", "milestone_T1-1-M1": "2",
    }  # fmt: skip
    page = office.post("/structure/measures/T1-1/split/", typed)
    assert page.status_code == 422  # M2 goes nowhere
    office.post("/structure/measures/T1-1/split/", typed | {"milestone_T1-1-M2": "2"})
    assert save(office).status_code == 302
    old = Measure.objects.get(code="T1-1")
    assert (old.scope, old.in_scope) == ("superseded", False)
    assert {part.code for part in old.split_into.all()} == {"T1-1a", "T1-1b"}
    assert set(Milestone.objects.filter(measure__code="T1-1b").values_list("code", flat=True)) == {"T1-1-M1", "T1-1-M2"}
    assert "Split into T1-1a A , T1-1b B" in text(office.get("/measures/T1-1/"))
    assert "Split from T1-1 Introduce" in text(office.get("/measures/T1-1b/"))


def test_milestones_are_merged_into_one_that_lasts_from_the_first_to_the_last(office, world):
    codes = "T1-1-M1\nT1-1-M2"
    made = {"code": "T1-1-N", "title_ko": "가", "title_en": "A", "weight": "2"}
    office.post("/structure/strategies/strategy/merge/", {"nodes": codes} | made)
    assert save(office).status_code == 302
    new = Milestone.objects.get(code="T1-1-N")
    assert (new.baseline_start, new.current_due, new.weight) == (date(2024, 1, 1), date(2027, 12, 31), 2)
    for old in Milestone.objects.filter(code__in=codes.split()):
        assert (old.state, old.superseded_by) == ("cancelled", new)
    assert "Superseding milestone T1-1-N" in text(office.get(world.milestones.open.get_absolute_url()))
    assert "Takes the place of T1-1-M1" in text(office.get(new.get_absolute_url()))


def test_many_milestones_get_new_dates_at_once(office, world):
    rows = [world.milestones.open, world.milestones.late]
    office.post("/structure/measures/T1-1/rebaseline/", {"milestones": [str(r.uuid) for r in rows], "shift": "10"})
    assert save(office).status_code == 302
    found = [Milestone.objects.get(pk=row.pk) for row in rows]
    assert [row.current_due for row in found] == [date(2028, 1, 10), date(2024, 7, 10)]
    assert [row.baseline_due for row in found] == [date(2027, 12, 31), date(2024, 6, 30)]


def test_a_reorganisation_hands_over_from_a_day_on_and_the_past_stays(office, world):
    gone = world.ministries.former
    for node in (world.measures.m21, world.milestones.restricted):
        plans.revise_plan(node, by=SYSTEM, effective_on=date(2024, 1, 1), reason="주관", ministry=gone)
    page = office.get("/structure/strategies/strategy/reassign/")
    assert "?from=MOTIE" in page.content.decode() and "No longer exists" in text(page)
    page = office.get("/structure/strategies/strategy/reassign/?from=MOTIE")
    assert '<option value="MOTIR" selected>' in page.content.decode()
    nodes = ["measure:T2-1", "milestone:T2-1-M1"]
    office.post("/structure/strategies/strategy/reassign/?from=MOTIE", {"ministry": "MOTIR", "nodes": nodes})
    assert save(office, day="2025-10-01").status_code == 302
    assert Measure.objects.get(code="T2-1").lead_ministry == world.ministries.lead
    versions = PlanVersion.objects.filter(measure=world.measures.m21).order_by("effective_on")
    assert [v.ministry.key for v in versions] == ["MOTIR", "MOTIE", "MOTIR"]
    page = office.get("/structure/strategies/strategy/reassign/").content.decode()
    assert "?from=MOTIE" not in page


def test_weights_of_siblings_are_set_together(office, world):
    page = office.get("/structure/tasks/technology/weights/")
    assert "Its part now: 50.0%" in text(page)
    office.post("/structure/tasks/technology/weights/", {"measure_T1-1": "3", "measure_T1-2": "1"})
    assert save(office).status_code == 302
    assert Measure.objects.get(code="T1-1").weight == 3


def test_a_new_node_waits_without_weight_until_its_day_has_come(office, world, time_machine):
    made = {"code": "T2-2", "title_ko": "가", "title_en": "A", "weight": "4", "ministry": "MSIT"}
    office.post("/structure/tasks/talent/add-measure/", made)
    office.post(CHANGES, {"act": "describe", "effective_on": "2026-07-01", "reason": "추가", "source": "결정"})
    page = office.get(CHANGES)
    assert "until then the figures stay" in text(page) and "T2-2" in text(page)
    assert save(office, day="2026-07-01").status_code == 302
    assert Measure.objects.get(code="T2-2").weight == 0
    time_machine.move_to(datetime(2026, 7, 1, 3), tick=False)
    plans.project_due_plans(by=SYSTEM)
    assert Measure.objects.get(code="T2-2").weight == 4


def test_edits_are_taken_out_one_by_one_and_the_set_is_discarded(office):
    office.post("/structure/measures/T1-2/cancel/")
    office.post("/structure/measures/T2-1/cancel/")
    office.post(CHANGES, {"act": "drop-1"})
    assert "T1-2" not in text(office.get(CHANGES)).split("Day and reason")[0].split("Edits")[1]
    office.post(CHANGES, {"act": "discard"})
    assert not ChangeSet.objects.exists()
    assert "No edit waits" in text(office.get(CHANGES))
