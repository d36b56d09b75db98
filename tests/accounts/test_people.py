"""People, their roles and their ministries over time; sign-in."""

from datetime import date

import pytest
from django.contrib.admin.sites import site
from django.db import IntegrityError, transaction

from accounts import actions
from accounts.models import Membership, Ministry, MinistrySuccession, Role, User
from tasks.models import Change
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

DAY = date(2025, 10, 1)


def test_an_account_is_made_with_a_hashed_password_and_logged_without_it(users):
    user = actions.create_user(by=users["admin"], username="new", password="a-long-password", clearance=2)
    assert user.check_password("a-long-password")
    change = Change.objects.filter(table="accounts_user", object_id=user.pk).latest("sequence")
    assert (change.verb, change.actor_id, change.after["password"]) == ("user.created", users["admin"].pk, "(hidden)")


def test_a_role_counts_from_its_first_to_its_last_day(users, ministries, time_machine):
    user = actions.create_user(by=None, username="new", password="x", clearance=1)
    membership = actions.add_membership(user, Role.STAFF, by=None, ministry=ministries.lead)
    membership.valid_from = membership.valid_to = DAY
    membership.save()
    for day, expected in (("2025-09-30", set()), ("2025-10-01", {"staff"}), ("2025-10-02", set())):
        time_machine.move_to(f"{day}T03:00:00+00:00", tick=False)
        person = User.objects.get(pk=user.pk)
        assert (person.roles, bool(person.ministry_ids)) == (expected, bool(expected))


@pytest.mark.parametrize("role", [Role.STAFF, Role.APPROVER])
def test_staff_act_for_a_ministry(users, role):
    with pytest.raises(IntegrityError, match="membership_ministry_where_needed"):
        actions.add_membership(users["nobody"], role, by=None)


def test_the_last_day_is_not_before_the_first(users):
    with pytest.raises(IntegrityError, match="membership_valid_in_order"):
        Membership.objects.create(user=users["nobody"], role="analyst", valid_from=DAY, valid_to=date(2025, 9, 30))


def test_each_day_has_the_ministries_of_that_day(ministries):
    def names(on):
        return set(Ministry.objects.valid(on=on).values_list("key", flat=True))

    assert names(date(2025, 9, 30)) == {"MOTIE", "MSIT"}
    assert names(date(2025, 10, 1)) == {"MOTIR", "MSIT"}
    former = Ministry.objects.get(key="MOTIE")
    assert former.is_valid(date(2025, 9, 30))
    assert not former.is_valid(date(2025, 10, 1))


def test_a_ministry_has_one_main_successor_and_never_itself(ministries):
    made = {"predecessor": ministries.former, "starts_on": DAY, "function": "trade"}
    for successor, values, constraint in (
        (ministries.other, {"is_main": True}, "succession_one_main"),
        (ministries.former, {}, "succession_of_another"),
        (ministries.lead, {}, "succession_once"),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            MinistrySuccession.objects.create(successor=successor, **made, **values)


def sign_in(client, username, password=PASSWORD, follow="/measures/"):
    return client.post("/accounts/login/", {"login": username, "password": password, "next": follow})


def test_sign_in_leads_to_the_page_that_was_asked_for(client, users):
    first = client.get("/measures/")
    assert (first.status_code, first.headers["Location"]) == (302, "/accounts/login/?next=/measures/")
    answer = sign_in(client, "staff")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/measures/")
    assert client.get("/my-work/").status_code != 302


@pytest.mark.parametrize("username", ["staff", "nobody-at-all"])
def test_a_wrong_password_and_an_unknown_name_are_refused_alike(client, users, username):
    answer = sign_in(client, username, "wrong")
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_closed_account_does_not_sign_in(client, users):
    User.objects.filter(pk=users["staff"].pk).update(is_active=False)
    sign_in(client, "staff")
    assert "_auth_user_id" not in client.session


def test_sign_in_does_not_lead_away_from_the_site(client, users):
    answer = sign_in(client, "staff", follow="https://elsewhere.example/")
    assert answer.headers["Location"] == "/"


def test_nobody_signs_up_alone(client, users):
    before = User.objects.count()
    client.post("/accounts/signup/", {"username": "new", "password1": "a-long-password"})
    assert User.objects.count() == before


def test_the_admin_pages_are_for_administrators(client, users):
    for name in users:
        client.force_login(users[name])
        assert client.get("/admin/").status_code == (200 if name == "admin" else 302)


def test_what_the_admin_writes_is_logged_with_its_actor(client, users, ministries):
    client.force_login(users["admin"])
    empty = {"successions-TOTAL_FORMS": 0, "successions-INITIAL_FORMS": 0}
    values = {"key": "MSIT", "code": "1721000", "name_ko": "과기정통부", "name_en": "MSIT", "confidence": "published"}
    answer = client.post(f"/admin/accounts/ministry/{ministries.other.pk}/change/", values | empty)
    assert answer.status_code == 302
    change = Change.objects.filter(table="accounts_ministry", object_id=ministries.other.pk).latest("sequence")
    assert (change.actor_id, change.verb, change.door) == (users["admin"].pk, "ministry.edited", "page")


def test_what_only_actions_write_is_read_only_in_the_admin(users, rf):
    request = rf.get("/")
    request.user = users["admin"]
    rights = {
        model.__name__: (
            admin.has_add_permission(request),
            admin.has_change_permission(request),
            admin.has_delete_permission(request),
        )
        for model, admin in site._registry.items()
    }
    for name in (
        "ApiToken",
        "Change",
        "StrategicTask",
        "Measure",
        "Milestone",
        "StatusReport",
        "BudgetLine",
        "Indicator",
        "Bill",
    ):
        assert rights[name] == (False, False, False), name


def test_the_way_to_a_new_password_is_offered_where_mail_is_set_up(client, settings, db):
    assert "/accounts/password/reset/" not in client.get("/accounts/login/").content.decode()
    settings.EMAIL_HOST = "mail.example.org"
    assert "/accounts/password/reset/" in client.get("/accounts/login/").content.decode()
    page = client.get("/accounts/password/reset/").content.decode()
    assert 'name="email"' in page and "krds-btn" in page
