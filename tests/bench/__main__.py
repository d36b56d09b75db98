"""`python -m tests.bench [MILESTONES …]`: measures at each size and prints the table; exit 1 where a bar is not met."""

import os
import sys
from pathlib import Path

import django

SIZES = (10_000, 100_000, 1_000_000)


def run(sizes: tuple[int, ...], path: Path, *, short: bool = False) -> bool:
    """Measure, print, write `path`; whether every bar was met. `short` keeps the runs under load to a moment."""
    from tests.bench import contention, pages, rollups
    from tests.bench.measuring import table, write
    from tests.bench.world import migrated, world

    times, bars = [], []
    with migrated() as template:
        with world(template, pages.FEW):
            few = pages.measure(pages.FEW)
        for size in sizes:
            with world(template, size):
                print(f"{size:,} milestones: measuring", flush=True)
                times.append(rollups.measure(size))
                if size == sizes[-1]:
                    bars.extend(pages.bars(few, pages.measure(size), times[-1].tree.floor))
                    bars.append(contention.throughput(size, **({"seconds": 0.3, "runs": 1} if short else {})))
                    bars.append(contention.staleness(size, **({"seconds": 1} if short else {})))
    bars = [*rollups.bars(times), *bars]
    print(table(bars), flush=True)
    write(bars, path)
    return all(bar.is_met for bar in bars)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strategy.settings.test")
    django.setup()
    from ops.environment import ROOT

    wanted = tuple(int(argument.replace(",", "").replace("_", "")) for argument in sys.argv[1:]) or SIZES
    sys.exit(not run(wanted, ROOT / "var" / "bench.json"))
