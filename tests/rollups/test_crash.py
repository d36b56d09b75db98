"""PostgreSQL is killed while reports are filed: what was acknowledged is there once, and the figures are exact."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from ops.database import prepare
from ops.environment import ROOT, var
from ops.servers import Postgres

WRITERS = 2
# A round is over when so many reports more were acknowledged.
A_ROUND = 150


class Crashing:
    """A PostgreSQL of its own under var/, and the processes that use it."""

    def __init__(self, folder: Path) -> None:
        self.server = Postgres()
        self.server.folder = folder / "postgres"
        self.acknowledged = folder / "acknowledged"
        self.environment: dict[str, str] = {}

    def start(self) -> None:
        self.server.start()
        addresses = prepare(self.server.url)
        self.environment = (
            os.environ | addresses.as_environment() | {"DJANGO_SETTINGS_MODULE": "strategy.settings.test"}
        )

    def kill(self) -> None:
        """kill -9 of the server and every process it has, as a machine that stops would."""
        main = psutil.Process(self.server.child.process.pid)
        for process in [main, *main.children(recursive=True)]:
            process.kill()
        self.server.child.finish(10)

    def run(self, *what: str) -> str:
        return subprocess.run(
            [sys.executable, *what], cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        ).stdout

    def beside(self, *what: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.rollups.acknowledged", *what]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stderr=subprocess.DEVNULL)

    def count(self) -> int:
        return self.acknowledged.read_bytes().count(b"\n") if self.acknowledged.exists() else 0

    def round(self) -> None:
        """Writers and two drains until enough is acknowledged; then the server dies under them."""
        until, end = self.count() + A_ROUND, time.monotonic() + 120
        workers = [self.beside("write", str(self.acknowledged), str(n), str(WRITERS)) for n in range(WRITERS)]
        workers += [self.beside("drain") for _ in range(2)]
        try:
            while self.count() < until:
                assert time.monotonic() < end, f"{self.count()} of {until} reports were acknowledged"
                time.sleep(0.01)
            self.kill()
        finally:
            for worker in workers:
                worker.kill()
                worker.wait()
        self.start()


@pytest.fixture
def crashing(django_db_setup: None) -> Iterator[Crashing]:
    folder = var() / f"crash-{os.getpid()}"
    folder.mkdir(mode=0o755)
    made = Crashing(folder)
    try:
        made.start()
        made.run("manage.py", "migrate", "--verbosity", "0")
        made.run("-m", "tests.rollups.acknowledged", "plan")
        yield made
    finally:
        made.kill()
        shutil.rmtree(folder)


def wrong(crashing: Crashing) -> str:
    return crashing.run("-m", "tests.rollups.acknowledged", "check", str(crashing.acknowledged))


def test_a_server_killed_twice_under_reports_loses_and_doubles_nothing(crashing):
    """The short variant of the drill."""
    for _ in range(2):
        crashing.round()
    assert wrong(crashing) == ""


@pytest.mark.drill
def test_a_server_killed_twenty_times_under_reports_loses_and_doubles_nothing(crashing):
    for _ in range(20):
        crashing.round()
        assert wrong(crashing) == ""
    assert crashing.count() >= 20 * A_ROUND


@pytest.mark.drill
def test_without_waiting_for_the_log_acknowledged_reports_are_lost(crashing):
    """The control: a database that answers before its log is written, which the drill above must find out."""
    with psycopg.connect(crashing.server.url, autocommit=True) as server:
        server.execute("ALTER ROLE strategy_app SET synchronous_commit = off")
        server.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
        server.execute("ALTER SYSTEM SET wal_writer_flush_after = '1GB'")
        server.execute("SELECT pg_reload_conf()")
    crashing.round()
    assert "lost" in wrong(crashing)
