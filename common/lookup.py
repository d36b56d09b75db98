"""Finding the row that an address names by its code or key, whatever its case."""

from typing import Any

from django.db.models import QuerySet


def named(rows: QuerySet, column: str, asked: Any) -> Any:
    """The row with exactly this name, else the only one whose name differs by its case alone; else None."""
    if "\x00" in str(asked):
        return None
    if (row := rows.filter(**{column: asked}).first()) or not isinstance(asked, str):
        return row
    found = rows.filter(**{f"{column}__iexact": asked})[:2]
    return found[0] if len(found) == 1 else None
