"""The two roles and the database: an owner that changes the schema, an application that only reads and writes rows."""

from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import psycopg
import redis
from psycopg import sql

from ops.console import say
from ops.environment import secret
from ops.errors import Refusal

DATABASE = "strategy"
# Addresses of these databases name a server rather than a place for our tables.
MAINTENANCE = {"", "postgres", "template1"}


@dataclass(frozen=True)
class Addresses:
    """Where the application and the owner of the schema connect."""

    application: str
    owner: str

    def as_environment(self, administrator: str | None = None) -> dict[str, str]:
        values = {"DATABASE_URL": self.application, "DATABASE_OWNER_URL": self.owner}
        return values | ({"DATABASE_ADMIN_URL": administrator} if administrator else {})


def prepare(given: str, *, may_create_databases: bool = False) -> Addresses:
    """Make what is missing on the server at `given`, an address of an administrator, or explain what is.

    An address whose role may not create roles is taken as the application's, when another role owns the schema.
    """
    name = urlsplit(given).path.lstrip("/")
    database = DATABASE if name in MAINTENANCE else unquote(name)
    owner, application = f"{database}_owner", f"{database}_app"
    passwords = {role: secret(f"{role} password") for role in (owner, application)}
    try:
        with connect(given if database == name else _to_database(given, "postgres"), fallback="postgres") as server:
            if not _may_create_roles(server):
                _require_schema(server, given)
                return Addresses(given, given)
            _ensure_role(server, given, owner, passwords[owner], "CREATEDB" if may_create_databases else "NOCREATEDB")
            _ensure_role(server, given, application, passwords[application], "NOCREATEDB")
            # An administrator who is no superuser hands things over to a role only as its member.
            server.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(owner)))
            new = _ensure_database(server, database, owner)
        with connect(_to_database(given, database)) as inside:
            _grant(inside, database, owner, application, new=new)
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise Refusal(f"the roles at {without_password(given)} could not be prepared: {reason}") from None
    return Addresses(
        application=_as_role(given, application, passwords[application], database),
        owner=_as_role(given, owner, passwords[owner], database),
    )


def connect(url: str, *, fallback: str | None = None) -> psycopg.Connection:
    """A connection that commits each statement; the reason of a failure as one sentence without the password."""
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as error:
        if fallback and "does not exist" in str(error) and "database" in str(error):
            return connect(_to_database(url, fallback))
        reason = str(error).strip().splitlines()[0].rpartition(" failed: ")[2]
        raise Refusal(f"the database at {without_password(url)} cannot be reached: {reason}") from None
    except psycopg.ProgrammingError:  # its words would show the password
        raise Refusal(
            "DATABASE_URL is no address of a PostgreSQL database: postgresql://user:password@host/name"
        ) from None


def require_redis(url: str) -> None:
    """The broker and cache must answer."""
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        raise Refusal(f"the Redis at {without_password(url)} cannot be reached: {error}") from None


def without_password(url: str) -> str:
    """An address that may be shown."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":…@")))


def _may_create_roles(server: psycopg.Connection) -> bool:
    row = server.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user").fetchone()
    return bool(row and row[0])


def _require_schema(server: psycopg.Connection, given: str) -> None:
    """The application's role may run once somebody else owns a migrated schema."""
    row = server.execute(
        "SELECT tableowner <> current_user FROM pg_tables "
        "WHERE schemaname = 'public' AND tablename = 'django_migrations'"
    ).fetchone()
    if row and row[0]:
        return
    name = server.info.dbname
    raise Refusal(
        f"the role {server.info.user} at {without_password(given)} may not create roles, and no other role owns a "
        f"schema there: let an administrator run `CREATE ROLE {name}_owner LOGIN PASSWORD '…'; CREATE ROLE {name}_app "
        f"LOGIN PASSWORD '…'; ALTER DATABASE {name} OWNER TO {name}_owner;` and set DATABASE_URL to the address of "
        f"{name}_app and DATABASE_OWNER_URL to that of {name}_owner"
    )


def _ensure_role(server: psycopg.Connection, given: str, role: str, password: str, extra: str) -> None:
    """A role with the password of this checkout; `extra` is an attribute, for a new role only."""
    known = server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    if known and _enters(_as_role(given, role, password, server.info.dbname)):
        return
    start = sql.SQL("ALTER ROLE {} LOGIN" if known else f"CREATE ROLE {{}} LOGIN {extra}").format(sql.Identifier(role))
    server.execute(sql.SQL("{} PASSWORD {}").format(start, sql.Literal(password)))
    if known:
        say(f"the role {role} was there already: it has a new password")


def _enters(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError as error:
        return "password authentication failed" not in str(error)
    return True


def _ensure_database(server: psycopg.Connection, database: str, owner: str) -> bool:
    """Whether it is new."""
    if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        return False
    builtin = server.info.server_version >= 170000
    order = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'" if builtin else ""
    server.execute(
        sql.SQL(f"CREATE DATABASE {{}} OWNER {{}} TEMPLATE template0 ENCODING 'UTF8' {order}").format(
            sql.Identifier(database), sql.Identifier(owner)
        )
    )
    return True


def _grant(inside: psycopg.Connection, database: str, owner: str, application: str, *, new: bool) -> None:
    """The owner may create, the application enter and use temporary tables; its rights on tables come with `migrate`.

    A database that others may use already keeps its doors open to them.
    """
    names = {"db": sql.Identifier(database), "owner": sql.Identifier(owner), "app": sql.Identifier(application)}
    for statement in (
        *(["REVOKE ALL ON DATABASE {db} FROM PUBLIC"] if new else []),
        "GRANT CONNECT, CREATE, TEMPORARY ON DATABASE {db} TO {owner}",
        "GRANT CONNECT, TEMPORARY ON DATABASE {db} TO {app}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "GRANT ALL ON SCHEMA public TO {owner}",
        "GRANT USAGE ON SCHEMA public TO {app}",
    ):
        inside.execute(sql.SQL(statement).format(**names))


def _to_database(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{quote(database)}"))


def _as_role(url: str, role: str, password: str, database: str) -> str:
    host = urlsplit(url).netloc.rpartition("@")[2]
    return urlunsplit(urlsplit(url)._replace(netloc=f"{role}:{quote(password)}@{host}", path=f"/{quote(database)}"))
