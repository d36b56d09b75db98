"""What must hold before anything is started; each failed check is one sentence."""

import errno
import fcntl
import json
import os
import shutil
import socket
import time
from pathlib import Path
from typing import IO, Any

from ops.environment import var
from ops.errors import Refusal

MIN_FREE_MB = 300


def require_space(folder: Path) -> None:
    """Room for a first start; a database without room stops in the middle of its work."""
    needed = int(os.environ.get("MIN_FREE_MB", MIN_FREE_MB))
    free = shutil.disk_usage(folder).free // 2**20
    if free < needed:
        raise Refusal(f"the disk is full: {free} MB are free at {folder}, {needed} MB are needed")


def require_port(host: str, port: int) -> None:
    """The port of the web server must be ours to take."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Refusal(f"port {port} is taken by another program: try `PORT={port + 1} make run`") from None
            raise Refusal(f"port {port} cannot be used: {error.strerror}") from None


def wanted_port() -> int:
    """PORT, 8000 unless given."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Refusal(f"PORT={text} is no port: give a number from 1 to 65535")
    return int(text)


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def hold_folder(command: str) -> IO[str]:
    """Hold var/ for this launcher; the kernel lets go of it when the process ends, however it ends.

    A launcher that is just stopping is waited for.
    """
    path = var() / "run" / "lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.open("a+", encoding="utf-8")
    patience = time.monotonic() + 2
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            holder = _holder(path)
            if holder.get("stopping"):
                patience = max(patience, float(holder["stopping"]) + 30)
            if time.monotonic() > patience:
                raise Refusal(
                    f"`make {holder.get('command', 'run')}` already runs in this checkout "
                    f"(process {holder.get('pid', '?')}): stop it first, or use another checkout"
                ) from None
            time.sleep(0.2)
    describe_holder(lock, command=command)
    return lock


def describe_holder(lock: IO[str], **about: object) -> None:
    """Write who holds the folder, for the sentence that the next one prints."""
    lock.seek(0)
    lock.truncate()
    json.dump({"pid": os.getpid(), **about}, lock)
    lock.flush()


def _holder(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except ValueError:
        return {}
