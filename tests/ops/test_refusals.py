"""What stands in the launcher's way is said in one sentence, with an exit code and without a traceback."""

import ast
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from ops.environment import ROOT
from tests.ops.launching import free_port, refused

OLD_PYTHON = """
import runpy, sys
sys.version_info = (3, 9, 2, "final", 0)
sys.argv = ["ops", "run"]
runpy.run_module("ops", run_name="__main__")
"""


def test_a_taken_port_is_named_and_another_proposed(var_dir: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        words = refused("run", var_dir, PORT=str(port))
    assert words == f"Cannot go on: port {port} is taken by another program: try `PORT={port + 1} make run`."


def test_a_port_that_is_none_is_refused(var_dir: Path) -> None:
    assert "PORT=http is no port" in refused("run", var_dir, PORT="http")


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("postgresql://somebody:not-to-be-shown@127.0.0.1:1/x", "cannot be reached"),
        ("postgresql//somebody:not-to-be-shown@127.0.0.1", "no address of a PostgreSQL database"),
    ],
)
def test_an_unreachable_database_is_named_without_its_password(var_dir: Path, address: str, reason: str) -> None:
    words = refused("run", var_dir, PORT=str(free_port()), DATABASE_URL=address)
    assert reason in words
    assert "not-to-be-shown" not in words


def test_an_unreachable_broker_is_named(var_dir: Path) -> None:
    words = refused("services", var_dir, REDIS_URL="redis://:not-to-be-shown@127.0.0.1:1/0")
    assert "the Redis at redis://:…@127.0.0.1:1/0 cannot be reached" in words
    assert "not-to-be-shown" not in words


def test_too_little_room_on_the_disk_is_refused_before_anything_is_written(var_dir: Path) -> None:
    words = refused("services", var_dir, MIN_FREE_MB=str(10**9))
    assert words.startswith("Cannot go on: the disk is full: ")
    assert not (var_dir / "postgres").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_disk_that_fills_up_on_the_way_is_said_so(var_dir: Path) -> None:
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m,mode=755", "tiny", var_dir], check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        assert "the disk is full" in refused("services", var_dir, MIN_FREE_MB="1")
    finally:
        subprocess.run(["umount", var_dir], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another user for the database")
def test_under_root_a_closed_folder_is_named_and_stays_closed(var_dir: Path) -> None:
    var_dir.chmod(0o700)
    words = refused("services", var_dir / "inside")
    assert f"may not pass {var_dir} (mode 0700)" in words
    assert stat.S_IMODE(var_dir.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_of_another_user_is_named(var_dir: Path) -> None:
    var_dir.chmod(0o500)
    assert "may not be written by this user" in refused("services", var_dir)


def test_an_old_python_gets_a_sentence(tmp_path: Path) -> None:
    """No newer one is found, since PATH is empty."""
    done = subprocess.run(
        [sys.executable, "-c", OLD_PYTHON], cwd=ROOT, env={"PATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Python 3.9 is too old: Strategy Tracker needs Python 3.11 or newer.")
    assert done.stderr.count("\n") == 1


def test_an_old_python_hands_over_to_a_newer_one(tmp_path: Path) -> None:
    (tmp_path / "python3.12").symlink_to(sys.executable)
    done = subprocess.run(
        [sys.executable, "-c", OLD_PYTHON.replace('"run"', '"help"')],
        cwd=ROOT,
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0
    assert "usage:" in done.stderr


@pytest.mark.parametrize("name", ["__init__.py", "__main__.py"])
def test_the_door_can_be_read_by_old_pythons(name: str) -> None:
    ast.parse((ROOT / "ops" / name).read_text(encoding="utf-8"), feature_version=(3, 6))


def test_a_python_without_venv_is_told_what_to_install(var_dir: Path) -> None:
    """As Debian ships it: in a copy without a virtual environment, ensurepip hidden."""
    copy = var_dir / "checkout"
    copy.mkdir()
    (copy / "ops").symlink_to(ROOT / "ops")
    script = (
        "import importlib.util as u, sys; find = u.find_spec\n"
        "u.find_spec = lambda name, *rest: None if name == 'ensurepip' else find(name, *rest)\n"
        "from pathlib import Path; import ops.setup\n"
        f"ops.setup.ROOT = Path({str(copy)!r}); ops.setup.VENV = ops.setup.ROOT / '.venv'\n"
        "ops.setup.PYTHON = ops.setup.VENV / 'bin' / 'python'\n"
        "from ops.commands import main; sys.exit(main(['services']))"
    )
    env = {"PATH": os.environ["PATH"], "VAR_DIR": str(var_dir)}
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 1
    assert "came without venv and pip" in done.stderr
    assert "apt-get install python3" in done.stderr
