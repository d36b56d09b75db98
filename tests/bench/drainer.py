"""A process that drains at every poll until its standard input ends, and says when each drain began and ended."""

import json
import sys
import threading
import time

import django


def run() -> None:
    django.setup()
    from tasks import rollups
    from tasks.relay import POLL_SECONDS

    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    rollups.drain()
    print("ready", flush=True)
    while not ended.is_set():
        begun = time.monotonic()
        rollups.drain()
        print(json.dumps([begun, time.monotonic()]), flush=True)
        ended.wait(POLL_SECONDS)


if __name__ == "__main__":
    run()
