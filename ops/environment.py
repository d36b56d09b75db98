"""What the settings read: the process environment, completed by what the launcher left in var/run."""

import fcntl
import json
import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NO_DATABASE = "no database: start `make run`, or `make services`, or set DATABASE_URL"
DATABASE_NAMES = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ADMIN_URL")


def var() -> Path:
    """The folder of everything this checkout writes while it runs."""
    return Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()


def load() -> dict[str, str]:
    """The process environment over what the launcher wrote; addresses of one server are never mixed.

    An address in DATABASE_URL that the launcher took as the administrator's gives way to the two
    roles that were made from it.
    """
    given, kept = dict(os.environ), _kept()
    address = given.get("DATABASE_URL")
    if address and address == kept.get("DATABASE_ADMIN_URL"):
        del given["DATABASE_URL"]
    elif address and address != kept.get("DATABASE_URL"):
        kept = {name: value for name, value in kept.items() if name not in DATABASE_NAMES}
    return {**kept, **given}


def store(values: dict[str, str], *, embedded: list[str]) -> None:
    """Leave the addresses for other shells; `embedded` names those that end with the launcher."""
    _write_private(_file(), {**values, "EMBEDDED": ",".join(embedded)})


def forget() -> None:
    """Take back the addresses of servers that have stopped; those of outside servers stay."""
    kept = _living(_read(_file()))
    if kept:
        _write_private(_file(), kept)
    else:
        _file().unlink(missing_ok=True)


def secret(name: str, *, made: str | None = None) -> str:
    """A secret of this checkout, made once and kept in a file only its owner reads."""
    path = var() / "secrets.json"
    known = _read(path)
    if name not in known:
        known[name] = made or secrets.token_urlsafe(24)
        _write_private(path, known)
    return known[name]


def launcher_runs() -> bool:
    """Whether a launcher holds this folder; the kernel frees the lock however it ends."""
    try:
        with (var() / "run" / "lock").open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def _kept() -> dict[str, str]:
    try:
        kept = _read(_file())
    except PermissionError:  # another user's trial
        return {}
    return kept if not kept.get("EMBEDDED") or launcher_runs() else _living(kept)


def _living(kept: dict[str, str]) -> dict[str, str]:
    gone = {"EMBEDDED", *kept.get("EMBEDDED", "").split(",")}
    return {name: value for name, value in kept.items() if name not in gone}


def _file() -> Path:
    return var() / "run" / "environment.json"


def _read(path: Path) -> dict[str, str]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {}


def _write_private(path: Path, values: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(values, file, indent=1, sort_keys=True)
    new.replace(path)
