"""Reading the starter data sets: YAML lists beside the packages that own them."""

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from common.records import Confidence

Row = dict[str, Any]


def load_rows(package: str, name: str) -> list[Row]:
    """The rows of `<package>/seed/<name>.yaml`, in the order of the file."""
    path = Path(settings.BASE_DIR) / package / "seed" / f"{name}.yaml"
    rows: list[Row] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or []
    return rows


def provenance(row: Row) -> Row:
    """The columns of `Sourced` from a row's `provenance` (the note in Korean first)."""
    values = row["provenance"]
    notes = [values.get("note_ko"), values.get("note_en")]
    return {
        "confidence": Confidence(values["confidence"]),
        "source": values["source"],
        "source_note": "\n".join(note for note in notes if note),
    }


def texts(row: Row, *stems: str) -> Row:
    """`title_ko`, `title_en` … of a row, with "" for what it leaves out."""
    return {f"{stem}_{language}": row.get(f"{stem}_{language}") or "" for stem in stems for language in ("ko", "en")}
