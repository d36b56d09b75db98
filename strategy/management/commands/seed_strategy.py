"""`manage.py seed_strategy`: the real strategy, whole or nothing; a second run changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from accounts.seed import loader as ministries
from common import history
from common.background import enqueue
from common.seeds import load_rows
from strategy.domains import DOMAINS
from tasks import rollups
from tasks.permissions import SYSTEM
from tasks.seed import loader as core


class Command(BaseCommand):
    help = "Load the National Advanced Industry Development Strategy with its sources. Existing rows are left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        with history.through("seed"), transaction.atomic():
            ministries.load_ministries()
            core.load(self.stdout.write)
            for domain in DOMAINS:
                if domain.seed is not None:
                    domain.seed(lambda name, slug=domain.slug: load_rows(slug, name), SYSTEM)
        rollups.drain()
        enqueue("tasks.jobs.keep_past_days", "", period=timezone.localdate().isoformat())
        self.stdout.write("The strategy is loaded.")
