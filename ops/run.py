"""`make run`, `make services`, and `with-services`: embedded servers, roles, seeds, processes, in that order."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from ops import database, environment, health, processes
from ops.checks import describe_holder, hold_folder, require_port, require_space, wanted_port
from ops.children import MARK, Child, end_with_parent, stop_orphans
from ops.console import last_words, say
from ops.environment import ROOT, secret, var
from ops.errors import Refusal
from ops.servers import Postgres, Server, Valkey
from ops.supervisor import ignore_signals, stop, stop_on_signals, watch

ACCOUNTS = ("admin", "coordinator", "staff", "approver", "staff-msit", "analyst", "executive", "auditor")
READY_SECONDS = 120
TROUBLE = ("Error:", "ERROR", "error:", "Exception:", "No space left")


def run() -> None:
    """Everything, until a signal: the trial installation on one machine."""
    port = wanted_port()
    with _holding("run"):
        require_port(os.environ.get("HOST", "127.0.0.1"), port)
        with _services() as (servers, addresses):
            env = {**os.environ, **addresses, **_trial(port)}
            environment.store({**addresses, **_trial(port)}, embedded=_ending(servers))
            _migrate(env)
            _command("loading the strategy", env, "seed_strategy")
            _command("loading the demonstration", env, "seed_demo")
            os.environ.update({"PORT": str(port)})
            children = [Child(name, processes.command(name), env) for name in processes.NAMES]
            try:
                _serve(children, servers, port)
            finally:
                ignore_signals()
                say("stopping; the data stay")
                stop(list(reversed(children)))


def services() -> None:
    """The embedded servers alone, for `manage.py` and tests in other shells."""
    with _holding("services"), _services() as (servers, addresses):
        kept = {**addresses, "SECRET_KEY": secret("SECRET_KEY")}
        environment.store(kept, embedded=_ending(servers))
        say("PostgreSQL and Valkey are ready; `python manage.py …` finds them. Ctrl-C stops them")
        watch([server.child for server in servers])


def with_services(command: list[str]) -> int:
    """Run a command beside throw-away servers of its own; its exit code."""
    folder = _throwaway_folder()
    os.environ["VAR_DIR"] = str(folder)
    for name in (*environment.DATABASE_NAMES, "REDIS_URL", "DEMO_MODE", "DEMO_PASSWORD", "PORT"):
        os.environ.pop(name, None)
    stop_on_signals()
    try:
        with _embedded([Postgres(throwaway=True), Valkey()]) as (servers, addresses):
            env = {**os.environ, **addresses, "DATABASE_ADMIN_URL": servers[0].url, MARK: str(folder)}
            child = subprocess.Popen(command, cwd=ROOT, env=env)
            try:
                return child.wait()
            finally:
                ignore_signals()  # the command got the Ctrl-C too and says its own last words
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.wait(20)
                child.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _holding(name: str) -> Iterator[None]:
    """This folder for us alone, cleaned of what a killed launcher left; released however we end."""
    if "MAKELEVEL" in os.environ:
        end_with_parent()
    lock = hold_folder(name)
    stop_on_signals()
    try:
        orphans = stop_orphans()
        if orphans:
            say(f"stopped {orphans} processes that an earlier launcher left behind when it was killed")
        require_space(var())
        yield
    finally:
        ignore_signals()
        describe_holder(lock, command=name, stopping=time.monotonic())
        environment.forget()
        lock.close()


@contextlib.contextmanager
def _services() -> Iterator[tuple[list[Server], dict[str, str]]]:
    """The servers that are not given from outside, and the addresses of all."""
    given, owner, broker = (os.environ.get(n) for n in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"))
    addresses: dict[str, str] = {}
    if given:
        found = database.Addresses(given, owner) if owner else database.prepare(given)
        for url in (found.application, found.owner):
            database.connect(url).close()
        say(f"using {database.without_password(found.application)}")
        addresses |= found.as_environment(None if owner else given)
    if broker:
        database.require_redis(broker)
        addresses["REDIS_URL"] = broker
    with _embedded([*([] if given else [Postgres()]), *([] if broker else [Valkey()])]) as (servers, own):
        yield servers, addresses | own


@contextlib.contextmanager
def _embedded(servers: list[Server]) -> Iterator[tuple[list[Server], dict[str, str]]]:
    """Start them, make the roles, and stop them in the end, whatever happens."""
    started: list[Server] = []
    addresses: dict[str, str] = {}
    try:
        for server in servers:
            started.append(server)
            server.start()
            say(f"embedded {server.name} listens on 127.0.0.1:{server.port}")
            if isinstance(server, Postgres):
                addresses |= database.prepare(server.url, may_create_databases=True).as_environment()
            else:
                addresses["REDIS_URL"] = server.url
        yield servers, addresses
    finally:
        ignore_signals()
        stop([server.child for server in started if hasattr(server, "child")])


def _serve(children: list[Child], servers: list[Server], port: int) -> None:
    """Start the processes, wait for the first page, then watch over everything."""
    for child in children:
        child.start()
    end = time.monotonic() + READY_SECONDS
    while not health.ready(port):
        fallen = [child for child in children if child.exit_code() is not None]
        if fallen or time.monotonic() > end:
            child = (fallen or children)[0]
            raise Refusal(
                f"{child.name} does not start: {last_words(child.log, containing=TROUBLE)} (log: {child.log})"
            )
        time.sleep(0.1)
    _greet(port, embedded=any(isinstance(server, Postgres) for server in servers))
    watch([*children, *(server.child for server in servers)])


def _greet(port: int, *, embedded: bool) -> None:
    say("ready")
    lines = [
        f"Strategy Tracker: http://127.0.0.1:{port}/",
        f"Accounts: {', '.join(ACCOUNTS)}",
        f"Password of each: {_demo_password()}",
        f"Logs: {var() / 'log'}    Ctrl-C stops it and keeps the data.",
    ]
    if embedded:
        lines.append(
            "The embedded database is for trial only: whoever reads this user's files reads its passwords, and "
            "nobody backs it up. Give a server of your own in DATABASE_URL for anything else."
        )
    print("", *lines, "", sep="\n", flush=True)


def _command(what: str, env: dict[str, str], *arguments: str) -> None:
    """A management command with its output in var/log/setup.log."""
    say(what)
    log = var() / "log" / "setup.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, stdout=output, stderr=output
        )
    if done.returncode:
        words = last_words(log, containing=TROUBLE)
        raise Refusal(f"`manage.py {arguments[0]}` failed: {words} (all of it: {log})")


def _migrate(env: dict[str, str]) -> None:
    """As the owner; where the owner is somebody else's, look only whether they have done it."""
    if env["DATABASE_URL"] != env["DATABASE_OWNER_URL"]:
        _command("applying the migrations", env, "migrate", "--no-input", "-v0")
        return
    try:
        _command("looking for missing migrations", env, "migrate", "--check", "-v0")
    except Refusal:
        raise Refusal(
            "the schema is older than this checkout: set DATABASE_OWNER_URL, or let its owner run `manage.py migrate`"
        ) from None


def _trial(port: int) -> dict[str, str]:
    return {
        "SECRET_KEY": os.environ.get("SECRET_KEY") or secret("SECRET_KEY"),
        "DEMO_MODE": "1",
        "DEMO_PASSWORD": _demo_password(),
        "PORT": str(port),
    }


def _demo_password() -> str:
    return os.environ.get("DEMO_PASSWORD") or secret("DEMO_PASSWORD")


def _ending(servers: list[Server]) -> list[str]:
    """The addresses that are worth nothing once the launcher has ended."""
    names = {"postgres": ["DATABASE_URL", "DATABASE_OWNER_URL"], "valkey": ["REDIS_URL"]}
    return ["DEMO_MODE", "PORT", *(name for server in servers for name in names[server.name])]


def _throwaway_folder() -> Path:
    """A new folder under var/test, after those whose run is over are gone."""
    above = var() / "test"
    above.mkdir(parents=True, exist_ok=True)
    for old in above.iterdir():
        pid = old.name.partition("-")[0]
        if not (pid.isdigit() and psutil.pid_exists(int(pid))):
            shutil.rmtree(old, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=above))
    folder.chmod(0o755)
    return folder
