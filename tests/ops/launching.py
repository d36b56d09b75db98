"""Drives the launcher as its user does: a process, its output, its exit code."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil

from ops import environment
from ops.children import MARK

GIVEN = (
    *environment.DATABASE_NAMES,
    "REDIS_URL",
    "SECRET_KEY",
    "DEMO_MODE",
    "DEMO_PASSWORD",
    "PORT",
    "MAKELEVEL",
    MARK,
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A VAR_DIR that the database's system user may reach, which pytest's own folders are not under root."""
    path = Path(tempfile.mkdtemp(prefix="launch-", dir=environment.var()))
    path.chmod(0o755)
    try:
        yield path
    finally:
        for process in owned_by(path):
            with contextlib.suppress(psutil.Error):
                process.kill()
        shutil.rmtree(path, ignore_errors=True)


def owned_by(path: Path) -> list[psutil.Process]:
    """The processes that a launcher of that folder started and that still live."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.environ().get(MARK) == str(path) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


def plain_environment(path: Path, **values: str) -> dict[str, str]:
    """The environment of a user's shell, without what the test run itself was given; it is set up already."""
    kept = {name: value for name, value in os.environ.items() if name not in GIVEN}
    return (
        kept | {"VAR_DIR": str(path), "DJANGO_SETTINGS_MODULE": "strategy.settings.dev", "OPS_SET_UP": "run"} | values
    )


def refused(command: str, path: Path, **values: str) -> str:
    """Start the launcher and expect it to refuse: one sentence on stderr, exit code 1."""
    done = subprocess.run(
        [sys.executable, "-m", "ops", command],
        env=plain_environment(path, OPS_SET_UP=command) | values,
        cwd=environment.ROOT,
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.returncode == 1, done.stderr
    sentences = [line for line in done.stderr.splitlines() if not line.startswith("[")]
    assert len(sentences) == 1, done.stderr
    return sentences[0]


class Launcher:
    """A launcher that runs until the test ends it."""

    def __init__(self, command: str, path: Path, **values: str) -> None:
        self.path, self.output = path, path / f"output-{time.monotonic_ns()}"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "ops", command],
                env=plain_environment(path, OPS_SET_UP=command) | values,
                cwd=environment.ROOT,
                stdout=output,
                stderr=output,
            )

    @property
    def words(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def until(self, words: str, seconds: float = 300) -> None:
        end = time.monotonic() + seconds
        while words not in self.words:
            assert self.process.poll() is None, self.words
            assert time.monotonic() < end, self.words
            time.sleep(0.1)

    def addresses(self) -> dict[str, str]:
        return dict(json.loads((self.path / "run" / "environment.json").read_text(encoding="utf-8")))

    def end(self, sign: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(sign)
        return self.process.wait(40)


def status_of(url: str) -> int:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return int(answer.status)
