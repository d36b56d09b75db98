"""Domain errors, and how one becomes a form error. `common.problems` makes API answers of them."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import Form


class DomainError(Exception):
    """A refusal that the user can understand: what is wrong, at which field, what to do."""

    status = 400
    code = "invalid"

    def __init__(self, message: str, *, field: str = "", code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.code = code or self.code

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else self.message


class Invalid(DomainError):
    """The input breaks a rule."""


class Forbidden(DomainError):
    """This user may not do this to this object."""

    status = 403
    code = "forbidden"


class Stale(DomainError):
    """Somebody else changed the object meanwhile; `current` is what stands now."""

    status = 409
    code = "stale"

    def __init__(self, message: str, *, current: Any = None) -> None:
        super().__init__(message)
        self.current = current


def add_to_form(error: DomainError, form: Form) -> None:
    """Show a refusal at the field that it speaks of, else above the form."""
    form.add_error(error.field if error.field in form.fields else NON_FIELD_ERRORS, error.message)  # type: ignore[arg-type]
