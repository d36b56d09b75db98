"""Figures of a past day: the engine computes them from how things looked, beside those that are stored.

Inside a reading (`common.past`) the engine's own tables are temporary ones of the same names: empty at first,
filled by the same pass that stores the figures of today.
"""

from django.db import connection, models

from common.past import Reading, current, keep
from tasks.models import CountedMilestone, CountedNode, Figure, NewShare, Share
from tasks.rollups import engine

_KEPT: tuple[type[models.Model], ...] = (Share, NewShare, CountedMilestone, CountedNode, Figure)


def reading_with_figures() -> Reading | None:
    """The reading that goes on, with its figures computed, once for all who ask; None where today is read."""
    asked = current()
    if asked is not None and "figures" not in asked.has:
        keep()
        own_tables(asked)
        engine.compute(asked.as_of)
    return asked


def own_tables(asked: Reading) -> None:
    """Give a reading tables of its own for the engine to fill, whoever fills them."""
    asked.has.add("figures")
    with connection.cursor() as cursor:
        for model in _KEPT:
            table = model._meta.db_table
            # A reading within a reading has them already; its end brings those back.
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
            cursor.execute(f"CREATE TEMPORARY TABLE {table} (LIKE public.{table} INCLUDING ALL)")
