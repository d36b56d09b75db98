"""`make test`: pytest beside throw-away servers, with a real browser where there is one."""

import os
import shutil
import sys

from ops.errors import Refusal
from ops.run import with_services

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def run_tests(arguments: list[str]) -> int:
    """The exit code of pytest; under CI a browser is a must."""
    browser = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser:
        os.environ["CHROMIUM"] = browser
    elif os.environ.get("CI") == "true":
        raise Refusal("no Chromium was found, and under CI the browser tests are a must: apt-get install chromium")
    else:
        rule = "*" * 78
        print(f"{rule}\n  NO CHROMIUM WAS FOUND: the browser tests are left out.\n{rule}", file=sys.stderr, flush=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = "strategy.settings.test"
    # Files, in the order of tests/conftest.py, on as many workers as the smallest machine to be quick on has cores.
    everything = [] if arguments else ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    return with_services([sys.executable, "-m", "pytest", *everything, *arguments])
