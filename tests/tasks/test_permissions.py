"""Who may do what, and that a refusal carries its reason."""

from datetime import date

import pytest

from accounts.models import Membership, User
from tasks.models import SavedView
from tasks.permissions import ALLOWED, SYSTEM, Denied, may, may_move

pytestmark = pytest.mark.django_db

EVERYBODY = ("admin", "coordinator", "staff", "approver", "staff-msit", "analyst", "executive", "auditor", "nobody")
MAY_REPORT = {
    "open": {"coordinator", "staff", "approver"},
    "internal": {"coordinator", "staff", "approver"},
    "restricted": {"coordinator"},  # the others are not cleared for it
    "of_other": {
        "coordinator",
        "staff",
        "approver",
        "staff-msit",
    },  # its own ministry, and the one that leads the measure
}


def person(name):
    """Read anew: memberships are remembered for one request."""
    return User.objects.get(username=name)


@pytest.mark.parametrize("which", MAY_REPORT)
def test_a_milestone_is_reported_by_those_who_answer_for_it(strategy_tree, users, which):
    milestone = getattr(strategy_tree.milestones, which)
    answers = {name: may(users[name], "report", milestone) for name in EVERYBODY}
    assert {name for name, answer in answers.items() if answer} == MAY_REPORT[which]
    assert all(answer.reason for answer in answers.values() if isinstance(answer, Denied))


@pytest.mark.parametrize("move", ["cancel", "reopen"])
def test_some_moves_are_for_the_coordinating_office_alone(strategy_tree, users, move):
    allowed = {name for name in EVERYBODY if may_move(users[name], move, strategy_tree.milestones.open)}
    assert allowed == {"coordinator"}


@pytest.mark.parametrize("verb", ["plan", "coordinate"])
def test_plans_are_for_the_coordinating_office(strategy_tree, users, verb):
    assert {name for name in EVERYBODY if may(users[name], verb, strategy_tree.measures.m11)} == {"coordinator"}


def test_the_change_log_is_read_by_those_who_audit(strategy_tree, users):
    assert {name for name in EVERYBODY if may(users[name], "read_changes", None)} == {"coordinator", "auditor", "admin"}


def test_a_saved_view_is_its_owners_and_the_coordinating_office_sees_to_those_that_are_shared(strategy_tree, users):
    own, shared = (SavedView(owner=users["staff"], is_shared=each) for each in (False, True))
    assert {name for name in EVERYBODY if may(users[name], "keep_view", own)} == {"staff"}
    assert {name for name in EVERYBODY if may(users[name], "keep_view", shared)} == {"staff", "coordinator"}
    assert {name for name in EVERYBODY if may(users[name], "share_view", own)} == {"coordinator"}


def test_the_ministry_of_an_earlier_time_no_longer_reports(strategy_tree, users):
    membership = Membership.objects.get(user=users["staff"])
    membership.valid_to = date(2020, 12, 31)
    membership.save()
    answer = may(person("staff"), "report", strategy_tree.milestones.open)
    assert isinstance(answer, Denied)


def test_a_role_of_the_future_does_not_count_yet(strategy_tree, users):
    Membership.objects.create(user=users["nobody"], role="coordinator", valid_from=date(2999, 1, 1))
    assert not may(person("nobody"), "plan", strategy_tree.measures.m11)


def test_a_superuser_has_no_role_by_that(strategy_tree, users):
    assert not may(users["admin"], "report", strategy_tree.milestones.open)


def test_an_account_that_was_closed_may_nothing(strategy_tree, users):
    users["coordinator"].is_active = False
    for verb in ("report", "plan", "record", "coordinate", "read_changes"):
        assert not may(users["coordinator"], verb, strategy_tree.milestones.open)


def test_clearance_without_a_role_and_a_role_without_clearance_are_not_enough(strategy_tree, users):
    assert not may(users["executive"], "report", strategy_tree.milestones.restricted)
    User.objects.filter(username="coordinator").update(clearance=1)
    assert not may(person("coordinator"), "report", strategy_tree.milestones.restricted)


def test_seeds_and_jobs_act_without_limits(strategy_tree):
    assert may(SYSTEM, "report", strategy_tree.milestones.restricted) is ALLOWED


def test_a_verb_without_a_rule_is_an_error_and_never_a_yes(strategy_tree, users):
    with pytest.raises(KeyError):
        may(users["coordinator"], "fly", strategy_tree.milestones.open)
