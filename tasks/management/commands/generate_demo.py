"""`manage.py generate_demo --milestones N`: a generated strategy of that size, in the demo mode only."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from common.errors import Invalid
from tasks import rollups
from tasks.seed.generated import MOST, generate_strategy


class Command(BaseCommand):
    help = "Make a strategy of N generated milestones, labelled as generated, beside the real one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--milestones", type=int, required=True, metavar="N", help=f"1 to {MOST:,}")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_MODE:
            raise CommandError(
                "Generated data exist only in the demo mode. Set DEMO_MODE=1 if this is a demonstration."
            )
        begun = time.monotonic()
        try:
            strategy = generate_strategy(options["milestones"], today=timezone.localdate())
        except Invalid as refusal:
            raise CommandError(str(refusal)) from refusal
        made = time.monotonic()
        rollups.drain()
        self.stdout.write(
            f"{options['milestones']:,} milestones generated in {made - begun:.1f} s, "
            f"figures in {time.monotonic() - made:.1f} s: /?strategy={strategy.slug}"
        )
