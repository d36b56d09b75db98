"""Child processes: each ends with the launcher, writes its own log, and is found again when it was orphaned."""

import contextlib
import ctypes
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import psutil

from ops.environment import ROOT, var

# Every child carries the folder it works for, so that a later start tells its own orphans from strangers.
MARK = "OPS_OWNER"
LOG_LIMIT = 10 * 2**20
_PR_SET_PDEATHSIG = 1


class Child:
    """A process in a session of its own: Ctrl-C reaches the launcher alone, which then ends its children in order."""

    def __init__(
        self,
        name: str,
        command: list[str],
        env: dict[str, str],
        *,
        user: str | None = None,
        end: signal.Signals = signal.SIGTERM,
    ) -> None:
        self.name, self.command, self.user, self.end = name, command, user, end
        self.env = {**env, MARK: str(var())}
        self.log = var() / "log" / f"{name}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; called from the main thread only, since the kernel ties the child to the thread that forked."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                user=self.user,
                group=self.user,
                extra_groups=[] if self.user else None,
                start_new_session=True,
                preexec_fn=_ending_with(os.getpid(), self.end),
            )

    def exit_code(self) -> int | None:
        """None while it runs."""
        return self.process.poll() if self.process else -1

    def ask_to_end(self) -> None:
        """Tell it to finish; `finish` waits."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.end)

    def finish(self, grace: float) -> None:
        """Wait for the end, then kill whatever is left of its session."""
        if self.process is None:
            return
        try:
            self.process.wait(grace)
        except subprocess.TimeoutExpired:
            self.process.kill()
        with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody is left
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def end_with_parent() -> None:
    """Have the kernel end this very process when its parent dies: a launcher under a `make` that was killed."""
    _ending_with(os.getppid(), signal.SIGTERM)()


def _ending_with(parent: int, sign: signal.Signals) -> Callable[[], None]:
    prctl = getattr(ctypes.CDLL(None), "prctl", None)  # Linux; elsewhere the next start finds orphans

    def prepare() -> None:
        if prctl:
            prctl(_PR_SET_PDEATHSIG, int(sign))
        if os.getppid() != parent:  # it died before the call
            os._exit(1)

    return prepare


def stop_orphans() -> int:
    """End what an earlier launcher of this folder left behind, when it was killed; how many there were.

    Called while holding the folder, so that none of them can belong to a living launcher.
    """
    ourselves = {os.getpid(), *(parent.pid for parent in psutil.Process().parents())}
    orphans = [p for p in psutil.process_iter() if p.pid not in ourselves and _owner(p) == str(var())]
    for orphan in orphans:
        _send(orphan, signal.SIGINT if _is_postgres(orphan) else signal.SIGTERM)
    _, alive = psutil.wait_procs(orphans, timeout=10)
    for orphan in alive:
        _send(orphan, signal.SIGKILL)
    psutil.wait_procs(alive, timeout=5)
    return len(orphans)


def postgres_runs(pid: int, folder: Path) -> bool:
    """Whether that process is a PostgreSQL of that data folder, and not a stranger that got its number."""
    try:
        process = psutil.Process(pid)
        return _is_postgres(process) and str(folder) in process.cmdline()
    except psutil.Error:
        return False


def _owner(process: psutil.Process) -> str | None:
    try:
        return process.environ().get(MARK)
    except (psutil.Error, OSError):
        return None  # another user's, or gone


def _is_postgres(process: psutil.Process) -> bool:
    try:
        return process.name() == "postgres"
    except psutil.Error:
        return False


def _send(process: psutil.Process, sign: signal.Signals) -> None:
    with contextlib.suppress(psutil.Error):  # gone already
        process.send_signal(sign)
