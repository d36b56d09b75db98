"""Nightly work over the whole."""

from celery import shared_task
from django.utils import timezone

from common.background import enqueue


@shared_task(name="strategy.jobs.nightly")
def nightly() -> bool:
    """Once a day, however often it is called: the plan moves with the date, so figures are computed anew."""
    today = timezone.localdate().isoformat()
    enqueue("tasks.jobs.forget_uploads", "", period=today)
    enqueue("tasks.jobs.open_periods", "", period=today)
    enqueue("tasks.jobs.forget_stray_files", "", period=today)
    enqueue("tasks.jobs.keep_past_days", "", period=today)
    enqueue("tasks.jobs.remind", "", period=today)
    return enqueue("tasks.jobs.recompute_figures", "", period=today)


@shared_task(name="strategy.jobs.morning")
def morning() -> bool:
    """Once a day, when people come to work: the digest of what is unread."""
    return enqueue("tasks.jobs.write_digests", "", period=timezone.localdate().isoformat())
