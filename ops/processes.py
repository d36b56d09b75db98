"""The processes of an installation and their commands: the same under `make run` and in a container."""

import os
import sys

from ops.environment import var

# In the order in which they are started; they are stopped in the reverse order.
NAMES = ("web", "worker", "beat", "relay")


def command(name: str) -> list[str]:
    """The command line of a process, by the Python that runs this."""
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    python, celery = [sys.executable, "-m"], [sys.executable, "-m", "celery", "-A", "strategy"]
    level = ["--loglevel", os.environ.get("LOG_LEVEL", "INFO")]
    return {
        "web": [
            *(*python, "granian", "--interface", "wsgi", "--host", host, "--port", port),
            *("--workers", os.environ.get("WEB_WORKERS", "1"), "--blocking-threads", "4"),
            *("--respawn-failed-workers", "--workers-kill-timeout", "8", "strategy.wsgi:application"),
        ],
        "worker": [*celery, "worker", "--hostname", "worker@%h", "--without-gossip", "--without-mingle", *level],
        # Wakes often, so that the age of its heartbeat tells whether it lives.
        "beat": [
            *(*celery, "beat", "--scheduler", "ops.beat:Scheduler", "--max-interval", "15", "--pidfile=", *level),
            *("--schedule", str(var() / "run" / "beat-schedule")),
        ],
        "relay": [sys.executable, "manage.py", "relay"],
    }[name]


def become(name: str) -> None:
    """Turn this process into the named one: what a container's command does."""
    argv = command(name)
    (var() / "run").mkdir(parents=True, exist_ok=True)
    os.execv(argv[0], argv)  # noqa: S606
