#!/usr/bin/env python
"""Command line entry of the project: `python manage.py help` lists the commands."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strategy.settings.dev")
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    from ops.environment import NO_DATABASE, load

    try:
        execute_from_command_line(sys.argv)
    except OperationalError:
        if "DATABASE_URL" in load():
            raise
        sys.exit(NO_DATABASE)


if __name__ == "__main__":
    main()
