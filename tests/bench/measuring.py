"""Measurements as ratios: medians side by side, a table of them, and `bench.json`."""

import json
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPEATS = 7


@dataclass(frozen=True)
class Bar:
    """One measured ratio. `floor` is what the ratio is of, in seconds (writes a second where it is a throughput).

    `at_most` and `at_least` are the figure that was set; a bar with neither is told only.
    """

    name: str
    ratio: float
    floor: float
    n: int
    at_most: float | None = None
    at_least: float | None = None
    note: str = ""

    @property
    def is_met(self) -> bool:
        return (self.at_most is None or self.ratio <= self.at_most) and (
            self.at_least is None or self.ratio >= self.at_least
        )

    @property
    def wanted(self) -> str:
        if self.at_most is not None:
            return f"≤ {self.at_most:g}"
        return f"≥ {self.at_least:g}" if self.at_least is not None else ""


def median(work: Callable[[], Any], *, before: Callable[[], Any] | None = None, repeats: int = REPEATS) -> float:
    """Seconds of the middle run; `before` prepares each one and is not counted."""
    times = []
    for _ in range(repeats):
        if before:
            before()
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def percentile(values: Iterable[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def table(bars: Iterable[Bar]) -> str:
    """The bars as lines of text."""
    rows = [("bar", "n", "floor", "ratio", "wanted", "", "")]
    for bar in bars:
        met = "" if not bar.wanted else "met" if bar.is_met else "NOT MET"
        rows.append((bar.name, f"{bar.n:,}", f"{bar.floor:.4g}", f"{bar.ratio:.3g}", bar.wanted, met, bar.note))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    left = {0, 5, 6}
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place in left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def write(bars: Iterable[Bar], path: Path) -> None:
    """`{name: {ratio, floor, n}}`"""
    found = {bar.name: {"ratio": bar.ratio, "floor": bar.floor, "n": bar.n} for bar in bars}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
