"""`manage.py check_rollups`: stored figures against a second, independent implementation.

The second one is the reference model in `tests/reference`: pure Python, no SQL, nothing of the
engine's code. Exit code 1 and a line per difference where the two disagree.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from common.tiers import Tier
from tasks.choices import Slice
from tasks.interfaces import Key
from tasks.models import Figure, Strategy
from tasks.models.figure import SUMS
from tasks.rollups.lights import computed_light
from tasks.rollups.read import figures
from tests import reference
from tests.reference.database import read_plan

NOTHING = {None, reference.UNASSIGNED, reference.NONE}


class Command(BaseCommand):
    help = "Compare every stored figure with an independent computation; exit 1 where one differs."

    def handle(self, *args: Any, **options: Any) -> None:
        compared, differences = 0, []
        with transaction.atomic():
            # One snapshot: changes that arrive meanwhile are not mistaken for differences.
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                cursor.execute("SELECT count(*) FROM rollup_outbox")
                waiting = cursor.fetchone()[0]
            for strategy in Strategy.objects.order_by("pk"):
                for tier in Tier:
                    compared += Figure.objects.filter(strategy=strategy, tier=tier).count()
                    differences += list(_differences(strategy, tier))
        for line in differences:
            self.stdout.write(line)
        stored, wait = _counted(compared, "stored figure"), f"{_counted(waiting, 'change')} {_verb(waiting, 'wait')}"
        if differences:
            raise CommandError(f"{_counted(len(differences), 'difference')} in {stored}; {wait}.", returncode=1)
        self.stdout.write(f"{stored} {_verb(compared, 'agree')} with the reference model; {wait}.")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _verb(count: int, verb: str) -> str:
    return f"{verb}s" if count == 1 else verb


def _differences(strategy: Strategy, tier: Tier) -> Iterator[str]:
    stored = {
        (name, key): view for name in Slice.values for key, view in figures(name, strategy=strategy, tier=tier).items()
    }
    day = next((view.as_of for view in stored.values()), timezone.localdate())
    wanted = _wanted(strategy, tier, day)
    for place in sorted(set(wanted) | set(stored), key=str):
        yield from _compare(strategy, tier, place, wanted.get(place), stored.get(place))


def _wanted(strategy: Strategy, tier: Tier, day: date) -> dict[tuple[str, Key], reference.Figure]:
    result = reference.compute(read_plan(strategy), day, tier.code)
    return {(kind, _stored_key(key)): figure for (kind, key), figure in result.figures.items()}


def _stored_key(key: Any) -> Any:
    if isinstance(key, tuple):
        return tuple(_stored_key(part) for part in key)
    return 0 if key in NOTHING else key


def _compare(strategy: Strategy, tier: Tier, place: tuple[str, Key], wanted: Any, stored: Any) -> Iterator[str]:
    where = f"{strategy.slug} {tier.code} {place[0]} {place[1]}"
    if wanted is None or stored is None:
        yield f"{where}: {'stored, but should not exist' if wanted is None else 'missing'}"
        return
    pairs = {name: (getattr(stored.sums, name), getattr(wanted.sums, name)) for name in SUMS}
    pairs["counts"] = (stored.counts, wanted.counts)
    pairs["next_due"] = (stored.next_due, wanted.next_due)
    pairs["light"] = (str(computed_light(stored.sums, strategy)), wanted.computed_light)
    for name, (have, want) in pairs.items():
        if have != want:
            yield f"{where}: {name} is stored as {have}, computed as {want}"
