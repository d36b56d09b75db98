"""How the launcher sets up its servers."""

import psutil
import pytest
from django.db import connection

from ops.servers import shared_megabytes

GB = 2**30


@pytest.mark.parametrize(("memory", "megabytes"), [(GB, 256), (2 * GB, 512), (4 * GB, 1024), (64 * GB, 1024)])
def test_postgres_takes_a_quarter_of_the_memory_and_at_most_a_gigabyte(memory: int, megabytes: int) -> None:
    assert shared_megabytes(memory) == megabytes


@pytest.mark.django_db
def test_the_running_server_has_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_bytes(current_setting('shared_buffers'))")
        assert cursor.fetchone()[0] == shared_megabytes(psutil.virtual_memory().total) * 2**20
