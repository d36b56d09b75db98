"""Validated writing of rows, and plain creation of those that have no moves of their own."""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from common import history
from common.errors import Invalid
from tasks.permissions import Actor, require

Row = TypeVar("Row", bound=models.Model)


def create_record(model: type[Row], *, by: Actor, verb: str, reason: str = "", **values: Any) -> Row:
    """Validate and store one row of a noun; `verb` reads `budget_entry.recorded`.

    Raises Forbidden, or Invalid naming the first wrong field.
    """
    require(by, "record", model)
    row = model(**values)
    with history.context(actor=by, verb=verb, reason=reason):
        save_record(row, force_insert=True)
    return row


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
            return Invalid(str(constraint.get_violation_error_message()), code=name)
    for field in row._meta.fields:
        if field.unique and field.column in name:
            return Invalid(_("This value is taken: choose another."), field=field.name, code="taken")
    return Invalid(_("The database refuses this: %s.") % (name or error), code=name)
