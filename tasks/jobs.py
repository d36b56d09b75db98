"""Background jobs of the core. Each takes ids or dates and makes one call."""

from celery import shared_task

from common import history
from tasks import rollups


@shared_task(name="tasks.jobs.drain_changes")
def drain_changes() -> int:
    """Bring the figures up to date with every waiting change."""
    with history.through("job"):
        return rollups.drain()


@shared_task(name="tasks.jobs.recompute_figures")
def recompute_figures() -> int:
    """Compute every figure from nothing: the plan moves with the date."""
    with history.through("job"):
        return rollups.recompute()
