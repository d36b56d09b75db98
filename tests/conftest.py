"""Fixtures of every test: a real PostgreSQL, one user for each role, a small tree."""

from collections.abc import Iterator
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as profiles

from tests import databases

# A busy machine is no fault of a test: nothing here is judged by the clock.
profiles.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
profiles.load_profile("patient")

# Minutes each, in one test or a few: first, so that neither worker ends with one of them alone.
LONGEST = (
    "tests/truth/test_truth.py",
    "tests/architecture/test_permission_matrix.py",
    "tests/journeys/test_pages.py",
    "tests/architecture/test_past.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """One furnished database for the session; ordinary tests roll back in it, so they share what stands there."""
    from tests import furniture

    with django_db_blocker.unblock(), databases.made("empty") as empty:
        with databases.used(empty):
            databases.migrate()
        with databases.made("session", empty) as name, databases.used(name):
            databases.empty = empty
            furniture.furnish()
            yield


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """An empty database of its own in which commits are real: for workers, relay, threads, isolation."""
    with django_db_blocker.unblock(), databases.made("committed", databases.empty) as name, databases.used(name):
        yield name


@pytest.fixture(scope="session")
def seeded_template(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The real strategy and the demo accounts, loaded once, to be copied."""
    from django.core.management import call_command
    from django.utils import timezone

    from tasks import rollups

    with django_db_blocker.unblock(), databases.made("seeded", databases.empty) as name:
        with databases.used(name):
            call_command("seed_strategy", verbosity=0, stdout=StringIO())
            call_command("seed_demo", verbosity=0, stdout=StringIO())
            rollups.store_money()
            rollups.keep_what_is_due(timezone.localdate())
        yield name


@pytest.fixture
def seeded_db(seeded_template: str, django_db_blocker: Any) -> Iterator[str]:
    """A copy of the real strategy in which commits are real."""
    with django_db_blocker.unblock(), databases.made("copy", seeded_template) as name, databases.used(name):
        yield name


@pytest.fixture
def reader(seeded_db: str) -> Any:
    """Somebody without a role, reading the real strategy in English."""
    from django.test import Client

    from accounts.models import User

    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.create(username="reader"))
    return client


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Any) -> None:
    """Files that a test keeps lie in a folder of its own."""
    settings.MEDIA_ROOT = str(tmp_path / "media")


PASSWORD = "a-password-for-tests"


@pytest.fixture
def ministries(db: None) -> SimpleNamespace:
    """`lead` leads, `other` answers for some milestones, `former` was succeeded by `lead`."""
    from tests import furniture

    return furniture.ministries()


@pytest.fixture
def users(db: None) -> dict[str, Any]:
    """One user for each demo account's name, and `nobody` (no role); `staff` is cleared internal, `analyst` public."""
    from tests import furniture

    return furniture.users()


@pytest.fixture
def strategy_tree(db: None) -> SimpleNamespace:
    """A strategy with two tasks; measure T1-1 (with T1-1.1), internal T1-2, T2-1; six milestones, figures stored."""
    from tests import furniture

    return furniture.tree()
