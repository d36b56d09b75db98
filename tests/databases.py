"""Databases of the tests: made by the owner of the schema, used as the application's role."""

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

_numbers = itertools.count(1)
# The migrated database without rows, from which others are copied.
empty = ""


def use(name: str) -> None:
    """Point both connections of this process at a database."""
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
        connections.databases[alias]["NAME"] = name


def current() -> str:
    return str(connections["default"].settings_dict["NAME"])


@contextmanager
def made(purpose: str, template: str = "template0") -> Iterator[str]:
    """A new database copied from a template that nobody is connected to; dropped at the end."""
    name = f"test_{purpose}_{os.getpid()}_{next(_numbers)}"
    _run(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
    try:
        yield name
    finally:
        _drop(name)


def _drop(name: str) -> None:
    """Its own processes are ended by force; an autovacuum worker is not ours to end: a plain drop asks it to leave.

    Where both kinds are there, force refuses because of the worker and the plain drop because of the
    process, so the two take turns: once the worker has left, force ends the rest.
    """
    statement = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    for last in (*[False] * 11, True):  # a worker that has just begun leaves late on a busy machine
        try:
            _run(statement + sql.SQL(" WITH (FORCE)"))
        except psycopg.errors.InsufficientPrivilege:
            try:
                _run(statement)
            except psycopg.errors.ObjectInUse:
                if last:
                    raise
                continue
        return


@contextmanager
def used(name: str) -> Iterator[None]:
    """Inside, the process works on this database; afterwards on the former one."""
    former = current()
    use(name)
    try:
        yield
    finally:
        use(former)


def migrate() -> None:
    call_command("migrate", verbosity=0)
    connections["owner"].close()
    connections["default"].close()


def address(name: str, alias: str = "default") -> str:
    """The DATABASE_URL of a database, for another process."""
    values = connections[alias].settings_dict
    password = f":{values['PASSWORD']}" if values["PASSWORD"] else ""
    host = values["HOST"] or "127.0.0.1"
    if host.startswith("/"):
        host = host.replace("/", "%2F")
    return f"postgres://{values['USER']}{password}@{host}:{values['PORT'] or 5432}/{name}"


def _run(statement: sql.Composed) -> None:
    values = connections["owner"].get_connection_params()
    with psycopg.connect(
        host=values.get("host"),
        port=values.get("port"),
        user=values.get("user"),
        password=values.get("password"),
        dbname="postgres",
        autocommit=True,
    ) as connection:
        connection.execute(statement)
