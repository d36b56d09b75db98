"""What the launcher says while it works: one line a step, with the seconds since it was started."""

import os
import sys
import time

# Survives the change from the system's Python to the virtual environment's.
_START = float(os.environ.setdefault("OPS_STARTED", str(time.monotonic())))


def say(text: str) -> None:
    """A line of progress; on stderr, so that what `with-services` runs has stdout to itself."""
    print(f"[{time.monotonic() - _START:6.1f} s] {text}", file=sys.stderr, flush=True)


def last_words(path: str | os.PathLike[str], *, containing: tuple[str, ...] = ()) -> str:
    """The last line of a log worth quoting: the last that contains one of the words, else the last of all."""
    try:
        with open(path, encoding="utf-8", errors="replace") as log:
            lines = [line.strip() for line in log.readlines()[-200:] if line.strip()]
    except OSError:
        return ""
    # npm ends with where its own log is, which tells nothing.
    telling = [line for line in lines if any(word in line for word in containing) and "A complete log" not in line]
    return (telling or lines or [""])[-1][:300]
