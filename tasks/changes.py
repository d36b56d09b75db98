"""The history of one object as a page shows it, read from the change log. What a row may show was asked before."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from common.templatetags.display import bp_percent, day
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
    "milestone.created": gettext_lazy("Registered"),
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
    "measure.created": gettext_lazy("Registered"),
    "insert": gettext_lazy("Inserted"),
    "update": gettext_lazy("Changed"),
    "delete": gettext_lazy("Deleted"),
}
SILENT = {"id", "uuid", "version", "code", "key"}


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


def history_of(obj: models.Model, reader: Any, limit: int = 50) -> list[HistoryItem]:
    """The latest changes of one row, newest first. Names of other rows are those that the reader may see."""
    rows = list(Change.objects.filter(table=obj._meta.db_table, object_id=obj.pk)[:limit])
    people = User.objects.in_bulk({row.actor_id for row in rows if row.actor_id})
    names = _names(type(obj), rows, reader)
    return [_item(row, type(obj), people, names) for row in rows]


def _item(row: Change, model: type[models.Model], people: dict[int, User], names: dict[Any, str]) -> HistoryItem:
    changes = [] if row.operation == "insert" else _column_changes(row, model, names)
    return HistoryItem(
        what=str(VERBS.get(row.verb, row.verb)),
        who=_who(row, people),
        at=row.at,
        door=str(DOORS.get(row.door, row.door)),
        reason=row.reason,
        changes=changes,
    )


def _who(row: Change, people: dict[int, User]) -> str:
    if row.actor_id:
        return str(people.get(row.actor_id) or _("a former user"))
    return row.database_role if row.door == "database" else _("system")


def _column_changes(row: Change, model: type[models.Model], names: dict[Any, str]) -> list[ColumnChange]:
    before, after = row.before or {}, row.after or {}
    found = []
    for column in (each for each in model._meta.concrete_fields if each.column in after):
        if column.column not in SILENT:
            shown = [_shown(column, values.get(column.column), names) for values in (before, after)]
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
    if str(column.column).endswith("_bp"):
        return bp_percent(value)
    if isinstance(column, models.DateField) and not isinstance(column, models.DateTimeField):
        return day(parse_date(value))
    return value


def _names(model: type[models.Model], rows: list[Change], reader: Any) -> dict[Any, str]:
    """Texts of the rows that foreign keys point to: one query for each column that changed."""
    names: dict[Any, str] = {}
    for column in (each for each in model._meta.concrete_fields if each.is_relation):
        versions = [values for row in rows if row.operation == "update" for values in (row.before, row.after)]
        ids = {values[column.column] for values in versions if values and values.get(column.column)}
        if ids:
            target: Any = column.related_model
            manager = target._default_manager
            visible = manager.visible_to(reader) if hasattr(manager, "visible_to") else manager.all()
            names |= {(column.column, pk): str(obj) for pk, obj in visible.in_bulk(ids).items()}
    return names
