"""The history of one object as a page shows it, read from the change log. What a row may show was asked before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from common.templatetags.display import bp_percent, day, won_full
from tasks.choices import method_label
from tasks.models import Change

DOORS = {
    "page": gettext_lazy("page"),
    "api": gettext_lazy("API"),
    "import": gettext_lazy("import"),
    "job": gettext_lazy("job"),
    "command": gettext_lazy("command"),
    "database": gettext_lazy("database"),
}
VERBS = {
    "milestone.updated": gettext_lazy("Progress reported"),
    "milestone.started": gettext_lazy("Started"),
    "milestone.completed": gettext_lazy("Completed"),
    "milestone.suspended": gettext_lazy("Suspended"),
    "milestone.resumed": gettext_lazy("Resumed"),
    "milestone.cancelled": gettext_lazy("Cancelled"),
    "milestone.reopened": gettext_lazy("Reopened"),
    "report.accepted": gettext_lazy("Report accepted"),
    "report.withdrawn": gettext_lazy("Report withdrawn"),
    "plan.revised": gettext_lazy("Plan revised"),
    "plan.reassigned": gettext_lazy("Handed over"),
    "renamed": gettext_lazy("Renamed"),
    # Of other nouns by their last word.
    "created": gettext_lazy("Registered"),
    "changed": gettext_lazy("Changed"),
    "edited": gettext_lazy("Changed"),
    "recorded": gettext_lazy("Recorded"),
    "observed": gettext_lazy("Recorded"),
    "judged": gettext_lazy("Recorded"),
    "taken": gettext_lazy("Recorded"),
    "set": gettext_lazy("Recorded"),
    "added": gettext_lazy("Added"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "seeded": gettext_lazy("Loaded with the starter data"),
    "deleted": gettext_lazy("Deleted"),
    "insert": gettext_lazy("Inserted"),
    "update": gettext_lazy("Changed"),
    "delete": gettext_lazy("Deleted"),
}
SILENT = {"id", "uuid", "version", "code", "key", "recorded_at"}
# Of a new row these stand on the page beside it.
UNTOLD = {"precision", "confidence", "source", "source_note", "sources"}


@dataclass(frozen=True)
class ColumnChange:
    label: str
    before: Any
    after: Any


@dataclass(frozen=True)
class HistoryItem:
    """Who, when, what, why, through which door."""

    what: str
    who: str
    at: datetime
    door: str
    reason: str
    changes: list[ColumnChange] = field(default_factory=list)


def history_of(
    obj: models.Model, reader: Any, below: Sequence[models.Model] = (), limit: int = 50
) -> list[HistoryItem]:
    """The latest changes of one row, and of rows of one noun below it, newest first.

    What is below was found visible, as the row itself; names of other rows are those that the reader may see.
    """
    where = Q(table=obj._meta.db_table, object_id=obj.pk)
    where |= Q(table__in={row._meta.db_table for row in below}, object_id__in=[row.pk for row in below])
    rows = list(Change.objects.filter(where)[:limit])
    people = User.objects.in_bulk({row.actor_id for row in rows if row.actor_id})
    found = {model._meta.db_table: model for model in (*(type(row) for row in below[:1]), type(obj))}
    shown = [row for row in rows if row.operation == "update" or row.table != obj._meta.db_table]
    names = {
        table: _names(model, [row for row in shown if row.table == table], reader) for table, model in found.items()
    }
    return [_item(row, type(obj), found[row.table], people, names[row.table]) for row in rows]


def _item(
    row: Change, of: type[models.Model], model: type[models.Model], people: dict[int, User], names: dict[Any, str]
) -> HistoryItem:
    """Of the row itself an insert shows no columns: they stand on its page."""
    changes = [] if row.operation == "insert" and model is of else _column_changes(row, model, names)
    return HistoryItem(
        what=_what(row.verb, model, is_own=model is of),
        who=_who(row, people),
        at=row.at,
        door=str(DOORS.get(row.door, row.door)),
        reason=row.reason,
        changes=changes,
    )


def _what(verb: str, model: type[models.Model], *, is_own: bool) -> str:
    last = verb.rpartition(".")[2].rpartition("_")[2]
    words = str(VERBS.get(verb) or VERBS.get(last) or verb)
    return words if is_own else f"{capfirst(model._meta.verbose_name)}: {words}"


def _who(row: Change, people: dict[int, User]) -> str:
    if row.actor_id:
        return str(people.get(row.actor_id) or _("a former user"))
    return row.database_role if row.door == "database" else _("system")


def _column_changes(row: Change, model: type[models.Model], names: dict[Any, str]) -> list[ColumnChange]:
    before, after = row.before or {}, row.after or {}
    found = []
    silent = SILENT | UNTOLD if row.operation == "insert" else SILENT
    for column in (each for each in model._meta.concrete_fields if each.column in after):
        if column.column not in silent and (row.operation != "insert" or not column.is_relation):
            shown = [_shown(column, values.get(column.column), names) for values in (before, after)]
            if row.operation != "insert" or shown[1] is not None:
                found.append(ColumnChange(_label(column), *shown))
    return found


def _label(column: models.Field) -> str:
    return _("Progress") if column.column == "progress_bp" else _(str(capfirst(column.verbose_name)))


def _shown(column: models.Field, value: Any, names: dict[Any, str]) -> Any:
    if value is None or value == "":
        return None
    if column.is_relation:
        return names.get((column.column, value), _("not visible to you"))
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if column.name == "method":
        return method_label(value)
    if str(column.column).endswith("_bp"):
        return bp_percent(value)
    if str(column.column).endswith("_won"):
        return won_full(value)
    if isinstance(column, models.DateField) and not isinstance(column, models.DateTimeField):
        return day(parse_date(value))
    return value


def _names(model: type[models.Model], rows: list[Change], reader: Any) -> dict[Any, str]:
    """Texts of the rows that foreign keys point to: one query for each column that changed."""
    names: dict[Any, str] = {}
    for column in (each for each in model._meta.concrete_fields if each.is_relation):
        versions = [values for row in rows for values in (row.before, row.after)]
        ids = {values[column.column] for values in versions if values and values.get(column.column)}
        if ids:
            target: Any = column.related_model
            manager = target._default_manager
            visible = manager.visible_to(reader) if hasattr(manager, "visible_to") else manager.all()
            names |= {(column.column, pk): str(obj) for pk, obj in visible.in_bulk(ids).items()}
    return names
