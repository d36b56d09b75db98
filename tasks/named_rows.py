"""Rows as the change log names them: by table and id, whatever their noun. Imports no model of this package."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst

# What belongs to one person: nobody else follows it.
PERSONAL = ("accounts_delegation", "tasks_follow", "tasks_notification", "tasks_notificationpreference")


@cache
def seen_models() -> dict[str, Any]:
    """By table the nouns whose rows a reader may or may not see, those of the domains among them."""
    return {
        model._meta.db_table: model
        for model in apps.get_models()
        if model._meta.managed and hasattr(model._default_manager.all(), "visible_to") and hasattr(model, "uuid")
    }


@cache
def followed_models() -> dict[str, Any]:
    """By label (`tasks.milestone`) the nouns that can be followed: their rows have a page."""
    return {
        model._meta.label_lower: model
        for table, model in seen_models().items()
        if hasattr(model, "get_absolute_url") and table not in PERSONAL
    }


def name_of(row: models.Model) -> dict[str, Any]:
    """How rows that point anywhere name this one."""
    return {"table": row._meta.db_table, "object_id": row.pk}


def row_named(table: str, key: int | None, user: Any) -> Any:
    """The row, as far as the user may see it; else None."""
    model = seen_models().get(table)
    return None if model is None or key is None else model._default_manager.visible_to(user).filter(pk=key).first()


def rows_named(names: Iterable[tuple[str, int | None]], user: Any) -> dict[tuple[str, int | None], Any]:
    """The same of many, one query for each table."""
    wanted: dict[str, set[int]] = {}
    for table, key in names:
        if key is not None and table in seen_models():
            wanted.setdefault(table, set()).add(key)
    return {
        (table, key): row
        for table, keys in wanted.items()
        for key, row in seen_models()[table]._default_manager.visible_to(user).in_bulk(keys).items()
    }


def sees(user: Any, row: models.Model) -> bool:
    """Whether the user may see this row now."""
    model: Any = type(row)
    return bool(model._default_manager.visible_to(user).filter(pk=row.pk).exists())


def pointing_at(tables: Iterable[str], narrowed: Callable[[Any], Any]) -> Q:
    """Rows that point to one of those that `narrowed` leaves of each table."""
    found = Q(pk=None)
    for table in tables:
        model = seen_models().get(table)
        if model is not None:
            found |= Q(table=table, object_id__in=narrowed(model._default_manager.all()).values("pk"))
    return found


def words_of(row: Any) -> str:
    """A row as a list names it: its code and its title."""
    said = str(getattr(row, "title", "") or getattr(row, "name", "") or capfirst(str(row)))
    code = getattr(row, "code", "") or ""
    return f"{code} {said}" if code and not said.startswith(code) else said
