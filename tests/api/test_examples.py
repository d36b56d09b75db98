"""What docs/api.md quotes runs, against a served copy of the real strategy."""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.db import connections

TEXT = (Path(__file__).parents[2] / "docs" / "api.md").read_text()
EXAMPLES = re.findall(r"^```(bash|python)\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def served(seeded_db: str) -> Iterator[dict[str, str]]:
    """The environment that the examples expect, with the API behind it."""
    from django.core.wsgi import get_wsgi_application

    from accounts.models import User
    from accounts.tokens import create_token

    token = create_token(User.objects.get(username="analyst"), by=None, name="examples")
    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet)
    thread = threading.Thread(target=_serve, args=(server,))
    thread.start()
    try:
        yield os.environ | {"BASE": f"http://127.0.0.1:{server.server_port}/api/v1", "TOKEN": token, "NO_PROXY": "*"}
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _serve(server: WSGIServer) -> None:
    try:
        server.serve_forever()
    finally:
        connections.close_all()


def test_every_example_runs(served: dict[str, str]) -> None:
    assert len(EXAMPLES) >= 8
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    for language, code in EXAMPLES:
        command = [sys.executable, "-c", code] if language == "python" else ["bash", "-euo", "pipefail", "-c", code]
        done = subprocess.run(command, env=served, capture_output=True, text=True, timeout=180, check=False)
        assert done.returncode == 0, f"{code}\n{done.stdout}\n{done.stderr}"
