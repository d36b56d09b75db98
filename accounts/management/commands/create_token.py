"""`manage.py create_token USER --scope read`: prints a new API token once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import TokenScope, User
from accounts.tokens import create_token
from common.errors import DomainError


class Command(BaseCommand):
    help = "Make an API token for a user and print it. It cannot be shown again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", help="user name of the account")
        parser.add_argument("--scope", default=TokenScope.READ, choices=TokenScope.values)
        parser.add_argument("--days", type=int, default=90, help="days until it expires (1 to 365)")
        parser.add_argument("--name", default="command line", help="what it is for")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["user"]).first()
        if user is None:
            raise CommandError(f"There is no account “{options['user']}”.")
        try:
            token = create_token(user, by=None, name=options["name"], scope=options["scope"], days=options["days"])
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(token)
