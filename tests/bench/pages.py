"""The bars of pages: the overview of a large strategy beside that of a small one, today and of a past day; its course."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from tasks import rollups
from tasks.choices import Slice
from tasks.models import KeptDay, KeptFigure, Strategy
from tasks.rollups import kept
from tasks.rollups.keeping import month_ends
from tests.bench.measuring import Bar, median

FEW = 1_000
REPEATS = 25


@dataclass(frozen=True)
class Overviews:
    """Seconds of a page in one world, signing in not counted, and of the course by month that it draws."""

    milestones: int
    today: float
    past: float
    course: float


def measure(milestones: int) -> Overviews:
    """In the world in use, with yesterday kept as every night keeps it."""
    yesterday = timezone.localdate() - timedelta(days=1)
    rollups.store_money()
    kept.keep_stored(yesterday)
    course = _course(Strategy.objects.get(slug=f"generated-{milestones}"), yesterday)
    client = Client()
    client.force_login(get_user_model().objects.create(username="reader", clearance=1))
    strategy = f"?strategy=generated-{milestones}"
    return Overviews(
        milestones=milestones,
        today=_page(client, f"/{strategy}"),
        past=_page(client, f"{_day_of(yesterday)}/{strategy}"),
        course=course,
    )


def bars(small: Overviews, large: Overviews, floor: float) -> Iterator[Bar]:
    """How many times as long the large strategy takes; its course to the floor of as many milestones."""
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
    is_large = large.milestones > 100_000
    note = f"{large.course * 1000:,.1f} ms"
    name = f"course by month: {large.milestones:,}"
    yield Bar(name, large.course / floor, floor, large.milestones, 0.3 if is_large else None, note=note)


def _course(strategy: Strategy, kept_day: date) -> float:
    """With every month so far kept, as the nights of those years would have left it."""
    rollups.store_curves(timezone.localdate())
    with_figures = KeptDay.objects.get(as_of=kept_day)
    for day in month_ends(strategy.announced_on, kept_day):
        copied = KeptFigure.objects.filter(day=with_figures, strategy=strategy, slice=Slice.STRATEGY)
        row, _ = KeptDay.objects.get_or_create(
            as_of=day,
            defaults={
                "computed_at": with_figures.computed_at,
                "snapshot": with_figures.snapshot,
                "has_measures": False,
            },
        )
        for figure in copied:
            figure.pk, figure.day = None, row
            figure.save()
    return median(lambda: rollups.series(Slice.STRATEGY, 0, strategy=strategy, tier=1), repeats=REPEATS)


def _day_of(day: date) -> str:
    return f"/as-of/{day.isoformat()}"


def _page(client: Client, address: str) -> float:
    def read() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, answer.status_code

    read()
    return median(read, repeats=REPEATS)
