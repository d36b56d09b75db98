"""The launcher from its first start to its last: alone in its folder, stopped cleanly, killed, started again."""

import contextlib
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from ops.environment import ROOT
from tests.ops.launching import Launcher, free_port, owned_by, plain_environment, refused, status_of

ACCOUNTS = ("admin", "coordinator", "staff", "approver", "staff-msit", "analyst", "executive", "auditor")


def health(name: str, path: Path, port: int) -> int:
    env = plain_environment(path, PORT=str(port))
    return subprocess.run([sys.executable, "-m", "ops", "health", name], cwd=ROOT, env=env, check=False).returncode


def pid_of(name: str, path: Path) -> int:
    """The process of that name whose parent is the launcher: the first of its own session."""
    found = [p for p in owned_by(path) if name in " ".join(p.cmdline())]
    return min(p.pid for p in found)


def test_services_survive_a_kill_of_everything(var_dir: Path) -> None:
    first = Launcher("services", var_dir)
    first.until("are ready")
    with psycopg.connect(first.addresses()["DATABASE_OWNER_URL"]) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    assert "already runs in this checkout" in refused("services", var_dir)

    first.process.kill()
    for process in owned_by(var_dir):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    first.process.wait()

    second = Launcher("services", var_dir)
    second.until("are ready")
    with psycopg.connect(second.addresses()["DATABASE_URL"]) as connection, pytest.raises(psycopg.Error):
        connection.execute("CREATE TABLE not_mine ()")
    with psycopg.connect(second.addresses()["DATABASE_OWNER_URL"]) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)
    assert second.end(signal.SIGINT) == 0
    assert owned_by(var_dir) == []
    assert "DATABASE_URL" not in second.addresses()


def test_a_server_that_falls_is_started_again_at_the_same_address(var_dir: Path) -> None:
    launcher = Launcher("services", var_dir)
    launcher.until("are ready")
    psutil.Process(pid_of("valkey-server", var_dir)).kill()
    launcher.until("valkey ended (signal SIGKILL): starting it again in 1 s")
    address, end = launcher.addresses()["DATABASE_URL"], time.monotonic() + 20
    while len([p for p in owned_by(var_dir) if "valkey-server" in " ".join(p.cmdline())]) == 0:
        assert time.monotonic() < end
        time.sleep(0.1)
    psycopg.connect(address).close()
    assert launcher.end() == 0


def test_a_run_greets_serves_and_stops(var_dir: Path) -> None:
    port = free_port()
    launcher = Launcher("run", var_dir, PORT=str(port), DEMO_PASSWORD="a-password-of-this-test")
    launcher.until("nobody backs it up")
    assert f"http://127.0.0.1:{port}/" in launcher.words
    assert all(name in launcher.words for name in ACCOUNTS)
    assert "a-password-of-this-test" in launcher.words
    assert status_of(f"http://127.0.0.1:{port}/readyz") == 200
    assert status_of(f"http://127.0.0.1:{port}/") == 200
    # The worker and beat take a moment longer than the first page.
    for name in ("web", "worker", "beat", "relay"):
        end = time.monotonic() + 30
        while health(name, var_dir, port) and time.monotonic() < end:
            time.sleep(0.5)
        assert health(name, var_dir, port) == 0, name
    assert "already runs in this checkout" in refused("run", var_dir, PORT=str(free_port()))
    assert launcher.end() == 0
    assert owned_by(var_dir) == []
    assert health("web", var_dir, port) == 1


@pytest.mark.drill
@pytest.mark.parametrize("whom", ["launcher", "everything"])
def test_nothing_that_was_killed_blocks_the_next_start(var_dir: Path, whom: str) -> None:
    port = str(free_port())
    for _round in range(3):
        launcher = Launcher("run", var_dir, PORT=port)
        launcher.until(" ready\n")
        for process in owned_by(var_dir) if whom == "everything" else []:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        launcher.process.kill()
        launcher.process.wait()
    last = Launcher("run", var_dir, PORT=port)
    last.until(" ready\n")
    assert last.end() == 0
    assert owned_by(var_dir) == []


@pytest.mark.drill
@pytest.mark.parametrize("name", ["granian", "worker", "beat", "relay", "bin/postgres"])
def test_a_process_that_is_killed_comes_back(var_dir: Path, name: str) -> None:
    port = free_port()
    launcher = Launcher("run", var_dir, PORT=str(port))
    launcher.until(" ready\n")
    psutil.Process(pid_of(name, var_dir)).kill()
    launcher.until("starting it again in 1 s")
    time.sleep(5)
    for process in ("web", "worker", "beat", "relay"):
        assert health(process, var_dir, port) == 0, process
    assert launcher.end() == 0


@pytest.mark.drill
def test_two_installations_run_side_by_side(var_dir: Path) -> None:
    ports = (free_port(), free_port())
    pair = []
    for port in ports:
        path = var_dir / str(port)
        path.mkdir()
        pair.append(Launcher("run", path, PORT=str(port)))
    for launcher, port in zip(pair, ports, strict=True):
        launcher.until(" ready\n", 240)
        assert status_of(f"http://127.0.0.1:{port}/readyz") == 200
    assert [launcher.end() for launcher in pair] == [0, 0]
