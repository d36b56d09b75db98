"""The history of one object as a page shows it, read from the change log. What a row may show was asked before."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from common import past
from common.records import own_words
from common.templatetags.display import bp_percent, exact_day, won_full
from tasks.choices import method_label
from tasks.desks import Stay, Written, stays
from tasks.models import Change, Measure, Milestone, PlanVersion, StatusReport, StrategicTask

DOORS = {
    "page": gettext_lazy("page"),
    "api": gettext_lazy("API"),
    "import": gettext_lazy("import"),
    "job": gettext_lazy("job"),
    "command": gettext_lazy("command"),
    "seed": gettext_lazy("starter data"),
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
    "person.handed_over": gettext_lazy("Handed over to a successor"),
    "plan.revised": gettext_lazy("Plan revised"),
    "plan.reassigned": gettext_lazy("Handed over"),
    "renamed": gettext_lazy("Renamed"),
    "meeting.planned": gettext_lazy("Planned"),
    "risk.closed": pgettext_lazy("risk", "Closed"),
    # Of other nouns by their last word.
    "posted": gettext_lazy("Written"),
    "corrected": gettext_lazy("Corrected"),
    "created": gettext_lazy("Registered"),
    "changed": gettext_lazy("Changed"),
    "edited": gettext_lazy("Changed"),
    "recorded": gettext_lazy("Recorded"),
    "declared": gettext_lazy("Recorded"),
    "assessed": gettext_lazy("Recorded"),
    "planned": gettext_lazy("Recorded"),
    "disputed": gettext_lazy("Recorded"),
    "answered": gettext_lazy("Answered"),
    "observed": gettext_lazy("Recorded"),
    "judged": gettext_lazy("Recorded"),
    "taken": gettext_lazy("Recorded"),
    "opened": gettext_lazy("Opened"),
    "closed": gettext_lazy("Closed"),
    "reopened": gettext_lazy("Reopened"),
    "set": gettext_lazy("Recorded"),
    "added": gettext_lazy("Added"),
    "raised": gettext_lazy("Recorded"),
    "occurred": gettext_lazy("Occurred"),
    "mitigated": gettext_lazy("Mitigated"),
    "held": gettext_lazy("Held"),
    "cancelled": pgettext_lazy("meeting", "Cancelled"),
    "done": gettext_lazy("Done"),
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
# How many changes the page of a row shows.
SHOWN = 50
# Dates whose precision has another name than theirs.
PRECISIONS = {"current_due": "due_precision", "baseline_due": "due_precision", "reported_on": "completed_precision"}
# The day of which a row speaks that hangs on another: a level, a value, a verdict, a light, an event.
DAYS = (
    "effective_on",
    "observed_on",
    "judged_on",
    "assessed_on",
    "given_on",
    "disputed_on",
    "happened_on",
    "decided_on",
)
# The column of a plan version that names its node.
PLAN_OF = {StrategicTask: "strategic_task", Measure: "measure", Milestone: "milestone"}
Version = dict[str, Any]


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
    # The day of which it speaks, where that is not the day of its recording.
    holds_from: Any = None


def history_of(obj: models.Model, reader: Any, below: Sequence[models.Model] = ()) -> list[HistoryItem]:
    """The latest changes of one row, and of rows below it, newest first.

    What is below was found visible, as the row itself; names of other rows are those that the reader may see.
    """
    found: dict[str, type[models.Model]] = {row._meta.db_table: type(row) for row in (*below, obj)}
    where = Q()
    for table, model in found.items():
        where |= Q(table=table, object_id__in=[row.pk for row in (*below, obj) if type(row) is model])
    rows = list(Change.objects.filter(where, *_written_by_then())[:SHOWN])
    people = User.objects.in_bulk({key for row in rows for key in (row.actor_id, row.on_behalf_of_id) if key})
    # Of a new row no links to others are shown.
    updates = [row for row in rows if row.operation == "update"]
    names = {
        table: _names(model, [row for row in updates if row.table == table], reader) for table, model in found.items()
    }
    versions = _whole_versions(rows, (obj, *below))
    days = _days(rows, obj, found, versions, reader)
    items = (_item(row, type(obj), found[row.table], people, names[row.table], versions[row.sequence]) for row in rows)
    return [replace(item, holds_from=days.get(row.sequence)) for item, row in zip(items, rows, strict=True)]


def way_of(report: StatusReport) -> list[Stay]:
    """In which states and on which desks a report has been, by the change log."""
    rows = Change.objects.filter(*_written_by_then(), table=report._meta.db_table, object_id=report.pk)
    written, status, endorsed = [], "", None
    for row in rows.order_by("sequence"):
        after = row.after or {}
        status, endorsed = after.get("status", status), after.get("endorsed_at", endorsed)
        written.append(Written(row.at, status, endorsed is not None))
    steps = report.milestone.measure.strategic_task.strategy.review_steps
    return stays(written, steps=steps, now=timezone.now(), day=timezone.localdate)


def _written_by_then() -> list[Q]:
    """On a past day only what had been written by its end, and by the moment of knowing."""
    asked = past.current()
    if asked is None:
        return []
    end = timezone.make_aware(datetime.combine(asked.as_of, time.max))
    return [Q(at__lte=min(end, asked.known_at or end))]


def _whole_versions(rows: list[Change], now: Sequence[models.Model]) -> dict[int, tuple[Version, Version]]:
    """Every column before and after each change, newest first, from what stands now: the log holds what changed."""
    standing = {
        (row._meta.db_table, row.pk): {each.column: each.value_from_object(row) for each in row._meta.concrete_fields}
        for row in now
    }
    found = {}
    for row in rows:
        after = standing.get((row.table, row.object_id), {}) | (row.after or {})
        before = after | (row.before or {})
        found[row.sequence] = before, after
        standing[row.table, row.object_id] = before
    return found


def _days(
    rows: list[Change],
    obj: models.Model,
    found: dict[str, type[models.Model]],
    versions: dict[int, tuple[Version, Version]],
    reader: Any,
) -> dict[int, Any]:
    """By sequence the day of which a change speaks, as exactly as it is known, where it was recorded on another."""
    known = {
        row.sequence: (parse_date(str(after[name])), after.get("precision", ""))
        for row in rows
        for after in [versions[row.sequence][1]]
        for name in DAYS
        if found[row.table] is not type(obj) and after.get(name)
    }
    known |= _days_of_node(rows, obj, reader)
    recorded = {row.sequence: timezone.localdate(row.at) for row in rows}
    return {key: exact_day(day, sure) for key, (day, sure) in known.items() if day and day != recorded[key]}


def _days_of_node(rows: list[Change], obj: models.Model, reader: Any) -> dict[int, tuple[date, str]]:
    """A node changes by the plan or report that the same action wrote just before."""
    if not isinstance(obj, StrategicTask | Measure | Milestone):
        return {}
    rows_of_it: list[Any] = []
    with past.today():
        rows_of_it += PlanVersion.objects.visible_to(reader).filter(**{PLAN_OF[type(obj)]: obj.pk})
        if isinstance(obj, Milestone):
            rows_of_it += StatusReport.objects.visible_to(reader).filter(milestone=obj)
    spoken = {(type(row)._meta.db_table, row.pk): row for row in rows_of_it}
    where = Q(table__in={table for table, _key in spoken}, object_id__in={key for _table, key in spoken})
    written = Change.objects.filter(where, transaction_id__in={row.transaction_id for row in rows})
    steps = [step for step in written.order_by("sequence") if (step.table, step.object_id) in spoken]
    days = {}
    for row in (each for each in rows if each.operation == "update" and each.table == obj._meta.db_table):
        act = row.transaction_id, row.verb
        before = [step for step in steps if (step.transaction_id, step.verb) == act and step.sequence < row.sequence]
        if before:
            told = spoken[before[-1].table, before[-1].object_id]
            days[row.sequence] = told.effective_on, getattr(told, "completed_precision", "")
    return days


def _item(
    row: Change,
    of: type[models.Model],
    model: type[models.Model],
    people: dict[int, User],
    names: dict[Any, str],
    versions: tuple[Version, Version],
) -> HistoryItem:
    """Of the row itself an insert shows no columns: they stand on its page."""
    changes = [] if row.operation == "insert" and model is of else _column_changes(row, model, names, versions)
    return HistoryItem(
        what=what_happened(row.verb, model, is_own=model is of),
        who=_who(row, people),
        at=row.at,
        door=str(DOORS.get(row.door, row.door)),
        reason=own_words(row.reason),
        changes=changes,
    )


def what_happened(verb: str, model: type[models.Model], *, is_own: bool) -> str:
    """What was done to a row, in words; of another row than the page's own its noun first."""
    last = verb.rpartition(".")[2].rpartition("_")[2]
    words = str(VERBS.get(verb) or VERBS.get(last) or verb)
    return words if is_own else f"{capfirst(model._meta.verbose_name)}: {words}"


def _who(row: Change, people: dict[int, User]) -> str:
    if row.actor_id:
        who = str(people.get(row.actor_id) or _("a former user"))
        behalf = people.get(row.on_behalf_of_id or 0)
        return _("%(who)s in place of %(person)s") % {"who": who, "person": behalf} if behalf else who
    return row.database_role if row.door == "database" else _("system")


def _column_changes(
    row: Change, model: type[models.Model], names: dict[Any, str], versions: tuple[Version, Version]
) -> list[ColumnChange]:
    before, after = row.before or {}, row.after or {}
    told = {_precision_of(column, model) for column in model._meta.concrete_fields if column.column in after}
    found = []
    silent = (SILENT | UNTOLD if row.operation == "insert" else SILENT) | told
    for column in (each for each in model._meta.concrete_fields if each.column in after):
        if column.column not in silent and (row.operation != "insert" or not column.is_relation):
            exact = _precision_of(column, model)
            shown = [
                _shown(column, values.get(column.column), names, _precision(column, exact, version))
                for values, version in zip((before, after), versions, strict=True)
            ]
            if row.operation != "insert" or shown[1] is not None:
                found.append(ColumnChange(_label(column), *shown))
    return found


def _label(column: models.Field) -> str:
    return _("Progress") if column.column == "progress_bp" else _(str(capfirst(column.verbose_name)))


def _precision_of(column: models.Field, model: type[models.Model]) -> str:
    """The column that says how exactly this date is known; empty where it is no date, or known to the day."""
    if not isinstance(column, models.DateField) or isinstance(column, models.DateTimeField):
        return ""
    name = PRECISIONS.get(column.name) or f"{column.name.removesuffix('_on')}_precision"
    names = {field.name for field in model._meta.concrete_fields}
    return next((each for each in (name, "precision") if each in names), "")


def _precision(column: models.Field, exact: str, version: Version) -> str:
    """A milestone was last reported for the time of its completion, or for a day of its own."""
    if column.name == "reported_on" and str(version.get("reported_on")) != str(version.get("completed_on")):
        return ""
    return version.get(exact) or ""


def _shown(column: models.Field, value: Any, names: dict[Any, str], precision: str = "") -> Any:
    if value in (None, "", []):
        return None
    if isinstance(column, ArrayField):
        return ", ".join(str(_worded(column.base_field, each, names)) for each in value)
    return _worded(column, value, names, precision)


def _worded(column: models.Field, value: Any, names: dict[Any, str], precision: str = "") -> Any:
    """One value as a reader sees it."""
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
        return exact_day(parse_date(value), precision)
    return own_words(value) if isinstance(column, models.TextField) else value


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
