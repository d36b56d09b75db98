"""What of the plan a row belongs to: who follows one of these hears of the row."""

from collections.abc import Iterator
from typing import Any

from django.db import models

from tasks.models import Comment, Measure
from tasks.named_rows import PERSONAL, followed_models, seen_models

Named = tuple[str, int | None]


def around(row: Any) -> set[Named]:
    """The row, what it hangs on, what these name (ministries, bills, commitments), and the tree above."""
    steps = list(_way(row))
    if isinstance(row, Comment):
        steps += list(_way(row.about))
    found = {(step._meta.db_table, step.pk) for step in steps}
    for step in steps:
        found |= set(_named_by(step))
    keys = [key for table, key in found if table == Measure._meta.db_table]
    for path, task in Measure.objects.filter(pk__in=keys).values_list("path", "strategic_task"):
        found |= {(Measure._meta.db_table, key) for key in path} | {("tasks_strategictask", task)}
    return found


def _way(row: Any) -> Iterator[Any]:
    """The row and those that it hangs on, by the way to its tier."""
    yield row
    *way, _tier = getattr(row._meta.default_manager.all(), "tier_path", "").split("__")
    for name in way:
        row = getattr(row, name, None)
        if row is None:
            return
        yield row


def _named_by(row: models.Model) -> Iterator[Named]:
    for field in row._meta.concrete_fields:
        target: Any = field.related_model if field.is_relation else None
        key = getattr(row, field.attname) if target else None
        if key is not None and target._meta.label_lower in followed_models():
            yield target._meta.db_table, key


def is_told(table: str) -> bool:
    """Whether changes of this table are news for who follows something."""
    return table in seen_models() and table not in PERSONAL
