"""Processes that write as officers do, over connections of their own. Knows no Django: other processes import it."""

import random
import threading
import time

import psycopg

CHANGES_PER_SECOND = 500
_UPDATE = "UPDATE tasks_milestone SET progress_bp = (coalesce(progress_bp, 0) + 7) %% 9900 WHERE id = %s"
_UNDER_ONE_TASK = """
    SELECT x.id FROM tasks_milestone x JOIN tasks_measure m ON m.id = x.measure_id
     WHERE x.state = 'in_progress' AND m.strategic_task_id = (SELECT max(id) FROM tasks_strategictask)
     ORDER BY x.id LIMIT 20000"""


def at_once(address: str, writers: int, seconds: float, seed: int) -> int:
    """So many threads, each writing as fast as it can; how many writes they made together."""
    counts = [0] * writers
    ready = threading.Barrier(writers)

    def write(number: int) -> None:
        chance = random.Random(seed * 1_000 + number)
        with psycopg.connect(address, autocommit=True) as connection:
            ids = [row[0] for row in connection.execute(_UNDER_ONE_TASK)]
            ready.wait()
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                connection.execute(_UPDATE, [chance.choice(ids)])
                counts[number] += 1

    threads = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts)


def steadily(address: str, seconds: float) -> list[float]:
    """One writer at `CHANGES_PER_SECOND`; the moment at which each change was committed."""
    written, chance = [], random.Random(1)
    with psycopg.connect(address, autocommit=True) as connection:
        ids = [row[0] for row in connection.execute(_UNDER_ONE_TASK)]
        begun = time.monotonic()
        while (now := time.monotonic()) < begun + seconds:
            if len(written) > (now - begun) * CHANGES_PER_SECOND:
                time.sleep(0.0005)
                continue
            connection.execute(_UPDATE, [chance.choice(ids)])
            written.append(time.monotonic())
    return written
