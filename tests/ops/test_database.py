"""A DATABASE_URL from outside: an administrator's makes the roles, anybody else's runs or is told what to run."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest

from ops import database, environment
from ops.errors import Refusal
from ops.servers import Postgres
from tests.ops import launching


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    """A server of its own, for roles belong to a whole server."""
    with pytest.MonkeyPatch.context() as patch, launching.folder() as path:
        patch.setenv("VAR_DIR", str(path))
        postgres = Postgres(throwaway=True)
        postgres.start()
        yield postgres
        postgres.child.ask_to_end()
        postgres.child.finish(10)


@pytest.fixture
def admin(server: Postgres) -> Iterator[psycopg.Connection]:
    with psycopg.connect(server.url, autocommit=True) as connection:
        yield connection


def address(server: Postgres, role: str, name: str) -> str:
    return f"postgresql://{role}:p@127.0.0.1:{server.port}/{name}"


def may(url: str, statement: str) -> bool:
    with psycopg.connect(url) as connection:
        try:
            connection.execute(statement)
        except psycopg.errors.InsufficientPrivilege:
            return False
    return True


def test_an_administrator_gets_a_database_with_two_roles(server: Postgres) -> None:
    made = database.prepare(server.url)
    assert urlsplit(made.application).path == "/strategy"
    assert may(made.owner, "CREATE TABLE ours ()")
    assert not may(made.application, "CREATE TABLE mine ()")
    assert may(made.application, "CREATE TEMPORARY TABLE passing ()")
    assert database.prepare(server.url) == made


def test_a_named_database_is_the_one_that_is_used(server: Postgres) -> None:
    made = database.prepare(server.url.rpartition("/")[0] + "/named")
    assert urlsplit(made.owner).path == "/named"
    assert urlsplit(made.owner).username == "named_owner"


def test_a_role_that_may_create_roles_is_enough(server: Postgres, admin: psycopg.Connection) -> None:
    admin.execute("CREATE ROLE boss LOGIN PASSWORD 'p' CREATEROLE CREATEDB")
    made = database.prepare(address(server, "boss", "bossed"))
    assert may(made.owner, "CREATE TABLE ours ()")
    assert not may(made.application, "CREATE TABLE mine ()")


def test_a_lost_password_is_made_anew(server: Postgres, admin: psycopg.Connection) -> None:
    database.prepare(server.url)
    admin.execute("ALTER ROLE strategy_app PASSWORD 'another'")
    psycopg.connect(database.prepare(server.url).application).close()


def test_an_ordinary_role_without_a_schema_is_told_the_sql(server: Postgres, admin: psycopg.Connection) -> None:
    admin.execute("CREATE ROLE plain LOGIN PASSWORD 'p'")
    admin.execute("CREATE DATABASE plain OWNER plain")
    with pytest.raises(Refusal, match=r"CREATE ROLE plain_owner LOGIN .*ALTER DATABASE plain OWNER TO plain_owner"):
        database.prepare(address(server, "plain", "plain"))


def test_an_ordinary_role_runs_on_the_schema_of_another(server: Postgres, admin: psycopg.Connection) -> None:
    made = database.prepare(server.url)
    with psycopg.connect(made.owner) as connection:
        connection.execute("CREATE TABLE django_migrations ()")
    assert database.prepare(made.application) == database.Addresses(made.application, made.application)


def test_the_secrets_stand_in_the_folder_of_the_installation(server: Postgres) -> None:
    database.prepare(server.url)
    assert environment.secret("strategy_app password") in database.prepare(server.url).application
