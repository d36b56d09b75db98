"""Who sees a row, and the adjectives of milestones."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from common.tiers import Tier
from tasks.actions import plans
from tasks.models import Change, Dependency, Measure, Milestone, PlanVersion, Region, StrategicTask
from tasks.permissions import SYSTEM

pytestmark = pytest.mark.django_db

TODAY = date(2026, 12, 1)
DUE = date(2026, 12, 31)


@pytest.fixture
def milestones(strategy_tree):
    return strategy_tree.milestones


def seen(rows):
    return set(rows.values_list("code", flat=True))


PUBLIC = {"T1-1-M1", "T1-1-M2", "T1-1.1-M1", "T2-1-M2"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("nobody", PUBLIC),
        ("analyst", PUBLIC),
        ("staff", PUBLIC | {"T1-2-M1"}),
        ("auditor", PUBLIC | {"T1-2-M1", "T2-1-M1"}),
    ],
)
def test_a_reader_sees_up_to_the_own_clearance(strategy_tree, users, name, expected):
    assert seen(Milestone.objects.visible_to(users[name])) == expected
    versions = PlanVersion.objects.visible_to(users[name]).filter(milestone__isnull=False)
    assert set(versions.values_list("milestone__code", flat=True)) == expected


def test_anonymous_sees_the_public_tier_only_where_the_setting_opens_it(strategy_tree, settings):
    assert not Milestone.objects.visible_to(AnonymousUser()).exists()
    assert not StrategicTask.objects.visible_to(AnonymousUser()).exists()
    assert not PlanVersion.objects.visible_to(AnonymousUser()).exists()
    assert not Change.objects.visible_to(AnonymousUser()).exists()
    settings.ANONYMOUS_READING = True
    assert seen(Milestone.objects.visible_to(AnonymousUser())) == PUBLIC
    assert seen(Measure.objects.visible_to(AnonymousUser())) == {"T1-1", "T1-1.1", "T2-1"}


def test_a_closed_account_sees_nothing(strategy_tree, users):
    users["auditor"].is_active = False
    for model in (Milestone, Measure, StrategicTask, Region, PlanVersion, Change):
        assert not model.objects.visible_to(users["auditor"]).exists()


def test_a_dependency_is_seen_with_both_ends(milestones, users):
    plans.add_dependency(milestones.open, milestones.late, by=SYSTEM)
    plans.add_dependency(milestones.restricted, milestones.open, by=SYSTEM)
    plans.add_dependency(milestones.restricted, milestones.late, by=SYSTEM)
    assert Dependency.objects.visible_to(users["analyst"]).count() == 1
    assert Dependency.objects.visible_to(users["executive"]).count() == 3


def test_a_change_is_seen_by_who_sees_its_row(strategy_tree, users):
    def rows(name, table):
        return set(Change.objects.visible_to(users[name]).filter(table=table).values_list("object_id", flat=True))

    hidden = {strategy_tree.milestones.internal.pk, strategy_tree.milestones.restricted.pk}
    assert hidden.isdisjoint(rows("analyst", "tasks_milestone"))
    assert hidden <= rows("auditor", "tasks_milestone")
    assert rows("analyst", "accounts_user") == rows("executive", "accounts_user") == set()
    assert users["staff"].pk in rows("auditor", "accounts_user")


def test_related_rows_that_are_hidden_read_as_none(strategy_tree, users):
    plans.create_measure(
        by=SYSTEM, effective_on=date(2023, 3, 15), strategic_task=strategy_tree.technology, code="T1-9",
        title_ko="가", title_en="A", scope="superseded", superseded_by=strategy_tree.measures.m12,
    )  # fmt: skip
    for name, expected in (("analyst", None), ("staff", strategy_tree.measures.m12)):
        row = Measure.objects.visible_to(users[name]).with_visible(users[name], "superseded_by").get(code="T1-9")
        assert row.superseded_by == expected


# The schedule light


def put(milestone, **columns):
    Milestone.objects.filter(pk=milestone.pk).update(**columns)


def light(milestone, on=TODAY, tier=Tier.RESTRICTED):
    return Milestone.objects.with_light(on=on, tier=tier).get(pk=milestone.pk).light


@pytest.mark.parametrize(
    ("on", "columns", "expected"),
    [
        (DUE + timedelta(days=1), {}, "overdue"),
        (DUE, {}, "due_soon"),
        (DUE - timedelta(days=30), {}, "due_soon"),
        (DUE - timedelta(days=31), {}, "on_track"),
        (DUE - timedelta(days=31), {"forecast": DUE + timedelta(days=1)}, "at_risk"),
        (DUE - timedelta(days=31), {"forecast": DUE}, "on_track"),
        (DUE, {"forecast": DUE + timedelta(days=1)}, "at_risk"),
        (DUE + timedelta(days=1), {"forecast": DUE + timedelta(days=9)}, "overdue"),
        (DUE + timedelta(days=1), {"state": "suspended"}, "overdue"),
        (DUE + timedelta(days=1), {"state": "cancelled"}, None),
        (DUE + timedelta(days=1), {"state": "completed", "progress_bp": 10_000, "completed_on": DUE}, None),
        (DUE, {"current_due": None}, None),
    ],
)
def test_the_light_follows_its_definition_to_the_day(milestones, on, columns, expected):
    put(milestones.of_other, **({"current_due": DUE} | columns))
    assert light(milestones.of_other, on) == expected


@pytest.mark.parametrize(
    ("predecessor", "lag", "expected"),
    [
        ({"current_due": date(2027, 6, 30)}, 0, "on_track"),
        ({"current_due": date(2027, 6, 30)}, 1, "at_risk"),
        ({"current_due": date(2027, 7, 1)}, 0, "at_risk"),
        ({"current_due": date(2027, 7, 10)}, -10, "on_track"),
        ({"current_due": date(2026, 1, 1), "forecast": date(2027, 8, 1)}, 0, "at_risk"),
        ({"current_due": date(2027, 8, 1), "in_scope": False, "state": "cancelled"}, 0, "on_track"),
        ({"state": "completed", "progress_bp": 10_000, "completed_on": date(2026, 1, 1)}, 0, "on_track"),
        ({"current_due": date(2026, 1, 1)}, 212, "at_risk"),  # overdue: it cannot end before today
        ({"current_due": date(2026, 1, 1)}, 211, "on_track"),
    ],
)
def test_a_predecessor_that_ends_too_late_puts_it_at_risk(milestones, predecessor, lag, expected):
    """The successor is due on 2027-06-30, which is 211 days after the day asked about."""
    plans.add_dependency(milestones.open, milestones.of_other, by=SYSTEM, lag_days=lag)
    put(milestones.open, **predecessor)
    assert light(milestones.of_other) == expected


def test_a_hidden_predecessor_tells_the_reader_nothing(milestones):
    plans.add_dependency(milestones.restricted, milestones.of_other, by=SYSTEM)
    put(milestones.restricted, current_due=date(2030, 1, 1))
    assert light(milestones.of_other, tier=Tier.PUBLIC) == "on_track"
    assert light(milestones.of_other, tier=Tier.RESTRICTED) == "at_risk"


def test_overdue_means_active_and_due_before_the_day(milestones):
    put(milestones.late, current_due=date(2024, 6, 30))
    assert seen(Milestone.objects.overdue(on=date(2024, 6, 30))) == set()
    assert seen(Milestone.objects.overdue(on=date(2024, 7, 1))) == {"T1-1-M2"}
    put(milestones.late, state="completed", progress_bp=10_000, completed_on=date(2024, 8, 1))
    assert seen(Milestone.objects.overdue(on=date(2024, 7, 1))) == set()
