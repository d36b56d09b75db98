"""The launcher's door, `python3 -m ops COMMAND`: finds a Python that is new enough and starts the command with it.

Everything up to that point is written for any Python 3, so that an old one gets a sentence instead of a SyntaxError.
"""

import os
import subprocess
import sys

NEEDED = (3, 11)
NAMES = ("python3.13", "python3.12", "python3.11", "python3.14", "python3")


def newer_python():
    """Path of a Python on this machine that is new enough, or None; names alone prove nothing, so each is run."""
    test = "import sys; sys.exit(sys.version_info < {!r})".format(NEEDED)  # noqa: UP032
    for name in NAMES:
        for folder in os.environ.get("PATH", "").split(os.pathsep):
            path = os.path.join(folder, name)
            if os.access(path, os.X_OK) and subprocess.call([path, "-c", test], stderr=subprocess.DEVNULL) == 0:
                return path
    return None


def main():
    if sys.version_info >= NEEDED:
        from ops.commands import main as run

        return run(sys.argv[1:])
    path = newer_python()
    if path:
        os.execv(path, [path, "-m", "ops", *sys.argv[1:]])  # noqa: S606
    sys.stderr.write(
        "Python {}.{} is too old: Strategy Tracker needs Python 3.11 or newer. "
        "Install one (Debian 12 or newer: apt-get install python3 python3-venv) and start again.\n".format(
            *sys.version_info[:2]
        )
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
