"""What should be thought of before something is recorded: by forms while one types, by imports for each row."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Caution:
    """It forbids nothing. `about` is the row on record that it rests on, where there is one."""

    field: str
    words: str
    about: Any = None
