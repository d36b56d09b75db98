"""`manage.py seed_demo`: demo accounts, generated drafts, lights, risks and meetings, in the demo mode only."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from strategy.demo import load_accounts, load_drafts, load_lights, load_risks
from tasks import rollups


class Command(BaseCommand):
    help = "Make the demo accounts (password from DEMO_PASSWORD), generated drafts of reports, lights, risks, meetings."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("Demo accounts exist only in the demo mode. Set DEMO_MODE=1 if this is a demonstration.")
        if not settings.DEMO_PASSWORD:
            raise CommandError("DEMO_PASSWORD is not set: choose the password of the demo accounts.")
        users = load_accounts(settings.DEMO_PASSWORD)
        drafts = load_drafts()
        lights, risks = load_lights(), load_risks()
        rollups.drain()
        self.stdout.write(f"{len(users)} demo accounts; {drafts} drafts, {lights} lights and {risks} risks generated.")
