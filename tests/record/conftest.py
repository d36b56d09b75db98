"""The loaded strategy, once for all tests of this folder that only read it."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests import databases


@pytest.fixture(scope="module")
def loaded(seeded_template: str, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), databases.made("record", seeded_template) as name, databases.used(name):
        yield
