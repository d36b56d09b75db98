"""Lights that somebody gives: who may, which one stands, how far they lie apart, and what was known on a past day."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from common import past
from common.errors import Forbidden, Invalid
from common.tiers import Tier
from tasks import rollups
from tasks.actions import assessments, plans
from tasks.choices import ComputedLight
from tasks.interfaces import FigureView, GivenLight, Sums
from tasks.models import Assessment, Change, Dispute, Measure, RecoveryPlan
from tasks.permissions import SYSTEM, may

pytestmark = pytest.mark.django_db

# Later than the tree of the tests was recorded.
DAY = date(2027, 6, 2)
EVERYBODY = ("admin", "coordinator", "staff", "approver", "staff-msit", "analyst", "executive", "auditor", "nobody")
MINISTRY, OFFICE = {"staff", "approver"}, {"coordinator"}


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(datetime(2027, 6, 2, 12, tzinfo=ZoneInfo("Asia/Seoul")), tick=False)
    with translation.override("en"):
        yield


@pytest.fixture
def m11(strategy_tree):
    return strategy_tree.measures.m11


def declare(node, light="green", day=DAY, by=SYSTEM, **values):
    return assessments.declare_light(node, by=by, light=light, assessed_on=day, reason="why", **values)


def assess(node, light="red", day=DAY, by=SYSTEM):
    return assessments.assess_light(node, by=by, light=light, assessed_on=day, reason="why")


def figure(measure, tier=Tier.PUBLIC):
    found = rollups.figure("measure", measure.pk, strategy=measure.strategic_task.strategy, tier=tier)
    assert found is not None
    return found


def lights(measure):
    view = figure(measure)
    return (view.declared and view.declared.light, view.independent and view.independent.light)


# Who may


def allowed(users, verb, obj):
    answers = {name: may(users[name], verb, obj) for name in EVERYBODY}
    assert all(answer or answer.reason for answer in answers.values())
    return {name for name, answer in answers.items() if answer}


def test_the_ministry_declares_and_the_coordinating_office_assesses(strategy_tree, users, m11):
    for node in (m11, strategy_tree.technology, strategy_tree.measures.m12):
        assert allowed(users, "declare", node) == MINISTRY
        assert allowed(users, "assess", node) == OFFICE


def test_a_node_that_another_ministry_leads_or_none(users, m11, ministries):
    m11.lead_ministry = ministries.other
    assert allowed(users, "declare", m11) == {"staff-msit"}
    m11.lead_ministry = None
    assert allowed(users, "declare", m11) == set()


def test_clearance_bounds_both(users, m11):
    Measure.objects.filter(pk=m11.pk).update(tier=3)
    m11.refresh_from_db()
    assert allowed(users, "declare", m11) == set()
    assert allowed(users, "assess", m11) == OFFICE


def test_what_is_done_to_a_light(users, m11):
    declared, independent = declare(m11), assess(m11)
    assert allowed(users, "recover", independent) == allowed(users, "dispute", independent) == MINISTRY
    assert allowed(users, "dispute", declared) == set()
    assert allowed(users, "withdraw_light", declared) == MINISTRY
    assert allowed(users, "withdraw_light", independent) == OFFICE
    dispute = assessments.dispute_light(independent, by=users["staff"], reason="no")
    assert allowed(users, "answer", dispute) == OFFICE


def test_a_past_day_is_for_reading(users, m11):
    independent = assess(m11)
    with past.reading(DAY):
        assert allowed(users, "declare", m11) == allowed(users, "dispute", independent) == set()


def test_an_action_refuses_who_may_not(users, m11):
    for act in (
        lambda: declare(m11, by=users["coordinator"]),
        lambda: assess(m11, by=users["staff"]),
        lambda: assessments.dispute_light(assess(m11), by=users["staff-msit"], reason="no"),
        lambda: assessments.withdraw_assessment(declare(m11), by=users["coordinator"], reason="no"),
    ):
        with pytest.raises(Forbidden):
            act()


# What is asked


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"light": "red"}, "recovery_plan"),
        ({"light": "red", "recovery_plan": " "}, "recovery_plan"),
        ({"light": "red", "recovery_plan": "do it"}, "recovery_due"),
        ({"light": "red", "recovery_plan": "do it", "recovery_due": DAY - timedelta(1)}, "recovery_due"),
        ({"day": DAY + timedelta(1)}, "assessed_on"),
        ({"light": "none"}, "light"),
    ],
)
def test_what_cannot_be_declared_is_refused_at_its_field_and_leaves_nothing(m11, values, field):
    with pytest.raises(Invalid) as refused, transaction.atomic():
        declare(m11, **values)
    assert refused.value.field == field
    assert not Assessment.objects.exists() and not RecoveryPlan.objects.exists()


def test_a_red_light_brings_its_plan_or_asks_for_one(m11):
    declared = declare(m11, "red", day=DAY - timedelta(30), recovery_plan="do it", recovery_due=DAY)
    plan = declared.recovery_plans.get()
    assert (plan.plan, plan.given_on, plan.ministry) == ("do it", declared.assessed_on, m11.lead_ministry)
    independent = assess(m11)
    asked = Assessment.objects.with_open_ends().filter(plan_is_asked=True)
    assert list(asked) == [independent]
    assessments.give_recovery_plan(independent, by=SYSTEM, plan="at once", due_on=DAY)
    assert not asked.all()
    with pytest.raises(Invalid):
        assessments.give_recovery_plan(independent, by=SYSTEM, plan="before", due_on=DAY - timedelta(1))
    amber = assess(m11, "amber")
    with pytest.raises(Invalid, match="red"):
        assessments.give_recovery_plan(amber, by=SYSTEM, plan="none", due_on=DAY)
    with pytest.raises(Invalid, match="no longer stands"):
        assessments.give_recovery_plan(independent, by=SYSTEM, plan="late", due_on=DAY)


def test_a_light_is_of_one_node(strategy_tree, m11):
    for nodes in ({}, {"measure": m11, "strategic_task": strategy_tree.technology}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Assessment.objects.create(kind="declared", light="green", assessed_on=DAY, reason="why", **nodes)


# Which one stands


def test_the_latest_day_stands_and_of_one_day_what_was_recorded_last(m11, time_machine):
    declare(m11, "amber", day=DAY - timedelta(10))
    assert lights(m11) == ("amber", None)
    declare(m11, "green", day=DAY - timedelta(20))
    assert lights(m11) == ("amber", None), "an earlier day becomes part of the past"
    for light in ("red", "green"):
        time_machine.shift(timedelta(seconds=1))
        plan = {"recovery_plan": "do it", "recovery_due": DAY} if light == "red" else {}
        last = declare(m11, light, day=DAY - timedelta(10), **plan)
        assert lights(m11) == (light, None)
    assess(m11, "red")
    assert lights(m11) == ("green", "red"), "the kinds do not restate each other"
    assessments.withdraw_assessment(last, by=SYSTEM, reason="a slip")
    assert lights(m11) == ("red", "red")
    with pytest.raises(Invalid, match="already"):
        assessments.withdraw_assessment(last, by=SYSTEM, reason="again")


def test_lights_of_other_nodes_do_not_mix(strategy_tree, m11):
    declare(strategy_tree.technology, "red", recovery_plan="do it", recovery_due=DAY)
    assess(strategy_tree.measures.m111, "amber")
    assert lights(m11) == (None, None)
    assert lights(strategy_tree.measures.m111) == (None, "amber")
    view = rollups.figure("task", strategy_tree.technology.pk, strategy=strategy_tree.strategy, tier=1)
    assert view is not None and view.declared is not None and view.declared.light == "red"
    whole = rollups.figure("strategy", 0, strategy=strategy_tree.strategy, tier=1)
    assert whole is not None and whole.declared is None


def test_lights_never_enter_a_figure(strategy_tree, m11):
    rollups.drain()
    before = figure(m11)
    declare(m11, "red", recovery_plan="do it", recovery_due=DAY)
    assess(m11, "green")
    rollups.drain()
    after = figure(m11)
    assert (after.sums, after.light, after.version) == (before.sums, before.light, before.version)


def test_reading_given_lights_takes_one_query_whatever_their_number(m11, django_assert_num_queries):
    strategy = m11.strategic_task.strategy
    with django_assert_num_queries(2):
        rollups.figures("measure", strategy=strategy, tier=3)
    for measure in Measure.objects.all():
        declare(measure), assess(measure)
    with django_assert_num_queries(2):
        rollups.figures("measure", strategy=strategy, tier=3)


# How far they lie apart


@pytest.mark.parametrize(
    ("declared", "computed", "independent", "apart"),
    [
        ("green", "red", None, 2),
        ("red", "green", None, 2),
        ("green", "amber", None, 1),
        ("green", "green", "green", 0),
        ("green", "green", "red", 2),
        ("amber", "red", "green", 2),
        (None, "amber", "red", 1),
        ("green", "no_data", None, None),
        ("green", "none", None, None),
        ("green", "no_data", "amber", 1),
        (None, "red", None, None),
        (None, "none", None, None),
    ],
)
def test_divergence_is_the_steps_between_the_best_and_the_worst_of_those_that_say_something(
    declared, computed, independent, apart
):
    given = {name: GivenLight(light, DAY, "reported") if light else None
             for name, light in (("declared", declared), ("independent", independent))}  # fmt: skip
    view = FigureView("task", 1, DAY, 1, Sums(), ComputedLight(computed), **given)
    assert view.divergence == apart


def test_a_list_knows_which_of_its_lights_stand_apart(m11, strategy_tree):
    assert figure(m11).light == "red"
    restated, stands = declare(m11, "amber", day=DAY - timedelta(1)), declare(m11, "green")
    hidden = declare(strategy_tree.measures.m12, "green")
    assess(strategy_tree.measures.m12, "red")
    for tier, known in ((1, {restated: None, stands: 2}), (2, {restated: None, stands: 2, hidden: 2})):
        rows = Assessment.objects.within(tier).filter(kind="declared").with_open_ends()
        assert {row: row.divergence for row in rollups.with_divergence(rows, tier=tier)} == known


# Disputes


def test_a_dispute_is_answered_once_and_the_light_stands_until_then(users, m11):
    independent = assess(m11)
    dispute = assessments.dispute_light(independent, by=users["staff"], reason="we are on time")
    assert lights(m11) == (None, "red")
    with pytest.raises(Invalid, match="disputed already"), transaction.atomic():
        assessments.dispute_light(independent, by=users["approver"], reason="again")
    assessments.answer_dispute(dispute, by=users["coordinator"], outcome="upheld", reason="no evidence")
    dispute.refresh_from_db()
    assert (dispute.outcome, dispute.answer, dispute.answered_by) == ("upheld", "no evidence", users["coordinator"])
    assert lights(m11) == (None, "red")
    with pytest.raises(Invalid, match="answered already"):
        assessments.answer_dispute(dispute, by=SYSTEM, outcome="upheld", reason="again")


def test_an_answer_may_put_a_new_light_in_its_place(m11):
    independent = assess(m11, day=DAY - timedelta(9))
    dispute = assessments.dispute_light(independent, by=SYSTEM, reason="no")
    for light, why in (("", "Choose the new light"), ("red", "that was disputed")):
        with pytest.raises(Invalid, match=why) as refused, transaction.atomic():
            assessments.answer_dispute(dispute, by=SYSTEM, outcome="changed", light=light, reason="evidence")
        assert refused.value.field == "light"
    with pytest.raises(Invalid), transaction.atomic():
        assessments.answer_dispute(dispute, by=SYSTEM, outcome="upheld", light="green", reason="evidence")
    answered = assessments.answer_dispute(dispute, by=SYSTEM, outcome="changed", light="amber", reason="evidence")
    new = answered.answered_with
    assert new is not None
    assert (new.light, new.assessed_on, new.reason, new.kind) == ("amber", DAY, "evidence", "independent")
    assert lights(m11) == (None, "amber")


def test_what_no_longer_stands_is_not_disputed_and_a_withdrawn_light_asks_for_nothing(m11):
    first = assess(m11, day=DAY - timedelta(2))
    assessments.dispute_light(first, by=SYSTEM, reason="no")
    second = assess(m11)
    with pytest.raises(Invalid, match="no longer stands"):
        assessments.dispute_light(first, by=SYSTEM, reason="no")
    rows = Assessment.objects.with_open_ends()
    assert rows.get(pk=first.pk).is_disputed
    for light in (first, second):
        assessments.withdraw_assessment(light, by=SYSTEM, reason="a slip")
    assert not rows.filter(is_disputed=True) and not rows.filter(plan_is_asked=True)


# What was known


def test_every_act_is_logged_by_who_did_it(users, m11):
    declared = declare(m11, "red", by=users["staff"], recovery_plan="do it", recovery_due=DAY)
    dispute = assessments.dispute_light(assess(m11, by=users["coordinator"]), by=users["staff"], reason="no")
    assessments.answer_dispute(dispute, by=users["coordinator"], outcome="upheld", reason="yes")
    assessments.withdraw_assessment(declared, by=users["approver"], reason="a slip")
    log = Change.objects.filter(table__in=["tasks_assessment", "tasks_recoveryplan", "tasks_dispute"])
    names = {user.pk: name for name, user in users.items()}
    told = [(row.verb, names[row.actor_id], row.reason) for row in log.order_by("sequence")]
    assert told == [
        ("assessment.declared", "staff", ""),
        ("assessment.declared", "staff", ""),
        ("assessment.assessed", "coordinator", ""),
        ("assessment.disputed", "staff", ""),
        ("dispute.answered", "coordinator", "yes"),
        ("assessment.withdrawn", "approver", "a slip"),
    ]


def test_a_past_day_shows_what_was_given_for_it_and_what_was_known_then(m11, time_machine):
    early, late = DAY - timedelta(100), DAY - timedelta(10)
    declare(m11, "green", day=early)
    known = timezone.now()
    time_machine.shift(timedelta(days=3))
    independent = assess(m11, "red", day=late)
    dispute = assessments.dispute_light(independent, by=SYSTEM, reason="no")
    disputed = timezone.now()
    time_machine.shift(timedelta(days=3))
    slip = declare(m11, "amber", day=early)
    restated = timezone.now()
    time_machine.shift(timedelta(days=3))
    assessments.answer_dispute(dispute, by=SYSTEM, outcome="changed", light="amber", reason="yes")
    assessments.withdraw_assessment(slip, by=SYSTEM, reason="a slip")
    asked = {
        (early - timedelta(1), None): (None, None),
        (early, known): ("green", None),
        (early, restated): ("amber", None),
        (early, None): ("green", None),
        (late, None): ("green", "red"),
        (late, known): ("green", None),
        (timezone.localdate(), None): ("green", "amber"),
        (timezone.localdate(), restated): ("amber", "red"),
    }
    for (day, moment), expected in asked.items():
        with past.reading(day, moment):
            assert lights(m11) == expected, (day, moment)
    with past.reading(timezone.localdate(), disputed):
        waiting = Dispute.objects.get()
        assert (waiting.outcome, waiting.answer, waiting.answered_with) == ("", "", None)
        assert Assessment.objects.with_open_ends().get(is_disputed=True) == independent
    with past.reading(late):
        assert not Dispute.objects.exists(), "it was disputed later"
    with past.reading(timezone.localdate()):
        assert Dispute.objects.get().outcome == "changed"


def test_a_hidden_measure_hides_its_lights(strategy_tree, users):
    assess(strategy_tree.measures.m12)
    dispute = assessments.dispute_light(Assessment.objects.get(), by=SYSTEM, reason="no")
    assessments.give_recovery_plan(dispute.assessment, by=SYSTEM, plan="do it", due_on=DAY)
    assess(strategy_tree.technology)
    for model, public in ((Assessment, 1), (Dispute, 0), (RecoveryPlan, 0)):
        assert model.objects.all().visible_to(users["analyst"]).count() == public
        assert model.objects.all().visible_to(users["staff"]).count() == public + 1


def test_a_measure_of_a_later_day_has_no_light_before_it(strategy_tree, m11):
    new = plans.create_measure(
        by=SYSTEM, strategic_task=strategy_tree.technology, code="T1-8", title_ko="새", title_en="New", effective_on=DAY
    )
    declare(new, day=DAY - timedelta(5))
    with past.reading(DAY - timedelta(2)):
        assert not Assessment.objects.within(Tier.RESTRICTED).exists()
