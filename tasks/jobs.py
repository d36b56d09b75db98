"""Background jobs of the core. Each takes ids or dates and makes one call.

A queued job (from the outbox) takes the id of its row; its effect and the mark that it is done
are one transaction, so a second delivery finds nothing left to do.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from common import history
from tasks import notifying, rollups
from tasks.actions import evidence, imports, periods, plans
from tasks.models import OutboxJob
from tasks.permissions import SYSTEM


@shared_task(name="tasks.jobs.drain_changes")
def drain_changes() -> int:
    """Bring figures and money up to date with every waiting change; how many changes of figures there were."""
    with history.through("job"):
        changes = rollups.drain()
        rollups.store_money()
        return changes


@shared_task(name="tasks.jobs.recompute_figures")
def recompute_figures(job_id: int) -> int:
    """Turn the day (with its audit), let due plans take effect, compute everything; how many figures were different."""
    drain_changes()
    with queued(job_id) as job:
        if job is None:
            return 0
        plans.project_due_plans(by=SYSTEM)
        changed = rollups.recompute()
    rollups.store_money(anew=True)
    rollups.store_curves(timezone.localdate())
    return changed


@shared_task(name="tasks.jobs.keep_past_days")
def keep_past_days(job_id: int) -> int:
    """Compute past days of which something else is known by now, and those that are not kept yet; how many."""
    with queued(job_id) as job:
        return 0 if job is None else rollups.keep_what_is_due(timezone.localdate())


@shared_task(name="tasks.jobs.open_periods")
def open_periods(job_id: int) -> int:
    """Open the month that has begun, for strategies that have reporting periods; how many were opened."""
    with queued(job_id) as job:
        return 0 if job is None else len(periods.open_due_periods(by=SYSTEM, today=timezone.localdate()))


@shared_task(name="tasks.jobs.forget_uploads")
def forget_uploads(job_id: int) -> int:
    """Throw away uploaded files that nobody confirmed; how many."""
    with queued(job_id) as job:
        return 0 if job is None else imports.forget_uploads()


@shared_task(name="tasks.jobs.write_upload")
def write_upload(job_id: int) -> int:
    """Import a checked file that is too large for a request; how many rows were written."""
    with queued(job_id) as job:
        return 0 if job is None else imports.write_upload(int(job.argument))


@shared_task(name="tasks.jobs.forget_stray_files")
def forget_stray_files(job_id: int) -> int:
    """Delete stored files that no evidence names; how many."""
    with queued(job_id) as job:
        return 0 if job is None else evidence.forget_stray_files()


@shared_task(name="tasks.jobs.notify")
def notify() -> int:
    """Tell what has become final in the change log; how many notifications were written."""
    with history.through("job"):
        return notifying.derive()


@shared_task(name="tasks.jobs.remind")
def remind(job_id: int) -> int:
    """Tell what the day brings: due dates, ends of periods, what waits too long; how many notifications."""
    with queued(job_id) as job:
        return 0 if job is None else notifying.remind(timezone.localdate())


@shared_task(name="tasks.jobs.write_digests")
def write_digests(job_id: int) -> int:
    """Queue the digests of the day; how many."""
    with queued(job_id) as job:
        return 0 if job is None else notifying.write_digests()


@shared_task(name="tasks.jobs.send_mail")
def send_mail(job_id: int) -> bool:
    """Send one mail; whether it is settled. Not inside one transaction: the claim must outlive a worker that dies."""
    job = OutboxJob.objects.filter(pk=job_id, done_at__isnull=True).first()
    if job is None or not notifying.send(int(job.argument)):
        return False
    with queued(job_id):
        return True


@contextmanager
def queued(job_id: int) -> Iterator[OutboxJob | None]:
    """The queued job, locked, or None where it is done already or somebody is at it; done when the block ends well."""
    with history.through("job"), transaction.atomic():
        job = OutboxJob.objects.select_for_update(skip_locked=True).filter(pk=job_id, done_at__isnull=True).first()
        yield job
        if job is not None:
            job.done_at = timezone.now()
            job.save(update_fields=["done_at"])
