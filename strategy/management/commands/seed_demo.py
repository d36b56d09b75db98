"""`manage.py seed_demo`: demo accounts and generated drafts, in the demo mode only."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from strategy.demo import load_accounts, load_drafts
from tasks import rollups


class Command(BaseCommand):
    help = "Make the demo accounts (password from DEMO_PASSWORD) and generated reports that wait as drafts."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("Demo accounts exist only in the demo mode. Set DEMO_MODE=1 if this is a demonstration.")
        if not settings.DEMO_PASSWORD:
            raise CommandError("DEMO_PASSWORD is not set: choose the password of the demo accounts.")
        users = load_accounts(settings.DEMO_PASSWORD)
        drafts = load_drafts()
        rollups.drain()
        self.stdout.write(f"{len(users)} demo accounts; {drafts} drafts generated.")
