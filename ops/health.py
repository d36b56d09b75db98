"""Health checks of the processes, for containers and monitoring: exit code 0, or 1 and a sentence."""

import http.client
import os
import socket

from ops import heartbeat
from ops.errors import Refusal

# Beat and relay touch theirs at least every 15 seconds.
MAX_AGE_SECONDS = 60


def check(name: str) -> None:
    """Raise a Refusal unless the named process does its work."""
    checks = {"web": _web, "worker": _worker, "beat": _beating, "relay": _beating}
    if name not in checks:
        raise Refusal(f"there is no process {name}: {', '.join(checks)}")
    checks[name](name)


def ready(port: int) -> bool:
    """Whether the web server answers /readyz with 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz", headers={"Host": "localhost"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _web(name: str) -> None:
    port = int(os.environ.get("PORT", "8000"))
    if not ready(port):
        raise Refusal(f"{name} is not ready: http://127.0.0.1:{port}/readyz does not answer 200")


def _worker(name: str) -> None:
    """Ask through the broker: a worker that lives but lost its broker is not healthy."""
    from strategy.celery import app  # the only import of the application, and only where it runs

    node = f"worker@{socket.gethostname()}"
    try:
        answer = app.control.inspect(destination=[node], timeout=5).ping()
    except Exception as error:  # whatever the transport raises, the worker is out of reach
        raise Refusal(f"{name} cannot be asked: {error}") from None
    if not answer:
        raise Refusal(f"{name} does not answer: {node}")


def _beating(name: str) -> None:
    age = heartbeat.age(name)
    if age is None:
        raise Refusal(f"{name} has given no sign of life")
    if age > MAX_AGE_SECONDS:
        raise Refusal(f"{name} gave its last sign of life {age:.0f} seconds ago")
