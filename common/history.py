"""Who, why and through which door: the context that the database writes beside every change.

Actions open it; the trigger `history_record` reads it. A write without it is logged as `database`.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, transaction


@dataclass(frozen=True)
class Door:
    """The way a request came in, set once by middleware, command or job."""

    name: str = "command"
    request_id: str = ""


_NO_DOOR = Door()
_door: ContextVar[Door] = ContextVar("door", default=_NO_DOOR)


@contextmanager
def through(name: str, request_id: str = "") -> Iterator[None]:
    """Everything inside is logged as coming through this door."""
    token = _door.set(Door(name, request_id))
    try:
        yield
    finally:
        _door.reset(token)


def name_door(name: str) -> None:
    """Rename the door of the running request (the API does, once it is sure that it is one)."""
    _door.set(replace(_door.get(), name=name))


@contextmanager
def context(*, actor: Any, verb: str, reason: str = "", on_behalf_of: Any = None) -> Iterator[None]:
    """Open the transaction of one action.

    `verb` reads `milestone.completed`. The values live as long as the transaction, so a pooled
    connection never carries them on. Inside another context the outer one is restored at the end.
    """
    door = _door.get()
    values = {
        "actor_id": getattr(actor, "pk", None),
        "on_behalf_of_id": getattr(on_behalf_of, "pk", None),
        "verb": verb,
        "reason": reason,
        "door": door.name,
        "request_id": door.request_id,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('history.context', true)")
        outer = cursor.fetchone()[0] or ""
        cursor.execute("SELECT set_config('history.context', %s, true)", [json.dumps(values)])
        yield
        cursor.execute("SELECT set_config('history.context', %s, true)", [outer])
