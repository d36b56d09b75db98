"""Sets the checkout up: the virtual environment, its packages, node's packages and the built assets.

Standard library only, for it runs before anything is installed. Each step is skipped while its inputs are unchanged.
"""

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ops.checks import require_space
from ops.console import last_words, say
from ops.environment import ROOT, var
from ops.errors import Refusal

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps.json"
# Telling words of pip and npm, so that their failure can be quoted in one line.
TROUBLE = ("ERROR:", "Error:", "error:", "npm error", "No space left")


def prepare(*, dev: bool = False) -> None:
    """Bring the virtual environment and the assets up to date; two at once wait for each other."""
    with _alone():
        _make_venv()
        _install("requirements-dev.txt" if dev else "requirements.txt")
        _build_assets()
        _compile_translations()


def enter_venv(arguments: list[str]) -> None:
    """Go on in the virtual environment; returns only when already there."""
    if Path(sys.prefix).resolve() != VENV.resolve():
        os.execv(PYTHON, [str(PYTHON), "-m", "ops", *arguments])  # noqa: S606


@contextmanager
def _alone() -> Iterator[None]:
    (var() / "log").mkdir(parents=True, exist_ok=True)
    with (var() / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another start is setting this checkout up: waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make_venv() -> None:
    if _venv_works():
        return
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise Refusal(
            f"Python {version} ({sys.executable}) came without venv and pip: "
            f"install them (Debian, Ubuntu: apt-get install python{version}-venv) and start again"
        )
    require_space(ROOT)
    say(f"making a virtual environment with Python {sys.version.split()[0]}")
    shutil.rmtree(VENV, ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(VENV)], "the virtual environment could not be made")


def _venv_works() -> bool:
    """A checkout that was moved, or whose Python is gone or changed, needs a new one."""
    test = "import sys, pip; print(*sys.version_info[:2])"
    try:
        run = subprocess.run([PYTHON, "-c", test], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return tuple(map(int, run.stdout.split())) >= (3, 11)


def _install(name: str) -> None:
    """Packages by hash; the development list contains the other, so installing it does for both."""
    digests = {n: _digest([ROOT / n]) for n in ("requirements.txt", "requirements-dev.txt") if (ROOT / n).exists()}
    if _stamps().get(name) == digests[name]:
        return
    require_space(ROOT)
    say(f"installing {name}")
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    _run([*pip, "--require-hashes", "-r", str(ROOT / name)], "the Python packages could not be installed")
    _stamp(digests if name == "requirements-dev.txt" else {name: digests[name]})
    say("Python packages are installed")


def _build_assets() -> None:
    """`npm ci` and `npm run build`, by the node that came with the Python packages."""
    if not (ROOT / "package.json").exists():
        return
    packages = _digest([ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"])
    sources = _digest(sorted(p for folder in ("static", "frontend") for p in (ROOT / folder).rglob("*")))
    modules, built = ROOT / "node_modules", ROOT / "build" / "static"
    if not modules.is_dir() or _stamps().get("npm ci") != packages:
        say("installing the packages of package-lock.json")
        _run(["npm", "ci", "--no-progress"], "npm ci failed")
        _stamp({"npm ci": packages, "build": ""})
    if not built.is_dir() or _stamps().get("build") != packages + sources:
        say("building the assets")
        _run(["npm", "run", "build"], "the assets could not be built")
        _stamp({"build": packages + sources})


def _compile_translations() -> None:
    catalogues = sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po"))
    texts = _digest(catalogues)
    if _stamps().get("translations") == texts and all(path.with_suffix(".mo").exists() for path in catalogues):
        return
    say("compiling the translations")
    _run([str(PYTHON), "manage.py", "messages", "--compile"], "the translations could not be compiled")
    _stamp({"translations": texts})


def _run(command: list[str], trouble: str) -> None:
    """Run a step with its output in var/log/setup.log; its failure is one sentence."""
    log = var() / "log" / "setup.log"
    path = os.pathsep.join([str(VENV / "bin"), os.environ.get("PATH", "")])
    with log.open("a", encoding="utf-8") as output:
        output.write(f"$ {' '.join(command)}\n")
        output.flush()
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PATH": path}, stdout=output, stderr=output)
    if done.returncode:
        raise Refusal(f"{trouble}: {last_words(log, containing=TROUBLE)} (all of it: {log})")


def _digest(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        if path.is_file():
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _stamps() -> dict[str, str]:
    try:
        return dict(json.loads(STAMPS.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError):
        return {}


def _stamp(values: dict[str, str]) -> None:
    STAMPS.write_text(json.dumps({**_stamps(), **values}, indent=1), encoding="utf-8")
