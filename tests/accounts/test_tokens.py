"""API tokens: shown once, kept as a digest, dead when expired, revoked or the account is closed."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import ApiToken
from accounts.tokens import create_token, digest, find_token
from common.errors import Invalid
from tasks.models import Change

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(users):
    return create_token(users["analyst"], by=users["admin"], name="notebook")


def asked(client, token, scheme="Bearer"):
    return client.get("/api/v1/me/", headers={"authorization": f"{scheme} {token}"})


def test_a_token_speaks_for_its_user(client, users, token):
    response = asked(client, token)
    assert response.status_code == 200
    assert response.json()["username"] == "analyst"
    assert response.json()["token"]["name"] == "notebook"


def test_the_plain_token_is_kept_nowhere(token):
    row = ApiToken.objects.get()
    assert token not in str(ApiToken.objects.values().get())
    assert row.digest == digest(token)
    logged = str(list(Change.objects.filter(table="accounts_apitoken").values()))
    assert token not in logged
    assert row.digest not in logged


def test_a_digest_is_keyed_by_the_secret_of_the_server(token, settings):
    settings.SECRET_KEY = "another"
    assert find_token(token) is None


def test_a_token_dies_when_it_expires(client, token, time_machine):
    row = ApiToken.objects.get()
    time_machine.move_to(row.expires_at - timedelta(seconds=1), tick=False)
    assert asked(client, token).status_code == 200
    time_machine.move_to(row.expires_at, tick=False)
    assert asked(client, token).status_code == 401


def test_a_revoked_token_is_refused_on_the_next_request(client, token):
    assert asked(client, token).status_code == 200
    ApiToken.objects.update(revoked_at=timezone.now())
    response = asked(client, token)
    assert (response.status_code, response.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_a_token_of_a_closed_account_is_refused(client, users, token):
    users["analyst"].is_active = False
    users["analyst"].save()
    assert asked(client, token).status_code == 401


@pytest.mark.parametrize("text", ["st_unknown", "", "st_ ü", "a b"])
def test_anything_else_is_refused_alike(client, users, text):
    response = asked(client, text)
    assert response.status_code == 401
    assert "unknown, expired or revoked" in response.content.decode() or response.json()["status"] == 401


def test_a_token_writes_nothing(client, token, strategy_tree):
    before = Change.objects.count()
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(client, method)("/api/v1/milestones/", headers={"authorization": f"Bearer {token}"})
        assert answer.status_code == 405
    assert Change.objects.count() == before


@pytest.mark.parametrize("values", [{"days": 0}, {"days": 366}, {"scope": "write"}])
def test_a_token_that_lives_too_long_or_may_too_much_is_not_made(users, values):
    with pytest.raises(Invalid):
        create_token(users["analyst"], by=None, name="x", **values)
    assert not ApiToken.objects.exists()


def test_the_command_prints_a_token_that_works(client, users):
    out = StringIO()
    call_command("create_token", "analyst", days=1, stdout=out)
    assert asked(client, out.getvalue().strip()).status_code == 200


@pytest.mark.parametrize(("user", "days"), [("nobody-at-all", 1), ("analyst", 400)])
def test_the_command_says_what_is_wrong(users, user, days):
    with pytest.raises(CommandError):
        call_command("create_token", user, days=days)
