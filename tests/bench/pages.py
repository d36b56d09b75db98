"""The bars of pages: the overview of a large strategy beside that of a small one, of today and of a past day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from tasks import rollups
from tasks.rollups import kept
from tests.bench.measuring import Bar, median

FEW = 1_000
REPEATS = 25


@dataclass(frozen=True)
class Overviews:
    """Seconds of a page in one world, signing in not counted."""

    milestones: int
    today: float
    past: float


def measure(milestones: int) -> Overviews:
    """In the world in use, with yesterday kept as every night keeps it."""
    yesterday = timezone.localdate() - timedelta(days=1)
    rollups.store_money()
    kept.keep_stored(yesterday)
    client = Client()
    client.force_login(get_user_model().objects.create(username="reader", clearance=1))
    strategy = f"?strategy=generated-{milestones}"
    return Overviews(
        milestones=milestones,
        today=_page(client, f"/{strategy}"),
        past=_page(client, f"{_day_of(yesterday)}/{strategy}"),
    )


def bars(small: Overviews, large: Overviews) -> Iterator[Bar]:
    """How many times as long the large strategy takes."""
    pairs = (("today", large.today, small.today), ("of a past day", large.past, small.past))
    for name, slow, quick in pairs:
        yield Bar(
            f"overview {name}: {large.milestones:,} to {small.milestones:,}",
            slow / quick,
            quick,
            large.milestones,
            1.5 if large.milestones > 10 * small.milestones else None,
            note=f"{slow * 1000:,.1f} ms to {quick * 1000:,.1f} ms",
        )


def _day_of(day: date) -> str:
    return f"/as-of/{day.isoformat()}"


def _page(client: Client, address: str) -> float:
    def read() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, answer.status_code

    read()
    return median(read, repeats=REPEATS)
