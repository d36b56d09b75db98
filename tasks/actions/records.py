"""Validated writing of rows, and plain creation of those that have no moves of their own."""

import uuid
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import history
from common.errors import Invalid, Stale
from tasks.choices import Move
from tasks.permissions import Actor, require

Row = TypeVar("Row", bound=models.Model)
# What a move asks for where it is missing.
MISSING: dict[str, Any] = {
    "reason": gettext_lazy("Say what happened or what was done."),
    "done_on": gettext_lazy("Enter the day on which it was done."),
}


def create_record(model: type[Row], *, by: Actor, verb: str, reason: str = "", **values: Any) -> Row:
    """Validate and store one row of a noun; `verb` reads `budget_entry.recorded`.

    Links to many rows are among the values too. Raises Forbidden, or Invalid naming the first wrong field.
    """
    many = _many(model, values)
    row = model(**values)
    _give_key(row)
    require(by, "record", row)
    with history.context(actor=by, verb=verb, reason=reason):
        save_record(row, force_insert=True)
        for name, rows in many.items():
            getattr(row, name).set(rows)
    return row


def change_record(
    row: Row, *, by: Actor, verb: str, reason: str, expected_version: int | None = None, **values: Any
) -> Row:
    """Change columns of one row, where it still stands as it was seen. Raises Forbidden, Invalid, Stale."""
    require(by, "record", row)
    if not reason.strip():
        raise Invalid(_("Enter the reason of the change."), field="reason")
    if not values:
        raise Invalid(_("Nothing was changed: change a field, or go back."))
    with history.context(actor=by, verb=verb, reason=reason):
        locked = locked_as_seen(row, expected_version)
        many = _many(type(row), values)
        for name, value in values.items():
            setattr(locked, name, value)
        require(by, "record", locked)
        save_record(locked)
        for name, rows in many.items():
            getattr(locked, name).set(rows)
    row.refresh_from_db()
    return row


def move_record(
    row: Row,
    moves: dict[str, Move],
    *,
    by: Actor,
    verb: str,
    logged: str,
    reason: str = "",
    expected_version: int | None = None,
    column: str = "state",
    **values: Any,
) -> Row:
    """Make a legal move of a table, from the state that the row has now; `values` are set with it.

    Raises Forbidden, Stale, or Invalid where the move is not legal or what it requires is missing.
    """
    require(by, "record", row)
    with history.context(actor=by, verb=logged, reason=reason):
        locked = locked_as_seen(row, expected_version)
        stands = getattr(locked, column)
        move = moves.get(verb)
        if move is None or stands not in move.sources:
            state = getattr(locked, f"get_{column}_display")()
            raise Invalid(_("From “%s” this move is not possible. Choose another.") % state, field="verb")
        for name in move.required:
            if not str((values | {"reason": reason}).get(name) or "").strip():
                raise Invalid(MISSING.get(name, _("Enter this too.")), field=name, code="required")
        for name, value in ({column: move.target_from(stands)} | values).items():
            setattr(locked, name, value)
        save_record(locked)
    row.refresh_from_db()
    return row


def locked_as_seen(row: Row, expected_version: int | None) -> Row:
    """The row, locked; Stale where somebody has changed it since it was seen."""
    locked = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if expected_version is not None and locked.version != expected_version:  # type: ignore[attr-defined]
        raise Stale(_("This was changed meanwhile. Look at what stands now, then save again."), current=locked)
    return locked


def _many(model: type[models.Model], values: dict[str, Any]) -> dict[str, Any]:
    """Takes the links to many rows out of the values."""
    names = [field.name for field in model._meta.many_to_many if field.name in values]
    return {name: values.pop(name) for name in names}


def _give_key(row: models.Model) -> None:
    """A row entered without a key gets a readable one that nothing else has."""
    if getattr(row, "key", None) == "":
        title = getattr(row, "name_en", "") or getattr(row, "title_en", "") or str(row._meta.model_name)
        row.key = f"{slugify(title)[:60]}-{uuid.uuid4().hex[:6]}".strip("-")  # type: ignore[attr-defined]


def save_record(row: models.Model, **options: Any) -> None:
    """Save by the model's own rules, as a domain error that says what is wrong and at which field.

    Fields are checked here; constraints by the database alone, which no race gets past.
    """
    foreign = {field.name for field in row._meta.fields if field.is_relation}
    try:
        row.clean_fields(exclude=foreign)
        row.clean()
        with transaction.atomic():
            row.save(**options)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(" ".join(messages), field="" if field == "__all__" else field) from error
    except IntegrityError as error:
        raise _broken_rule(row, error) from error


def _broken_rule(row: models.Model, error: IntegrityError) -> Invalid:
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", "") or ""
    for constraint in row._meta.constraints:
        if constraint.name == name:
            return Invalid(_words(constraint), code=name)
    for field in row._meta.fields:
        if field.unique and f"_{field.column}_" in name:
            return Invalid(_("This value is taken: choose another."), field=field.name, code="taken")
    return Invalid(_("The database refuses this: %s.") % (name or error), code=name)


def _words(constraint: models.BaseConstraint) -> str:
    """Its own message; of the twin of a row, where it has none, a plain one."""
    is_own = constraint.violation_error_message != constraint.default_violation_error_message
    if isinstance(constraint, models.UniqueConstraint) and not is_own:
        return _("There is such a row already: change that one, or look again at what you entered.")
    return str(constraint.get_violation_error_message())
