"""Fixtures of the launcher's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ops import launching


@pytest.fixture
def var_dir() -> Iterator[Path]:
    """An empty folder for a launcher of the test's own."""
    with launching.folder() as path:
        yield path
