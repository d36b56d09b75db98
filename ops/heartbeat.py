"""A sign of life in a file, for processes that listen on nothing: they touch it, the health check reads its age."""

import time
from pathlib import Path

from ops.environment import var


def touch(name: str) -> None:
    """Say that the named process is alive and doing its rounds."""
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def age(name: str) -> float | None:
    """Seconds since the last sign of life; None when there never was one."""
    try:
        return time.time() - _path(name).stat().st_mtime
    except FileNotFoundError:
        return None


def _path(name: str) -> Path:
    return var() / "run" / f"{name}.heartbeat"
