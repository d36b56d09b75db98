"""The launcher's commands, once Python is known to be new enough."""

import errno
import os
import sys

from ops.errors import Refusal

USAGE = """usage: python3 -m ops COMMAND
  run                   set up, start and watch over the whole application (PORT, default 8000)
  services              embedded PostgreSQL and Valkey alone
  setup [--dev]         virtual environment, packages and assets, then end
  test [ARGUMENTS]      pytest beside throw-away servers
  with-services -- CMD  any command beside throw-away servers
  process NAME          become web, worker, beat or relay
  health NAME           exit code 0 when that process does its work"""


def main(arguments: list[str]) -> int:
    """Run a command; whatever goes wrong is one sentence on stderr and an exit code."""
    os.umask(0o022)  # what the embedded database's user reads must be readable; secrets ask for less by themselves
    try:
        return _dispatch(arguments)
    except Refusal as refusal:
        full = "the disk is full: " if "No space left" in str(refusal) else ""
        print(f"Cannot go on: {full}{str(refusal).rstrip('.')}.", file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    except OSError as error:
        print(f"Cannot go on: {_trouble(error)}.", file=sys.stderr)
    return 1


def _dispatch(arguments: list[str]) -> int:
    command, *rest = arguments or ["help"]
    if command == "health" and len(rest) == 1:
        from ops import health

        health.check(rest[0])
        return 0
    if command == "process" and len(rest) == 1:
        from ops import processes

        processes.become(rest[0])
    if command in {"run", "services", "setup", "test", "with-services"}:
        return _set_up(command, rest, arguments)
    print(USAGE, file=sys.stderr)
    return 0 if command == "help" else 2


def _set_up(command: str, rest: list[str], arguments: list[str]) -> int:
    """Commands that need the virtual environment: make it, go on inside it."""
    from ops import checks, setup

    if command == "run" and not setup.VENV.exists():  # say it before a minute of setting up
        checks.require_port(os.environ.get("HOST", "127.0.0.1"), checks.wanted_port())
    if os.environ.pop("OPS_SET_UP", "") != command:
        setup.prepare(dev=command in {"test", "with-services"} or "--dev" in rest)
        os.environ["OPS_SET_UP"] = command
        setup.enter_venv(arguments)
        del os.environ["OPS_SET_UP"]
    if command == "setup":
        return 0
    return _inside(command, rest)


def _inside(command: str, rest: list[str]) -> int:
    from ops import run, testing
    from ops.supervisor import Stopped

    try:
        match command:
            case "run":
                run.run()
            case "services":
                run.services()
            case "test":
                return testing.run_tests(rest)
            case _:
                return run.with_services([part for part in rest if part != "--"])
    except Stopped:
        return 0
    return 0


def _trouble(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"the disk is full ({error.filename or 'while writing'}): free some space and start again"
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"{error.filename} may not be written by this user ({error.strerror}): it may belong to another user"
    return f"{error.strerror or error} ({error.filename})" if error.filename else str(error)
