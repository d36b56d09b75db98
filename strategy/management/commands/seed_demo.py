"""`manage.py seed_demo`: demo accounts, generated drafts and lights, in the demo mode only."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from strategy.demo import load_accounts, load_drafts, load_lights
from tasks import rollups


class Command(BaseCommand):
    help = "Make the demo accounts (password from DEMO_PASSWORD), generated reports that wait as drafts, and lights."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("Demo accounts exist only in the demo mode. Set DEMO_MODE=1 if this is a demonstration.")
        if not settings.DEMO_PASSWORD:
            raise CommandError("DEMO_PASSWORD is not set: choose the password of the demo accounts.")
        users = load_accounts(settings.DEMO_PASSWORD)
        drafts = load_drafts()
        lights = load_lights()
        rollups.drain()
        self.stdout.write(f"{len(users)} demo accounts; {drafts} drafts and {lights} lights generated.")
